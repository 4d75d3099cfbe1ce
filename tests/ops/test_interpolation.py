"""The straight line between given points."""

import numpy as np
import pytest
from orders import check_orders, check_values_and_types

import minigrad as mg

XP, FP = np.array([0.0, 1.0, 2.5, 4.0]), np.array([1.0, 3.0, -2.0, 0.5])
X = np.array([[-1.0, 0.3, 1.2], [2.6, 3.9, 7.0]])


@pytest.mark.parametrize("kwargs", [{}, {"left": 9.0}, {"left": -1.0, "right": 2.0}], ids=str)
def test_the_slopes_in_all_arguments(kwargs):
    check_orders(lambda x, xp, fp: np.interp(x, xp, fp, **kwargs), X, XP, FP)
    y = np.interp(mg.Tensor(X), XP, FP, **kwargs)
    np.testing.assert_allclose(y.value, np.interp(X, XP, FP, **kwargs), rtol=1e-15)


def test_single_points_of_the_arguments():
    check_orders(lambda x, fp: np.interp(x, XP, fp), 0.7, FP)
    check_orders(lambda fp: np.interp([0.7, 3.0], [0, 1, 2, 4], fp), FP)
    check_values_and_types(lambda x: np.interp(x, XP, FP) * np.ones(()), 0.7)
    assert mg.backprop(np.sum(np.interp(mg.Tensor([1.0, 3.0]), [2.0], fp := mg.Tensor([5.0]))))[fp] == 2


def test_at_a_given_point_the_slope_is_that_to_its_right():
    x = mg.Tensor(XP[1])
    assert mg.backprop(np.interp(x, XP, FP))[x] == pytest.approx(-5 / 1.5)


def test_a_period_is_refused():
    with pytest.raises(TypeError, match="period="):
        np.interp(mg.Tensor(1.0), XP, FP, period=3.0)


SPACES = {
    "linspace": (np.linspace, [0.5, -2.0], 3.0),
    "logspace": (np.logspace, [0.5, -0.4], 0.3),
    "geomspace": (np.geomspace, [0.5, 2.0], 3.0),
}


@pytest.mark.parametrize("kwargs", [{}, {"endpoint": False}, {"num": 1}, {"axis": -1}, {"num": 0}], ids=str)
@pytest.mark.parametrize(("f", "start", "stop"), SPACES.values(), ids=list(SPACES))
def test_steps_between_two_numbers(f, start, stop, kwargs):
    kwargs = {"num": 4, **kwargs}
    check_orders(lambda a, b: f(a, b, **kwargs), start, stop)
    y = f(mg.Tensor(start), mg.Tensor(stop), **kwargs)
    np.testing.assert_allclose(y.value, f(start, stop, **kwargs), rtol=1e-14)
    assert f(mg.Tensor(np.array(start, np.float32)), 3, **kwargs).dtype == np.float32
    if f is not np.geomspace:  # NumPy's own goes to float64
        check_values_and_types(lambda a, b: f(a, b, **kwargs), start, stop)
        check_values_and_types(lambda b: f(start, b, **kwargs), stop)
        check_values_and_types(lambda a: f(a, 3, **kwargs), start[0])


def test_the_base_of_logspace_has_a_slope():
    check_orders(lambda base: np.logspace(0.5, 2, 4, base=base), 3.0)


def test_geomspace_of_negative_numbers():
    check_orders(lambda a: np.geomspace(a, -8.0, 4), -1.0)
    y = np.geomspace(mg.Tensor(-1.0), -8.0, 4)
    np.testing.assert_allclose(y.value, np.geomspace(-1.0, -8.0, 4), rtol=1e-14)
