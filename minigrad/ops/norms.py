"""The sizes of vectors and matrices."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.lib.array_utils import normalize_axis_tuple

from minigrad.dispatch import plain
from minigrad.op import Array, differentiates
from minigrad.ops.reduction import Reduction


class EuclideanNorm(Reduction):
    """y = √(Σ x²) over `axis`; its slopes at 0 count as 0."""

    def f(self, x: Array) -> Array:
        return np.sqrt(np.sum(x * x, axis=self.axis, keepdims=self.keepdims))

    def bprop_x(self, G: Array, y: Array, x: Array) -> Array:
        return self.spread(G, x) * (x / self.spread(_divisor(y), x))


class PNorm(Reduction):
    """y = (Σ |x|ᵖ)^(1/p) over `axis`; the slopes of entries that are 0 count as 0, and all where y = 0."""

    p: float = 2

    def f(self, x: Array) -> Array:
        return np.sum(np.abs(x) ** self.p, axis=self.axis, keepdims=self.keepdims) ** (1 / self.p)

    def bprop_x(self, G: Array, y: Array, x: Array) -> Array:
        r = self.spread(_divisor(y), x)
        if self.p > 0 and self.p % 2 == 0:
            return self.spread(G, x) * (x / r) ** (self.p - 1)
        flat = np.logical_or(np.equal(x, 0), np.isinf(r))
        ratio = np.where(flat, 1.0, np.abs(x) / r)
        return self.spread(G, x) * np.where(flat, 0.0, np.sign(x) * ratio ** (self.p - 1))


def _divisor(y: Array) -> Array:
    """y, and ∞ where it is 0."""
    return np.where(np.equal(y, 0), np.inf, y)


Axes = tuple[int, ...]

_OF_VECTORS: dict[Any, Any] = {
    None: lambda x, axis: EuclideanNorm(axis, keepdims=True)(x),
    2: lambda x, axis: EuclideanNorm(axis, keepdims=True)(x),
    1: lambda x, axis: np.sum(np.abs(x), axis=axis, keepdims=True),
    np.inf: lambda x, axis: np.max(np.abs(x), axis=axis, keepdims=True),
    -np.inf: lambda x, axis: np.min(np.abs(x), axis=axis, keepdims=True),
    0: lambda x, axis: np.sum((plain(x) != 0).astype(x.dtype), axis=axis, keepdims=True),
}

_OF_MATRICES: dict[Any, Any] = {
    None: lambda x, axes: EuclideanNorm(axes, keepdims=True)(x),
    "fro": lambda x, axes: EuclideanNorm(axes, keepdims=True)(x),
    "f": lambda x, axes: EuclideanNorm(axes, keepdims=True)(x),
    "nuc": lambda x, axes: _of_singular_values(np.sum, x, axes),
    2: lambda x, axes: _of_singular_values(np.max, x, axes),
    -2: lambda x, axes: _of_singular_values(np.min, x, axes),
    1: lambda x, axes: _of_sums(np.max, x, axes[0], axes[1]),
    -1: lambda x, axes: _of_sums(np.min, x, axes[0], axes[1]),
    np.inf: lambda x, axes: _of_sums(np.max, x, axes[1], axes[0]),
    -np.inf: lambda x, axes: _of_sums(np.min, x, axes[1], axes[0]),
}


def _of_singular_values(reduce: Any, x: Array, axes: Axes) -> Array:
    s = np.linalg.svdvals(np.moveaxis(x, axes, (-2, -1)))
    return np.expand_dims(reduce(s, axis=-1), axes)


def _of_sums(reduce: Any, x: Array, summed: int, reduced: int) -> Array:
    return reduce(np.sum(np.abs(x), axis=summed, keepdims=True), axis=reduced, keepdims=True)


def _of_vectors(x: Array, order: Any, axes: Axes) -> Array:
    """The norm of the vectors along `axes`, which stay as axes of length 1."""
    if order in _OF_VECTORS:
        return _OF_VECTORS[order](x, axes)
    if np.asarray(order).dtype.kind not in "iuf":
        msg = f"ord={order!r} is no norm of a vector: pass a number, or two axes for one of matrices"
        raise ValueError(msg)
    return PNorm(axes, keepdims=True, p=float(order))(x)


def _of_matrices(x: Array, order: Any, axes: Axes) -> Array:
    """The norm of the matrices along two axes, which stay as axes of length 1."""
    if order not in _OF_MATRICES:
        msg = f"ord={order!r} is no norm of a matrix; known: {list(_OF_MATRICES)}"
        raise ValueError(msg)
    return _OF_MATRICES[order](x, axes)


@differentiates(np.linalg.norm)
def _norm(
    x: Array,
    ord: Any = None,  # noqa: A002  # as NumPy has it
    axis: Any = None,
    keepdims: bool = False,  # noqa: FBT001, FBT002  # as NumPy has it
) -> Array:
    if axis is None and ord is None:
        return EuclideanNorm(None, keepdims)(x)
    axes = normalize_axis_tuple(range(np.ndim(x)) if axis is None else axis, np.ndim(x))
    if len(axes) not in {1, 2}:
        msg = f"numpy.linalg.norm wants vectors (one axis) or matrices (two axes); given: axes {axes}"
        raise ValueError(msg)
    y = _of_vectors(x, ord, axes) if len(axes) == 1 else _of_matrices(x, ord, axes)
    return y if keepdims else np.squeeze(y, axes)


@differentiates(np.linalg.vector_norm)
def _vector_norm(x: Array, *, axis: Any = None, keepdims: bool = False, ord: Any = 2) -> Array:  # noqa: A002  # as NumPy has it
    axes = normalize_axis_tuple(range(np.ndim(x)) if axis is None else axis, np.ndim(x))
    y = _of_vectors(x, ord, axes)
    return y if keepdims else np.squeeze(y, axes)


@differentiates(np.linalg.matrix_norm)
def _matrix_norm(x: Array, *, keepdims: bool = False, ord: Any = "fro") -> Array:  # noqa: A002  # as NumPy has it
    return np.linalg.norm(x, ord, (-2, -1), keepdims)


@differentiates(np.linalg.cond)
def _cond(x: Array, p: Any = None) -> Array:
    if p not in {None, 2, -2}:
        return np.linalg.norm(x, p, (-2, -1)) * np.linalg.norm(np.linalg.inv(x), p, (-2, -1))
    s = np.linalg.svdvals(x)
    with np.errstate(divide="ignore", invalid="ignore"):
        return s[..., -1] / s[..., 0] if p == -2 else s[..., 0] / s[..., -1]  # noqa: PLR2004  # the order
