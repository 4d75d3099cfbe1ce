"""Trigonometric functions."""

from __future__ import annotations

import numpy as np

from minigrad.op import Array, differentiates
from minigrad.ops.arithmetic import ONE_MINUS_SQUARE
from minigrad.ops.broadcasting import ALONG, Elementwise


@differentiates(np.sin)
class Sin(Elementwise):
    """y = sin x."""

    def f(self, x: Array) -> Array:
        return np.sin(x)

    def bprop_x(self, G: Array, y: Array, x: Array) -> Array:
        return ALONG(G, np.cos(x))


@differentiates(np.cos)
class Cos(Elementwise):
    """y = cos x."""

    def f(self, x: Array) -> Array:
        return np.cos(x)

    def bprop_x(self, G: Array, y: Array, x: Array) -> Array:
        return ALONG(G, -np.sin(x))


@differentiates(np.tan)
class Tan(Elementwise):
    """y = tan x."""

    def f(self, x: Array) -> Array:
        return np.tan(x)

    def bprop_x(self, G: Array, y: Array, x: Array) -> Array:
        return ALONG(G, 1 + y * y)


@differentiates(np.arcsin)
class Arcsin(Elementwise):
    """y = arcsin x, for -1 ≤ x ≤ 1."""

    def f(self, x: Array) -> Array:
        return np.arcsin(x)

    def bprop_x(self, G: Array, y: Array, x: Array) -> Array:
        return ALONG(G, 1 / np.sqrt(ONE_MINUS_SQUARE(x)))


@differentiates(np.arccos)
class Arccos(Elementwise):
    """y = arccos x, for -1 ≤ x ≤ 1."""

    def f(self, x: Array) -> Array:
        return np.arccos(x)

    def bprop_x(self, G: Array, y: Array, x: Array) -> Array:
        return ALONG(G, -1 / np.sqrt(ONE_MINUS_SQUARE(x)))


@differentiates(np.arctan)
class Arctan(Elementwise):
    """y = arctan x."""

    def f(self, x: Array) -> Array:
        return np.arctan(x)

    def bprop_x(self, G: Array, y: Array, x: Array) -> Array:
        return G / (1 + x * x)


@differentiates(np.arctan2)
class Arctan2(Elementwise):
    """y = the angle of the point (b, a); its slopes at the origin count as 0."""

    def f(self, a: Array, b: Array) -> Array:
        return np.arctan2(a, b)

    def bprop_a(self, G: Array, y: Array, a: Array, b: Array) -> Array:
        r = _radius(a, b)
        return ALONG(G, b / r / r)

    def bprop_b(self, G: Array, y: Array, a: Array, b: Array) -> Array:
        r = _radius(a, b)
        return ALONG(G, -a / r / r)


@differentiates(np.hypot)
class Hypot(Elementwise):
    """y = √(a² + b²), without overflow; its slopes at the origin count as 0."""

    def f(self, a: Array, b: Array) -> Array:
        return np.hypot(a, b)

    def bprop_a(self, G: Array, y: Array, a: Array, b: Array) -> Array:
        return ALONG(G, a / _radius(a, b, y))

    def bprop_b(self, G: Array, y: Array, a: Array, b: Array) -> Array:
        return ALONG(G, b / _radius(a, b, y))


def _radius(a: Array, b: Array, y: Array | None = None) -> Array:
    """√(a² + b²), and ∞ at the origin, where it is to divide."""
    r = np.hypot(a, b) if y is None else y
    return np.where(np.equal(r, 0), np.inf, r)


@differentiates(np.deg2rad, np.radians)
class Radians(Elementwise):
    """y = x π / 180."""

    def f(self, x: Array) -> Array:
        return np.radians(x)

    def bprop_x(self, G: Array, y: Array, x: Array) -> Array:
        return np.radians(G)


@differentiates(np.rad2deg, np.degrees)
class Degrees(Elementwise):
    """y = x 180 / π."""

    def f(self, x: Array) -> Array:
        return np.degrees(x)

    def bprop_x(self, G: Array, y: Array, x: Array) -> Array:
        return np.degrees(G)


@differentiates(np.sinc)
class Sinc(Elementwise):
    """y = the derivative of sin πx / πx of the given order, which is 1 at 0 for order 0."""

    order: int = 0

    def f(self, x: Array) -> Array:
        n, z = self.order, np.pi * x
        if n == 0:
            return np.sinc(x)
        near = np.abs(z) < n + 1
        y: Array = np.where(near, _near(n, np.where(near, z, 0)), _far(n, np.where(near, 1, z)))
        return np.pi**n * y

    def bprop_x(self, G: Array, y: Array, x: Array) -> Array:
        return ALONG(G, Sinc(self.order + 1)(x))


def _near(n: int, z: Array) -> Array:
    """The n-th derivative of sin z / z = Σₖ (-1)ᵏ z²ᵏ / (2k + 1)! by its series."""
    first = (n + 1) // 2
    term = (-1) ** first * z ** (n % 2)
    y = term / (2 * first + 1)
    for k in range(first + 1, first + 30):
        m = 2 * k - n
        term = -term * z * z / (m * (m - 1))
        y = y + term / (2 * k + 1)
    return y


def _far(n: int, z: Array) -> Array:
    """The same by the derivatives of z y = sin z: z y⁽ⁿ⁾ + n y⁽ⁿ⁻¹⁾ = sin⁽ⁿ⁾ z."""
    y = np.sin(z) / z
    for k in range(1, n + 1):
        y = ((np.sin(z), np.cos(z), -np.sin(z), -np.cos(z))[k % 4] - k * y) / z
    return y
