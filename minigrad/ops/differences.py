"""Differences between neighbours, and the sums over intervals that undo them."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.lib.array_utils import normalize_axis_index, normalize_axis_tuple

from minigrad.op import Array, differentiates
from minigrad.ops.indexing import along


@differentiates(np.diff)
def _diff(a: Array, n: int = 1, axis: int = -1, *, prepend: Any = None, append: Any = None) -> Array:
    if n < 0:
        msg = f"numpy.diff takes differences of order n >= 0; given: {n}"
        raise ValueError(msg)
    if n == 0:
        return a
    axis = normalize_axis_index(axis, np.ndim(a))
    parts = [_layer(prepend, a, axis), a, _layer(append, a, axis)]
    y = a if prepend is None and append is None else np.concatenate([p for p in parts if p is not None], axis)
    later, earlier = along(axis, slice(1, None)), along(axis, slice(None, -1))
    for _ in range(n):
        y = y[later] - y[earlier]
    return y


def _layer(x: Any, a: Array, axis: int) -> Any:
    """`x`, a single number as one layer of `a`."""
    if x is None or np.ndim(x):
        return x
    return np.broadcast_to(x, [1 if k == axis else n for k, n in enumerate(np.shape(a))])


@differentiates(np.ediff1d)
def _ediff1d(ary: Array, to_end: Any = None, to_begin: Any = None) -> Array:
    x = np.ravel(ary)
    parts = [to_begin, x[1:] - x[:-1], to_end]
    return np.concatenate([np.ravel(p).astype(x.dtype) for p in parts if p is not None])


@differentiates(np.trapezoid)
def _trapezoid(y: Array, x: Any = None, dx: Any = 1.0, axis: int = -1) -> Array:
    y = y if hasattr(y, "shape") else np.asarray(y)
    axis = normalize_axis_index(axis, np.ndim(y))
    width = dx
    if x is not None:
        x = x if hasattr(x, "shape") else np.asarray(x)
        width = np.diff(x) if np.ndim(x) == 1 else np.diff(x, axis=axis)
        if np.ndim(x) == 1:
            width = np.reshape(width, (-1, *(1,) * (np.ndim(y) - axis - 1)))
    height = y[along(axis, slice(1, None))] + y[along(axis, slice(None, -1))]
    return np.sum(width * height / 2.0, axis=axis)


@differentiates(np.gradient)
def _gradient(f: Array, *varargs: Any, axis: Any = None, edge_order: int = 1) -> Any:
    n = np.ndim(f)
    axes = tuple(range(n)) if axis is None else normalize_axis_tuple(axis, n)
    steps = varargs * len(axes) if len(varargs) == 1 else varargs or (1.0,) * len(axes)
    if len(steps) != len(axes) or any(np.ndim(h) for h in steps):
        msg = (
            f"numpy.gradient of a tensor wants one spacing, or one number for each of the {len(axes)} axes, "
            "and no coordinates; for those divide np.diff of the values by np.diff of the coordinates"
        )
        raise TypeError(msg)
    found = tuple([_slope(f, h, k, edge_order) for h, k in zip(steps, axes, strict=True)])
    return found[0] if len(found) == 1 else found


def _slope(f: Array, h: Any, axis: int, edge_order: int) -> Array:
    """Central differences along `axis`, one-sided ones of `edge_order` at both ends."""
    if edge_order not in {1, 2} or np.shape(f)[axis] <= edge_order:
        msg = (
            "numpy.gradient wants edge_order 1 or 2 and more entries than that along each axis; "
            f"given: {edge_order} and shape {np.shape(f)}"
        )
        raise ValueError(msg)

    def at(start: int | None, stop: int | None) -> Array:
        return f[along(axis, slice(start, stop))]

    if edge_order == 1:
        first, last = at(1, 2) - at(0, 1), at(-1, None) - at(-2, -1)
    else:
        first = -1.5 * at(0, 1) + 2.0 * at(1, 2) - 0.5 * at(2, 3)
        last = 0.5 * at(-3, -2) - 2.0 * at(-2, -1) + 1.5 * at(-1, None)
    return np.concatenate([first, (at(2, None) - at(None, -2)) / 2.0, last], axis) / h
