"""From a graph to a scene."""

import numpy as np
from draw.networks import plain, vanilla

import minigrad as mg
from minigrad.draw import draw
from minigrad.draw.compose import compose
from minigrad.draw.options import Options


def test_numbers_are_those_of_the_nodes():
    loss = vanilla()
    grads = mg.backprop(loss)
    scene = compose([loss], Options(grads=grads))
    marks = {(m.name, m.step): m for m in scene.nodes}
    for node in mg.graph.nodes(loss):
        mark = marks[node.name, node.step]
        assert mark.value.shape == node.shape
        assert mark.value.norm == float(np.linalg.norm(node.array.ravel()))
        assert mark.gradient.norm == float(np.linalg.norm(np.ravel(grads[node])))
        if node.size <= 8:
            assert mark.value.entries == tuple(node.array.ravel().tolist())
            assert mark.gradient.entries == tuple(grads[node].ravel().tolist())
    assert marks["y", 3].value.entries == (2,)
    assert marks["a", 2].formula == "b + W h⁽¹⁾ + U x⁽²⁾"
    assert marks["h", 2].op == "Tanh()"


def test_keys_are_opaque_and_unique():
    for params in ("rails", "labels", "copies"):
        scene = draw(vanilla(), params=params).scene
        keys = [m.key for m in scene.nodes] + [k.key for k in scene.lines]
        assert len(keys) == len(set(keys))
        assert all(key.isalnum() for key in keys)
        assert {k.source for k in scene.lines} | {k.target for k in scene.lines} <= {
            m.key for m in scene.nodes
        }


def test_lines_carry_arguments_and_what_they_go_through():
    scene = draw(plain()).scene
    marks = {m.key: m for m in scene.nodes}
    found = {
        (marks[k.source].name, k.argument, k.position): k.through
        for k in scene.lines
        if marks[k.target].name == "h"
    }
    assert found["W", "x", 0] == ("matmul", "add")


def test_every_edge_with_a_contribution_has_a_line_back():
    loss = vanilla()
    scene = draw(loss, grads=mg.backprop(loss)).scene
    forward = {k.key: k for k in scene.lines if k.kind != "backward"}
    back = [k for k in scene.lines if k.kind == "backward"]
    assert len(back) == len(list(mg.graph.edges(loss)))
    for line in back:
        twin = forward[line.key[1:]]
        assert (line.source, line.target) == (twin.target, twin.source)
        assert line.norm == twin.norm
        assert 1.0 <= line.width <= 2.2
        assert line.label


def test_small_lines():
    loss = vanilla()
    scene = draw(loss, show=("shape", "value", "grad"), grads=mg.backprop(loss)).scene
    lines = {(m.name, m.step): m.lines for m in scene.nodes}
    assert lines["U", None][0] == "(5, 4)"
    assert lines["L", 1][0] == "scalar"
    assert lines["L", None][2] == "‖∇‖ 1"
    assert lines["y", 1] == ("scalar", "0")


def test_the_title_says_what_is_seen():
    assert draw(vanilla()).scene.title == "Computational graph of L over 5 time steps: 37 nodes, 60 edges"
    assert "over 20 time steps" in draw(vanilla(20)).scene.title


def test_the_gradient_has_a_picture_of_its_own():
    loss = plain(3)
    scene = draw(mg.backprop(loss, record=True)["W"]).scene
    assert {"∇W", "∇h", "∇o", "h", "W"} <= {m.name for m in scene.nodes}


def test_labels_without_room_are_told():
    x = mg.Tensor(1.0, "x")
    y = mg.add_n([x] * 200).named("L")
    figure = draw(y, grads=mg.backprop(y))
    assert any("labels of edges had no room" in note for note in figure.scene.notes)
