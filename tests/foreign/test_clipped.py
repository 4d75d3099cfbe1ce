import numpy as np

from minigrad import Tensor
from minigrad.foreign.clipped import unclipped

VALUES = np.array([7.0, -9.0, 1.0])


def _gradient():
    return Tensor(VALUES) * 1.0


def test_clipping_in_place_is_undone():
    g = _gradient()
    g[...] = np.clip(g, -5, 5)
    assert g.array.tolist() == [5.0, -5.0, 1.0]
    values, entries = unclipped(g)
    assert values.tolist() == VALUES.tolist()
    assert entries == 2


def test_clipping_by_value_is_undone():
    values, entries = unclipped(np.clip(_gradient(), -8, 8))
    assert values.tolist() == VALUES.tolist()
    assert entries == 1


def test_clipping_that_changes_nothing_counts_no_entries():
    assert unclipped(np.clip(_gradient(), -50, 50))[1] == 0


def test_a_one_sided_clip_is_a_function_of_the_network():
    g = np.clip(_gradient(), 0, 5)
    values, entries = unclipped(g)
    assert values.tolist() == [5.0, 0.0, 1.0]
    assert entries is None


def test_what_is_not_clipped_stays():
    assert unclipped(_gradient())[1] is None
    assert unclipped(VALUES)[0] is VALUES
