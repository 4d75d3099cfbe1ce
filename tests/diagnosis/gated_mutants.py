"""A hand-written LSTM and GRU with a switch at each place where a derivation goes wrong."""

from dataclasses import dataclass

import numpy as np
from gated_rules import gru_backward, lstm_backward

from minigrad.diagnosis.observed import Observed

GATES = {"lstm": "ifog", "gru": "zrn"}


def sigmoid(a):
    return 1 / (1 + np.exp(-a))


@dataclass(frozen=True)
class Problem:
    """Parameters, data and every value of the forward pass of one network."""

    cell: str
    variant: str
    loss: str
    p: dict
    x: np.ndarray
    targets: np.ndarray
    v: dict


def problem(cell, seed, B=1, T=4, *, sizes=(5, 6, 3), loss="softmax", variant="before,z-old", at="every"):
    """A random network and its forward pass; `at` is "every" or "last" step with a loss."""
    D, H, O = sizes  # noqa: E741
    p, weights = {}, np.random.default_rng(1000 + seed % 1000)
    shapes = {
        f"{role}.{g}": shape
        for g in GATES[cell]
        for role, shape in (("Wx", (H, D)), ("Wh", (H, H)), ("b", (H,)))
    }
    for name, shape in {**shapes, "Wy": (O, H), "by": (O,)}.items():
        p[name] = weights.normal(size=shape) * (0.5 if len(shape) == 1 else 1 / np.sqrt(shape[1]))
    rng = np.random.default_rng(seed)
    x, h0, c0 = rng.normal(size=(T, B, D)), rng.normal(size=(B, H)) * 0.7, rng.normal(size=(B, H)) * 0.7
    tokens, real = rng.integers(O, size=(T, B)), rng.normal(size=(T, B, O))
    targets = np.eye(O)[tokens] if loss == "softmax" else real
    v = (lstm_forward if cell == "lstm" else gru_forward)(p, x, h0, c0, variant)
    v["o_"] = v["h"][1:] @ p["Wy"].T + p["by"]
    e = np.exp(v["o_"] - v["o_"].max(-1, keepdims=True))
    v["y"] = e / e.sum(-1, keepdims=True) if loss == "softmax" else v["o_"]
    v["dy"] = v["y"] - targets
    if at == "last":
        v["dy"] = v["dy"] * (np.arange(T) == T - 1)[:, None, None]
    return Problem(cell, variant, loss, p, x, targets, v)


def lstm_forward(p, x, h0, c0, _variant):
    h, c, gates = [h0], [c0], {g: [] for g in "ifog"}
    for xt in x:
        a = {g: xt @ p[f"Wx.{g}"].T + h[-1] @ p[f"Wh.{g}"].T + p[f"b.{g}"] for g in "ifog"}
        now = {g: np.tanh(a[g]) if g == "g" else sigmoid(a[g]) for g in a}
        for g, value in now.items():
            gates[g].append(value)
        c.append(now["f"] * c[-1] + now["i"] * now["g"])
        h.append(now["o"] * np.tanh(c[-1]))
    return {"h": np.array(h), "c": np.array(c), **{g: np.array(a) for g, a in gates.items()}}


def gru_forward(p, x, h0, _c0, variant):
    h, gates = [h0], {g: [] for g in "zrn"}
    for xt in x:
        z, r = (sigmoid(xt @ p[f"Wx.{g}"].T + h[-1] @ p[f"Wh.{g}"].T + p[f"b.{g}"]) for g in "zr")
        if variant.startswith("after"):
            n = np.tanh(xt @ p["Wx.n"].T + p["b.n"] + r * (h[-1] @ p["Wh.n"].T))
        else:
            n = np.tanh(xt @ p["Wx.n"].T + p["b.n"] + (r * h[-1]) @ p["Wh.n"].T)
        for g, value in zip("zrn", (z, r, n), strict=True):
            gates[g].append(value)
        k = 1 - z if "new" in variant else z
        h.append(k * h[-1] + (1 - k) * n)
    return {"h": np.array(h), **{g: np.array(a) for g, a in gates.items()}}


def total_loss(q, p=None, h0=None, c0=None):
    """The loss of a problem at other parameters, for checking the right gradient."""
    p = q.p if p is None else p
    h0 = q.v["h"][0] if h0 is None else h0
    c0 = (q.v["c"][0] if q.cell == "lstm" else None) if c0 is None else c0
    v = (lstm_forward if q.cell == "lstm" else gru_forward)(p, q.x, h0, c0, q.variant)
    o = v["h"][1:] @ p["Wy"].T + p["by"]
    used = np.any(q.v["dy"] != 0, axis=-1, keepdims=True)
    if q.loss == "softmax":
        terms = q.targets * (o - np.log(np.sum(np.exp(o), -1, keepdims=True)))
        return -np.sum(terms * used)
    return 0.5 * np.sum((o - q.targets) ** 2 * used)


def backward(q, *mistakes):
    """The gradient with some mistakes, by role."""
    return (lstm_backward if q.cell == "lstm" else gru_backward)(q, frozenset(mistakes))


def observed(q, *mistakes, only=None):
    """What a comparison sees of a problem whose gradient has some mistakes."""
    auto, manual = backward(q), backward(q, *mistakes)
    if only is not None:
        manual = {role: manual[role] for role in only}
    v = q.v
    return Observed(
        cell=q.cell,
        x=q.x,
        h=v["h"],
        params=q.p,
        auto=auto,
        manual=manual,
        upstream=v["dy"] @ q.p["Wy"],
        dy=v["dy"],
        y=v["y"],
        o=v["o_"],
        targets=q.targets,
        c=v.get("c"),
        gates={g: v[g] for g in GATES[q.cell]},
        variant=q.variant if q.cell == "gru" else "",
        names={role: role.replace(".", "_") for role in q.p},
    )


def both(cell, seed, *mistakes, **options):
    """The two problems that a check looks at: one sequence, then a batch."""
    first = problem(cell, seed, 1, 4, **options)
    second = problem(cell, seed + 7000, 3, 6, **options)
    return [observed(q, *mistakes) for q in (first, second)]
