"""Entries that occur several times: repeated, tiled, on grids, in windows."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.lib.array_utils import normalize_axis_index
from numpy.lib.stride_tricks import sliding_window_view

from minigrad.op import Array, differentiates
from minigrad.ops.indexing import rearranged


@differentiates(np.repeat)
def _repeat(a: Array, repeats: Any, axis: int | None = None) -> Array:
    if axis is None or np.ndim(a) == 0:
        a, axis = np.ravel(a), 0
    shape = np.shape(a)
    axis = normalize_axis_index(axis, len(shape))
    if np.size(repeats) != 1:
        return np.take(a, np.repeat(np.arange(shape[axis]), repeats), axis)
    times = np.asarray(repeats).item()
    spread = np.broadcast_to(np.expand_dims(a, axis + 1), (*shape[: axis + 1], times, *shape[axis + 1 :]))
    return np.reshape(spread, (*shape[:axis], shape[axis] * times, *shape[axis + 1 :]))


@differentiates(np.tile)
def _tile(A: Array, reps: Any) -> Array:
    times = list(np.atleast_1d(reps).tolist())
    n = max(len(times), np.ndim(A))
    times = [1] * (n - len(times)) + times
    shape = (1,) * (n - np.ndim(A)) + np.shape(A)
    pairs = [k for pair in zip(times, shape, strict=True) for k in pair]
    layers = np.reshape(A, [k for length in shape for k in (1, length)])
    return np.reshape(np.broadcast_to(layers, pairs), [k * m for k, m in zip(times, shape, strict=True)])


@differentiates(np.resize)
def _resize(a: Array, new_shape: Any) -> Array:
    if np.size(a) == 0:
        return np.resize(np.zeros(np.shape(a), a.dtype), new_shape)
    return rearranged(lambda x: np.resize(x, new_shape), a)


@differentiates(np.broadcast_arrays)
def _broadcast_arrays(*args: Array) -> tuple[Array, ...]:
    shape = np.broadcast_shapes(*map(np.shape, args))
    return tuple([np.broadcast_to(x, shape) for x in args])


@differentiates(np.meshgrid)
def _meshgrid(
    *xi: Array,
    copy: bool = True,  # noqa: ARG001  # as NumPy has it
    sparse: bool = False,
    indexing: str = "xy",
) -> tuple[Array, ...]:
    if indexing not in {"xy", "ij"}:
        msg = f"numpy.meshgrid takes indexing='xy' or 'ij'; given: {indexing!r}"
        raise ValueError(msg)
    n = len(xi)
    places = [1, 0, *range(2, n)] if indexing == "xy" and n > 1 else list(range(n))
    grids = [
        np.reshape(x, (*(1,) * place, -1, *(1,) * (n - place - 1)))
        for x, place in zip(xi, places, strict=True)
    ]
    return tuple(grids) if sparse else np.broadcast_arrays(*grids)


@differentiates(sliding_window_view)
def _sliding_window_view(x: Array, window_shape: Any, axis: Any = None) -> Array:
    return rearranged(lambda x: sliding_window_view(x, window_shape, axis), x)
