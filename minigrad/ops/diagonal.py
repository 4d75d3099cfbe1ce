"""Diagonals, triangles, and matrices made from a vector."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.lib.array_utils import normalize_axis_index

from minigrad.op import Array, differentiates
from minigrad.ops.indexing import PutItem, split_index


@differentiates(np.diagonal)
def _diagonal(a: Array, offset: int = 0, axis1: int = 0, axis2: int = 1) -> Array:
    n = np.ndim(a)
    first, second = normalize_axis_index(axis1, n), normalize_axis_index(axis2, n)
    if first == second:
        msg = f"numpy.diagonal wants two different axes; given: {axis1} and {axis2}"
        raise ValueError(msg)
    x = np.moveaxis(a, (first, second), (-2, -1))
    rows = np.diagonal(np.broadcast_to(np.arange(x.shape[-2])[:, None], x.shape[-2:]), offset)
    return x[..., rows, rows + offset]


@differentiates(np.linalg.diagonal)
def _linalg_diagonal(x: Array, /, *, offset: int = 0) -> Array:
    return np.diagonal(x, offset, -2, -1)


@differentiates(np.diag)
def _diag(v: Array, k: int = 0) -> Array:
    if np.ndim(v) == 1:
        return np.diagflat(v, k)
    if np.ndim(v) == 2:  # noqa: PLR2004  # a matrix
        return np.diagonal(v, k)
    msg = f"numpy.diag wants a vector or a matrix; given: a tensor of shape {np.shape(v)}"
    raise ValueError(msg)


@differentiates(np.diagflat)
def _diagflat(v: Array, k: int = 0) -> Array:
    n = np.size(v) + abs(k)
    places = np.arange(np.size(v))
    pattern, arrays = split_index((places + max(-k, 0), places + max(k, 0)))
    return PutItem(pattern)(np.ravel(v), np.zeros((n, n), v.dtype), *arrays)


@differentiates(np.tril)
def _tril(m: Array, k: int = 0) -> Array:
    return np.where(_below(m, k), m, 0.0)


@differentiates(np.triu)
def _triu(m: Array, k: int = 0) -> Array:
    return np.where(_below(m, k - 1), 0.0, m)


def _below(m: Array, k: int) -> Any:
    """Whether an entry of the last two axes is on or below the diagonal k; a vector stands for its rows."""
    rows, columns = np.shape(m)[-2:] if np.ndim(m) > 1 else np.shape(m) * 2
    return np.tri(rows, columns, k, dtype=bool)


@differentiates(np.vander)
def _vander(x: Array, N: int | None = None, increasing: Any = False) -> Array:  # noqa: FBT002  # as NumPy has it
    if np.ndim(x) != 1:
        msg = f"numpy.vander wants a vector; given: a tensor of shape {np.shape(x)}"
        raise ValueError(msg)
    # NumPy computes the powers in the common type with integers, for float32 that is float64.
    x = x.astype(np.promote_types(x.dtype, int))
    columns = np.size(x) if N is None else N
    if columns == 0:
        return x[:, None][:, :0]
    ones = np.ones((np.size(x), 1), x.dtype)
    factors = np.concatenate([ones, np.broadcast_to(x[:, None], (np.size(x), columns - 1))], 1)
    powers = np.cumprod(factors, 1)
    return powers if increasing else powers[:, ::-1]
