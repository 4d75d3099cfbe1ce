"""Entries in order of size: sorting, and the quantiles that are read off."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.lib.array_utils import normalize_axis_tuple

from minigrad.dispatch import plain
from minigrad.op import Array, Op, differentiates


class Sort(Op):
    """y = x in ascending order along `axis`; entries that are equal keep their order."""

    axis: int = -1

    def f(self, x: Array) -> Array:
        return np.sort(x, self.axis, kind="stable")

    def bprop_x(self, G: Array, y: Array, x: Array) -> Array:
        order = np.argsort(x, self.axis, kind="stable")
        return np.take_along_axis(G, np.argsort(order, self.axis), self.axis)


@differentiates(np.sort)
def _sort(
    a: Array,
    axis: int | None = -1,
    kind: Any = None,  # noqa: ARG001  # as NumPy has it
    *,
    stable: Any = None,  # noqa: ARG001  # as NumPy has it
) -> Array:
    return Sort(0)(np.ravel(a)) if axis is None else Sort(axis)(a)


@differentiates(np.partition)
def _partition(a: Array, kth: Any, axis: int | None = -1, kind: Any = "introselect") -> Array:
    a, axis = (np.ravel(a), 0) if axis is None else (a, axis)
    return np.take_along_axis(a, np.argpartition(plain(a), kth, axis, kind), axis)


@differentiates(np.median)
def _median(a: Array, axis: Any = None, *, keepdims: bool = False) -> Array:
    if np.size(a) == 0:
        return np.mean(a, axis=axis, keepdims=keepdims)
    s = np.sort(_lines(a, axis), -1)
    n = np.shape(s)[-1]
    # Whatever is no number stands at the end.
    y = np.where(np.isnan(s[..., -1]), s[..., -1], _middle(s, np.full((*np.shape(s)[:-1], 1), n)))
    return _kept(y, a, axis) if keepdims else y


@differentiates(np.nanmedian)
def _nanmedian(a: Array, axis: Any = None, *, keepdims: bool = False) -> Array:
    if np.size(a) == 0:
        return np.nanmean(a, axis=axis, keepdims=keepdims)
    s = np.sort(_lines(a, axis), -1)
    y = _middle(s, np.sum(np.logical_not(np.isnan(s)), axis=-1, keepdims=True))
    return _kept(y, a, axis) if keepdims else y


def _middle(s: Array, n: Any) -> Array:
    """The mean of the two entries in the middle of the first n, which for odd n are one."""
    low, high = (np.take_along_axis(s, np.maximum(i, 0), -1)[..., 0] for i in ((n - 1) // 2, n // 2))
    return np.where(n[..., 0] % 2, low, 0.5 * low + 0.5 * high)


def _lines(a: Array, axis: Any) -> Array:
    """`a` with all of `axis` (None: every one) as one axis, the last."""
    n = np.ndim(a)
    axes = tuple(range(n)) if axis is None else normalize_axis_tuple(axis, n)
    others = tuple(k for k in range(n) if k not in axes)
    shape = [np.shape(a)[k] for k in others]
    length = int(np.prod([np.shape(a)[k] for k in axes]))
    return np.reshape(np.transpose(a, others + axes), (*shape, length))


def _kept(y: Array, a: Array, axis: Any) -> Array:
    """`y` with the axes of `a` that were reduced as axes of length 1, the last axes of `a` last."""
    n = np.ndim(a)
    axes = range(n) if axis is None else normalize_axis_tuple(axis, n)
    kept = [1 if k in axes else m for k, m in enumerate(np.shape(a))]
    return np.reshape(y, (*np.shape(y)[: np.ndim(y) - (n - len(axes))], *kept))


@differentiates(np.quantile)
def _quantile(
    a: Array,
    q: Any,
    axis: Any = None,
    *,
    method: str = "linear",
    keepdims: bool = False,
) -> Array:
    s = np.sort(_lines(a, axis), -1)
    n = np.full((*np.shape(s)[:-1], 1), np.shape(s)[-1])
    y = _between(s, _level(q, a), n, method)
    y = np.where(np.isnan(s[..., -1]), s[..., -1], y)
    return _kept(y, a, axis) if keepdims else y


@differentiates(np.nanquantile)
def _nanquantile(
    a: Array,
    q: Any,
    axis: Any = None,
    *,
    method: str = "linear",
    keepdims: bool = False,
) -> Array:
    s = np.sort(_lines(a, axis), -1)
    y = _between(s, _level(q, a), np.sum(np.logical_not(np.isnan(s)), axis=-1, keepdims=True), method)
    return _kept(y, a, axis) if keepdims else y


@differentiates(np.percentile)
def _percentile(a: Array, q: Any, axis: Any = None, **about: Any) -> Array:
    return np.quantile(a, _level(q, a) / 100, axis, **about)


@differentiates(np.nanpercentile)
def _nanpercentile(a: Array, q: Any, axis: Any = None, **about: Any) -> Array:
    return np.nanquantile(a, _level(q, a) / 100, axis, **about)


def _level(q: Any, a: Array) -> Array:
    """`q` as an array or tensor; a Python number takes the type of `a`."""
    return q if hasattr(q, "shape") else np.asarray(q, a.dtype if isinstance(q, int | float) else None)


PLACES: dict[str, Callable[[Array], Array]] = {
    "linear": lambda h: h,
    "lower": np.floor,
    "higher": np.ceil,
    "midpoint": lambda h: 0.5 * (np.floor(h) + np.ceil(h)),
    "nearest": np.rint,
}
"""Where a quantile between two entries is taken, by method."""


def _between(s: Array, q: Array, n: Any, method: str) -> Array:
    """The quantiles q of the first n entries of the sorted lines `s`; the axes of q come first."""
    if method not in PLACES:
        msg = f"numpy.quantile of a tensor has the methods {', '.join(PLACES)}; given: {method!r}"
        raise TypeError(msg)
    if np.any(np.logical_or(q < 0, q > 1)):
        msg = f"quantiles lie in [0, 1], percentiles in [0, 100]; given: {plain(q)} as quantiles"
        raise ValueError(msg)
    h = PLACES[method](np.ravel(q) * (n - 1).astype(q.dtype))
    low = np.clip(np.floor(plain(h)).astype(int), 0, np.maximum(n - 2, 0))
    below = np.take_along_axis(s, low, -1)
    step = np.take_along_axis(s, np.minimum(low + 1, np.maximum(n - 1, 0)), -1) - below
    part = h - low.astype(q.dtype)
    y = np.where(part < 0.5, below + step * part, below + step - step * (1 - part))  # noqa: PLR2004  # half way
    return np.reshape(np.moveaxis(y, -1, 0), np.shape(q) + np.shape(s)[:-1])
