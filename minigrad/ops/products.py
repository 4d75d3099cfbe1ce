"""Products of tensors of any number of axes."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.lib.array_utils import normalize_axis_tuple

from minigrad.op import Array, Op, differentiates
from minigrad.ops.broadcasting import SUM_LIKE


class Tensordot(Op):
    """y = Σ a b over pairs of axes, `a_axes` of a with `b_axes` of b; the other axes of a come first."""

    a_axes: tuple[int, ...]
    b_axes: tuple[int, ...]

    def f(self, a: Array, b: Array) -> Array:
        return np.tensordot(a, b, (self.a_axes, self.b_axes))

    def bprop_a(self, G: Array, y: Array, a: Array, b: Array) -> Array:
        kept, b_kept = _others(a, self.a_axes), _others(b, self.b_axes)
        g = Tensordot(tuple(range(len(kept), G.ndim)), b_kept)(G, b)
        return _arranged(g, (*kept, *_in_order(self.a_axes, self.b_axes)))

    def bprop_b(self, G: Array, y: Array, a: Array, b: Array) -> Array:
        kept, b_kept = _others(a, self.a_axes), _others(b, self.b_axes)
        g = Tensordot(kept, tuple(range(len(kept))))(a, G)
        return _arranged(g, (*_in_order(self.b_axes, self.a_axes), *b_kept))


def _others(x: Array, axes: tuple[int, ...]) -> tuple[int, ...]:
    """The axes of x that are not among `axes`."""
    return tuple(axis for axis in range(np.ndim(x)) if axis not in axes)


def _in_order(axes: tuple[int, ...], partners: tuple[int, ...]) -> list[int]:
    """`axes` in the order in which their partners stand in the other factor."""
    return [axis for _, axis in sorted(zip(partners, axes, strict=True))]


def _arranged(g: Array, places: tuple[int, ...]) -> Array:
    """`g` with each of its axes moved to its place."""
    if places == tuple(range(len(places))):
        return g
    return np.transpose(g, [places.index(k) for k in range(len(places))])


def _to_end(x: Array, *axes: int) -> Array:
    """`x` with `axes` as its last ones."""
    last = normalize_axis_tuple(axes, np.ndim(x))
    order = (*_others(x, last), *last)
    return x if order == tuple(range(len(order))) else np.transpose(x, order)


@differentiates(np.tensordot, np.linalg.tensordot)
def _tensordot(a: Array, b: Array, axes: Any = 2) -> Array:
    if isinstance(axes, int):
        n = np.ndim(a)
        a_axes, b_axes = tuple(range(n - axes, n)), tuple(range(axes))
    else:
        a_axes = normalize_axis_tuple(axes[0], np.ndim(a))
        b_axes = normalize_axis_tuple(axes[1], np.ndim(b))
    return Tensordot(a_axes, b_axes)(a, b)


@differentiates(np.inner)
def _inner(a: Array, b: Array) -> Array:
    if np.ndim(a) == 0 or np.ndim(b) == 0:
        return np.multiply(a, b)
    return np.tensordot(a, b, (-1, -1))


@differentiates(np.vdot)
def _vdot(a: Array, b: Array) -> Array:
    return np.dot(np.ravel(a), np.ravel(b))


@differentiates(np.linalg.outer)
def _outer(x1: Array, x2: Array) -> Array:
    if np.ndim(x1) != 1 or np.ndim(x2) != 1:
        msg = f"numpy.linalg.outer wants two vectors; given: shapes {np.shape(x1)} and {np.shape(x2)}"
        raise ValueError(msg)
    return np.outer(x1, x2)


@differentiates(np.linalg.matmul)
def _matmul(x1: Array, x2: Array) -> Array:
    return np.matmul(x1, x2)


class Vecdot(Op):
    """y = Σ a b over the last axis; the others broadcast."""

    def f(self, a: Array, b: Array) -> Array:
        return np.vecdot(a, b)

    def bprop_a(self, G: Array, y: Array, a: Array, b: Array) -> Array:
        return SUM_LIKE(np.expand_dims(G, -1) * b, a)

    def bprop_b(self, G: Array, y: Array, a: Array, b: Array) -> Array:
        return SUM_LIKE(np.expand_dims(G, -1) * a, b)


@differentiates(np.vecdot, np.linalg.vecdot)
def _vecdot(x1: Array, x2: Array, axis: int = -1) -> Array:
    return Vecdot()(_to_end(x1, axis), _to_end(x2, axis))


def _matvec(x1: Array, x2: Array) -> Array:
    return np.squeeze(np.matmul(x1, np.expand_dims(x2, -1)), -1)


def _vecmat(x1: Array, x2: Array) -> Array:
    return np.squeeze(np.matmul(np.expand_dims(x1, -2), x2), -2)


# These two came with NumPy 2.2.
if hasattr(np, "matvec"):
    differentiates(np.matvec)(_matvec)
    differentiates(np.vecmat)(_vecmat)


@differentiates(np.kron)
def _kron(a: Array, b: Array) -> Array:
    n = max(np.ndim(a), np.ndim(b))
    rows, columns = ((1,) * (n - np.ndim(x)) + np.shape(x) for x in (a, b))
    # Axes 2k come from a and axes 2k + 1 from b, so that each pair makes one axis of the result.
    spread = np.reshape(a, [length for m in rows for length in (m, 1)])
    tile = np.reshape(b, [length for m in columns for length in (1, m)])
    return np.reshape(spread * tile, [m * k for m, k in zip(rows, columns, strict=True)])


@differentiates(np.trace)
def _trace(a: Array, offset: int = 0, axis1: int = 0, axis2: int = 1) -> Array:
    x = _to_end(a, axis1, axis2)
    row, column = max(-offset, 0), max(offset, 0)
    n = max(min(np.shape(x)[-2] - row, np.shape(x)[-1] - column), 0)
    return np.einsum("...ii->...", x[..., row : row + n, column : column + n])


@differentiates(np.linalg.trace)
def _linalg_trace(x: Array, *, offset: int = 0) -> Array:
    return np.trace(x, offset, -2, -1)


@differentiates(np.cross)
def _cross(
    a: Array, b: Array, axisa: int = -1, axisb: int = -1, axisc: int = -1, axis: int | None = None
) -> Array:
    if axis is not None:
        axisa = axisb = axisc = axis
    a, b = _to_end(a, axisa), _to_end(b, axisb)
    if np.shape(a)[-1] != 3 or np.shape(b)[-1] != 3:  # noqa: PLR2004  # space has three dimensions
        msg = (
            "numpy.cross of tensors wants vectors of length 3 along the axes of the vectors; "
            f"given: {np.shape(a)[-1]} and {np.shape(b)[-1]}"
        )
        raise ValueError(msg)
    parts = [a[..., i] * b[..., j] - a[..., j] * b[..., i] for i, j in ((1, 2), (2, 0), (0, 1))]
    return np.stack(parts, axis=axisc)


@differentiates(np.linalg.cross)
def _linalg_cross(x1: Array, x2: Array, *, axis: int = -1) -> Array:
    return np.cross(x1, x2, axis=axis)
