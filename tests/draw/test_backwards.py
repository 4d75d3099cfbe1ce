"""Gradients, their states, and the order of back-propagation."""

import numpy as np
import pytest
from draw.networks import ALL, vanilla

import minigrad as mg
from minigrad.draw import draw


@pytest.mark.parametrize("network", ["vanilla", "own_lstm", "tree"])
def test_the_order_is_that_of_backprop_and_the_sums_are_its_gradients(network):
    loss = ALL[network]()
    grads = mg.backprop(loss)
    figure = draw(loss, grads=grads, detail="ops")
    nodes = sorted(grads, key=lambda node: -node.order)
    marks = {mark.key: mark for mark in figure.scene.nodes}
    found = [marks[visit.node] for visit in figure.scene.order]
    assert [mark.step for mark in found] == [node.step for node in nodes]
    for visit, mark, node in zip(figure.scene.order, found, nodes, strict=True):
        size = float(np.linalg.norm(np.ravel(grads[node])))
        assert mark.gradient.norm == size
        if visit.lines and network != "tree":
            assert visit.sums[-1] == pytest.approx(size, rel=1e-12)


def test_formulas():
    assert draw(vanilla(2)).scene.order == ()
    loss = vanilla(2)
    scene = draw(loss, grads=mg.backprop(loss)).scene
    formulas = {visit.formula.partition(" = ")[0]: visit.formula.partition(" = ")[2] for visit in scene.order}
    assert formulas["∂L/∂L"] == "1"
    assert formulas["∂L/∂h⁽¹⁾"] == "∂L/∂a⁽²⁾ · ∂a⁽²⁾/∂h⁽¹⁾ + ∂L/∂o⁽¹⁾ · ∂o⁽¹⁾/∂h⁽¹⁾"


def test_states():
    x, w, z = mg.Tensor(0.0, "x"), mg.Tensor(2.0, "w"), mg.Tensor(3.0, "z")
    a = np.sqrt(x).named("a")
    L = (a + w * 0.0 + z).named("L")
    grads = mg.backprop(L)
    marks = {m.name: m for m in draw(L, grads=grads).scene.nodes}
    assert {n: marks[n].state for n in "xwz"} == {"x": "not-finite", "w": "zero", "z": "computed"}
    assert (marks["x"].gradient, marks["x"].fill, marks["w"].fill) == (None, None, None)
    assert marks["w"].gradient.entries == (0.0,)
    partial = {m.name: m.state for m in draw(L, grads=mg.backprop(L, wrt=[w])).scene.nodes}
    assert partial == {
        "x": "not-computed",
        "w": "zero",
        "z": "not-computed",
        "a": "not-computed",
        "L": "not-computed",
    }
    assert "1 gradient is not finite (hatched)." in draw(L, grads=grads).scene.notes


def test_states_look_different():
    x, w, z, y = (mg.Tensor(v, n) for v, n in ((0.0, "x"), (2.0, "w"), (3.0, "z"), (4.0, "q")))
    L = (np.sqrt(x) + w * 0.0 + z).named("L")
    figure = draw([L, (y * 2.0).named("M")], grads=mg.backprop(L))
    looks = {
        m.name: figure.svg().split(f'data-key="{m.key}"')[0].rpartition('class="')[2]
        for m in figure.scene.nodes
    }
    assert len({looks[n] for n in "xwzq"}) == 4
    assert "bad" in looks["x"]
    assert "zero" in looks["w"]
    assert "unknown" in looks["q"]
    source = figure.source
    assert source.count("#E3E5E8") >= 2
    assert "filled,dashed" in source


def test_vanishing_is_seen():
    W = mg.Tensor(0.05 * np.eye(3), "W")
    run = mg.unroll(lambda x, h: np.tanh(W @ h + x), np.full((9, 3), 0.1), np.zeros(3))
    L = np.sum(run["h", 9] ** 2).named("L")
    fills = {m.step: m.fill for m in draw(L, grads=mg.backprop(L)).scene.nodes if m.name == "h"}
    assert fills[0] == 0
    assert [fills[t] for t in range(10)] == sorted(fills[t] for t in range(10))
    assert fills[9] >= 7
