import numpy as np
from small_trials import chain

from minigrad import Tensor
from minigrad.diagnosis.trial import Trial, distance
from minigrad.diagnosis.uses import uses


def test_the_uses_add_up_to_the_gradient_and_are_those_by_hand():
    parts = []
    trial = chain(change=lambda g, given: parts.extend(given) or g)
    found = uses(trial, "W")
    assert len(found) == 4
    for use, part in zip(found, parts, strict=True):
        assert distance(use.value, part) < 1e-13
        assert use.where == "matmul"


def test_views_are_looked_through():
    rng = np.random.default_rng(0)
    W = Tensor(rng.normal(size=(4, 7)), "W")
    T, left, right = W.T, W[:, :3], W[:, 3:]
    loss = np.sum(np.tanh(T @ np.ones(4))) + np.sum(left) + np.sum(np.sin(right))
    trial = Trial(loss, {"W": W}, {})
    found = uses(trial, "W")
    assert [use.where for use in found] == ["matmul", "sum", "sin"]
    assert distance(sum(use.value for use in found), trial.auto["W"]) < 1e-15


def test_what_is_not_used_has_no_uses():
    W, spare = Tensor([1.0], "W"), Tensor([1.0], "spare")
    assert uses(Trial((W * W).sum(), {"W": W, "spare": spare}, {}), "spare") == []
