"""Coordinates of the grid."""

import itertools

import numpy as np
import pytest
from draw.networks import vanilla

from minigrad.draw import draw
from minigrad.draw.frame import FOOT_SIDE, foot_places, rails, spread
from minigrad.draw.part import Item


def test_spread_keeps_gaps_and_order_and_moves_little():
    rng = np.random.default_rng(0)
    wanted = sorted(rng.uniform(0, 100, 9).tolist())
    found = spread(wanted, [12.0] * 9, 3.0)
    assert all(b - a >= 15 - 1e-9 for a, b in itertools.pairwise(found))
    assert sum(found) == pytest.approx(sum(wanted))
    assert spread([0.0, 100.0], [5.0, 5.0], 3.0) == [0.0, 100.0]
    assert spread([], [], 3.0) == []


def test_the_lines_of_masters_do_not_cross():
    masters, lanes = [0.0, 40.0, 80.0, 120.0], [55.0, 60.0, 65.0, 70.0]
    turns = rails(10.0, lanes, masters, 7.0)
    pieces = []
    for (x, lane), at in zip(turns, masters, strict=True):
        pieces.append(((0.0, at, x, at), (x, min(at, lane), x, max(at, lane)), (x, lane, 99.0, lane)))
    for one, two in itertools.combinations(pieces, 2):
        for a, b in itertools.product(one, two):
            meets = a[0] <= b[2] and b[0] <= a[2] and a[1] <= b[3] and b[1] <= a[3]
            assert not meets


def test_what_stands_at_a_foot_leaves_the_middle_free():
    feet = [Item(f"c{k}", "W", 1, "t", 0, size=(30.0, 22.0)) for k in range(5)]
    found = foot_places(feet)
    assert all(abs(dx) - 15.0 >= FOOT_SIDE for dx in found)
    ordered = sorted(found)
    assert all(b - a > 30.0 for a, b in itertools.pairwise(ordered))


def test_columns_have_the_pitch_of_the_look():
    figure = draw(vanilla())
    at = {(mark.name, mark.step): mark.at for mark in figure.scene.nodes}
    assert 120 <= at["h", 2][0] - at["h", 1][0] <= 150
    assert 80 <= at["a", 1][1] - at["h", 1][1] <= 104
