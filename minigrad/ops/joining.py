"""Arrays joined end to end or as layers, and the parts taken out again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from minigrad.op import Array, Op, differentiates
from minigrad.ops.indexing import along, rearranged


class Concatenate(Op):
    """y = the inputs end to end along `axis`."""

    axis: int = 0

    def f(self, *xs: Array) -> Array:
        return np.concatenate(xs, axis=self.axis)

    def bprops(self, G: Array, y: Array, inputs: Sequence[Array], positions: Sequence[int]) -> list[Any]:
        ends = np.cumsum([x.shape[self.axis] for x in inputs]).tolist()
        return [G[along(self.axis, slice(ends[i - 1] if i else 0, ends[i]))] for i in positions]


class Stack(Op):
    """y = the inputs, of one shape, as layers along a new axis of y."""

    axis: int = 0

    def f(self, *xs: Array) -> Array:
        return np.stack(xs, axis=self.axis)

    def bprops(self, G: Array, y: Array, inputs: Sequence[Array], positions: Sequence[int]) -> list[Any]:
        return [G[along(self.axis, i)] for i in positions]


@differentiates(np.concatenate)
def _concatenate(arrays: Any, axis: int | None = 0) -> Array:
    if axis is None:
        return Concatenate(0)(*[np.ravel(x) for x in arrays])
    return Concatenate(axis)(*arrays)


@differentiates(np.stack)
def _stack(arrays: Any, axis: int = 0) -> Array:
    return Stack(axis)(*arrays)


@differentiates(np.vstack)
def _vstack(tup: Any) -> Array:
    return np.concatenate([np.atleast_2d(x) for x in tup], 0)


@differentiates(np.hstack)
def _hstack(tup: Any) -> Array:
    parts = [np.atleast_1d(x) for x in tup]
    return np.concatenate(parts, 0 if parts[0].ndim == 1 else 1)


@differentiates(np.dstack)
def _dstack(tup: Any) -> Array:
    return np.concatenate([np.atleast_3d(x) for x in tup], 2)


@differentiates(np.column_stack)
def _column_stack(tup: Any) -> Array:
    columns = [np.reshape(x, (-1, 1)) if np.ndim(x) < 2 else x for x in tup]  # noqa: PLR2004  # a matrix
    return np.concatenate(columns, 1)


@differentiates(np.block)
def _block(arrays: Any) -> Array:
    depth, first = 0, arrays
    while isinstance(first, list):
        depth, first = depth + 1, first[0]
    return _blocks(arrays, depth, depth)


def _blocks(part: Any, level: int, depth: int) -> Array:
    """The blocks of the innermost of `level` lists side by side, those of the next one below, and so on."""
    if isinstance(part, list) != (level > 0):
        msg = f"numpy.block of tensors wants lists of one depth, {depth}, everywhere"
        raise ValueError(msg)
    if level == 0:
        return np.reshape(part, (1,) * (depth - np.ndim(part)) + np.shape(part))
    parts = [_blocks(x, level - 1, depth) for x in part]
    n = max(x.ndim for x in parts)
    return np.concatenate([np.reshape(x, (1,) * (n - x.ndim) + x.shape) for x in parts], -level)


@differentiates(np.append)
def _append(arr: Array, values: Array, axis: int | None = None) -> Array:
    return np.concatenate([arr, values], axis)


@differentiates(np.delete)
def _delete(arr: Array, obj: Any, axis: int | None = None) -> Array:
    return rearranged(lambda x: np.delete(x, obj, axis), arr)


@differentiates(np.insert)
def _insert(arr: Array, obj: Any, values: Array, axis: int | None = None) -> Array:
    values = values if hasattr(values, "shape") else np.asarray(values)
    return rearranged(lambda x, v: np.insert(x, obj, v, axis), arr, values.astype(arr.dtype))
