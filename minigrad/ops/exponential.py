"""Exponentials, logarithms, roots, and the squashing functions made of them."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from minigrad.op import Array, differentiates
from minigrad.ops.broadcasting import ALONG, Elementwise

LN_2 = math.log(2)
LN_10 = math.log(10)


@differentiates(np.exp)
class Exp(Elementwise):
    """y = eˣ."""

    def f(self, x: Array) -> Array:
        return np.exp(x)

    def bprop_x(self, G: Array, y: Array, x: Array) -> Array:
        return ALONG(G, y)


@differentiates(np.exp2)
class Exp2(Elementwise):
    """y = 2ˣ."""

    def f(self, x: Array) -> Array:
        return np.exp2(x)

    def bprop_x(self, G: Array, y: Array, x: Array) -> Array:
        return ALONG(G, LN_2 * y)


@differentiates(np.expm1)
class Expm1(Elementwise):
    """y = eˣ - 1, exact for small x."""

    def f(self, x: Array) -> Array:
        return np.expm1(x)

    def bprop_x(self, G: Array, y: Array, x: Array) -> Array:
        return ALONG(G, np.exp(x))


@differentiates(np.log)
class Log(Elementwise):
    """y = ln x, for x > 0."""

    def f(self, x: Array) -> Array:
        return np.log(x)

    def bprop_x(self, G: Array, y: Array, x: Array) -> Array:
        return ALONG(G, 1 / x)


@differentiates(np.log2)
class Log2(Elementwise):
    """y = log₂ x, for x > 0."""

    def f(self, x: Array) -> Array:
        return np.log2(x)

    def bprop_x(self, G: Array, y: Array, x: Array) -> Array:
        return ALONG(G, 1 / (LN_2 * x))


@differentiates(np.log10)
class Log10(Elementwise):
    """y = log₁₀ x, for x > 0."""

    def f(self, x: Array) -> Array:
        return np.log10(x)

    def bprop_x(self, G: Array, y: Array, x: Array) -> Array:
        return ALONG(G, 1 / (LN_10 * x))


@differentiates(np.log1p)
class Log1p(Elementwise):
    """y = ln(1 + x), exact for small x, for x > -1."""

    def f(self, x: Array) -> Array:
        return np.log1p(x)

    def bprop_x(self, G: Array, y: Array, x: Array) -> Array:
        return ALONG(G, 1 / (1 + x))


@differentiates(np.logaddexp)
class LogAddExp(Elementwise):
    """y = ln(eᵃ + eᵇ), without overflow; where both are -∞ there is nothing to share out."""

    def f(self, a: Array, b: Array) -> Array:
        return np.logaddexp(a, b)

    def bprop_a(self, G: Array, y: Array, a: Array, b: Array) -> Array:
        return G * SIGMOID(_lead(a, b, y))

    def bprop_b(self, G: Array, y: Array, a: Array, b: Array) -> Array:
        return G * SIGMOID(_lead(b, a, y))


@differentiates(np.logaddexp2)
class LogAddExp2(Elementwise):
    """y = log₂(2ᵃ + 2ᵇ), without overflow; where both are -∞ there is nothing to share out."""

    def f(self, a: Array, b: Array) -> Array:
        return np.logaddexp2(a, b)

    def bprop_a(self, G: Array, y: Array, a: Array, b: Array) -> Array:
        return G * SIGMOID(LN_2 * _lead(a, b, y))

    def bprop_b(self, G: Array, y: Array, a: Array, b: Array) -> Array:
        return G * SIGMOID(LN_2 * _lead(b, a, y))


def _lead(a: Array, b: Array, y: Array) -> Array:
    """a - b, and -∞ where both are."""
    return np.where(np.equal(y, -np.inf), -np.inf, a - b)


@differentiates(np.sqrt)
class Sqrt(Elementwise):
    """y = √x, for x ≥ 0."""

    def f(self, x: Array) -> Array:
        return np.sqrt(x)

    def bprop_x(self, G: Array, y: Array, x: Array) -> Array:
        return ALONG(G, 0.5 / y)


@differentiates(np.cbrt)
class Cbrt(Elementwise):
    """y = ∛x."""

    def f(self, x: Array) -> Array:
        return np.cbrt(x)

    def bprop_x(self, G: Array, y: Array, x: Array) -> Array:
        return ALONG(G, y**-2 / 3)


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
    return SIGMOID(x)


SIGMOID = Sigmoid()
