"""Choosing between values: by a condition, by size, by bounds."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy._core import umath

from minigrad.dispatch import plain
from minigrad.op import Array, differentiates
from minigrad.ops.broadcasting import Elementwise


class Where(Elementwise):
    """y = a where the condition holds, else b."""

    def f(self, condition: Array, a: Array, b: Array) -> Array:
        return np.where(condition, a, b)

    def bprop_condition(self, G: Array, y: Array, condition: Array, a: Array, b: Array) -> None:
        return None

    def bprop_a(self, G: Array, y: Array, condition: Array, a: Array, b: Array) -> Array:
        return np.where(condition, G, 0.0)

    def bprop_b(self, G: Array, y: Array, condition: Array, a: Array, b: Array) -> Array:
        return np.where(condition, 0.0, G)


@differentiates(np.where)
def _where(condition: Array, *choices: Array) -> Array:
    return WHERE(condition, *choices) if choices else np.nonzero(condition)


@differentiates(np.full_like)
def _full_like(a: Array, fill_value: Array) -> Array:
    if not hasattr(fill_value, "__record__"):
        return np.full_like(plain(a), fill_value)
    return np.broadcast_to(fill_value, np.shape(a)).astype(np.result_type(a))


@differentiates(np.maximum)
class Maximum(Elementwise):
    """y = max(a, b); where they are equal each gets half of the gradient."""

    def f(self, a: Array, b: Array) -> Array:
        return np.maximum(a, b)

    def bprop_a(self, G: Array, y: Array, a: Array, b: Array) -> Array:
        return G * share(np.greater(a, b), np.equal(a, b), G)

    def bprop_b(self, G: Array, y: Array, a: Array, b: Array) -> Array:
        return G * share(np.greater(b, a), np.equal(a, b), G)


@differentiates(np.minimum)
class Minimum(Elementwise):
    """y = min(a, b); where they are equal each gets half of the gradient."""

    def f(self, a: Array, b: Array) -> Array:
        return np.minimum(a, b)

    def bprop_a(self, G: Array, y: Array, a: Array, b: Array) -> Array:
        return G * share(np.less(a, b), np.equal(a, b), G)

    def bprop_b(self, G: Array, y: Array, a: Array, b: Array) -> Array:
        return G * share(np.less(b, a), np.equal(a, b), G)


@differentiates(np.fmax)
class FMax(Maximum):
    """y = max(a, b), or the other one where one is no number; ties share evenly."""

    def f(self, a: Array, b: Array) -> Array:
        return np.fmax(a, b)

    def bprop_a(self, G: Array, y: Array, a: Array, b: Array) -> Array:
        return G * share(np.logical_or(np.greater(a, b), np.isnan(b)), np.equal(a, b), G)

    def bprop_b(self, G: Array, y: Array, a: Array, b: Array) -> Array:
        return G * share(np.logical_or(np.greater(b, a), np.isnan(a)), np.equal(a, b), G)


@differentiates(np.fmin)
class FMin(Minimum):
    """y = min(a, b), or the other one where one is no number; ties share evenly."""

    def f(self, a: Array, b: Array) -> Array:
        return np.fmin(a, b)

    def bprop_a(self, G: Array, y: Array, a: Array, b: Array) -> Array:
        return G * share(np.logical_or(np.less(a, b), np.isnan(b)), np.equal(a, b), G)

    def bprop_b(self, G: Array, y: Array, a: Array, b: Array) -> Array:
        return G * share(np.logical_or(np.less(b, a), np.isnan(a)), np.equal(a, b), G)


def share(won: Array, tied: Array, like: Array) -> Array:
    """1 for the winner and ½ for each at a tie, in the type of `like`."""
    return (won + 0.5 * tied).astype(like.dtype)


@differentiates(vars(umath)["clip"])
class Clip(Elementwise):
    """y = x within [low, high]; x on a bound counts as inside."""

    def f(self, x: Array, low: Array, high: Array) -> Array:
        return np.clip(x, low, high)

    def bprop_x(self, G: Array, y: Array, x: Array, low: Array, high: Array) -> Array:
        return np.where(np.logical_and(x >= low, x <= high), G, 0.0)

    def bprop_low(self, G: Array, y: Array, x: Array, low: Array, high: Array) -> Array:
        return np.where(np.logical_and(x < low, low <= high), G, 0.0)

    def bprop_high(self, G: Array, y: Array, x: Array, low: Array, high: Array) -> Array:
        return np.where(np.logical_or(x > high, low > high), G, 0.0)


@differentiates(np.clip)
def _clip(a: Array, a_min: Any = None, a_max: Any = None, **other_names: Any) -> Array:
    low = other_names.pop("min", None) if a_min is None else a_min
    high = other_names.pop("max", None) if a_max is None else a_max
    if other_names:
        msg = f"numpy.clip of a tensor takes min and max, not {', '.join(other_names)}"
        raise TypeError(msg)
    return Clip()(a, -np.inf if low is None else low, np.inf if high is None else high)


@differentiates(np.absolute, np.fabs)
class Abs(Elementwise):
    """y = |x|, with slope 0 at 0."""

    def f(self, x: Array) -> Array:
        return np.absolute(x)

    def bprop_x(self, G: Array, y: Array, x: Array) -> Array:
        return G * np.sign(x)


@differentiates(np.heaviside)
class Heaviside(Elementwise):
    """y = 0 for x < 0, h for x = 0, 1 for x > 0; its slope in x counts as 0 everywhere."""

    def f(self, x: Array, h: Array) -> Array:
        return np.heaviside(x, h)

    def bprop_x(self, G: Array, y: Array, x: Array, h: Array) -> None:
        return None

    def bprop_h(self, G: Array, y: Array, x: Array, h: Array) -> Array:
        return np.where(np.equal(x, 0), G, 0.0)


class Relu(Elementwise):
    """y = max(x, 0), with slope 0 at 0."""

    def f(self, x: Array) -> Array:
        return np.maximum(x, 0)

    def bprop_x(self, G: Array, y: Array, x: Array) -> Array:
        return G * (y > 0)


def relu(x: Any) -> Array:
    """max(x, 0) entry by entry, with slope 0 at 0.

    Args:
        x: an array or tensor of any shape.

    Example:
        >>> import numpy as np
        >>> relu(np.array([-1.0, 0.0, 2.0])).tolist()
        [0.0, 0.0, 2.0]
    """
    return Relu()(x)


WHERE = Where()
