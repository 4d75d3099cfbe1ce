"""Layers of graphs without steps."""

import numpy as np
from draw.networks import tree

import minigrad as mg
from minigrad.draw.choose import choose
from minigrad.draw.layers import OFTEN, levels, slots, with_copies
from minigrad.draw.roles import assign_roles


def part_of(loss):
    part = choose([loss])
    assign_roles(part)
    return part


def test_edges_lead_upwards():
    part = part_of(tree())
    level = levels(part)
    assert all(level[link.source] < level[link.target] for link in part.links)


def test_often_used_parameters_get_copies():
    part = part_of(tree())
    uses = len([link for link in part.links if link.source.name == "W"])
    assert uses > OFTEN
    with_copies(part)
    masters = {item.master for item in part.items if item.master is not None}
    assert {item.name for item in masters} == {"W", "b"}
    assert len([item for item in part.items if item.name == "W"]) == uses
    assert len([link for link in part.links if link.source.name == "W"]) == uses


def test_every_further_use_gets_a_copy_if_asked_for():
    W, x = mg.Tensor(np.eye(2), "W"), mg.Tensor(np.ones(2), "x")
    part = part_of((W @ (W @ x).named("a")).named("b"))
    with_copies(part)
    assert sum(item.name == "W" for item in part.items) == 1
    with_copies(part, every=True)
    assert sum(item.name == "W" for item in part.items) == 2


def test_long_edges_become_copies_where_they_would_be_too_many():
    x = mg.Tensor(1.0, "x")
    nodes = [x]
    for k in range(300):
        nodes.append((np.tanh(nodes[-1]) + nodes[k // 2]).named(f"a{k}"))
    part = part_of(nodes[-1])
    with_copies(part)
    for item in part.items:
        item.size = (30.0, 30.0)
    layers, _, ways = slots(part)
    assert sum(map(len, layers)) < 8 * len(part.items) + 400
    assert any(item.master is not None for item in part.items)
    assert all(len(way) >= 2 for way in ways.values())


def test_copies_of_links_twice_between_two_are_one():
    W = mg.Tensor(2.0, "W")
    y = W
    for k in range(5):
        y = (W * W * np.tanh(y)).named(f"y{k}")
    part = part_of(y)
    with_copies(part)
    users = [(item.master, link.target) for link in part.links if (item := link.source).master is not None]
    assert users


def test_passing_edges_have_slots_in_every_layer():
    part = part_of(tree())
    for item in part.items:
        item.size = (30.0, 30.0)
    layers, of, ways = slots(part)
    assert all(slot.layer == k for k, layer in enumerate(layers) for slot in layer)
    for link, way in ways.items():
        assert [slot.layer for slot in way] == list(range(of[link.source].layer, of[link.target].layer + 1))
