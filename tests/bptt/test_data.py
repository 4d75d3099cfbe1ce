"""What the networks are given."""

import numpy as np
from bptt.sample import H, K, N, T, data


def test_one_hot_targets_are_the_next_inputs():
    given = data()
    x, y = given.one_hot()
    assert x.shape == y.shape == (T, N, K)
    assert np.array_equal(x.argmax(-1), given.tokens[:-1])
    assert np.array_equal(y.argmax(-1), given.tokens[1:])
    assert np.array_equal(x.sum(-1), np.ones((T, N)))


def test_scalars_have_both_labels_or_ones_alone():
    x, y = data().scalars()
    assert x.shape == y.shape == (T, N)
    assert np.abs(x).max() <= 1
    assert set(y.flat) == {0.0, 1.0}


def test_sizes():
    given = data()
    assert (given.steps, given.sequences, given.hidden) == (T, N, H)


def test_random_numbers_depend_on_seed_and_shape_alone():
    assert np.array_equal(data(seed=3).random(4, 5), data(seed=3, sequences=1).random(4, 5))
    assert not np.array_equal(data(seed=3).random(4), data(seed=4).random(4))
    assert np.abs(data().random(1000)).max() <= 1
