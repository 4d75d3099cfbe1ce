import numpy as np
import pytest
from oracles import assert_gradient

from minigrad.diagnosis.structure.sequences import Sequences
from minigrad.diagnosis.structure.wiring import UnrecognisedError


def test_sequences_behind_each_other_are_a_batch(rng):
    order = Sequences(S=2, T=3)
    steps = rng.normal(size=(6, 4, 5))
    wanted = np.concatenate([steps[:3], steps[3:]], axis=1)
    assert_gradient(order.by_time(steps), wanted)
    before = rng.normal(size=(6, 4, 5))
    states = order.states(before, steps)
    assert_gradient(states[1:], wanted)
    assert_gradient(states[0], np.concatenate([before[0], before[3]]))


def test_sequences_of_other_lengths_are_refused():
    for follows in ([0, 1, 1, 0, 1], [0, 0, 0]):
        with pytest.raises(UnrecognisedError, match="lengths"):
            Sequences.of(np.array(follows, bool))


def test_places_of_a_value_in_a_leaf_with_other_axes(rng):
    value = rng.normal(size=(6, 2, 4))
    for axes in [(0, 1, 2), (1, 0, 2), (2, 1, 0), (1, 2, 0)]:
        leaf = value.transpose(axes)
        places = Sequences(1, 6).places(value, leaf)
        assert_gradient(leaf.reshape(-1)[places], value)
    assert Sequences(1, 6).places(value, rng.normal(size=(6, 2, 4))) is None
    assert Sequences(1, 6).places(value, rng.normal(size=4)) is None


def test_taps_of_odd_sizes_or_steps_are_left_out(rng):
    order = Sequences(1, 3)
    v = rng.normal(size=(2, 5))
    assert order.taps({"dh": {4: v}, "da": {1: v, 2: v[0]}, "dy": {1: v[0, :3]}, "e": {}}, (3, 2, 5)) == {}
    assert order.taps({"dh": {3: v, 1: v.T}}, (3, 2, 5))["dh"].shape == (3, 2, 5)
    assert_gradient(order.taps({"dh": {1: v.T}}, (3, 2, 5))["dh"][0], v)
    assert Sequences(2, 3).taps({"dh": {1: v}}, (3, 2, 5)) == {}
