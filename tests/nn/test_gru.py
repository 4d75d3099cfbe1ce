from functools import partial

import gated_cells
import numpy as np
import pytest
from oracles import assert_gradient, complex_step

import minigrad as mg

K, H, C, N, T = 4, 5, 7, 3, 6
BIASES = ["bz", "br", "bn", "c"]


def network(rng, *, n=(), bias=True, task="regression", **options):
    """A network with random biases, and a state h(0) that is not zero."""
    gru = mg.nn.GRU(K, H, C, seed=3, bias=bias, task=task, **options)
    for name in BIASES if bias else []:
        p = getattr(gru, name)
        p.value = rng.normal(size=p.shape)
    return gru, rng.normal(size=(T, *n, K)), rng.normal(size=(T, *n, C)), rng.normal(size=(*n, H)) / 2


def arguments(gru):
    return {name: p.value for name, p in gru.parameters().items()}


@pytest.mark.parametrize("n", [(), (N,)])
@pytest.mark.parametrize("bias", [True, False])
@pytest.mark.parametrize("reset", mg.nn.gru.RESETS)
def test_the_gradients_are_those_of_complex_step(n, bias, reset, rng):
    gru, xs, ys, h0 = network(rng, n=n, bias=bias, reset=reset)
    own = arguments(gru)
    assert list(own) == ["Uz", "Wz", "Ur", "Wr", "Un", "Wn", "V", *(BIASES * bias)]

    def loss(p, h, x):
        return gated_cells.loss(partial(gated_cells.gru_step, reset=reset), p, x, ys, (h,))

    run = gru.unroll(xs, ys, h0)
    assert run.loss.item() == pytest.approx(loss(own, h0, xs), rel=1e-13)
    grads = mg.backprop(run.loss)
    for name in own:
        assert_gradient(grads[name], complex_step(lambda z, k=name: loss(own | {k: z}, h0, xs), own[name]))
    assert_gradient(grads["h", 0], complex_step(lambda z: loss(own, z, xs), h0))
    found = np.stack([grads["x", t] for t in range(1, T + 1)])
    assert_gradient(found, complex_step(lambda z: loss(own, h0, z), xs))


def test_with_the_reset_after_the_product_it_is_the_gru_of_torch(rng):
    torch = pytest.importorskip("torch")
    gru, xs, _, h0 = network(rng, n=(N,), reset="after")
    theirs = torch.nn.GRU(K, H, dtype=torch.float64)
    order = ["r", "z", "n"]
    with torch.no_grad():
        for name, kind in [("weight_ih_l0", "U"), ("weight_hh_l0", "W"), ("bias_ih_l0", "b")]:
            stacked = np.concatenate([getattr(gru, kind + g).value for g in order])
            getattr(theirs, name).copy_(torch.tensor(stacked))
        theirs.bias_hh_l0.zero_()
    run = gru.unroll(xs, h0=h0)
    out, _ = theirs(torch.tensor(xs), torch.tensor(h0[None]))
    G = rng.normal(size=(T, N, H))
    (out * torch.tensor(G)).sum().backward()
    assert_gradient(np.stack([h.value for h in run["h"]]), out.detach().numpy())
    grads = mg.backprop(sum(np.sum(h * g) for h, g in zip(run["h"], G, strict=True)))
    for k, g in enumerate(order):
        rows = slice(k * H, k * H + H)
        assert_gradient(grads[f"W{g}"], theirs.weight_hh_l0.grad.numpy()[rows])
        assert_gradient(grads[f"U{g}"], theirs.weight_ih_l0.grad.numpy()[rows])
        assert_gradient(grads[f"b{g}"], theirs.bias_ih_l0.grad.numpy()[rows])


@pytest.mark.parametrize("n", [(), (N,)])
@pytest.mark.parametrize("bias", [True, False])
@pytest.mark.parametrize("reset", mg.nn.gru.RESETS)
def test_tokens_are_one_hot_inputs(n, bias, reset, rng):
    gru, _, _, h0 = network(rng, n=n, bias=bias, reset=reset, task="classification")
    tokens, classes = rng.integers(K, size=(T, *n)), rng.integers(C, size=(T, *n))
    one = mg.backprop(gru.unroll(tokens, classes, h0).loss)
    other = mg.backprop(gru.unroll(np.eye(K)[tokens], np.eye(C)[classes], h0).loss)
    for key in [*gru.parameters(), ("h", 0), ("z", 3), ("r", 2), ("a_n", T)]:
        assert_gradient(one[key], other[key])


def test_an_unknown_reset_is_named():
    with pytest.raises(ValueError, match=r"\('before', 'after'\); given: 'never'"):
        mg.nn.GRU(K, H, C, reset="never")
