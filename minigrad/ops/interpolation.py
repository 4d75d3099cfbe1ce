"""Numbers between given ones: on straight lines, in equal steps, in equal ratios."""

from __future__ import annotations

from typing import Any

import numpy as np

from minigrad.op import Array, differentiates


@differentiates(np.interp)
def _interp(x: Array, xp: Array, fp: Array, left: Any = None, right: Any = None) -> Array:
    """Differentiable in all of its arguments; at a point of `xp` the slope is that to its right."""
    xp, fp = np.ravel(xp), np.ravel(fp)
    last = np.size(xp) - 1
    low = np.clip(np.searchsorted(xp, x, side="right") - 1, 0, max(last - 1, 0))
    high = np.minimum(low + 1, last)
    run = xp[high] - xp[low]
    slope = (fp[high] - fp[low]) / np.where(np.equal(run, 0), np.inf, run)
    y = slope * (x - xp[low]) + fp[low]
    y = np.where(np.less(x, xp[0]), fp[0] if left is None else left, y)
    return np.where(np.greater(x, xp[last]), fp[last] if right is None else right, y)


@differentiates(np.linspace)
def _linspace(
    start: Array,
    stop: Array,
    num: int = 50,
    endpoint: bool = True,  # noqa: FBT001, FBT002  # as NumPy has it
    *,
    axis: int = 0,
) -> Array:
    t = _shares(start, stop, num, axis, endpoint=endpoint)
    return _layers(start, stop, axis) * (1 - t) + _layers(stop, start, axis) * t


@differentiates(np.logspace)
def _logspace(
    start: Array,
    stop: Array,
    num: int = 50,
    endpoint: bool = True,  # noqa: FBT001, FBT002  # as NumPy has it
    base: Array = 10.0,
    *,
    axis: int = 0,
) -> Array:
    return base ** np.linspace(start, stop, num, endpoint, axis=axis)


@differentiates(np.geomspace)
def _geomspace(
    start: Array,
    stop: Array,
    num: int = 50,
    endpoint: bool = True,  # noqa: FBT001, FBT002  # as NumPy has it
    *,
    axis: int = 0,
) -> Array:
    t = _shares(start, stop, num, axis, endpoint=endpoint)
    first = _layers(start, stop, axis)
    return first * (_layers(stop, start, axis) / first) ** t


def _shares(start: Array, stop: Array, num: int, axis: int, *, endpoint: bool) -> Array:
    """The way from start to stop, 0 to 1, in `num` steps along `axis` of the result."""
    given = [np.asarray(x) if isinstance(x, list | tuple) else x for x in (start, stop)]
    t = np.linspace(0, 1, num, endpoint, dtype=np.result_type(*given, 1.0))
    ndim = max(np.ndim(start), np.ndim(stop))
    return np.expand_dims(t, tuple(k for k in range(ndim + 1) if k != axis % (ndim + 1)))


def _layers(x: Array, other: Array, axis: int) -> Array:
    """`x` with the number of axes of its sum with `other` and one of length 1 for the steps."""
    if np.ndim(x) == 0:
        return x
    missing = tuple(range(max(np.ndim(other) - np.ndim(x), 0)))
    return np.expand_dims(np.expand_dims(x, missing), axis)
