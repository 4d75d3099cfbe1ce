import gated_cells
import numpy as np
import pytest
from oracles import assert_gradient, complex_step

import minigrad as mg

K, H, C, N, T = 4, 5, 7, 3, 6
WEIGHTS = ["Uf", "Wf", "Ui", "Wi", "Ug", "Wg", "Uo", "Wo", "V"]
BIASES = ["bf", "bi", "bg", "bo", "c"]


def network(rng, *, n=(), bias=True, task="regression", dtype=np.float64):
    """A network with random biases, and states h(0), s(0) that are not zero."""
    lstm = mg.nn.LSTM(K, H, C, seed=3, bias=bias, task=task, dtype=dtype)
    for name in BIASES if bias else []:
        p = getattr(lstm, name)
        p.value = rng.normal(size=p.shape).astype(dtype)
    xs, ys = rng.normal(size=(T, *n, K)).astype(dtype), rng.normal(size=(T, *n, C)).astype(dtype)
    return lstm, xs, ys, tuple(rng.normal(size=(2, *n, H)).astype(dtype) / 2)


def arguments(lstm):
    return {name: p.value for name, p in lstm.parameters().items()}


@pytest.mark.parametrize("n", [(), (N,)])
@pytest.mark.parametrize("bias", [True, False])
def test_the_gradients_are_those_of_complex_step(n, bias, rng):
    lstm, xs, ys, state = network(rng, n=n, bias=bias)
    own = arguments(lstm)
    assert list(own) == WEIGHTS + BIASES * bias

    def loss(p, h, s, x):
        return gated_cells.loss(gated_cells.lstm_step, p, x, ys, (h, s))

    run = lstm.unroll(xs, ys, state)
    assert run.loss.item() == pytest.approx(loss(own, *state, xs), rel=1e-13)
    grads = mg.backprop(run.loss)
    for name in own:
        wanted = complex_step(lambda z, k=name: loss(own | {k: z}, *state, xs), own[name])
        assert_gradient(grads[name], wanted)
    assert_gradient(grads["h", 0], complex_step(lambda z: loss(own, z, state[1], xs), state[0]))
    assert_gradient(grads["s", 0], complex_step(lambda z: loss(own, state[0], z, xs), state[1]))
    found = np.stack([grads["x", t] for t in range(1, T + 1)])
    assert_gradient(found, complex_step(lambda z: loss(own, *state, z), xs))


def test_it_is_the_lstm_of_torch(rng):
    torch = pytest.importorskip("torch")
    lstm, xs, _, state = network(rng, n=(N,))
    theirs = torch.nn.LSTM(K, H, dtype=torch.float64)
    order = ["i", "f", "g", "o"]
    with torch.no_grad():
        for name, kind in [("weight_ih_l0", "U"), ("weight_hh_l0", "W"), ("bias_ih_l0", "b")]:
            stacked = np.concatenate([getattr(lstm, kind + g).value for g in order])
            getattr(theirs, name).copy_(torch.tensor(stacked))
        theirs.bias_hh_l0.zero_()
    run = lstm.unroll(xs, h0=state)
    out, (_, s) = theirs(torch.tensor(xs), tuple(torch.tensor(z[None]) for z in state))
    G = rng.normal(size=(T, N, H))
    (out * torch.tensor(G)).sum().backward()
    assert_gradient(np.stack([h.value for h in run["h"]]), out.detach().numpy())
    assert_gradient(run["s", T].value, s[0].detach().numpy())
    grads = mg.backprop(sum(np.sum(h * g) for h, g in zip(run["h"], G, strict=True)))
    for k, g in enumerate(order):
        rows = slice(k * H, k * H + H)
        assert_gradient(grads[f"W{g}"], theirs.weight_hh_l0.grad.numpy()[rows])
        assert_gradient(grads[f"U{g}"], theirs.weight_ih_l0.grad.numpy()[rows])
        assert_gradient(grads[f"b{g}"], theirs.bias_ih_l0.grad.numpy()[rows])


@pytest.mark.parametrize("n", [(), (N,)])
@pytest.mark.parametrize("bias", [True, False])
def test_tokens_are_one_hot_inputs_and_classes_one_hot_targets(n, bias, rng):
    lstm, _, _, state = network(rng, n=n, bias=bias, task="classification")
    tokens, classes = rng.integers(K, size=(T, *n)), rng.integers(C, size=(T, *n))
    one = mg.backprop(lstm.unroll(tokens, classes, state).loss)
    other = mg.backprop(lstm.unroll(np.eye(K)[tokens], np.eye(C)[classes], state).loss)
    for key in [*lstm.parameters(), ("h", 0), ("s", 3), ("gate_f", 2), ("a_g", T)]:
        assert_gradient(one[key], other[key])


def test_the_cell_state_is_zero_unless_it_is_given(rng):
    lstm, xs, ys, (h0, _) = network(rng, n=(N,))
    for h in (None, h0, (h0,), (None, None)):
        assert not lstm.unroll(xs, ys, h)["s", 0].value.any()
        assert lstm.unroll(xs, ys, h)["s", 0].shape == (N, H)
    with pytest.raises(ValueError, match=r"LSTM has the states \('h', 's'\).*a tuple of 3"):
        lstm.unroll(xs, ys, (h0, h0, h0))


def test_the_nodes_have_names_and_copies_are_nodes_of_their_own(rng):
    lstm, xs, ys, state = network(rng)
    run = lstm.unroll(xs, ys, state, copies=True)
    assert {"gate_i", "gate_o", "a_f", "s", "h", "o", "L", "x"} <= set(run.names())
    assert_gradient(run["gate_o", 2].value, gated_cells.sigmoid(run["a_o", 2].value))
    apart, shared = mg.backprop(run.loss), mg.backprop(lstm.unroll(xs, ys, state).loss)
    for name, p in lstm.parameters().items():
        assert_gradient(sum(apart[name, t] for t in range(1, T + 1)), shared[p])


def test_float32_stays_float32(rng):
    lstm, xs, ys, state = network(rng, dtype=np.float32)
    grads = mg.backprop(lstm.unroll(xs.astype(float), ys, state).loss)
    assert {n.dtype for n in grads} == {np.dtype(np.float32)}
