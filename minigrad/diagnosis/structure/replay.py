"""A recognised cell run again on tensors, in one convention, to compare its gradients with the graph's."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from minigrad.backprop import backprop
from minigrad.diagnosis.structure.wiring import Array
from minigrad.ops.exponential import sigmoid
from minigrad.ops.selection import relu
from minigrad.tensor import Tensor

_VANILLA: dict[str, Callable[[Any], Any]] = {"tanh": np.tanh, "sigmoid": sigmoid, "relu": relu}


def role(kind: str, letter: str) -> str:
    """The name of a role: "Wx", "Wh", "bh" of a vanilla cell, "Wx.i", "Wh.i", "b.i" of a gate."""
    if letter:
        return f"{kind}.{letter}"
    return "bh" if kind == "b" else kind


def role_gradients(
    cell: str, variant: str, params: Mapping[str, Array], x: Array, states: tuple[Array, ...], upstream: Array
) -> dict[str, Array]:
    """The gradients of Σ ⟨upstream, h(t)⟩ by role, with those of "h0", "x" and an LSTM's "c0".

    Args:
        cell: as in `Observed`, where the other arguments are described, too.
        variant: where a GRU resets and updates.
        params: the parameters of the recurrent layer by role.
        x: shape (T, B, D).
        states: h(0), and of an LSTM c(0), shape (B, H).
        upstream: shape (T, B, H).
    """
    leaves = {name: Tensor(np.asarray(p, float)) for name, p in params.items()}
    inputs = [Tensor(step) for step in np.asarray(x, float)]
    h, *rest = initial = [Tensor(np.asarray(s, float)) for s in states]
    total: Any = 0.0
    step: Callable[..., tuple[Any, ...]] = _STEPS.get(cell, _vanilla)
    for k, G in enumerate(np.asarray(upstream, float)):
        h, *rest = step(leaves, inputs[k], h, rest, variant or cell)
        total = total + np.sum(h * G)
    table = backprop(total)
    wanted = leaves | dict(zip(("h0", "c0"), initial, strict=False))
    found = {name: table[p] if p in table else np.zeros(p.shape) for name, p in wanted.items()}
    return found | {"x": np.stack([table[s] if s in table else np.zeros(s.shape) for s in inputs])}


def _sum(p: Mapping[str, Any], letter: str, x: Any, h: Any, outer: Any = 1.0) -> Any:
    total = outer * (h @ p[role("Wh", letter)].T)
    if role("Wx", letter) in p:
        total = total + x @ p[role("Wx", letter)].T
    return total + p[role("b", letter)] if role("b", letter) in p else total


def _vanilla(p: Mapping[str, Any], x: Any, h: Any, _: list[Any], kind: str) -> tuple[Any, ...]:
    return (_VANILLA[kind](_sum(p, "", x, h)),)


def _lstm(p: Mapping[str, Any], x: Any, h: Any, rest: list[Any], _: str) -> tuple[Any, ...]:
    i, f, o = (sigmoid(_sum(p, letter, x, h)) for letter in "ifo")
    c = f * rest[0] + i * np.tanh(_sum(p, "g", x, h))
    return o * np.tanh(c), c


def _gru(p: Mapping[str, Any], x: Any, h: Any, _: list[Any], variant: str) -> tuple[Any, ...]:
    z, r = (sigmoid(_sum(p, letter, x, h)) for letter in "zr")
    reset, update = variant.split(",")
    n = np.tanh(_sum(p, "n", x, r * h) if reset == "before" else _sum(p, "n", x, h, r))
    return (z * h + (1 - z) * n,) if update == "z-old" else ((1 - z) * h + z * n,)


_STEPS: dict[str, Callable[..., tuple[Any, ...]]] = {"lstm": _lstm, "gru": _gru}
