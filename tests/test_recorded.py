import gc

import numpy as np
import pytest
from oracles import assert_gradient, complex_step

import minigrad as mg


@pytest.fixture
def net(rng):
    """A recurrence whose state h⁽ᵗ⁾ is used at step t + 1 alone."""
    W = mg.Tensor(rng.normal(size=(3, 3)) * 0.5, "W")
    with mg.time_step(0):
        h = mg.Tensor(rng.normal(size=3), "h")
    states = [h]
    for t in (1, 2, 3):
        with mg.time_step(t):
            h = np.tanh(W @ h).named("h")
        states.append(h)
    with mg.time_step(3):
        loss = np.sum(h * h).named("L")
    return W, states, loss


def test_recorded_gradients_are_the_plain_ones(net):
    *_, loss = net
    plain, recorded = mg.backprop(loss), mg.backprop(loss, record=True)
    assert set(plain) == set(recorded)
    for x in plain:
        assert_gradient(recorded[x].value, plain[x], rtol=1e-15)


def test_the_gradient_of_a_named_node_is_a_named_node_of_its_own(net):
    _, _, loss = net
    grads = mg.backprop(loss, record=True)
    named = [n for n in grads if n.name is not None]
    assert [grads[n].name for n in named] == [f"∇{n.name}" for n in named]
    assert len({grads[n].order for n in named}) == len(named)
    assert {grads[n].name for n in grads if n.name is None} == {None}


def test_the_gradient_of_a_named_node_has_its_step(net):
    grads = mg.backprop(net[-1], record=True)
    wanted = {(n.name, n.step): n.step for n in grads if n.name is not None}
    assert {(n.name, n.step): grads[n].step for n in grads if n.name is not None} == wanted


def test_a_gradient_passed_on_unchanged_is_told_apart_by_name():
    a, b = mg.Tensor(1.0, "a"), mg.Tensor(2.0, "b")
    s = (a + b).named("s")
    loss = (+s).named("L")
    grads = mg.backprop(loss, record=True)
    assert [grads[n].name for n in (a, b, s, loss)] == ["∇a", "∇b", "∇s", "∇L"]
    assert len({grads[n].order for n in (a, b, s, loss)}) == 4


def test_the_gradient_of_a_target_in_the_middle_has_its_name(net):
    _, states, loss = net
    grads = mg.backprop(loss, [states[2]], record=True)
    assert (grads[states[2]].name, grads[states[2]].step) == ("∇h", 2)
    assert len(grads) == 1


def test_each_node_knows_the_edge_that_it_differentiates(net):
    W, states, loss = net
    before = max(n.order for n in mg.graph.nodes(loss))
    grads = mg.backprop(loss, record=True)
    forward = set(mg.graph.nodes(loss))
    made = [n for n in mg.graph.nodes(*(grads[x] for x in grads)) if n.order > before and n.op]
    assert len(made) > 10
    for n in made:
        node, position = n.scope.of
        assert node in forward
        assert position is None or 0 <= position < len(node.inputs)
    sums = [n for n in made if n.scope.of[1] is None and type(n.op).__name__ == "Add"]
    assert sums
    assert {n.scope.of[0] for n in sums} <= {W, *states}
    assert all(n.scope.of is None for n in forward)


def test_gradients_can_be_found_by_name_in_their_own_graph(net):
    W, _, loss = net
    grads = mg.backprop(loss, record=True)
    names = [(n.name, n.step) for n in mg.graph.nodes(grads[W]) if (n.name or "").startswith("∇")]
    assert set(names) >= {("∇W", None), ("∇L", 3), ("∇h", 1), ("∇h", 2), ("∇h", 3)}


def bptt(W, h0):
    """The gradient of the network of `net` in W by hand, analytic."""
    h = [h0]
    for _ in range(3):
        h.append(np.tanh(W @ h[-1]))
    G, total = 2 * h[3], 0
    for t in (3, 2, 1):
        a = (1 - h[t] * h[t]) * G
        total = total + a[:, None] * h[t - 1]
        G = W.T @ a
    return total


def test_the_product_of_hessian_and_vector_is_exact(net, rng):
    W, states, loss = net
    v = rng.normal(size=(3, 3))
    grads = mg.backprop(loss, [W], record=True)
    assert_gradient(grads[W].value, bptt(W.value, states[0].value))
    hvp = mg.backprop(np.sum(grads[W] * v), [W])[W]
    wanted = complex_step(lambda z: np.sum(bptt(z, states[0].value) * v), W.value)
    assert_gradient(hvp, wanted)
    mixed = mg.backprop(np.sum(grads[W] * v), [states[0]])[states[0]]
    wanted = complex_step(lambda z: np.sum(bptt(W.value, z) * v), states[0].value)
    assert_gradient(mixed, wanted)


def test_the_third_derivative_is_the_third():
    x = mg.Tensor(0.7)
    y = np.sin(x) * x**3
    for _ in range(3):
        y = mg.backprop(y, record=True)[x]
    s, c, v = np.sin(0.7), np.cos(0.7), 0.7
    assert y.item() == pytest.approx(-(v**3) * c - 9 * v * v * s + 18 * v * c + 6 * s, rel=1e-13)


def test_a_seed_that_is_a_tensor_is_part_of_the_graph(rng):
    x, seed = mg.Tensor(rng.normal(size=3)), mg.Tensor(rng.normal(size=3))
    G = mg.backprop(np.sin(x), seed=seed, record=True)[x]
    assert_gradient(mg.backprop(np.sum(G * G))[seed], 2 * seed.value * np.cos(x.value) ** 2)


def test_a_version_that_was_overwritten_is_differentiated_as_it_was(rng):
    p = mg.Tensor(rng.normal(size=3), "p")
    old = p.value.copy()
    loss = np.sum(p**4)
    p.value = np.zeros(3)
    g = mg.backprop(loss, record=True)[p]
    assert_gradient(g.value, 4 * old**3)
    assert_gradient(mg.backprop(np.sum(g))[p], 12 * old**2)


def test_recording_leaves_the_forward_graph_alone(net):
    _, _, loss = net
    before = [(n.order, n.name, n.op, n.inputs) for n in mg.graph.nodes(loss)]
    mg.backprop(loss, record=True)
    assert [(n.order, n.name, n.op, n.inputs) for n in mg.graph.nodes(loss)] == before


def test_a_recorded_table_is_freed_with_its_last_reference(net):
    W, _, loss = net
    gc.collect()
    gc.disable()
    try:
        grads = mg.backprop(loss, record=True)
        second = mg.backprop(np.sum(grads[W] * grads[W]), record=True)
        del grads, second
        assert gc.collect() == 0
    finally:
        gc.enable()
