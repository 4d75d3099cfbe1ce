"""Arrays joined end to end or as layers, and the parts taken out again."""

from __future__ import annotations

from typing import Any

import numpy as np

from minigrad.op import Array, Op, differentiates


class Concatenate(Op):
    """y = the inputs end to end along `axis`."""

    axis: int = 0

    def f(self, *xs: Array) -> Array:
        return np.concatenate(xs, axis=self.axis)

    def bprop(self, i: int, G: Array, y: Array, *inputs: Array) -> Array:
        return Part(self.axis, i)(G, *inputs)


class Part(Op):
    """y = the part of g that came from the i-th of the joined arrays which follow g."""

    axis: int
    i: int

    def f(self, *g_xs: Array) -> Array:
        g, *xs = g_xs
        start = sum(np.shape(x)[self.axis] for x in xs[: self.i])
        stop = start + np.shape(xs[self.i])[self.axis]
        return np.moveaxis(np.moveaxis(g, self.axis, 0)[start:stop], 0, self.axis)

    def bprop(self, i: int, G: Array, y: Array, *inputs: Array) -> Any:
        if i > 0:
            return None
        parts = [np.zeros_like(x) for x in inputs[1:]]
        return np.concatenate([*parts[: self.i], G, *parts[self.i + 1 :]], axis=self.axis)


class Stack(Op):
    """y = the inputs, of one shape, as layers along a new axis of y."""

    axis: int = 0

    def f(self, *xs: Array) -> Array:
        return np.stack(xs, axis=self.axis)

    def bprop(self, i: int, G: Array, y: Array, *inputs: Array) -> Array:
        if self.axis >= 0:
            return G[(slice(None),) * self.axis + (i,)]
        return G[(..., i) + (slice(None),) * (-self.axis - 1)]


@differentiates(np.concatenate)
def _concatenate(arrays: Any, axis: int | None = 0) -> Array:
    if axis is None:
        return Concatenate(0)(*[np.ravel(x) for x in arrays])
    return Concatenate(axis)(*arrays)


@differentiates(np.stack)
def _stack(arrays: Any, axis: int = 0) -> Array:
    return Stack(axis)(*arrays)
