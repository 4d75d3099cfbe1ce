import numpy as np
from fold import recurrences as r

import minigrad as mg
from minigrad.fold import fold
from minigrad.fold.named import drawn, links


def found(graph, phase=0):
    folded = fold(graph)
    place = {c.index: c.place for c in folded.classes}
    return {
        (place.get(e.source, e.source), place[e.target], e.delay, e.parameters, e.kind)
        for e in links(folded, drawn(folded), {"t": phase})
    }


def test_each_parameter_stands_at_the_edge_that_it_multiplies():
    assert found(r.vanilla(5)) == {
        ("b", "h", None, (), "parameter"),
        ("h", "h", 1, ("W",), "node"),
        ("x", "h", 0, ("U",), "node"),
        ("h", "L", 0, ("V",), "node"),
        ("L", "L", 1, (), "node"),
    }


def test_tokens_and_targets_are_nodes_though_they_are_arrays():
    run = mg.nn.RNN(4, 5, 3).unroll([0, 1, 2, 3], [0] * 4)
    assert {("x", "a", 0, ("U",), "constant"), ("y", "L", 0, (), "constant")} <= found(run)


def test_the_phases_of_a_period_have_their_own_edges():
    assert ("h", "h", 1, ("R",), "node") not in found(r.clockwork(8), 0)
    assert ("h", "h", 1, ("R",), "node") in found(r.clockwork(8), 1)


def test_two_uses_are_two_edges():
    with mg.time_step(0):
        h = mg.Tensor(np.ones(3), "h")
    for t in range(1, 5):
        with mg.time_step(t):
            h = (h * h).named("h")
    folded = fold(h)
    assert [e.position for e in links(folded, drawn(folded), {})] == [0, 1]


def test_a_long_unnamed_way_shared_at_each_step_is_walked_once():
    with mg.time_step(0):
        h = mg.Tensor(np.ones(3), "h")
    for t in range(1, 5):
        with mg.time_step(t):
            y = h
            for _ in range(60):
                y = 0.5 * (y + y)
            h = y.named("h")
    assert found(h) == {("h", "h", 1, (), "node")}
