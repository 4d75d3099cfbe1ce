"""Entries in reverse, shifted in a ring, or turned by right angles."""

from __future__ import annotations

from typing import Any

import numpy as np

from minigrad.op import Array, Op, differentiates
from minigrad.ops.viewing import View


class Flip(View):
    """y = x in reverse along `axis` (None: along every axis)."""

    axis: Any = None

    def f(self, x: Array) -> Array:
        return np.flip(x, self.axis)

    def bprop_x(self, G: Array, y: Array, x: Array) -> Array:
        return np.flip(G, self.axis)


class Roll(Op):
    """y = x shifted by `shift` along `axis`, with what leaves at one end back at the other."""

    shift: Any
    axis: Any = None

    def f(self, x: Array) -> Array:
        return np.roll(x, self.shift, self.axis)

    def bprop_x(self, G: Array, y: Array, x: Array) -> Array:
        back = tuple([-n for n in self.shift]) if isinstance(self.shift, tuple) else -self.shift
        return np.roll(G, back, self.axis)


@differentiates(np.flip)
def _flip(m: Array, axis: Any = None) -> Array:
    return Flip(axis)(m)


@differentiates(np.fliplr)
def _fliplr(m: Array) -> Array:
    return np.flip(m, 1)


@differentiates(np.flipud)
def _flipud(m: Array) -> Array:
    return np.flip(m, 0)


@differentiates(np.roll)
def _roll(a: Array, shift: Any, axis: Any = None) -> Array:
    return Roll(_numbers(shift), None if axis is None else _numbers(axis))(a)


def _numbers(x: Any) -> Any:
    """An integer or a tuple of integers, which can be hashed."""
    found = np.asarray(x).tolist()
    return tuple(found) if isinstance(found, list) else found


@differentiates(np.rot90)
def _rot90(m: Array, k: int = 1, axes: Any = (0, 1)) -> Array:
    first, second = axes
    n = np.ndim(m)
    if first == second or abs(first - second) == n:
        msg = f"numpy.rot90 wants two different axes; given: {axes} of a tensor of shape {np.shape(m)}"
        raise ValueError(msg)
    quarters = k % 4
    if quarters == 0:
        return np.positive(m)
    if quarters == 1:
        return np.swapaxes(np.flip(m, second), first, second)
    if quarters == 2:  # noqa: PLR2004  # half a turn
        return np.flip(m, (first, second))
    return np.flip(np.swapaxes(m, first, second), second)
