"""Small graphs of other kinds than a recurrent layer, with the gradients that a mistake gives."""

import numpy as np

from minigrad import Tensor
from minigrad.diagnosis.trial import Trial


def two_layers(seed=0, n=4, change=lambda d: d):
    """½‖tanh(x W + b) V − y‖², its trial, and the right gradients by hand."""
    rng = np.random.default_rng(seed)
    x, y = rng.normal(size=(n, 5)), rng.normal(size=(n, 3))
    P = {"W": rng.normal(size=(5, 6)), "b": rng.normal(size=6), "V": rng.normal(size=(6, 3))}
    leaves = {name: Tensor(value, name) for name, value in P.items()}
    hidden = np.tanh(x @ leaves["W"] + leaves["b"])
    loss = 0.5 * np.sum((hidden @ leaves["V"] - y) ** 2)
    h = hidden.value
    dy = h @ P["V"] - y
    da = (dy @ P["V"].T) * (1 - h * h)
    right = {"W": x.T @ da, "b": da.sum(0), "V": h.T @ dy}
    return Trial(loss, leaves, change(right), sizes={"B": n, "O": 3}, about=f"B={n}")


def chain(steps=4, seed=0, change=lambda d, parts: d):
    """Σ_t ½‖h(t)‖² of h(t) = sin(W h(t−1)) ∘ h(t−1): no cell that is known; W is used once for each step."""
    rng = np.random.default_rng(seed)
    W = Tensor(rng.normal(size=(5, 5)) * 0.5, "W")
    h, loss = rng.normal(size=5), 0.0
    hs = [h]
    for _ in range(steps):
        h = np.sin(W @ h) * h
        loss = loss + 0.5 * np.sum(h * h)
        hs.append(h.value)
    carry, parts = np.zeros(5), []
    for t in range(steps, 0, -1):
        dh = hs[t] + carry
        a = W.value @ hs[t - 1]
        da = dh * hs[t - 1] * np.cos(a)
        parts.insert(0, np.outer(da, hs[t - 1]))
        carry = W.value.T @ da + dh * np.sin(a)
    given = change(sum(parts), parts)
    return Trial(loss, {"W": W}, {"W": given}, sizes={"T": steps}, about=f"T={steps}")
