import numpy as np
import pytest
from vanilla_mutants import backward, edge, observe, output_gradients, problem

from minigrad.diagnosis.vanilla.edges import edges
from minigrad.diagnosis.vanilla.scene import Scene

SQUARE = {"T": 4, "B": 2, "D": 5, "H": 6, "O": 6}


def scene(sizes=None):
    p = problem(4, sizes=sizes)
    return p, Scene.of(observe(p, backward(p)[0]))


@pytest.mark.parametrize("name", ["repeated", "shifted", "missing", "last"])
def test_every_planted_edge_is_among_them(name):
    p, n = scene()
    dy = output_gradients(p, ())
    wanted = np.array([edge(p, t, dy, {f"edge {name}"}) for t in range(4)])
    assert any(np.allclose(one.value(n, n.dy), wanted, atol=1e-14) for one in edges(n))


@pytest.mark.parametrize("sizes", [None, SQUARE])
def test_the_first_is_right_and_shapes_are_those_of_dh(sizes):
    _, n = scene(sizes)
    first, *others = edges(n)
    assert first.parts == ()
    assert np.allclose(first.value(n, n.dy), n.observed.upstream, atol=1e-14)
    assert all(one.value(n, n.dy).shape == n.new.shape for one in others)
    transposed = [one for one in others if one.parts[0].kind == "transposed"]
    assert len(transposed) == (sizes is not None)


def test_without_an_output_layer_the_given_edges_are_moved():
    _, n = scene()
    seen = n.observed
    for name in ("dy", "y", "o", "targets"):
        object.__setattr__(seen, name, None)
    n = Scene.of(seen)
    first, *others = edges(n)
    assert np.array_equal(first.value(n, n.dy), seen.upstream)
    last = next(one for one in others if one.parts[0].name == "last throughout")
    assert np.array_equal(last.value(n, n.dy)[0], seen.upstream[-1])


def test_the_gradient_for_the_weight():
    p, n = scene()
    running = next(one for one in edges(n) if one.parts and one.parts[0].name == "dWy")
    total = np.zeros_like(p.w["Wy"])
    for t in range(3, -1, -1):
        total += n.dy[t].T @ n.new[t]
        assert np.allclose(running.value(n, n.dy)[t], n.dy[t] @ total)
