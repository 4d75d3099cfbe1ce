"""Parts of a number: what a division leaves, fraction and mantissa, sign and neighbour."""

from __future__ import annotations

from typing import Any

import numpy as np

from minigrad.dispatch import plain
from minigrad.op import Array, Op, differentiates
from minigrad.ops.broadcasting import ALONG, Elementwise


@differentiates(np.remainder)
class Remainder(Elementwise):
    """y = a - b ⌊a / b⌋, of the sign of b."""

    def f(self, a: Array, b: Array) -> Array:
        return np.remainder(a, b)

    def bprop_a(self, G: Array, y: Array, a: Array, b: Array) -> Array:
        return G

    def bprop_b(self, G: Array, y: Array, a: Array, b: Array) -> Array:
        return ALONG(G, -np.floor_divide(a, b))


@differentiates(np.fmod)
class FMod(Remainder):
    """y = a - b trunc(a / b), of the sign of a."""

    def f(self, a: Array, b: Array) -> Array:
        return np.fmod(a, b)

    def bprop_b(self, G: Array, y: Array, a: Array, b: Array) -> Array:
        # The quotient a / b itself may round up to the next integer.
        return ALONG(G, -np.rint((a - y) / b))


@differentiates(np.divmod)
def _divmod(a: Array, b: Array) -> tuple[Any, Array]:
    return np.floor_divide(a, b), np.remainder(a, b)


class Fraction(Elementwise):
    """y = x - trunc x."""

    def f(self, x: Array) -> Array:
        return np.modf(x)[0]

    def bprop_x(self, G: Array, y: Array, x: Array) -> Array:
        return G


@differentiates(np.modf)
def _modf(x: Array) -> tuple[Array, Any]:
    return Fraction()(x), np.trunc(x)


class Mantissa(Elementwise):
    """y = x 2⁻ⁿ with the integer n for which ½ ≤ |y| < 1."""

    def f(self, x: Array) -> Array:
        return np.frexp(x)[0]

    def bprop_x(self, G: Array, y: Array, x: Array) -> Array:
        return np.ldexp(G, -np.frexp(x)[1])


@differentiates(np.frexp)
def _frexp(x: Array) -> tuple[Array, Any]:
    return Mantissa()(x), np.frexp(plain(x))[1]


@differentiates(np.ldexp)
class Ldexp(Elementwise):
    """y = x 2ⁿ, for integers n."""

    def f(self, x: Array, n: Array) -> Array:
        return np.ldexp(x, n)

    def bprop_x(self, G: Array, y: Array, x: Array, n: Array) -> Array:
        return np.ldexp(G, n)

    def bprop_n(self, G: Array, y: Array, x: Array, n: Array) -> None:
        return None


@differentiates(np.copysign)
class CopySign(Elementwise):
    """y = |a| with the sign of b; as of |a|, the slope at a = 0 is 0."""

    def f(self, a: Array, b: Array) -> Array:
        return np.copysign(a, b)

    def bprop_a(self, G: Array, y: Array, a: Array, b: Array) -> Array:
        return np.where(np.signbit(b), -G, G) * np.sign(a)

    def bprop_b(self, G: Array, y: Array, a: Array, b: Array) -> None:
        return None


@differentiates(np.nextafter)
class NextAfter(Elementwise):
    """y = the floating-point number beside a on the side of b."""

    def f(self, a: Array, b: Array) -> Array:
        return np.nextafter(a, b)

    def bprop_a(self, G: Array, y: Array, a: Array, b: Array) -> Array:
        return G

    def bprop_b(self, G: Array, y: Array, a: Array, b: Array) -> None:
        return None


class Unwrap(Op):
    """y = x with multiples of `period` added so that no step along `axis` is longer than `discont`."""

    discont: float | None = None
    axis: int = -1
    period: float = 2 * np.pi

    def f(self, x: Array) -> Array:
        return np.unwrap(x, self.discont, self.axis, period=self.period)

    def bprop_x(self, G: Array, y: Array, x: Array) -> Array:
        return G


@differentiates(np.unwrap)
def _unwrap(p: Array, discont: float | None = None, axis: int = -1, *, period: float = 2 * np.pi) -> Array:
    return Unwrap(discont, axis, period)(p)


@differentiates(np.nan_to_num)
def _nan_to_num(
    x: Array,
    copy: bool = True,  # noqa: FBT001, FBT002  # as NumPy has it
    nan: float = 0.0,
    posinf: float | None = None,
    neginf: float | None = None,
) -> Array:
    if not copy:
        msg = "numpy.nan_to_num(x, copy=False) would change a value in place: assign the result instead"
        raise TypeError(msg)
    return np.where(np.isfinite(x), x, np.nan_to_num(plain(x), nan=nan, posinf=posinf, neginf=neginf))
