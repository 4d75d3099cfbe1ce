"""Parts of numbers: remainders, fractions, signs and exponents."""

import numpy as np
import pytest
from orders import check_orders

import minigrad as mg

A, B = np.array([5.3, -2.7, 7.9]), np.array([2.1, 1.9, -3.2])


@pytest.mark.parametrize("function", [np.remainder, np.fmod, np.copysign])
def test_orders_away_from_the_jumps(function):
    check_orders(function, A, B)


@pytest.mark.parametrize("function", [np.remainder, np.fmod])
def test_the_slope_in_the_divisor_is_minus_the_quotient(function):
    a, b = mg.Tensor(A), mg.Tensor(B)
    grads = mg.backprop(np.sum(function(a, b)))
    assert grads[a].tolist() == [1, 1, 1]
    np.testing.assert_allclose(grads[b], -(A - function(A, B)) / B, rtol=1e-14)


def test_modf_gives_the_fraction_as_a_node_and_the_integer_as_a_constant():
    x = mg.Tensor([2.75, -1.5])
    fraction, integer = np.modf(x)
    assert mg.backprop(np.sum(fraction))[x].tolist() == [1, 1]
    assert isinstance(integer, np.ndarray)
    assert integer.tolist() == [2, -1]


def test_nan_to_num_has_no_slope_where_it_replaces():
    x = mg.Tensor([1.0, np.nan, np.inf])
    assert mg.backprop(np.sum(np.nan_to_num(x)))[x].tolist() == [1, 0, 0]
