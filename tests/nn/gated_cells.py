"""Gated cells written in plain NumPy, for complex step; with batches as rows."""

import numpy as np


def sigmoid(a):
    return 1 / (1 + np.exp(-a))


def product(p, g, x, h):
    return x @ p[f"U{g}"].T + h @ p[f"W{g}"].T + p.get(f"b{g}", 0)


def lstm_step(p, x, state):
    h, s = state
    f, i, o = (sigmoid(product(p, g, x, h)) for g in "fio")
    s = f * s + i * np.tanh(product(p, "g", x, h))
    return o * np.tanh(s), s


def gru_step(p, x, state, reset):
    (h,) = state
    z, r = (sigmoid(product(p, g, x, h)) for g in "zr")
    if reset == "before":
        n = np.tanh(product(p, "n", x, r * h))
    else:
        n = np.tanh(x @ p["Un"].T + r * (h @ p["Wn"].T) + p.get("bn", 0))
    return (z * h + (1 - z) * n,)


def loss(step, p, xs, ys, state):
    """Σ ½‖o − y‖² over time and batch."""
    total = 0.0
    for x, y in zip(xs, ys, strict=True):
        state = step(p, x, state)
        total = total + 0.5 * np.sum((state[0] @ p["V"].T + p.get("c", 0) - y) ** 2)
    return total
