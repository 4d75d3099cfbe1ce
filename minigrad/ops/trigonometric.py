"""Trigonometric functions."""

from __future__ import annotations

import numpy as np

from minigrad.op import Array, differentiates
from minigrad.ops.broadcasting import Elementwise


@differentiates(np.sin)
class Sin(Elementwise):
    """y = sin x."""

    def f(self, x: Array) -> Array:
        return np.sin(x)

    def bprop_x(self, G: Array, y: Array, x: Array) -> Array:
        return G * np.cos(x)


@differentiates(np.cos)
class Cos(Elementwise):
    """y = cos x."""

    def f(self, x: Array) -> Array:
        return np.cos(x)

    def bprop_x(self, G: Array, y: Array, x: Array) -> Array:
        return G * -np.sin(x)
