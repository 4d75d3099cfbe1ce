"""Sums, differences, products, quotients and powers."""

from __future__ import annotations

import functools
import operator
from collections.abc import Sequence
from typing import Any

import numpy as np

from minigrad.op import Array, Op, differentiates
from minigrad.ops.broadcasting import ALONG, Elementwise


@differentiates(np.add)
class Add(Elementwise):
    """y = a + b."""

    def f(self, a: Array, b: Array) -> Array:
        return a + b

    def bprop_a(self, G: Array, y: Array, a: Array, b: Array) -> Array:
        return G

    def bprop_b(self, G: Array, y: Array, a: Array, b: Array) -> Array:
        return G


@differentiates(np.subtract)
class Subtract(Elementwise):
    """y = a - b."""

    def f(self, a: Array, b: Array) -> Array:
        return a - b

    def bprop_a(self, G: Array, y: Array, a: Array, b: Array) -> Array:
        return G

    def bprop_b(self, G: Array, y: Array, a: Array, b: Array) -> Array:
        return -G


@differentiates(np.multiply)
class Multiply(Elementwise):
    """y = a b."""

    def f(self, a: Array, b: Array) -> Array:
        return a * b

    def bprop_a(self, G: Array, y: Array, a: Array, b: Array) -> Array:
        return ALONG(G, b)

    def bprop_b(self, G: Array, y: Array, a: Array, b: Array) -> Array:
        return ALONG(G, a)


@differentiates(np.divide)
class Divide(Elementwise):
    """y = a / b, for b ≠ 0."""

    def f(self, a: Array, b: Array) -> Array:
        return np.divide(a, b)

    def bprop_a(self, G: Array, y: Array, a: Array, b: Array) -> Array:
        if isinstance(b, int | float):
            return G / b if b else ALONG(G, np.ones_like(G) / b)
        return ALONG(G, 1 / b)

    def bprop_b(self, G: Array, y: Array, a: Array, b: Array) -> Array:
        return ALONG(G, -y / b)


@differentiates(np.negative)
class Negative(Elementwise):
    """y = -x."""

    def f(self, x: Array) -> Array:
        return np.negative(x)

    def bprop_x(self, G: Array, y: Array, x: Array) -> Array:
        return -G


@differentiates(np.positive, np.copy, np.conjugate, np.real)
class Identity(Elementwise):
    """y = x, a node of its own; the conjugate and the real part of a real number."""

    def f(self, x: Array) -> Array:
        return x

    def bprop_x(self, G: Array, y: Array, x: Array) -> Array:
        return G


@differentiates(np.power)
class Power(Elementwise):
    """y = aᵇ; at a = 0 the slope in b counts as 0, for 0⁰ also that in a."""

    def f(self, a: Array, b: Array) -> Array:
        return np.power(a, b)

    def bprop_a(self, G: Array, y: Array, a: Array, b: Array) -> Array:
        if not isinstance(b, int | float):
            corner = np.logical_and(np.equal(a, 0), np.equal(b, 0))
            less = np.where(corner, 1, b - np.ones_like(y))
            return ALONG(G, np.where(corner, 0, b) * a**less)
        if b == 0:
            return 0 * G
        return ALONG(G, b * a ** (b - 1))

    def bprop_b(self, G: Array, y: Array, a: Array, b: Array) -> Array:
        zero = np.equal(a, 0)
        return ALONG(G, np.where(zero, 0.0, y * np.log(np.where(zero, np.ones_like(y), a))))


@differentiates(np.float_power)
class FloatPower(Power):
    """y = aᵇ in float64 at least."""

    def f(self, a: Array, b: Array) -> Array:
        return np.float_power(a, b)


@differentiates(np.square)
class Square(Elementwise):
    """y = x²."""

    def f(self, x: Array) -> Array:
        return x * x

    def bprop_x(self, G: Array, y: Array, x: Array) -> Array:
        return ALONG(G, 2 * x)


class OneMinusSquare(Elementwise):
    """y = 1 - x², exact also near ±1."""

    def f(self, x: Array) -> Array:
        return (1 - x) * (1 + x)

    def bprop_x(self, G: Array, y: Array, x: Array) -> Array:
        return G * (-2 * x)


@differentiates(np.reciprocal)
class Reciprocal(Elementwise):
    """y = 1 / x, for x ≠ 0."""

    def f(self, x: Array) -> Array:
        return np.reciprocal(x)

    def bprop_x(self, G: Array, y: Array, x: Array) -> Array:
        return ALONG(G, -(y * y))


class AddN(Op):
    """y = x₁ + … + xₙ, all of one shape."""

    def f(self, *xs: Array) -> Array:
        return functools.reduce(operator.add, xs)

    def bprops(self, G: Array, y: Array, inputs: Sequence[Array], positions: Sequence[int]) -> list[Any]:
        return [G] * len(positions)


def add_n(xs: Any) -> Array:
    """x₁ + … + xₙ as one node with n edges.

    Args:
        xs: tensors and arrays, at least one, all of the same shape.

    Raises:
        ValueError: for an empty list or shapes that differ.

    Example:
        >>> import numpy as np
        >>> float(add_n([np.array(1.0), np.array(2.0), np.array(4.0)]))
        7.0
    """
    xs = list(xs)
    shapes = {np.shape(x) for x in xs}
    if len(shapes) != 1:
        msg = f"add_n wants at least one summand and one shape for all; given: {sorted(shapes) or 'none'}"
        raise ValueError(msg)
    return AddN()(*xs)


@differentiates(np.real_if_close)
def _real_if_close(a: Array) -> Array:
    return np.real(a)


ONE_MINUS_SQUARE = OneMinusSquare()
