"""Example calls of the ops that work entry by entry."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from drawing import (
    BINARY,
    RNG,
    Example,
    away_from_zero,
    binary,
    calls,
    draw,
    positive,
    unary,
    within_one,
)

from minigrad.ops import arithmetic, exponential, selection, trigonometric


def arithmetic_examples() -> Iterator[Example]:
    yield from binary(arithmetic.Add())
    yield from binary(arithmetic.Subtract())
    yield from binary(arithmetic.Multiply())
    yield from binary(arithmetic.Divide(), second=away_from_zero, domain="b ≠ 0")
    yield from unary(arithmetic.Negative())
    yield from unary(arithmetic.Identity())
    yield from unary(arithmetic.Square())
    power = arithmetic.Power()
    yield from binary(power, first=positive, domain="a > 0")
    yield from (Example(power, (away_from_zero(2, 3), b), "a ≠ 0") for b in (1, 2, 3, -1, 0))
    yield Example(power, (away_from_zero(4, 3), np.array([0, 1, 4])), "a ≠ 0")
    yield Example(power, (positive(2, 3), 0.5), "a > 0")
    yield from binary(arithmetic.FloatPower(), first=positive, domain="a > 0")
    yield from unary(arithmetic.Reciprocal(), away_from_zero, domain="x ≠ 0")
    yield from calls(arithmetic.AddN(), ((3,),), ((2, 3),) * 3, ((),) * 2, ((0, 2),) * 2)


def exponential_examples() -> Iterator[Example]:
    yield from unary(exponential.Exp())
    yield from unary(exponential.Log(), positive, domain="x > 0")
    yield from unary(exponential.Sqrt(), positive, domain="x > 0")
    yield from unary(exponential.Tanh())
    yield from unary(exponential.Sigmoid())
    yield from unary(exponential.Exp2())
    yield from unary(exponential.Expm1())
    yield from unary(exponential.Log2(), positive, domain="x > 0")
    yield from unary(exponential.Log10(), positive, domain="x > 0", analytic=False)
    yield from unary(exponential.Log1p(), positive, domain="x > -1")
    yield from unary(exponential.Cbrt(), away_from_zero, domain="x ≠ 0", analytic=False)
    yield from binary(exponential.LogAddExp(), analytic=False)
    yield from binary(exponential.LogAddExp2(), analytic=False)


def trigonometric_examples() -> Iterator[Example]:
    for op in (trigonometric.Sin, trigonometric.Cos, trigonometric.Arctan):
        yield from unary(op())
    for op in (trigonometric.Tan, trigonometric.Arcsin, trigonometric.Arccos):
        yield from unary(op(), within_one, domain="|x| < 1")
    for op in (trigonometric.Arctan2, trigonometric.Hypot):
        yield from binary(op(), away_from_zero, away_from_zero, domain="off the axes", analytic=False)
    for op in (trigonometric.Radians, trigonometric.Degrees):
        yield from unary(op(), analytic=False)
    for order in range(3):
        yield from unary(trigonometric.Sinc(order), analytic=False)


def selection_examples() -> Iterator[Example]:
    for a, b in BINARY:
        condition = RNG.random(np.broadcast_shapes(a, b)) < 0.5
        yield Example(selection.Where(), (condition, draw(*a), draw(*b)))
    yield Example(selection.Where(), (np.array([[True], [False]]), draw(3), draw()))
    yield from binary(selection.Maximum(), domain="a ≠ b")
    yield from binary(selection.Minimum(), domain="a ≠ b")
    yield from binary(selection.FMax(), domain="a ≠ b")
    yield from binary(selection.FMin(), domain="a ≠ b")
    yield from binary(selection.Heaviside(), away_from_zero, domain="x ≠ 0", analytic=False)
    for a, b in BINARY:
        low, high = draw(*b, low=-1.0, high=-0.5), draw(low=0.5, high=1.0)
        yield Example(selection.Clip(), (draw(*a), low, high), "off the bounds")
    yield Example(selection.Clip(), (draw(3, 4), draw(4), draw(3, 1)), "low > high too")
    yield from unary(selection.Abs(), away_from_zero, domain="x ≠ 0", analytic=False)
    yield from unary(selection.Relu(), away_from_zero, domain="x ≠ 0")
    yield Example(selection.Relu(), (np.array([[-1.5, 0.5, 2.0]]),), "x ≠ 0")
