"""Planted faults that the comparison before timing must report."""

import hand
import numpy as np
import pytest
from agreement import TOLERANCE, disagreement
from problem import SIZES, Problem

REFERENCE = hand.make(Problem.random(SIZES["teach"], "float64"))()


@pytest.mark.parametrize("name", ["U", "W", "V", "b", "c"])
@pytest.mark.parametrize(
    "fault",
    [
        lambda g: g * (1 + 1e-8),
        lambda g: g[..., ::-1],
        lambda g: g[..., :-1],
        lambda g: g.astype(np.float32),
        lambda g: np.full_like(g, np.nan),
        np.zeros_like,
    ],
    ids=["scaled", "reversed", "cut", "float32", "nan", "zero"],
)
def test_a_wrong_gradient_is_reported(name, fault):
    loss, grads = REFERENCE
    faulty = loss, grads | {name: fault(grads[name])}
    assert disagreement(faulty, REFERENCE) > TOLERANCE["float64"]


def test_a_missing_gradient_and_a_wrong_loss_are_reported():
    loss, grads = REFERENCE
    without = {name: grad for name, grad in grads.items() if name != "W"}
    assert disagreement((loss, without), REFERENCE) == np.inf
    assert disagreement((loss * (1 + 1e-8), grads), REFERENCE) > TOLERANCE["float64"]


def test_the_reference_agrees_with_itself():
    assert disagreement(REFERENCE, REFERENCE) == 0


def test_the_reference_is_the_derivative_of_its_loss():
    """Central differences along a random direction, for one sequence and for a batch."""
    for size in (SIZES["teach"], SIZES["teach"]._replace(K=7, H=5, N=3, T=6)):
        problem = Problem.random(size, "float64", inputs="real")
        grads = hand.make(problem)()[1]
        rng = np.random.default_rng(1)
        for name, grad in grads.items():
            way = rng.standard_normal(grad.shape)
            plus, minus = (loss_at(problem, name, sign * 1e-5 * way) for sign in (1, -1))
            np.testing.assert_allclose((plus - minus) / 2e-5, np.sum(grad * way), rtol=1e-6)


def loss_at(problem, name, change):
    fields = vars(problem) | {name: getattr(problem, name) + change}
    return hand.make(Problem(**fields))()[0]
