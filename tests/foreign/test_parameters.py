import numpy as np
import pytest

from minigrad import Tensor
from minigrad.foreign.capture import Capture
from minigrad.foreign.parameters import Known, ancestors, is_data, latest_sources, sources
from minigrad.foreign.reach import Found, reach


def _capture(**arguments):
    return Capture("f", "", 1, [], [], [], None, arguments)


def test_a_version_that_is_seen_twice_has_all_of_its_names():
    W = Tensor(np.ones(2))
    known = Known.of(reach({"params": {"W": W}}), reach({"W": W}))
    (found,) = known.by_order.values()
    assert found.path == "W"
    assert set(found.names) == {"W", 'params["W"]'}


def test_sources_are_parameters_and_no_states():
    W, x = 0.01 * Tensor(np.ones((2, 2))), Tensor(np.ones(2))
    h = np.tanh(W @ x)
    found = sources([np.sum(h)], Known.of(reach({"W": W, "x": x, "h": h})))
    assert [f.path for f in found] == ["W", "x"]


def test_after_an_update_the_latest_version_is_the_source():
    W, x = Tensor(np.ones((2, 2))), Tensor(np.ones(2))
    h = np.tanh(W @ x)
    grad = np.outer(h, x) * h
    W -= 0.1 * grad
    loss = np.sum(np.tanh(W @ x))
    known = Known.of(reach({"W": W, "x": x, "h": h}))
    assert [f.path for f in latest_sources([loss], known.called(["W", "x"]))] == ["x", "W"]
    assert "W" not in [f.path for f in sources([loss], known)]


def test_ancestors_are_all_nodes_below():
    x = Tensor(1.0)
    y = x * 2.0
    assert ancestors(y) == {x.order, y.order}


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("x", True),
        ("Y_true", True),
        ("targets", True),
        ("net.hs[-1]", True),
        ("self.h_states[-1]", True),
        ("self.layers[0].cache[1]", True),
        ("Whh", False),
        ("self.W_state", False),
        ('params["b"]', False),
        ("self.c", False),
    ],
)
def test_data_is_told_from_weights_by_its_name(path, data):
    assert is_data(Found(path, (path,), 0.0), _capture(self=None, x=None, targets=None)) is data
