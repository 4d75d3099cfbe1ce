import numpy as np
import pytest

from minigrad import Tensor
from minigrad.foreign.probabilities import are_probabilities, logits

RNG = np.random.default_rng(4)


def _softmax(x):
    e = np.exp(x - np.max(x))
    return e / np.sum(e)


def test_probabilities_lie_between_zero_and_one():
    assert are_probabilities(np.array([0.2, 0.8]))
    assert not are_probabilities(np.array([0.0, 1.0]))
    assert not are_probabilities(np.array([]))


@pytest.mark.parametrize("squash", [_softmax, lambda x: 1 / (1 + np.exp(-x))])
def test_the_logits_of_one_step_are_what_the_function_was_given(squash):
    V, h = Tensor(RNG.normal(size=(3, 4))), RNG.normal(size=(4, 1))
    o = V @ h
    G = RNG.normal(size=(3, 1))
    ((node, part),) = logits(squash(o), G)
    assert node.order == o.order
    assert np.array_equal(part, G)


def test_the_logits_of_a_filled_array_are_found_step_by_step():
    V = Tensor(RNG.normal(size=(3, 4)))
    y = Tensor(np.zeros((5, 3)))
    made = []
    for t in range(5):
        o = V @ RNG.normal(size=4)
        made.append(o.order)
        y[t] = _softmax(o)
    G = RNG.normal(size=(5, 3))
    found = logits(y, G)
    assert [node.order for node, _ in found] == made
    assert np.array_equal(np.stack([part for _, part in found]), G)


def test_probabilities_that_were_not_squashed_have_no_logits():
    assert logits(Tensor(np.array([0.25, 0.75])) * 1.0, np.ones(2)) is None
