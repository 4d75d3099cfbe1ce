"""Arrays joined end to end or as layers, and the parts taken out again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from minigrad.op import Array, Op, differentiates


class Concatenate(Op):
    """y = the inputs end to end along `axis`."""

    axis: int = 0

    def f(self, *xs: Array) -> Array:
        return np.concatenate(xs, axis=self.axis)

    def bprops(self, G: Array, y: Array, inputs: Sequence[Array], positions: Sequence[int]) -> list[Any]:
        ends = np.cumsum([x.shape[self.axis] for x in inputs]).tolist()
        return [G[_along(self.axis, slice(ends[i - 1] if i else 0, ends[i]))] for i in positions]


class Stack(Op):
    """y = the inputs, of one shape, as layers along a new axis of y."""

    axis: int = 0

    def f(self, *xs: Array) -> Array:
        return np.stack(xs, axis=self.axis)

    def bprops(self, G: Array, y: Array, inputs: Sequence[Array], positions: Sequence[int]) -> list[Any]:
        return [G[_along(self.axis, i)] for i in positions]


def _along(axis: int, index: Any) -> tuple[Any, ...]:
    """The index that takes `index` along `axis` and everything along the others."""
    if axis >= 0:
        return (*(slice(None),) * axis, index)
    return (..., index, *(slice(None),) * (-axis - 1))


@differentiates(np.concatenate)
def _concatenate(arrays: Any, axis: int | None = 0) -> Array:
    if axis is None:
        return Concatenate(0)(*[np.ravel(x) for x in arrays])
    return Concatenate(axis)(*arrays)


@differentiates(np.stack)
def _stack(arrays: Any, axis: int = 0) -> Array:
    return Stack(axis)(*arrays)
