"""Spread and average: variance, weights, covariance, and all of them where some entries are no numbers."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.lib.array_utils import normalize_axis_tuple

from minigrad.dispatch import plain
from minigrad.op import Array, differentiates
from minigrad.ops.broadcasting import SIZE_RATIO
from minigrad.ops.reduction import Reduction, masked


class Var(Reduction):
    """y = Σ (x - mean)² / (n - ddof) over `axis`."""

    ddof: float = 0

    def f(self, x: Array) -> Array:
        d = x - np.mean(x, axis=self.axis, keepdims=True)
        y = np.sum(d * d, axis=self.axis, keepdims=self.keepdims)
        return np.divide(y, np.maximum(SIZE_RATIO(x, y) - self.ddof, 0))

    def bprop_x(self, G: Array, y: Array, x: Array) -> Array:
        d = x - np.mean(x, axis=self.axis, keepdims=True)
        return self.spread(G, x) * (2 * d / (SIZE_RATIO(x, y) - self.ddof))


@differentiates(np.var)
def _var(
    a: Array,
    axis: Any = None,
    dtype: Any = None,
    *,
    ddof: float = 0,
    keepdims: bool = False,
    correction: Any = None,
) -> Array:
    return Var(axis, keepdims, ddof if correction is None else correction)(masked(a, dtype))


@differentiates(np.std)
def _std(
    a: Array,
    axis: Any = None,
    dtype: Any = None,
    *,
    ddof: float = 0,
    keepdims: bool = False,
    correction: Any = None,
) -> Array:
    a = masked(a, dtype)
    # Of equal entries the variance is 0 but for rounding.
    most = np.max(plain(a), axis=axis, keepdims=keepdims, initial=-np.inf)
    least = np.min(plain(a), axis=axis, keepdims=keepdims, initial=np.inf)
    variance = Var(axis, keepdims, ddof if correction is None else correction)(a)
    return _root(variance, np.equal(most, least))


def _root(variance: Array, flat: Any) -> Array:
    """√variance, with slope 0 where it is 0 and where `flat` says that it should be."""
    flat = np.logical_or(np.equal(variance, 0), flat)
    return np.where(flat, np.sqrt(plain(variance)), np.sqrt(np.where(flat, 1.0, variance)))


@differentiates(np.average)
def _average(
    a: Array, axis: Any = None, weights: Any = None, *, returned: bool = False, keepdims: bool = False
) -> Any:
    if weights is None:
        y = np.mean(a, axis=axis, keepdims=keepdims)
        total = np.full_like(plain(y), np.size(a) / max(np.size(y), 1))
    else:
        w = _like(weights, a, axis)
        total = np.sum(w, axis=axis, keepdims=keepdims)
        if np.any(np.equal(total, 0)):
            msg = f"numpy.average: the weights of shape {np.shape(weights)} sum to 0 over axis {axis}"
            raise ZeroDivisionError(msg)
        y = np.sum(np.multiply(a, w), axis=axis, keepdims=keepdims) / total
        total = np.broadcast_to(total, np.shape(y))
    return (y, total) if returned else y


def _like(weights: Any, a: Array, axis: Any) -> Array:
    """Weights that belong to `axis` alone, with the axes of `a`."""
    n, shape = np.ndim(a), np.shape(weights)
    if shape == np.shape(a):
        return weights
    if axis is None:
        msg = f"numpy.average of shape {np.shape(a)} with weights of shape {shape} wants to know their axis="
        raise TypeError(msg)
    axes = normalize_axis_tuple(axis, n)
    if shape != tuple(np.shape(a)[k] for k in axes):
        msg = f"numpy.average of shape {np.shape(a)}: weights of shape {shape} do not fit axis {axis}"
        raise ValueError(msg)
    in_order = np.transpose(weights, np.argsort(axes))
    return np.broadcast_to(np.expand_dims(in_order, [k for k in range(n) if k not in axes]), np.shape(a))


@differentiates(np.nansum)
def _nansum(a: Array, axis: Any = None, dtype: Any = None, **about: Any) -> Array:
    return np.sum(np.where(np.isnan(a), 0.0, a), axis=axis, dtype=dtype, **about)


@differentiates(np.nanprod)
def _nanprod(a: Array, axis: Any = None, dtype: Any = None, **about: Any) -> Array:
    return np.prod(np.where(np.isnan(a), 1.0, a), axis=axis, dtype=dtype, **about)


@differentiates(np.nanmax)
def _nanmax(a: Array, axis: Any = None, *, keepdims: bool = False) -> Array:
    return _of_numbers(np.max, -np.inf, a, axis, keepdims)


@differentiates(np.nanmin)
def _nanmin(a: Array, axis: Any = None, *, keepdims: bool = False) -> Array:
    return _of_numbers(np.min, np.inf, a, axis, keepdims)


def _of_numbers(extremum: Any, beyond: float, a: Array, axis: Any, keepdims: Any) -> Array:
    """The extremum without what is no number; nan where there is nothing else."""
    no_number = np.isnan(a)
    y = extremum(np.where(no_number, beyond, a), axis=axis, keepdims=keepdims)
    return np.where(np.all(no_number, axis=axis, keepdims=keepdims), np.nan, y)


@differentiates(np.nanmean)
def _nanmean(a: Array, axis: Any = None, dtype: Any = None, *, keepdims: bool = False) -> Array:
    return np.mean(masked(a, dtype), axis=axis, keepdims=keepdims, where=np.logical_not(np.isnan(a)))


@differentiates(np.nanvar)
def _nanvar(
    a: Array,
    axis: Any = None,
    dtype: Any = None,
    *,
    ddof: float = 0,
    keepdims: bool = False,
    correction: Any = None,
) -> Array:
    a = masked(a, dtype)
    number = np.logical_not(np.isnan(a))
    d = np.where(number, a - np.nanmean(a, axis=axis, keepdims=True), 0.0)
    freedom = np.sum(number, axis=axis, keepdims=keepdims) - (ddof if correction is None else correction)
    return np.sum(d * d, axis=axis, keepdims=keepdims) / np.asarray(
        np.where(freedom > 0, freedom, np.nan), a.dtype
    )


@differentiates(np.nanstd)
def _nanstd(
    a: Array,
    axis: Any = None,
    dtype: Any = None,
    *,
    ddof: float = 0,
    keepdims: bool = False,
    correction: Any = None,
) -> Array:
    a = masked(a, dtype)
    x, no_number = plain(a), np.isnan(a)
    most = np.max(np.where(no_number, -np.inf, x), axis=axis, keepdims=keepdims, initial=-np.inf)
    least = np.min(np.where(no_number, np.inf, x), axis=axis, keepdims=keepdims, initial=np.inf)
    lost = ddof if correction is None else correction
    return _root(np.nanvar(a, axis=axis, ddof=lost, keepdims=keepdims), np.equal(most, least))


@differentiates(np.cov)
def _cov(
    m: Array,
    y: Any = None,
    rowvar: Any = True,  # noqa: FBT002  # as NumPy has it
    bias: Any = False,  # noqa: FBT002  # as NumPy has it
    ddof: Any = None,
    *,
    dtype: Any = None,
) -> Array:
    x = _variables(m, rowvar)
    if y is not None:
        x = np.concatenate([x, _variables(y, rowvar)], 0)
    # NumPy widens to float64 unless it is told otherwise.
    x = x.astype(np.result_type(x.dtype, np.float64) if dtype is None else dtype)
    d = x - np.mean(x, axis=1, keepdims=True)
    lost = ddof if ddof is not None else 1 - bool(bias)
    c = d @ np.transpose(d) / (np.shape(x)[1] - lost)
    return np.squeeze(c)


def _variables(m: Array, rowvar: Any) -> Array:
    """A matrix with a row for each variable."""
    if np.ndim(m) > 2:  # noqa: PLR2004  # a matrix
        msg = f"numpy.cov wants a vector or a matrix; given: shape {np.shape(m)}"
        raise ValueError(msg)
    x = np.atleast_2d(m)
    return np.transpose(x) if not rowvar and np.ndim(m) > 1 else x


@differentiates(np.corrcoef)
def _corrcoef(
    x: Array,
    y: Any = None,
    rowvar: Any = True,  # noqa: FBT002  # as NumPy has it
    *,
    dtype: Any = None,
) -> Array:
    c = np.cov(x, y, rowvar, dtype=dtype)
    if np.ndim(c) == 0:
        return c / c
    s = np.sqrt(np.diagonal(c))
    return np.clip(c / s[:, None] / s, -1.0, 1.0)
