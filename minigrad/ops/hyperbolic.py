"""Hyperbolic functions and their inverses."""

from __future__ import annotations

import numpy as np

from minigrad.op import Array, differentiates
from minigrad.ops.arithmetic import ONE_MINUS_SQUARE
from minigrad.ops.broadcasting import ALONG, Elementwise


@differentiates(np.sinh)
class Sinh(Elementwise):
    """y = sinh x."""

    def f(self, x: Array) -> Array:
        return np.sinh(x)

    def bprop_x(self, G: Array, y: Array, x: Array) -> Array:
        return ALONG(G, np.cosh(x))


@differentiates(np.cosh)
class Cosh(Elementwise):
    """y = cosh x."""

    def f(self, x: Array) -> Array:
        return np.cosh(x)

    def bprop_x(self, G: Array, y: Array, x: Array) -> Array:
        return ALONG(G, np.sinh(x))


@differentiates(np.arcsinh)
class Arcsinh(Elementwise):
    """y = arsinh x."""

    def f(self, x: Array) -> Array:
        return np.arcsinh(x)

    def bprop_x(self, G: Array, y: Array, x: Array) -> Array:
        return G / np.hypot(1, x)


@differentiates(np.arccosh)
class Arccosh(Elementwise):
    """y = arcosh x, for x ≥ 1."""

    def f(self, x: Array) -> Array:
        return np.arccosh(x)

    def bprop_x(self, G: Array, y: Array, x: Array) -> Array:
        return ALONG(G, 1 / np.sinh(y))


@differentiates(np.arctanh)
class Arctanh(Elementwise):
    """y = artanh x, for -1 < x < 1."""

    def f(self, x: Array) -> Array:
        return np.arctanh(x)

    def bprop_x(self, G: Array, y: Array, x: Array) -> Array:
        return ALONG(G, 1 / ONE_MINUS_SQUARE(x))
