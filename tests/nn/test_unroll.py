import gc
import sys

import numpy as np
import pytest
from oracles import assert_gradient, complex_step

import minigrad as mg


def tanh_cell(W):
    return lambda x, h: np.tanh(W @ h + x)


@pytest.fixture
def W(rng):
    return mg.Tensor(rng.normal(size=(5, 5)) * 0.4, "W")


def test_every_step_is_named_and_kept(W, rng):
    xs, h0 = rng.normal(size=(6, 5)), rng.normal(size=5)
    run = mg.nn.unroll(tanh_cell(W), xs, h0)
    h = h0
    for t in range(1, 7):
        h = np.tanh(W.value @ h + xs[t - 1])
        np.testing.assert_array_equal(run["h", t].value, h)
        assert (run["h", t].name, run["h", t].step, run["h", t].axis) == ("h", t, "t")
        np.testing.assert_array_equal(run["x", t].value, xs[t - 1])
    np.testing.assert_array_equal(run["h", 0].value, h0)
    assert run["h", 0].step == 0
    assert [n is run["h", t] for t, n in enumerate(run["h"], 1)] == [True] * 6
    assert run["W"] is W
    assert len(run) == 6
    assert set(run.names()) == {"W", "h", "x"}
    assert "T=6" in repr(run)
    assert [out["h"].step for out in run] == [1, 2, 3, 4, 5, 6]


def test_a_second_axis_has_its_name(W, rng):
    run = mg.nn.unroll(tanh_cell(W), rng.normal(size=(2, 5)), np.zeros(5), axis="s")
    assert {run["h", t].axis for t in (0, 1, 2)} == {"s"}


def test_targets_reach_the_cell_and_losses_are_added(W, rng):
    xs, ys, h0 = rng.normal(size=(4, 5)), rng.normal(size=(4, 5)), rng.normal(size=5)

    def cell(x, h, y):
        h = np.tanh(W @ h + x)
        return {"h": h, "L": np.sum((h - y) ** 2)}

    run = mg.nn.unroll(cell, xs, h0, ys)

    def loss(w, h):
        total = 0
        for x, y in zip(xs, ys, strict=True):
            h = np.tanh(w @ h + x)
            total = total + np.sum((h - y) ** 2)
        return total

    assert run.loss.item() == pytest.approx(loss(W.value, h0), rel=1e-14)
    grads = mg.backprop(run.loss)
    assert_gradient(grads[W], complex_step(lambda w: loss(w, h0), W.value))
    assert_gradient(grads["h", 0], complex_step(lambda h: loss(W.value, h), h0))
    assert [grads["L", t].item() for t in range(1, 5)] == [1, 1, 1, 1]


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def lstm(np, sigmoid, A, B, b, n):
    """A user's cell with two states: gates i, f, o and a candidate, from one product."""

    def cell(x, state):
        z = A @ x + B @ state["h"] + b
        i, f, o = sigmoid(z[:n]), sigmoid(z[n : 2 * n]), sigmoid(z[2 * n : 3 * n])
        c = f * state["c"] + i * np.tanh(z[3 * n :])
        return {"c": c, "h": o * np.tanh(c), "i": i}

    return cell


def test_a_users_lstm_with_two_states(rng):
    K, H, T = 3, 4, 6
    A, B, b = rng.normal(size=(4 * H, K)), rng.normal(size=(4 * H, H)) / 2, rng.normal(size=4 * H)
    h0, c0, xs, v = rng.normal(size=H), rng.normal(size=H), rng.normal(size=(T, K)), rng.normal(size=H)
    p = {"A": mg.Tensor(A, "A"), "B": mg.Tensor(B, "B"), "b": mg.Tensor(b, "b")}
    run = mg.nn.unroll(lstm(np, mg.sigmoid, **p, n=H), xs, {"h": h0, "c": c0})
    loss = np.sum(run["h", T] * v) + np.sum(run["c", 2] ** 2) + np.sum(run["i", 5])
    grads = mg.backprop(loss)

    def by_hand(A=A, B=B, b=b, h=h0, c=c0):
        cell, states = lstm(np, sigmoid, A, B, b, H), [{"h": h, "c": c}]
        for x in xs:
            states.append(cell(x, states[-1]))
        return np.sum(states[T]["h"] * v) + np.sum(states[2]["c"] ** 2) + np.sum(states[5]["i"])

    assert loss.item() == pytest.approx(by_hand(), rel=1e-13)
    for name, value in {"A": A, "B": B, "b": b}.items():
        assert_gradient(grads[name], complex_step(lambda z, n=name: by_hand(**{n: z}), value), rtol=1e-11)
    assert_gradient(grads["h", 0], complex_step(lambda z: by_hand(h=z), h0), rtol=1e-11)
    assert_gradient(grads["c", 0], complex_step(lambda z: by_hand(c=z), c0), rtol=1e-11)
    assert [n.step for n in run["c"]] == [1, 2, 3, 4, 5, 6]


def test_the_initial_state_can_be_a_parameter(W, rng):
    start = mg.Tensor(rng.normal(size=5), "s")
    run = mg.nn.unroll(tanh_cell(W), rng.normal(size=(3, 5)), start)
    assert (run["s", 0].step, run["s", 2].step) == (0, 2)
    grads = mg.backprop(np.sum(run["s", 3]))
    np.testing.assert_array_equal(grads[start], grads["s", 0])
    assert grads[start].any()
    assert start.step is None


def test_inputs_can_be_one_tensor_with_a_gradient(W, rng):
    xs, h0 = rng.normal(size=(3, 5)), rng.normal(size=5)
    X = mg.Tensor(xs, "X")
    run = mg.nn.unroll(tanh_cell(W), X, h0)

    def loss(z):
        h = h0
        for x in z:
            h = np.tanh(W.value @ h + x)
        return np.sum(h)

    assert_gradient(mg.backprop(np.sum(run["h", 3]))[X], complex_step(loss, xs))


def test_integers_reach_the_cell_as_they_are():
    seen = []

    def cell(x, h):
        seen.append(x)
        return h * 0.5

    for xs in ([3, 1], np.array([3, 1])):
        mg.nn.unroll(cell, xs, np.ones(2))
    assert seen == [3, 1, 3, 1]
    assert {type(x) for x in seen} == {int}


def test_a_cell_can_write_to_its_state_in_place():
    def cell(x, h):
        h *= 0.5
        h += x
        return h

    run = mg.nn.unroll(cell, np.ones((3, 1)), np.array([4.0]))
    assert [run["h", t].item() for t in range(4)] == [4, 3, 2.5, 2.25]


def test_bad_input_is_named(W):
    cell = tanh_cell(W)
    with pytest.raises(ValueError, match=r"unroll wants T ≥ 1 inputs .* given: 0 inputs"):
        mg.nn.unroll(cell, np.zeros((0, 5)), np.zeros(5))
    with pytest.raises(ValueError, match="given: 3 inputs and 2 targets"):
        mg.nn.unroll(cell, np.zeros((3, 5)), np.zeros(5), np.zeros(2))
    with pytest.raises(TypeError, match="cell returned ndarray as 'h' at step 1"):
        mg.nn.unroll(lambda x, h: np.zeros(5), np.zeros((3, 5)), np.zeros(5))
    with pytest.raises(TypeError, match=r"\['s'\] at step 1 and left out its state 'h'"):
        mg.nn.unroll(lambda x, h: {"s": h * 1.0}, np.zeros((3, 5)), np.zeros(5))
    with pytest.raises(ValueError, match='the cell returns no "L"'):
        _ = mg.nn.unroll(cell, np.zeros((3, 5)), np.zeros(5)).loss
    with pytest.raises(ValueError, match=r"h⁽⁰⁾ of shape \(4,\), at step 1"):
        mg.nn.unroll(cell, np.zeros((3, 5)), np.zeros(4))


def test_a_key_that_does_not_exist_is_told_with_those_that_do(W):
    run = mg.nn.unroll(tanh_cell(W), np.zeros((3, 5)), np.zeros(5))
    with pytest.raises(KeyError, match=r"no node 'h' at step 4 of 1 … 3; the names are W, h, x"):
        run["h", 4]
    with pytest.raises(KeyError, match="no node 'q'"):
        run["q"]


def test_an_error_in_the_cell_leaves_no_step_behind(W):
    def cell(x, h):
        raise RuntimeError

    with pytest.raises(RuntimeError):
        mg.nn.unroll(cell, np.zeros((3, 5)), np.zeros(5))
    assert mg.Tensor(1.0).step is None


def differentiate_run(T, *, record=False):
    w = mg.Tensor(np.array([0.5]), "w")
    run = mg.nn.unroll(lambda x, h: {"h": np.tanh(w * h + x), "L": np.sum(h)}, np.ones((T, 1)), np.ones(1))
    return mg.backprop(run.loss, [w], record=record)[w]


@pytest.mark.parametrize("record", [False, True])
def test_many_steps_need_no_recursion_and_no_garbage_collector(record):
    limit = sys.getrecursionlimit()
    gc.collect()
    gc.disable()
    sys.setrecursionlimit(200)
    try:
        assert differentiate_run(2_000, record=record).shape == (1,)
        assert gc.collect() == 0
    finally:
        sys.setrecursionlimit(limit)
        gc.enable()


@pytest.mark.long
@pytest.mark.parametrize("record", [False, True])
def test_a_hundred_thousand_steps(record):
    gc.collect()
    gc.disable()
    try:
        assert differentiate_run(100_000, record=record).shape == (1,)
        assert gc.collect() == 0
    finally:
        gc.enable()


def test_a_cell_may_return_a_view_of_what_it_wrote_to_afterwards():
    def cell(x, h):
        both = np.concatenate([h, x])
        first = both[:1]
        both *= 0.5
        return first

    run = mg.nn.unroll(cell, np.ones((3, 1)), np.array([4.0]))
    assert [run["h", t].item() for t in range(4)] == [4, 2, 1, 0.5]
