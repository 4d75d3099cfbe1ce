"""Exponentials, logarithms, roots, and the squashing functions made of them."""

from __future__ import annotations

from typing import Any

import numpy as np

from minigrad.op import Array, differentiates
from minigrad.ops.broadcasting import ALONG, Elementwise


@differentiates(np.exp)
class Exp(Elementwise):
    """y = eˣ."""

    def f(self, x: Array) -> Array:
        return np.exp(x)

    def bprop_x(self, G: Array, y: Array, x: Array) -> Array:
        return G * y


@differentiates(np.log)
class Log(Elementwise):
    """y = ln x, for x > 0."""

    def f(self, x: Array) -> Array:
        return np.log(x)

    def bprop_x(self, G: Array, y: Array, x: Array) -> Array:
        return ALONG(G, 1 / x)


@differentiates(np.sqrt)
class Sqrt(Elementwise):
    """y = √x, for x ≥ 0."""

    def f(self, x: Array) -> Array:
        return np.sqrt(x)

    def bprop_x(self, G: Array, y: Array, x: Array) -> Array:
        return ALONG(G, 0.5 / y)


@differentiates(np.tanh)
class Tanh(Elementwise):
    """y = tanh x."""

    def f(self, x: Array) -> Array:
        return np.tanh(x)

    def bprop_x(self, G: Array, y: Array, x: Array) -> Array:
        return G * (1 - y * y)


class Sigmoid(Elementwise):
    """y = 1 / (1 + e⁻ˣ)."""

    def f(self, x: Array) -> Array:
        # The exponent is never positive, so nothing overflows and small values stay exact.
        right = np.real(x) >= 0
        e = np.exp(np.where(right, -x, x))
        return np.where(right, 1, e) / (1 + e)

    def bprop_x(self, G: Array, y: Array, x: Array) -> Array:
        return G * (y * (1 - y))


def sigmoid(x: Any) -> Array:
    """1 / (1 + e⁻ˣ), without overflow.

    Args:
        x: an array or tensor of any shape.

    Example:
        >>> import numpy as np
        >>> sigmoid(np.array([-800.0, 0.0, 800.0])).tolist()
        [0.0, 0.5, 1.0]
    """
    return Sigmoid()(x)
