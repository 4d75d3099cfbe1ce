import numpy as np
import pytest
from slopes import curvature, slopes

import minigrad as mg


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_the_sigmoid_of_large_arguments(dtype):
    x = np.array([-800.0, -80.0, 0.0, 80.0, 800.0], dtype)
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        y = mg.sigmoid(x)
    assert y.dtype == dtype
    assert y[[0, 2, 4]].tolist() == [0.0, 0.5, 1.0]
    np.testing.assert_allclose(y[1], np.exp(dtype(-80)), rtol=1e-6)
    slope = slopes(mg.sigmoid, x, dtype=dtype)
    assert slope[[0, 2, 4]].tolist() == [0.0, 0.25, 0.0]
    np.testing.assert_allclose(slope[1], np.exp(dtype(-80)), rtol=1e-6)
    assert curvature(mg.sigmoid, [-800.0, 0.0, 800.0]).tolist() == [0.0, 0.0, 0.0]


def test_small_sigmoids_are_exact():
    x = np.array([-700.0, -40.0, -1e-9])
    np.testing.assert_allclose(mg.sigmoid(x), np.exp(x) / (1 + np.exp(x)), rtol=1e-15)


def test_a_sigmoid_keeps_a_number_0_dimensional():
    x = mg.Tensor(0.3)
    assert mg.sigmoid(x).shape == ()
    assert mg.backprop(mg.sigmoid(x))[x].shape == ()
    assert mg.sigmoid(0.0) == 0.5


@pytest.mark.parametrize("f", [np.sqrt, np.log])
def test_the_slope_at_0_is_infinite_unless_the_cotangent_is_0(f):
    assert slopes(f, [0.0])[0] == np.inf

    def guarded(x):
        return np.where(x > 0, f(x), 0)

    assert slopes(guarded, [0.0, 4.0]).tolist() == [0.0, 0.25]
    assert curvature(guarded, [0.0, 4.0])[0] == 0.0


def test_the_root_of_a_negative_number_in_a_branch_that_is_not_taken():
    assert slopes(lambda x: np.where(x > 0, np.sqrt(x), 0), [-1.0, 4.0]).tolist() == [0.0, 0.25]
    assert slopes(lambda x: np.where(x > 0, np.log(x), x), [-1.0, 4.0]).tolist() == [1.0, 0.25]


def test_a_zero_cotangent_wins_over_an_exponential_that_overflows():
    got = slopes(lambda x: np.where(x < 10, np.exp(x), 0), [1000.0, 1.0])
    np.testing.assert_allclose(got, [0.0, np.e])


def test_tanh_saturates_without_nan():
    assert slopes(np.tanh, [-1e300, 0.0, np.inf]).tolist() == [0.0, 1.0, 0.0]
