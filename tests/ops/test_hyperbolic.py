"""Hyperbolic functions and their inverses, also far out and at the ends of their domains."""

import numpy as np
import pytest
from orders import check_orders, check_values_and_types

import minigrad as mg

POINTS = {
    np.sinh: [-2.0, 0.3, 1.7], np.cosh: [-2.0, 0.3, 1.7], np.arcsinh: [-3.0, 0.2, 4.0],
    np.arccosh: [1.4, 2.0, 5.0], np.arctanh: [-0.7, 0.1, 0.6],
}  # fmt: skip


@pytest.mark.parametrize("function", POINTS, ids=lambda f: f.__name__)
def test_orders_and_types(function):
    check_orders(function, np.array(POINTS[function]))
    check_values_and_types(function, np.array(POINTS[function]))


def test_slopes_are_those_of_the_textbook():
    x = mg.Tensor([0.5])
    for function, slope in ((np.sinh, np.cosh(0.5)), (np.cosh, np.sinh(0.5)), (np.arctanh, 1 / 0.75)):
        assert mg.backprop(np.sum(function(x)))[x][0] == pytest.approx(slope, rel=1e-15)


def test_an_overflow_in_a_branch_not_taken_does_not_reach_the_gradient():
    x = mg.Tensor([1000.0, 1.0])
    with np.errstate(over="ignore"):
        loss = np.sum(np.where(x < 10, np.cosh(x), 0.0))
    assert mg.backprop(loss)[x].tolist() == [0.0, np.sinh(1.0)]
