"""Where nodes stand."""

import numpy as np

import minigrad as mg
from minigrad.draw.grid import COLUMN, grid


def placed(*outputs):
    nodes = mg.graph.nodes(*outputs)
    return grid(nodes, list(mg.graph.edges(*outputs))), nodes


def test_no_two_nodes_share_a_place():
    W = mg.Tensor(np.eye(2), name="W")

    def step(x, h):
        gate = np.tanh(W @ x + W @ h)
        return np.exp(gate) * h + np.exp(h) * np.tanh(x)

    run = mg.nn.unroll(step, np.ones((3, 2)), np.zeros(2))
    places, nodes = placed(np.sum(run["h", 3]))
    assert len(places.at) == len(nodes) == len(set(places.at.values()))


def test_a_parameter_stands_left_and_below_its_first_consumer():
    W = mg.Tensor(np.eye(2), name="W")
    run = mg.nn.unroll(lambda x, h: np.tanh(W @ h + x), np.ones((3, 2)), np.zeros(2))
    places, _ = placed(run["h", 3])
    product = mg.graph.consumers(W, run["h", 3])[0].consumer
    assert places.at[W.order][0] == 0
    assert places.at[W.order][1] < places.at[product.order][1]


def test_columns_follow_the_steps_that_occur():
    for t in (2, 7):
        with mg.time_step(t):
            x = mg.Tensor(1.0, name="x")
    places, _ = placed(x)
    assert places.columns == {7: COLUMN}
