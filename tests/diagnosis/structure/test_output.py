import numpy as np
import pytest
from oracles import assert_gradient

import minigrad as mg
from minigrad.backprop import build_grad
from minigrad.diagnosis.structure.output import activated, output, targets
from minigrad.diagnosis.structure.values import Values
from minigrad.diagnosis.structure.wiring import UnrecognisedError, Wiring

K, B, H, OUT = 6, 2, 5, 3
LOSSES = {
    "softmax": mg.cross_entropy,
    "written": lambda o, y: -np.sum(y * np.log(np.exp(o) / np.sum(np.exp(o), axis=-1, keepdims=True))),
    "sigmoid": lambda o, y: np.sum((mg.sigmoid(o) - y) ** 2) / B,
    "o": lambda o, y: np.mean((o - y) ** 2),
}


def seen(kind, rng, *, whole, bias=True, turned=False):
    """The output layer of states that are leaves."""
    W, b = (
        mg.Tensor(rng.normal(size=(H, OUT) if turned else (OUT, H)), "W"),
        mg.Tensor(rng.normal(size=OUT), "b"),
    )
    hs = [mg.Tensor(rng.normal(size=(B, H)), f"h{k}") for k in range(K)]
    ys = np.eye(OUT)[rng.integers(OUT, size=(K, B))] if kind != "o" else rng.normal(size=(K, B, OUT))

    def o(h):
        y = h @ (W if turned else W.T)
        return y + b if bias else y

    loss = LOSSES[kind](o(np.stack(hs)), ys) if whole else sum(map(LOSSES[kind], map(o, hs), ys))
    own = {"W": W, "b": b} if bias else {"W": W}
    wiring = Wiring(loss, own | {h.name: h for h in hs})
    gradients = build_grad(mg.graph.nodes(loss), np.ones(()), None)
    upstream = np.stack([gradients[h.order] for h in hs])
    leaves = [W.order, b.order] if bias else [W.order]
    found = output(
        wiring, np.stack([h.value for h in hs]), upstream, leaves, gradients, Values(wiring.nodes.values())
    )
    return found, W, ys, upstream, wiring


@pytest.mark.parametrize("whole", [False, True])
@pytest.mark.parametrize("kind", LOSSES)
@pytest.mark.parametrize("turned", [False, True])
def test_the_layer_its_gradient_and_its_targets(kind, whole, turned, rng):
    found, W, ys, upstream, wiring = seen(kind, rng, whole=whole, bias=not turned, turned=turned)
    canonical = W.value.T if turned else W.value
    assert_gradient(W.value.reshape(-1)[found.entries["Wy"][1]], canonical)
    assert ("by" in found.entries) is not turned
    assert_gradient(found.dy @ canonical, upstream)
    y = activated(wiring, found.o, found.dy)
    e = np.exp(found.o)
    wanted = {"o": found.o, "sigmoid": 1 / (1 + np.exp(-found.o))}.get(kind, e / e.sum(-1, keepdims=True))
    assert_gradient(y, wanted)
    assert_gradient(targets(wiring, y, found.dy, probabilities=kind != "o"), ys)


def test_parameters_that_make_no_single_layer_are_refused(rng):
    W, V, h = (mg.Tensor(rng.normal(size=s), n) for s, n in [((OUT, H), "W"), ((OUT, OUT), "V"), (H, "h")])
    loss = np.sum((V @ np.exp(W @ h)) ** 2)
    wiring = Wiring(loss, {"W": W, "V": V, "h": h})
    gradients = build_grad(mg.graph.nodes(loss), np.ones(()), None)
    with pytest.raises(UnrecognisedError, match="no single linear layer"):
        output(wiring, h.value[None, None], gradients[h.order][None, None], [W.order, V.order], gradients,
               Values(wiring.nodes.values()))  # fmt: skip


def test_targets_that_fit_no_loss_are_unknown(rng):
    found, *_, wiring = seen("o", rng, whole=False)
    assert targets(wiring, found.o, rng.normal(size=found.o.shape), probabilities=False) is None
