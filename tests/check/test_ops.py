"""check_op passes right rules and names what is wrong with planted ones, each fault with its own message."""

import numpy as np
import pytest

import minigrad as mg
from minigrad.ops.arithmetic import Divide, Power
from minigrad.ops.broadcasting import Elementwise
from minigrad.ops.linear import Matmul
from minigrad.ops.reduction import Max, Sum
from minigrad.ops.selection import Relu

X, ROW = np.array([[0.5, -1.2, 2.0], [0.3, 0.9, -0.4]]), np.array([1.5, -0.7, 0.8])


class Scaled(mg.Op):
    """y = 2 x, with a rule that a fault is planted in."""

    fault: str = ""

    def f(self, x):
        return 2 * x

    def bprop_x(self, G, y, x):
        return {
            "": lambda: 2 * G,
            "value": lambda: 2.002 * G,
            "shape": lambda: np.reshape(2 * G, -1),
            "dtype": lambda: (2 * G).astype(np.float16),
            "cotangent": lambda: 2 * G + 1e-3,
            "random": lambda: G * np.random.default_rng().normal(size=G.shape),
            "writes": lambda: G.__imul__(2),
            "missing": lambda: None,
        }[self.fault]()


class Product(Elementwise):
    """y = a b, with one rule that forgets the other factor's sum."""

    def f(self, a, b):
        return a * b

    def bprop_a(self, G, y, a, b):
        return G * b

    def bprop_b(self, G, y, a, b):
        return G * a * 1.0000001


@pytest.mark.parametrize(
    ("op", "examples"),
    [
        (Scaled(), [X, np.array(0.3), np.zeros((0, 2))]),
        (Divide(), [(X, ROW), (np.array(2.0), X), (X, 3.0)]),
        (Power(), [(np.abs(X), ROW)]),
        (Matmul(), [(X, X.T), (X, ROW), (ROW, X.T)]),
        (Sum((0,)), [X]),
        (Max(), [np.array([1.0, 1.0, 0.5])]),
        (Relu(), [np.array([0.0, 1.0, -2.0])]),
    ],
    ids=repr,
)
def test_right_rules_pass_also_at_kinks(op, examples):
    mg.check_op(op, *examples)


@pytest.mark.parametrize(
    ("fault", "message"),
    [
        ("value", "is wrong"),
        ("shape", r"bprop_x of Scaled\(fault='shape'\) .*has shape \(6,\); wanted: \(2, 3\)"),
        ("dtype", "has type float16; wanted: float64"),
        ("cotangent", "for a cotangent of 0; wanted: 0"),
        ("random", "differs when it is asked for twice"),
        ("writes", "writes to what it was given"),
        ("missing", "is wrong"),
    ],
)
def test_each_fault_has_its_own_message(fault, message):
    with pytest.raises(AssertionError, match=message):
        mg.check_op(Scaled(fault), X)


def test_a_small_fault_in_one_of_two_rules_names_the_argument():
    with pytest.raises(AssertionError, match="with respect to b"):
        mg.check_op(Product(), (X, ROW))


def test_an_example_is_wanted():
    with pytest.raises(ValueError, match="at least one example"):
        mg.check_op(Scaled())
