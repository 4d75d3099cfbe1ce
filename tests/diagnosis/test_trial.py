import numpy as np
from small_trials import chain, two_layers

from minigrad import Tensor
from minigrad.diagnosis.trial import Trial, distance


def test_the_automatic_gradients_are_those_by_hand():
    for trial in (two_layers(), chain()):
        for name, given in trial.manual.items():
            assert distance(given, trial.auto[name]) < 1e-14


def test_what_the_loss_does_not_depend_on_has_a_zero_gradient():
    W, spare = Tensor([1.0, 2.0], "W"), Tensor(np.ones((2, 3)), "spare")
    trial = Trial((W * W).sum(), {"W": W, "spare": spare}, {})
    assert trial.auto["spare"].tolist() == np.zeros((2, 3)).tolist()
    assert (trial.reaches("W"), trial.reaches("spare")) == (True, False)


def test_what_is_compared_is_what_is_required_and_what_was_given_besides():
    W, h0 = Tensor([1.0], "W"), Tensor([2.0], "h0")
    loss = (W * h0).sum()
    leaves = {"W": W, "h0": h0}
    assert Trial(loss, leaves, {}).names == ("W", "h0")
    assert Trial(loss, leaves, {}, ("W",)).names == ("W",)
    assert Trial(loss, leaves, {"h0": np.ones(1)}, ("W",)).names == ("W", "h0")


def test_a_leaf_that_was_written_to_later_keeps_its_gradient():
    W = Tensor([1.0, 2.0], "W")
    before = W.frozen()
    loss = (W * W).sum()
    W -= 0.5
    assert Trial(loss, {"W": before}, {}).auto["W"].tolist() == [2.0, 4.0]


def test_sizes_that_are_not_known_are_none():
    trial = two_layers()
    assert (trial.size("B"), trial.size("T")) == (4, None)


def test_the_distance_is_relative_to_the_largest_right_entry():
    assert distance(np.array([1.0, 8.0]), np.array([1.0, 4.0])) == 1.0
    assert distance(np.array([0.5]), np.array([0.0])) == 0.5
    assert np.isnan(distance(np.array([np.nan]), np.array([1.0])))
