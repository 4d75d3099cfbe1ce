"""Broadcasting, and the sums that undo it."""

from __future__ import annotations

import math
import operator
from collections.abc import Sequence
from typing import Any

import numpy as np

from minigrad.op import Array, Op, differentiates


class Elementwise(Op):
    """y = f(a, b, …) entry by entry, after broadcasting.

    Its `bprops` sums each contribution over the entries to which the argument was copied, so that the
    rules need not know of broadcasting.
    """

    def bprops(self, G: Array, y: Array, inputs: Sequence[Array], positions: Sequence[int]) -> list[Any]:
        found = []
        for i in positions:
            g = self.rules[i](self, G, y, *inputs)
            same = g is None or getattr(g, "shape", ()) == getattr(inputs[i], "shape", ())
            found.append(g if same else SUM_LIKE(g, inputs[i]))
        return found


class SumLike(Op):
    """y = g summed to the shape of `like`, which broadcasts to that of g."""

    def f(self, g: Array, like: Array) -> Array:
        shape = np.shape(like)
        extra = np.ndim(g) - len(shape)
        if extra:
            g = np.add.reduce(g, axis=tuple(range(extra)))
        copied = tuple(i for i, n in enumerate(shape) if n == 1 and g.shape[i] != 1)
        return np.add.reduce(g, axis=copied, keepdims=True) if copied else g

    def bprop_g(self, G: Array, y: Array, g: Array, like: Array) -> Array:
        return BROADCAST_LIKE(G, g)

    def bprop_like(self, G: Array, y: Array, g: Array, like: Array) -> None:
        return None


class BroadcastLike(Op):
    """y = g copied to the shape of `like`."""

    def f(self, g: Array, like: Array) -> Array:
        y = np.empty(np.shape(like), np.asarray(g).dtype)
        y[...] = g
        return y

    def bprop_g(self, G: Array, y: Array, g: Array, like: Array) -> Array:
        return SUM_LIKE(G, g)

    def bprop_like(self, G: Array, y: Array, g: Array, like: Array) -> None:
        return None


@differentiates(np.broadcast_to)
def _broadcast_to(array: Array, shape: Any) -> Array:
    return BroadcastTo(tuple(shape) if np.iterable(shape) else operator.index(shape))(array)


class BroadcastTo(Op):
    """y = x copied to `shape`."""

    shape: Any

    def f(self, x: Array) -> Array:
        return np.broadcast_to(x, self.shape)

    def bprop_x(self, G: Array, y: Array, x: Array) -> Array:
        return SUM_LIKE(G, x)


class SizeRatio(Op):
    """y = the number of entries of a over that of b, in the type of a."""

    def f(self, a: Array, b: Array) -> Array:
        return np.asarray(np.size(a) / max(np.size(b), 1), np.asarray(a).dtype)

    def bprop_a(self, G: Array, y: Array, a: Array, b: Array) -> None:
        return None

    def bprop_b(self, G: Array, y: Array, a: Array, b: Array) -> None:
        return None


class Along(Elementwise):
    """y = g s for a cotangent g and a slope s: 0 · ∞ is 0, and a cotangent of 0 wins over a NaN too."""

    def f(self, g: Array, s: Array) -> Array:
        y = g * s
        # One number tells whether every entry is finite, far faster than looking at each.
        if math.isfinite(abs(np.vdot(y, y))):
            return y
        return np.where((g == 0) | ((s == 0) & np.isinf(g)), np.zeros_like(y), y)

    def bprop_g(self, G: Array, y: Array, g: Array, s: Array) -> Array:
        return ALONG(G, s)

    def bprop_s(self, G: Array, y: Array, g: Array, s: Array) -> Array:
        return ALONG(G, g)


SUM_LIKE = SumLike()
BROADCAST_LIKE = BroadcastLike()
SIZE_RATIO = SizeRatio()
ALONG = Along()
