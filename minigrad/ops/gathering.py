"""Entries taken by number, by condition or by choice."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.lib.array_utils import normalize_axis_index

from minigrad.op import Array, differentiates
from minigrad.ops.indexing import along


@differentiates(np.take)
def _take(a: Array, indices: Any, axis: int | None = None, *, mode: str = "raise") -> Array:
    x, axis = (np.ravel(a), 0) if axis is None else (a, normalize_axis_index(axis, np.ndim(a)))
    return x[along(axis, _valid(np.asarray(indices), np.shape(x)[axis], mode))]


def _valid(indices: Any, n: int, mode: str) -> Any:
    """Indices below n: as they are, which raises where they are not, or brought there by `mode`."""
    ways = {"raise": lambda: indices, "wrap": lambda: indices % n, "clip": lambda: np.clip(indices, 0, n - 1)}
    if mode not in ways:
        msg = f"mode is one of {', '.join(ways)}; given: {mode!r}"
        raise ValueError(msg)
    return ways[mode]()


@differentiates(np.take_along_axis)
def _take_along_axis(arr: Array, indices: Any, axis: int | None = -1) -> Array:
    x, axis = (np.ravel(arr), 0) if axis is None else (arr, normalize_axis_index(axis, np.ndim(arr)))
    if np.ndim(indices) != np.ndim(x):
        msg = f"numpy.take_along_axis wants indices with {np.ndim(x)} axes; given: shape {np.shape(indices)}"
        raise ValueError(msg)
    key = [
        np.expand_dims(np.arange(n), [i for i in range(np.ndim(x)) if i != k])
        for k, n in enumerate(np.shape(x))
    ]
    key[axis] = np.asarray(indices)
    return x[tuple(key)]


@differentiates(np.compress)
def _compress(condition: Any, a: Array, axis: int | None = None) -> Array:
    return np.take(a, np.flatnonzero(condition), axis)


@differentiates(np.extract)
def _extract(condition: Any, arr: Array) -> Array:
    return np.ravel(arr)[np.flatnonzero(condition)]


@differentiates(np.select)
def _select(condlist: Any, choicelist: Any, default: Any = 0) -> Array:
    if len(condlist) != len(choicelist) or len(condlist) == 0:
        msg = (
            "numpy.select wants as many conditions as choices, at least one; "
            f"given: {len(condlist)} and {len(choicelist)}"
        )
        raise ValueError(msg)
    y = default
    for condition, choice in zip(reversed(condlist), reversed(choicelist), strict=True):
        y = np.where(condition, choice, y)
    return y


@differentiates(np.choose)
def _choose(a: Any, choices: Any, *, mode: str = "raise") -> Array:
    choices = list(choices)
    index = _valid(np.asarray(a), len(choices), mode)
    if np.any(np.logical_or(index < 0, index >= len(choices))):
        msg = (
            f"numpy.choose has the choices 0 to {len(choices) - 1}; given: {np.min(index)} to {np.max(index)}"
        )
        raise ValueError(msg)
    y = np.broadcast_to(choices[0], np.broadcast_shapes(np.shape(index), *map(np.shape, choices)))
    for k, choice in enumerate(choices[1:], start=1):
        y = np.where(index == k, choice, y)
    return y
