"""Graphs without steps are drawn without a fault."""

import numpy as np
import pytest
from draw.geometry import Picture
from draw.networks import tree

import minigrad as mg
from minigrad.draw import draw


def random_graph(n, seed, reach):
    rng = np.random.default_rng(seed)
    shared = [mg.Tensor(1.0, f"p{k}") for k in range(5)]
    nodes = [mg.Tensor(1.0, "x")]
    for k in range(n):
        a, b = (nodes[int(rng.integers(max(0, len(nodes) - reach), len(nodes)))] for _ in "ab")
        nodes.append((np.tanh(a) * shared[k % 5] + b).named(f"a{k}"))
    return nodes[-3:]


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("reach", [4, 40])
def test_random_graphs(seed, reach):
    figure = draw(random_graph(60, seed, reach))
    assert list(Picture(figure.svg(), figure.scene).faults()) == []


def test_a_tree_with_gradients():
    loss = tree()
    figure = draw(loss, grads=mg.backprop(loss), detail="ops", show=("shape", "value", "grad"))
    assert list(Picture(figure.svg(), figure.scene).faults()) == []


def test_inputs_stand_below():
    figure = draw(tree())
    y = {mark.key: mark.at[1] for mark in figure.scene.nodes}
    assert all(y[line.source] > y[line.target] for line in figure.scene.lines)


def test_a_single_node():
    figure = draw(mg.Tensor(3.0, "x"))
    assert [mark.name for mark in figure.scene.nodes] == ["x"]
    assert list(Picture(figure.svg(), figure.scene).faults()) == []
