"""What is said of a wrong gradient is so, and nothing is said of one that is wrong in no simple way."""

import numpy as np
import pytest

import minigrad as mg
from minigrad.check.blame import blame, missing_sum
from minigrad.ops.broadcasting import Elementwise

A = np.array([[0.5, -1.2, 2.0], [0.3, 0.9, -0.4], [1.1, 0.7, 0.2]])


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (2 * A, "it is 2 times the right one"),
        (A / 3, "it is 1/3 times the right one"),
        (A * 0.9123456, "it is 0.9123456 times the right one"),
        (-A, "it has the opposite sign"),
        (A.T, "it is the transpose of the right one"),
        (0 * A, "it is zero everywhere"),
        (np.full((3, 3), A.sum()), "all of its entries are equal"),
        (A + np.eye(3), ""),
        (A * np.nan, ""),
        (np.zeros((0, 3)), ""),
    ],
)
def test_simple_relations_are_told(given, said):
    right = A if given.size else given
    assert blame(given, right).startswith(said)
    assert bool(blame(given, right)) is bool(said)


def test_a_gradient_that_should_be_zero():
    assert blame(A, 0 * A) == "the right one is zero everywhere"


@pytest.mark.parametrize(
    ("shape", "wanted", "axes"),
    [((2, 3), (3,), "axis 0,"), ((2, 3), (), "axes 0, 1,"), ((4, 2, 3), (2, 1), "axes 0, 2,")],
)
def test_the_axes_that_were_to_be_added_up(shape, wanted, axes):
    assert f"over {axes}" in missing_sum(shape, wanted)


@pytest.mark.parametrize(("shape", "wanted"), [((3,), (2, 3)), ((2, 3), (2, 3)), ((2,), (3,))])
def test_other_shapes_miss_no_sum(shape, wanted):
    assert missing_sum(shape, wanted) == ""


class Times(Elementwise):
    """y = a b with a rule for b that has a fault."""

    fault: str

    def f(self, a, b):
        return a * b

    def bprop_a(self, G, y, a, b):
        return G * b

    def bprop_b(self, G, y, a, b):
        slopes = {"twice": 2 * G * a, "sign": -G * a, "zero": 0 * G * a}
        return slopes[self.fault]


class Unsummed(mg.Op):
    """y = a b, whose rule for b leaves out the sum over the rows that b was broadcast along."""

    def f(self, a, b):
        return a * b

    def bprop_a(self, G, y, a, b):
        return G * b

    def bprop_b(self, G, y, a, b):
        return G * a


@pytest.mark.parametrize(
    ("op", "said"),
    [
        (Times("twice"), "it is 2 times the right one"),
        (Times("sign"), "it has the opposite sign"),
        (Times("zero"), "it is zero everywhere"),
        (Unsummed(), "add it up over axis 0, along which the input was broadcast"),
    ],
    ids=repr,
)
def test_check_op_says_it(op, said):
    with pytest.raises(AssertionError, match=said):
        mg.check_op(op, (A[:2], A[0]))
