"""Reductions along axes: sum, mean, extrema, log-sum-exp."""

from __future__ import annotations

from typing import Any

import numpy as np

from minigrad.op import Array, Op, differentiates
from minigrad.ops.broadcasting import BROADCAST_LIKE, SIZE_RATIO


class Reduction(Op):
    """y = x reduced over `axis` (None: over all of it)."""

    axis: Any = None
    keepdims: bool = False

    def __post_init__(self) -> None:
        if isinstance(self.axis, list):
            object.__setattr__(self, "axis", tuple(self.axis))

    def spread(self, z: Array, x: Array) -> Array:
        """z, of the shape of y, with the reduced axes back as axes of length 1."""
        if self.keepdims or self.axis is None:
            return z
        return np.expand_dims(z, self.axis)


class Sum(Reduction):
    """y = Σ x over `axis`."""

    def f(self, x: Array) -> Array:
        return np.sum(x, axis=self.axis, keepdims=self.keepdims)

    def bprop_x(self, G: Array, y: Array, x: Array) -> Array:
        return BROADCAST_LIKE(self.spread(G, x), x)


class Mean(Reduction):
    """y = the mean of x over `axis`."""

    def f(self, x: Array) -> Array:
        return np.mean(x, axis=self.axis, keepdims=self.keepdims)

    def bprop_x(self, G: Array, y: Array, x: Array) -> Array:
        return BROADCAST_LIKE(self.spread(G / SIZE_RATIO(x, y), x), x)


class Max(Reduction):
    """y = the greatest entry of x over `axis`; entries that tie share the gradient evenly."""

    def f(self, x: Array) -> Array:
        return np.max(x, axis=self.axis, keepdims=self.keepdims)

    def bprop_x(self, G: Array, y: Array, x: Array) -> Array:
        winners = np.equal(x, self.spread(y, x))
        count = np.sum(winners, axis=self.axis, keepdims=True)
        return self.spread(G, x) * (winners / count).astype(x.dtype)


class Min(Max):
    """y = the least entry of x over `axis`; entries that tie share the gradient evenly."""

    def f(self, x: Array) -> Array:
        return np.min(x, axis=self.axis, keepdims=self.keepdims)


class LogSumExp(Reduction):
    """y = ln Σ eˣ over `axis`, without overflow."""

    def f(self, x: Array) -> Array:
        top = np.max(np.real(x), axis=self.axis, keepdims=True)
        top = np.where(np.isfinite(top), top, 0)
        y = np.log(np.sum(np.exp(x - top), axis=self.axis, keepdims=True)) + top
        return y if self.keepdims else np.squeeze(y, self.axis)

    def bprop_x(self, G: Array, y: Array, x: Array) -> Array:
        # Where all of x is −∞ there is nothing to share out.
        level = self.spread(np.where(np.isfinite(y), y, 0.0), x)
        return self.spread(G, x) * np.exp(x - level)


@differentiates(np.sum)
def _sum(a: Array, axis: Any = None, *, keepdims: bool = False) -> Array:
    return Sum(axis, keepdims)(a)


@differentiates(np.mean)
def _mean(a: Array, axis: Any = None, *, keepdims: bool = False) -> Array:
    return Mean(axis, keepdims)(a)


@differentiates(np.max)
def _max(a: Array, axis: Any = None, *, keepdims: bool = False) -> Array:
    return Max(axis, keepdims)(a)


@differentiates(np.min)
def _min(a: Array, axis: Any = None, *, keepdims: bool = False) -> Array:
    return Min(axis, keepdims)(a)


def logsumexp(x: Any, axis: Any = None, *, keepdims: bool = False) -> Array:
    """ln Σ eˣ, without overflow.

    Args:
        x: an array or tensor of any shape.
        axis: an axis or several; None sums over everything.
        keepdims: whether the reduced axes stay as axes of length 1.

    Example:
        >>> import numpy as np
        >>> logsumexp(np.array([1000.0, 1000.0])).round(4).item()
        1000.6931
    """
    return LogSumExp(axis, keepdims)(x)
