from typing import Any, NamedTuple

import numpy as np

import minigrad as mg
from minigrad.check.nest import is_variable, leaves, refill


class Pair(NamedTuple):
    a: Any
    b: Any


TREE = {"W": [np.ones(2), 3, None], "p": Pair(1.5, (mg.Tensor([2.0]), "text")), "k": np.arange(3)}


def test_variables_are_found_in_order_with_the_way_to_them():
    assert [path for path, _ in leaves(TREE, "f")] == ["f['W'][0]", "f['p'][0]", "f['p'][1][0]"]


def test_refill_puts_them_back_and_keeps_constants_and_types():
    new = refill(TREE, [10, 20, 30])
    assert new == {"W": [10, 3, None], "p": Pair(20, (30, "text")), "k": TREE["k"]}
    assert isinstance(new["p"], Pair)
    assert TREE["p"].a == 1.5


def test_integers_booleans_and_text_are_constants():
    assert not any(is_variable(x) for x in (1, True, "x", None, np.arange(3), np.bool_(1), sum))
    assert all(is_variable(x) for x in (1.0, np.float32(1), np.zeros(0), 1j))
