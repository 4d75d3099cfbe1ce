import numpy as np
import pytest
from slopes import curvature, slopes

import minigrad as mg
from minigrad.ops.broadcasting import ALONG, BROADCAST_LIKE, SIZE_RATIO, SUM_LIKE


@pytest.mark.parametrize("shape", [(), (4,), (1, 4), (3, 1), (1, 1, 1), (2, 3, 4), (1, 3, 1)])
def test_the_sum_undoes_broadcasting(shape):
    g = np.arange(24.0).reshape(2, 3, 4)
    y = SUM_LIKE(g, np.zeros(shape))
    # ⟨copy of v, g⟩ = ⟨v, sum of g⟩ for every v is what it means to be the adjoint.
    v = np.arange(1.0, 1.0 + y.size).reshape(shape)
    assert y.shape == shape
    assert np.sum(np.broadcast_to(v, g.shape) * g) == np.sum(v * y)


def test_a_copy_made_by_broadcasting_can_be_written_to():
    y = BROADCAST_LIKE(np.array([1.0, 2.0]), np.zeros((3, 2)))
    y[0] = 7
    assert y.tolist() == [[7.0, 7.0], [1.0, 2.0], [1.0, 2.0]]


@pytest.mark.parametrize("shape", [3, (2, 3), [4, 2, 3]])
def test_broadcast_to_takes_a_number_a_tuple_and_a_list(shape):
    x = mg.Tensor([1.0, 2.0, 3.0])
    y = np.broadcast_to(x, shape)
    np.testing.assert_array_equal(y.value, np.broadcast_to(x.value, shape))
    assert mg.backprop(np.sum(y))[x].tolist() == [y.size / 3] * 3


def test_broadcast_to_takes_the_shape_as_a_numpy_integer():
    assert np.broadcast_to(mg.Tensor(1.0), np.int64(3)).shape == (3,)


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_the_ratio_of_sizes_has_the_type_of_its_first_argument(dtype):
    ratio = SIZE_RATIO(np.ones((2, 3), dtype), np.ones(3))
    assert ratio == 2
    assert ratio.dtype == dtype
    assert SIZE_RATIO(np.ones(0), np.ones(0)) == 0


def test_a_zero_cotangent_wins_over_an_infinite_slope():
    slope = np.array([np.inf, -np.inf, np.nan, 2.0])
    with np.errstate(invalid="ignore"):
        assert ALONG(np.zeros(4), slope).tolist() == [0.0] * 4
        assert np.isnan(ALONG(np.ones(4), slope)).tolist() == [False, False, True, False]


def test_a_zero_cotangent_wins_at_order_2():
    assert curvature(lambda x: np.where(x > 0, np.sqrt(x), 0), [0.0, 4.0]).tolist() == [0, -1 / 32]


def test_broadcasting_sums_over_new_axes_and_axes_of_length_1_at_once():
    a, b = slopes(lambda a, b: a * b, np.ones((3, 1)), np.full((2, 1, 4), 2.0))
    assert a.tolist() == [[16.0]] * 3
    assert b.tolist() == [[[3.0] * 4]] * 2
