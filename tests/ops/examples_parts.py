"""Example calls of the hyperbolic functions and of those that take a number apart."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from drawing import RNG, Example, away_from_zero, binary, draw, positive, unary, within_one

from minigrad.op import Op
from minigrad.ops import arithmetic, hyperbolic, parts


def above_one(*shape: int) -> np.ndarray:
    return np.asarray(1.1 + positive(*shape))


def halves(*shape: int) -> np.ndarray:
    """Odd halves, so that no multiple of `steps` is near."""
    return np.asarray(RNG.integers(-3, 3, shape) + 0.5)


def steps(*shape: int) -> np.ndarray:
    return np.asarray(draw(*shape, low=0.9, high=0.95) * RNG.choice([-1.0, 1.0], shape))


def signs(*shape: int) -> np.ndarray:
    return np.asarray(RNG.choice([-7, 7], shape))


def examples() -> Iterator[Example]:
    yield from unary(arithmetic.OneMinusSquare())
    for op in (hyperbolic.Sinh, hyperbolic.Cosh, hyperbolic.Arcsinh):
        yield from unary(op())
    yield from unary(hyperbolic.Arccosh(), above_one, domain="x > 1")
    yield from unary(hyperbolic.Arctanh(), within_one, domain="|x| < 1")
    yield from binary(parts.Remainder(), halves, steps, domain="off the jumps", analytic=False)
    yield from binary(parts.FMod(), halves, steps, domain="off the jumps", analytic=False)
    yield from unary(parts.Fraction(), halves, domain="off the jumps", analytic=False)
    yield from unary(parts.Mantissa(), steps, domain="off the jumps", analytic=False)
    # The second argument has no slope, and integers keep the noise of differences by it away.
    yield from binary(parts.CopySign(), away_from_zero, signs, domain="a ≠ 0", analytic=False)
    yield from binary(parts.NextAfter(), draw, signs, domain="a ≠ b", analytic=False)
    for n in (3, np.array([[2], [-1], [0]])):
        yield Example(parts.Ldexp(), (draw(3, 4), n), analytic=False)
    for axis in (-1, 0):
        yield Example(parts.Unwrap(None, axis), (np.cumsum(draw(5, 4), axis) % 6.0,), analytic=False)
    yield Example(parts.Unwrap(1.5, -1, 3.0), (draw(5, 4),), analytic=False)


EXAMPLES: dict[type[Op], list[Example]] = {}
for _example in examples():
    EXAMPLES.setdefault(type(_example.op), []).append(_example)
