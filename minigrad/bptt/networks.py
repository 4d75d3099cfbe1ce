"""The graph of each convention's own network, unrolled over the same text."""

from __future__ import annotations

from typing import Any

import numpy as np

from minigrad.bptt.data import Data
from minigrad.nn import RNN, Run, unroll
from minigrad.ops.exponential import sigmoid
from minigrad.ops.loss import binary_cross_entropy, cross_entropy
from minigrad.tensor import Tensor

Parameters = dict[str, Tensor]


def column(data: Data, *, bias: bool = True, task: str = "classification") -> tuple[Run, Parameters]:
    """The vanilla network in column form, with non-zero biases and h(0).

    One sequence runs as vectors `(H,)`, several as rows `(N, H)` of the same parameters.
    """
    rnn = RNN(data.size, data.hidden, data.size, seed=data.seed, bias=bias, task=task)
    if rnn.b is not None and rnn.c is not None:
        rnn.b.value = 0.5 * data.random(data.hidden)
        rnn.c.value = 0.5 * data.random(data.size)
    x, y = data.one_hot()
    h0 = initial_states(data)
    if data.sequences == 1:
        x, y, h0 = x[:, 0], y[:, 0], h0[0]
    return rnn.unroll(x, y, h0), rnn.parameters()


def batch(data: Data) -> tuple[Run, Parameters]:
    """Rows of N points and transposed weights: Z(t) = X(t)·U + S(t−1)·W, G(t) = S(t)·V."""
    H, K = data.hidden, data.size
    sizes = {"U": (K, H), "W": (H, H), "V": (H, K)}
    p = {name: Tensor(H**-0.5 * data.random(*size), name) for name, size in sizes.items()}

    def step(x: Any, h: Any, y: Any) -> dict[str, Any]:
        a = x @ p["U"] + h @ p["W"]
        h = np.tanh(a)
        o = h @ p["V"]
        return {"a": a, "h": h, "o": o, "L": cross_entropy(o, y)}

    x, y = data.one_hot()
    return unroll(step, x, initial_states(data), y), p


def scalar(data: Data, *, binary: bool = False) -> tuple[Run, Parameters]:
    """One hidden unit, s(t) = tanh(U x(t) + W s(t−1)) and ŷ(t) = sigm(V s(t)).

    The loss is −y(t) log ŷ(t), or with `binary` the whole cross-entropy.
    """
    U, W, V = data.random(3)
    p = {name: Tensor(value, name) for name, value in {"U": U, "W": W, "V": V}.items()}

    def step(x: Any, h: Any, y: Any) -> dict[str, Any]:
        a = p["U"] * x + p["W"] * h
        h = np.tanh(a)
        o = p["V"] * h
        if binary:
            return {"a": a, "h": h, "o": o, "L": binary_cross_entropy(o, y, reduction="sum")}
        prediction = sigmoid(o)
        loss = np.sum(-(y * np.log(prediction)))
        return {"a": a, "h": h, "o": o, "ŷ": prediction, "L": loss}

    x, y = data.scalars()
    s0 = data.random(data.sequences)
    if data.sequences == 1:
        x, y, s0 = x[:, 0], y[:, 0], s0[0]
    return unroll(step, x, s0, y), p


def initial_states(data: Data) -> Any:
    """Random h(0), one row for each sequence, shape `(N, H)`."""
    return data.random(data.sequences, data.hidden)
