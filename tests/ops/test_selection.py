import numpy as np
import pytest
from slopes import curvature, slopes

import minigrad as mg


def test_where_sends_the_gradient_to_the_branch_that_was_taken():
    a, b = slopes(lambda a, b: np.where([True, False, True], a, b), [1.0, 2.0, 3.0], 5.0)
    assert (a.tolist(), b) == ([1.0, 0.0, 1.0], 1.0)


@pytest.mark.parametrize("condition", [True, np.True_, np.array([[True], [True]]), [True], 1.0])
def test_conditions_of_every_form(condition):
    x = mg.Tensor([1.0, 2.0])
    y = np.where(condition, x, 0)
    np.testing.assert_array_equal(y.value, np.where(condition, x.value, 0))
    assert mg.backprop(np.sum(y))[x].tolist() == [y.size / 2] * 2


def test_a_tensor_as_condition_has_no_slope():
    c, a = slopes(lambda c, a: np.where(c, a, 0), [1.0, 0.0], [2.0, 3.0])
    assert (c.tolist(), a.tolist()) == ([0.0, 0.0], [1.0, 0.0])


def test_where_keeps_float32():
    x = mg.Tensor(np.array([1.0, -1.0], np.float32))
    assert np.where(x > 0, x, 0).dtype == np.float32
    assert np.where(x > 0, x, 0.5).dtype == np.float32


@pytest.mark.parametrize(("f", "sign"), [(np.maximum, 1), (np.minimum, -1)])
def test_equal_values_get_half_each(f, sign):
    a, b = slopes(f, sign * np.array([1.0, 2.0, 3.0]), sign * 2.0)
    assert (a.tolist(), b) == ([0.0, 0.5, 1.0], 1.5)
    assert slopes(lambda x: f(x, x), [1.0, 2.0]).tolist() == [1.0, 1.0]
    assert slopes(lambda x: f(x, 0), [0.0, sign, -sign]).tolist() == [0.5, 1.0, 0.0]
    assert slopes(lambda x: f(0, x), [0.0, sign, -sign]).tolist() == [0.5, 1.0, 0.0]
    assert curvature(lambda x: f(x * x, 0 * x), [2.0 * (sign > 0)]) in (2.0, 1.0)


INSIDE = [0.0, 0.5, 1.0, 2.0, -1.0]


@pytest.mark.parametrize(
    ("clip", "slope"),
    [
        (lambda x: np.clip(x, 0, 1), [1.0, 1.0, 1.0, 0.0, 0.0]),
        (lambda x: np.clip(x, None, 1), [1.0, 1.0, 1.0, 0.0, 1.0]),
        (lambda x: np.clip(x, 0, None), [1.0, 1.0, 1.0, 1.0, 0.0]),
        (lambda x: np.clip(x, min=0), [1.0, 1.0, 1.0, 1.0, 0.0]),
        (lambda x: np.clip(x, a_min=0, a_max=1), [1.0, 1.0, 1.0, 0.0, 0.0]),
        (lambda x: x.clip(0, 1), [1.0, 1.0, 1.0, 0.0, 0.0]),
    ],
)
def test_a_bound_counts_as_inside(clip, slope):
    assert slopes(clip, INSIDE).tolist() == slope
    assert curvature(lambda x: clip(x) ** 2, INSIDE).tolist() == [2 * s for s in slope]


def test_the_bounds_get_what_was_cut_off():
    x, low, high = slopes(np.clip, INSIDE, 0.0, [1.0])
    assert (x.tolist(), low, high.tolist()) == ([1.0, 1.0, 1.0, 0.0, 0.0], 1.0, [1.0])


def test_crossed_bounds_give_the_upper_one_as_numpy_does():
    x, low, high = slopes(np.clip, [0.0, 2.0, 4.0], 3.0, 1.0)
    assert (x.tolist(), low, high) == ([0.0, 0.0, 0.0], 0.0, 3.0)


def test_clip_keeps_float32_and_integer_bounds():
    x = mg.Tensor(np.array([0.5, 2.0], np.float32))
    for y in (np.clip(x, 0, 1), np.clip(x, None, 1.5), np.clip(x, np.float32(0), None)):
        assert y.dtype == np.float32
        assert mg.backprop(np.sum(y))[x].dtype == np.float32


def test_abs_and_relu_are_flat_at_0():
    x = [0.0, -0.0, -1.0, 2.0]
    assert slopes(np.abs, x).tolist() == [0.0, 0.0, -1.0, 1.0]
    assert slopes(np.fabs, x).tolist() == [0.0, 0.0, -1.0, 1.0]
    assert slopes(abs, x).tolist() == [0.0, 0.0, -1.0, 1.0]
    assert slopes(mg.relu, x).tolist() == [0.0, 0.0, 0.0, 1.0]
    assert curvature(mg.relu, x).tolist() == [0.0] * 4
    assert curvature(lambda x: mg.relu(x) ** 2, x).tolist() == [0.0, 0.0, 0.0, 2.0]


def test_relu_keeps_float32_and_0_dimensions():
    x = mg.Tensor(np.float32(2))
    y = mg.relu(x)
    assert (y.shape, y.dtype) == ((), np.float32)
    assert (mg.backprop(y)[x].shape, mg.backprop(y)[x].dtype) == ((), np.float32)
