import numpy as np
from fold import recurrences as r

import minigrad as mg
from minigrad import graph
from minigrad.fold.outside import shown, taken


def network():
    """y = Σ(h₁ + h₂) · exp(W), where only y has a name, and z = tanh(y)."""
    W = r.tensor(1, name="W")
    hs = []
    for t in (1, 2):
        with mg.time_step(t):
            hs.append(r.tensor(t, 3, name="h"))
    y = (np.sum(hs[0] + hs[1]) * np.exp(W)).named("y")
    return W, hs, y, np.tanh(y)


def outside(*outputs):
    return [node for node in graph.nodes(*outputs) if node.step is None]


def test_leaves_names_outputs_and_what_time_takes_are_shown():
    W, _, y, z = network()
    nodes = outside(z)
    assert len(nodes) == 6
    assert shown(nodes, [z], set()) == [W, y, z]
    power = next(node for node in nodes if node.op is not None and node.op.label == "exp")
    assert shown(nodes, [z], {power.order}) == [W, power, y, z]
    assert shown(nodes, [], set()) == [W, y]


def test_unnamed_nodes_are_passed_through_to_what_they_take():
    W, hs, y, z = network()
    nodes = outside(z)
    of = {W.order: 7, hs[0].order: 8, hs[1].order: 8, y.order: 9, z.order: 10}
    found = {node.order: (sources, through) for node, sources, through in taken(nodes, [W, y, z], of)}
    assert set(found) == {y.order, z.order}  # a leaf is computed of nothing
    sources, through = found[y.order]
    assert {number: sorted(steps, key=str) for number, steps in sources.items()} == {7: [None], 8: [1, 2]}
    assert set(through) == {"multiply", "sum", "add", "exp"}
    assert len(through) == 4
    assert found[z.order] == ({9: [None]}, ["tanh"])


def test_a_shared_unnamed_node_serves_each_that_takes_it():
    with mg.time_step(3):
        h = r.tensor(1, 2, name="h")
    shared = np.exp(h)
    a, b = np.sum(shared).named("a"), np.tanh(shared).named("b")
    found = taken(outside(a, b), [a, b], {h.order: 0})
    assert [(node.name, sources, through) for node, sources, through in found] == [
        ("a", {0: [3]}, ["sum", "exp"]),
        ("b", {0: [3]}, ["tanh", "exp"]),
    ]
