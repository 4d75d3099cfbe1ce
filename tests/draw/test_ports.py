"""Edges start and end side by side."""

import itertools

from minigrad.draw.part import Item
from minigrad.draw.ports import REACH, Ports

NODE = Item("n0", "h", 1, "t", 0, role="hidden", size=(50.0, 40.0))


def offsets(*wanted, side="top"):
    ports = Ports()
    for key, (pull, straight) in enumerate(wanted):
        ports.want(NODE, side, key, pull, straight=straight)
    ports.give()
    return [ports.offset(NODE, side, key) for key in range(len(wanted))]


def test_one_edge_stands_in_the_middle():
    assert offsets((0.0, True)) == offsets((3.0, False)) == [0.0]


def test_they_stand_on_the_side_they_come_from():
    left, middle, right = offsets((-2.0, False), (0.0, True), (3.0, False))
    assert left < middle == 0.0 < right


def test_without_a_straight_one_they_are_spread():
    found = offsets((1.0, False), (-1.0, False), (2.0, False), (0.5, False))
    assert found[1] < found[3] < found[0] < found[2]
    assert sum(found) == 0.0


def test_many_stay_on_the_node_and_apart():
    for straight in (False, True):
        for side, length in (("top", 50.0), ("left", 40.0)):
            found = offsets(*[(float(k - 7), straight and k == 7) for k in range(15)], side=side)
            assert max(map(abs, found)) <= REACH * length / 2 + 1e-9
            assert min(abs(a - b) for a, b in itertools.combinations(found, 2)) > 0.5


def test_two_straight_edges_have_one_place_at_both_ends():
    assert offsets((0.0, True), (0.0, True)) == [-5.0, 5.0]


def test_what_pulls_nowhere_evens_the_sides_out():
    found = offsets((0.0, True), (-1.0, False), (0.0, False), (0.0, False), (0.0, False))
    assert sum(x < 0 for x in found) == sum(x > 0 for x in found) == 2


def test_a_net_has_one_port():
    ports = Ports()
    for _ in range(3):
        ports.want(NODE, "right", "net", 1.0)
    ports.want(NODE, "right", "own", -1.0)
    ports.give()
    assert ports.offset(NODE, "right", "own") == -ports.offset(NODE, "right", "net") < 0
