import numpy as np
import pytest

import minigrad as mg
from minigrad.op import CONSTANT, DIFFERENTIABLE

VALUES = [[-1.5, 0.0, 2.5], [2.5, 1.0, -0.5]]
ONE = [
    np.logical_not, np.isfinite, np.isinf, np.isnan, np.signbit, np.sign, np.floor, np.ceil, np.trunc,
    np.rint, np.round, np.fix, np.argmax, np.argmin, np.argsort, np.nonzero, np.flatnonzero,
    np.argwhere, np.count_nonzero, np.all, np.any, np.shape, np.ndim, np.size, np.zeros_like,
    np.ones_like, np.result_type, np.iscomplexobj, np.isrealobj, np.array2string, np.array_repr,
    np.array_str,
]  # fmt: skip
TWO = [
    np.equal, np.not_equal, np.less, np.less_equal, np.greater, np.greater_equal, np.logical_and,
    np.logical_or, np.logical_xor, np.allclose, np.isclose, np.array_equal,
]  # fmt: skip
OTHERS = {np.searchsorted, np.empty_like, np.floor_divide}


def same(got, want):
    assert type(got) is type(want)
    np.testing.assert_equal(got, want)


def test_a_function_is_constant_or_differentiable_and_never_both():
    assert {*ONE, *TWO, *OTHERS} <= CONSTANT
    assert not CONSTANT & DIFFERENTIABLE.keys()


@pytest.mark.parametrize("function", ONE, ids=lambda f: f.__name__)
def test_a_function_of_a_tensor_gives_what_it_gives_for_its_value(function):
    same(function(mg.Tensor(VALUES)), function(np.array(VALUES)))


@pytest.mark.parametrize("function", TWO, ids=lambda f: f.__name__)
def test_a_function_of_two_takes_a_tensor_on_either_side(function):
    a, b = np.array(VALUES), 2.5
    want = function(a, b)
    same(function(mg.Tensor(a), b), want)
    same(function(mg.Tensor(a), mg.Tensor(b)), want)
    same(function(a, mg.Tensor(b)), want)


def test_the_others():
    same(np.searchsorted(mg.Tensor([1.0, 2.0]), 1.5), np.searchsorted([1.0, 2.0], 1.5))
    same(np.floor_divide(mg.Tensor([3.0]), 2), np.array([1.0]))
    same(np.full_like(mg.Tensor([1.0, 2.0]), 7), np.array([7.0, 7.0]))
    assert type(np.empty_like(mg.Tensor([1.0, 2.0]))) is np.ndarray


def test_full_like_does_not_cut_the_tensor_that_fills_it_out_of_the_graph():
    x, fill = mg.Tensor([1.0, 2.0]), mg.Tensor(3.0)
    try:
        y = np.full_like(x, fill)
    except TypeError:
        return
    assert mg.backprop(np.sum(y))[fill] == 2
