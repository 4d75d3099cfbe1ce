"""Which role a node and an edge have."""

import numpy as np
import pytest

import minigrad as mg
from minigrad.draw.look import edge_kind, edge_look, node_look, role

KINDS = ("input", "parameter", "state", "output", "loss", "op")


def test_roles():
    rnn = mg.nn.RNN(3, 4, 3)
    run = rnn.unroll(np.eye(3), [1, 2, 0])
    losses, states = frozenset([run.loss.order]), frozenset([run["h", 1].order])
    nodes = [run["x", 1], rnn.W, run["h", 1], run["o", 1], run.loss, np.tanh(rnn.W)]
    assert tuple(role(node, losses, states) for node in nodes) == KINDS


def test_each_role_looks_different():
    assert len({node_look(kind) for kind in KINDS}) == len(KINDS)
    assert 'label="h"' in node_look("state", label="h")


def test_kinds_of_edges():
    rnn = mg.nn.RNN(3, 4, 3)
    run = rnn.unroll(np.eye(3), [1, 2, 0])
    ends = [(run["a", 1], run["h", 1]), (run["h", 1], run["a", 2]), (rnn.W, run["a", 1])]
    ends.append((run["L", 1], run.loss))
    assert [edge_kind(*pair) for pair in ends] == ["forward", "recurrent", "parameter", "forward"]


def test_an_unknown_kind_is_an_error():
    with pytest.raises(KeyError):
        edge_look("sideways")
