import numpy as np
import pytest
from oracles import assert_gradient, complex_step

import minigrad as mg
from minigrad.diagnosis.structure.wiring import Wiring


@pytest.fixture
def made(rng):
    W, b, x = mg.Tensor(rng.normal(size=(3, 4)), "W"), mg.Tensor(rng.normal(size=3), "b"), rng.normal(size=4)
    a = W @ x + b
    h = np.tanh(a)
    loss = np.sum(h * h * b)
    return Wiring(loss, {"W": W, "b": b, "other": mg.Tensor(1.0)}), W, b, x, a, h, loss


def test_nodes_that_depend_on_no_leaf_are_constants(made):
    wiring, W, b, _, a, h, loss = made
    assert wiring.leaves == {W.order: "W", b.order: "b"}
    assert {W.order, b.order, a.order, h.order, loss.order} <= wiring.nodes.keys()
    only = Wiring(loss, {"W": W})
    assert b.order not in only.nodes
    assert only.uses[h.order] == ([0], [a.order])


def test_a_pull_stops_where_it_is_told(made, rng):
    wiring, W, b, x, _, h, loss = made
    whole, table = wiring.pull(loss.order, 1.0), mg.backprop(loss)
    assert whole.keys() == {W.order, b.order}
    assert_gradient(whole[W.order], table[W])
    assert_gradient(whole[b.order], table[b])
    part = wiring.pull(loss.order, 1.0, {h.order})
    assert part.keys() == {h.order, b.order}
    assert_gradient(part[h.order], 2 * h.value * b.value)
    assert_gradient(part[b.order], h.value**2)
    seed = rng.normal(size=3)
    found = wiring.pull(h.order, seed, {h.order})
    wanted = complex_step(lambda z: np.sum(seed * np.tanh(z @ x + b.value)), W.value)
    assert_gradient(found[W.order], wanted)


def test_zero_gradients_are_not_followed(made):
    wiring, _, _, _, _, h, _ = made
    assert wiring.pull(h.order, np.zeros(3)) == {}


def test_dominated_reached_and_descendants(made):
    wiring, W, b, _, a, h, loss = made
    assert wiring.dominated(h.order, a.order)
    assert not wiring.dominated(loss.order, h.order)
    assert not wiring.dominated(a.order, W.order)
    assert wiring.reached(loss.order, {a.order, W.order, b.order}) == {a.order, b.order}
    assert wiring.reached(loss.order, {W.order}) == {W.order}
    assert {h.order, loss.order} <= wiring.descendants({h.order})
    assert a.order not in wiring.descendants({h.order})


def test_paths_to_leaves_without_stops(made):
    wiring, W, b, _, a, h, loss = made
    assert wiring.leading_to_leaves(()) == set(wiring.nodes)
    found = wiring.leading_to_leaves({a.order})
    assert {W.order, b.order, a.order, loss.order} <= found
    assert h.order not in found
    assert wiring.pull(loss.order, 1.0, {a.order}, found).keys() == {b.order}


def test_the_version_of_a_leaf_that_was_used_is_the_leaf():
    W = mg.Tensor([1.0, 2.0], "W")
    loss = np.sum(W * W)
    used = W.order
    W -= 0.1 * np.ones(2)
    assert Wiring(loss, {"W": W}).leaves == {used: "W"}
