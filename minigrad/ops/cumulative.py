"""Running sums and products along an axis, and the product of everything."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.lib.array_utils import normalize_axis_tuple

from minigrad.op import Array, Op, differentiates
from minigrad.ops.broadcasting import ALONG
from minigrad.ops.indexing import along
from minigrad.ops.reduction import Reduction, masked


class Shift(Op):
    """yₜ = xₜ₋₁ along `axis`, yₜ = xₜ₊₁ if `back`, with `fill` at the end that is left free."""

    axis: int
    back: bool = False
    fill: float = 0.0

    def f(self, x: Array) -> Array:
        start, end = along(self.axis, slice(1, None)), along(self.axis, slice(None, -1))
        y = np.full_like(x, self.fill)
        if self.back:
            y[end] = x[start]
        else:
            y[start] = x[end]
        return y

    def bprop_x(self, G: Array, y: Array, x: Array) -> Array:
        return Shift(self.axis, not self.back)(G)


class CumSum(Op):
    """yₜ = x₁ + … + xₜ along `axis`."""

    axis: int

    def f(self, x: Array) -> Array:
        return np.cumsum(x, self.axis)

    def bprop_x(self, G: Array, y: Array, x: Array) -> Array:
        return np.flip(np.cumsum(np.flip(G, self.axis), self.axis), self.axis)


class Recurrence(Op):
    """sₜ = gₜ + aₜ sₜ₋₁ along `axis`; sₜ = gₜ + aₜ₊₁ sₜ₊₁ if `back`, which is its transpose."""

    axis: int
    back: bool = False

    def f(self, g: Array, a: Array) -> Array:
        s = np.array(g, np.result_type(g, a))
        terms, factors = np.moveaxis(s, self.axis, 0), np.moveaxis(a, self.axis, 0)
        if self.back:
            terms, factors = terms[::-1], np.roll(factors[::-1], 1, axis=0)
        for t in range(1, len(terms)):
            terms[t] += factors[t] * terms[t - 1]
        return s

    def bprop_g(self, G: Array, y: Array, g: Array, a: Array) -> Array:
        return Recurrence(self.axis, not self.back)(G, a)

    def bprop_a(self, G: Array, y: Array, g: Array, a: Array) -> Array:
        adjoint = self.bprop_g(G, y, g, a)
        if self.back:
            return Shift(self.axis)(adjoint) * y
        return adjoint * Shift(self.axis)(y)


class CumProd(Op):
    """yₜ = x₁ ⋯ xₜ along `axis`; no rule divides, so zeros among the factors do no harm."""

    axis: int

    def f(self, x: Array) -> Array:
        return np.cumprod(x, self.axis)

    def bprop_x(self, G: Array, y: Array, x: Array) -> Array:
        # ∂yₛ/∂xₜ is the product before t times the product from t + 1 to s.
        after = Recurrence(self.axis, back=True)(G, x)
        return ALONG(after, Shift(self.axis, fill=1.0)(y))


class Prod(Reduction):
    """y = Π x over the one axis `axis`; the slope is the product of the others, whatever is 0."""

    def f(self, x: Array) -> Array:
        return np.prod(x, axis=self.axis, keepdims=self.keepdims)

    def bprop_x(self, G: Array, y: Array, x: Array) -> Array:
        before = Shift(self.axis, fill=1.0)(np.cumprod(x, self.axis))
        rest = np.flip(np.cumprod(np.flip(x, self.axis), self.axis), self.axis)
        after = Shift(self.axis, back=True, fill=1.0)(rest)
        return ALONG(self.spread(G, x), before * after)


@differentiates(np.prod)
def _prod(
    a: Array,
    axis: Any = None,
    dtype: Any = None,
    *,
    keepdims: bool = False,
    initial: Any = None,
    where: Any = True,
) -> Array:
    a = masked(a, dtype, where=where, neutral=1.0)
    n = np.ndim(a)
    if n == 0:
        y = np.positive(a)
    else:
        axes = range(n) if axis is None else normalize_axis_tuple(axis, n)
        y = a if len(axes) else np.positive(a)
        for k in sorted(axes, reverse=True):
            y = Prod(k, keepdims)(y)
    return y if initial is None else y * initial


@differentiates(np.cumsum)
def _cumsum(a: Array, axis: int | None = None, dtype: Any = None) -> Array:
    return CumSum(0 if axis is None else axis)(_line(masked(a, dtype), axis))


@differentiates(np.cumprod)
def _cumprod(a: Array, axis: int | None = None, dtype: Any = None) -> Array:
    return CumProd(0 if axis is None else axis)(_line(masked(a, dtype), axis))


@differentiates(np.nancumsum)
def _nancumsum(a: Array, axis: int | None = None, dtype: Any = None) -> Array:
    return np.cumsum(np.where(np.isnan(a), 0.0, a), axis, dtype)


@differentiates(np.nancumprod)
def _nancumprod(a: Array, axis: int | None = None, dtype: Any = None) -> Array:
    return np.cumprod(np.where(np.isnan(a), 1.0, a), axis, dtype)


def _line(a: Array, axis: int | None) -> Array:
    """`a`, in one line if there is no axis to run along."""
    return np.ravel(a) if axis is None or np.ndim(a) == 0 else a


def _cumulative_sum(
    x: Array, *, axis: int | None = None, dtype: Any = None, include_initial: bool = False
) -> Array:
    y = np.cumsum(_one_axis(x, axis, "sum"), axis, dtype)
    return _with_first(y, axis, 0.0) if include_initial else y


def _cumulative_prod(
    x: Array, *, axis: int | None = None, dtype: Any = None, include_initial: bool = False
) -> Array:
    y = np.cumprod(_one_axis(x, axis, "prod"), axis, dtype)
    return _with_first(y, axis, 1.0) if include_initial else y


def _one_axis(x: Array, axis: int | None, name: str) -> Array:
    if axis is None and np.ndim(x) > 1:
        msg = f"numpy.cumulative_{name} of a tensor of shape {np.shape(x)} wants to know along which axis="
        raise ValueError(msg)
    return x


def _with_first(y: Array, axis: int | None, fill: float) -> Array:
    """`y` with one more entry in front along `axis`."""
    axis = 0 if axis is None else axis
    shape = list(np.shape(y))
    shape[axis] = 1
    return np.concatenate([np.full(shape, fill, y.dtype), y], axis)


# These two came with NumPy 2.1.
if hasattr(np, "cumulative_sum"):
    differentiates(np.cumulative_sum)(_cumulative_sum)
    differentiates(np.cumulative_prod)(_cumulative_prod)
