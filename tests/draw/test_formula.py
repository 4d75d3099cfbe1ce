"""Formulas speak the names of the picture."""

import numpy as np
import pytest

import minigrad as mg
from minigrad.draw.formula import LONGEST, formula

W, U, x, h, b = (
    mg.Tensor(np.eye(2), "W"),
    mg.Tensor(np.eye(2), "U"),
    *(mg.Tensor(np.ones(2), n) for n in "xhb"),
)


@pytest.mark.parametrize(
    ("node", "text"),
    [
        (lambda: np.tanh(W @ h + U @ x + b), "tanh(W @ h + U @ x + b)"),
        (lambda: (W @ U) @ h, "W @ U @ h"),
        (lambda: W @ (U @ h), "W @ (U @ h)"),
        (lambda: np.tanh(x) * (W @ h), "tanh(x) ∘ (W @ h)"),
        (lambda: mg.affine(b, (h, W), (x, U)), "b + W h + U x"),
        (lambda: mg.linear(x, W), "W x"),
        (lambda: (x + h) * 2.0, "(x + h) ∘ 2"),
        (lambda: x - (h - b), "x − (h − b)"),
        (lambda: x * np.ones(2), "x ∘ constant(2)"),
        (lambda: mg.add_n([x, h, b]), "x + h + b"),
        (lambda: mg.cross_entropy(x, 1), "crossentropy(x, y)"),
        (lambda: mg.lookup(1, W), "lookup(W, x)"),
        (lambda: x * mg.Tensor(2.0), "x ∘ leaf"),
    ],
)
def test_how_a_node_is_computed(node, text):
    assert formula(node(), set()) == text


def test_steps_are_told():
    with mg.time_step(3):
        a = np.tanh(x).named("a")
    assert formula(np.exp(a), set()) == "exp(a⁽³⁾)"


def test_a_deep_or_wide_one_is_cut():
    y = x
    for _ in range(3000):
        y = np.tanh(y + y)
    assert len(formula(y, set())) <= LONGEST
    assert formula(mg.add_n([x] * 30), set()) == " + ".join(["x"] * 6 + ["…"])
    assert formula(x, set()) == ""
