"""Convolution and correlation of two sequences."""

from __future__ import annotations

from typing import Any

import numpy as np

from minigrad.op import Array, Op, differentiates


class Convolve(Op):
    """yₖ = Σ aᵢ vₖ₋ᵢ, for every k at which a and v overlap."""

    def f(self, a: Array, v: Array) -> Array:
        return np.convolve(a, v)

    def bprop_a(self, G: Array, y: Array, a: Array, v: Array) -> Array:
        return np.convolve(G, v[::-1], "valid")

    def bprop_v(self, G: Array, y: Array, a: Array, v: Array) -> Array:
        return np.convolve(G, a[::-1], "valid")


@differentiates(np.convolve)
def _convolve(a: Array, v: Array, mode: str = "full") -> Array:
    a, v = _sequence(a), _sequence(v)
    y = Convolve()(a, v)
    short, long = sorted((a.size, v.size))
    start = {"full": 0, "same": (short - 1) // 2, "valid": short - 1}[_known(mode)]
    length = {"full": short + long - 1, "same": long, "valid": long - short + 1}[mode]
    return y if mode == "full" else y[start : start + length]


@differentiates(np.correlate)
def _correlate(a: Array, v: Array, mode: str = "valid") -> Array:
    a, v = _sequence(a), _sequence(v)
    if a.size < v.size:
        # NumPy exchanges the two, which matters for the middle of an even length.
        return np.convolve(v, a[::-1], _known(mode))[::-1]
    return np.convolve(a, v[::-1], _known(mode))


def _sequence(x: Array) -> Array:
    x = np.atleast_1d(x)
    if np.ndim(x) != 1 or np.size(x) == 0:
        msg = f"numpy.convolve and numpy.correlate want sequences that are not empty; given: shape {x.shape}"
        raise ValueError(msg)
    return x


def _known(mode: str) -> Any:
    if mode not in {"full", "same", "valid"}:
        msg = f"mode is one of full, same, valid; given: {mode!r}"
        raise ValueError(msg)
    return mode
