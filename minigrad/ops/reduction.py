"""Reductions along axes: sum, mean, extrema, log-sum-exp."""

from __future__ import annotations

from typing import Any

import numpy as np

from minigrad.op import DIFFERENTIABLE, Array, Op, differentiates
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
        return BROADCAST_LIKE(self.spread(G * SIZE_RATIO(y, x), x), x)


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
        # The sum over nothing is 0 and its logarithm −∞, as where all of x is −∞.
        top = np.max(np.real(x), axis=self.axis, keepdims=True, initial=-np.inf)
        top = np.where(np.isfinite(top), top, 0)
        with np.errstate(divide="ignore"):
            y = np.log(np.sum(np.exp(x - top), axis=self.axis, keepdims=True)) + top
        return y if self.keepdims else np.squeeze(y, self.axis)

    def bprop_x(self, G: Array, y: Array, x: Array) -> Array:
        # Where all of x is −∞ there is nothing to share out.
        level = self.spread(np.where(np.equal(y, -np.inf), 0.0, y), x)
        return self.spread(G, x) * np.exp(x - level)


def masked(a: Array, dtype: Any, *, where: Any = True, neutral: Any = 0.0) -> Array:
    """`a` in the type `dtype` (None: its own), with `neutral` where the mask does not hold."""
    a = a if dtype is None else DIFFERENTIABLE[np.ndarray.astype](a, dtype)
    return a if where is True else np.where(where, a, neutral)


@differentiates(np.sum)
def _sum(
    a: Array,
    axis: Any = None,
    dtype: Any = None,
    *,
    keepdims: bool = False,
    initial: Any = None,
    where: Any = True,
) -> Array:
    y = Sum(axis, keepdims)(masked(a, dtype, where=where))
    return y if initial is None else y + initial


@differentiates(np.mean)
def _mean(
    a: Array, axis: Any = None, dtype: Any = None, *, keepdims: bool = False, where: Any = True
) -> Array:
    x = masked(a, dtype, where=where)
    if where is True:
        return Mean(axis, keepdims)(x)
    count = np.sum(np.broadcast_to(where, np.shape(x)), axis=axis, keepdims=keepdims)
    return Sum(axis, keepdims)(x) / np.asarray(count, x.dtype)


@differentiates(np.max, np.amax)
def _max(
    a: Array, axis: Any = None, *, keepdims: bool = False, initial: Any = None, where: Any = True
) -> Array:
    return _extremum(Max(axis, keepdims), np.maximum, a, initial, where)


@differentiates(np.min, np.amin)
def _min(
    a: Array, axis: Any = None, *, keepdims: bool = False, initial: Any = None, where: Any = True
) -> Array:
    return _extremum(Min(axis, keepdims), np.minimum, a, initial, where)


def _extremum(op: Max, of_two: Any, a: Array, initial: Any, where: Any) -> Array:
    if initial is None:
        if where is not True:
            msg = f"numpy.{op.label} of a tensor with where= wants initial=, the value where nothing is left"
            raise ValueError(msg)
        return op(a)
    x = masked(a, None, where=where, neutral=initial)
    if np.size(x) == 0:
        return Sum(op.axis, op.keepdims)(x) + initial
    return of_two(op(x), initial)


@differentiates(np.ptp)
def _ptp(a: Array, axis: Any = None, *, keepdims: bool = False) -> Array:
    return np.max(a, axis=axis, keepdims=keepdims) - np.min(a, axis=axis, keepdims=keepdims)


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
