"""Example calls of the ops that run along axes: sums, products, orders, turns, convolution."""

from __future__ import annotations

from collections.abc import Iterator

from drawing import Example, away_from_zero, calls, draw

from minigrad.op import Op
from minigrad.ops import convolution, cumulative, ordering, statistics, turning


def cumulative_examples() -> Iterator[Example]:
    shapes = [((2, 3, 4),), ((2, 1, 3),), ((0, 3),)]
    for axis in (1, -2):
        for op in (cumulative.CumSum, cumulative.CumProd, cumulative.Prod):
            yield from calls(op(axis), *shapes)
        yield from calls(cumulative.Prod(axis, keepdims=True), *shapes)
        for back in (False, True):
            yield from calls(cumulative.Shift(axis, back), *shapes)
            yield from calls(cumulative.Recurrence(axis, back), *[pair * 2 for pair in shapes])
    for op in (cumulative.CumSum(0), cumulative.CumProd(0), cumulative.Prod(0)):
        yield from calls(op, ((5,),), ((0, 3),))
    yield from calls(cumulative.Shift(0, fill=1.0), ((4,),))


def statistics_examples() -> Iterator[Example]:
    for keepdims in (False, True):
        yield from calls(statistics.Var(None, keepdims), ((2, 3, 4),), ((5,),))
        for axis in (0, -1, (0, -1)):
            yield from calls(statistics.Var(axis, keepdims, 0.5), ((2, 3, 4),))
    yield from calls(statistics.Var(1, ddof=1), ((2, 3),), ((0, 3),))


def ordering_examples() -> Iterator[Example]:
    for axis in (-1, 0):
        for shape in ((3, 4), (5,), (0, 2)):
            yield Example(ordering.Sort(axis), (draw(*shape),), "no entries that are equal")


def turning_examples() -> Iterator[Example]:
    for axis in (None, 0, -1, (0, 2)):
        yield from calls(turning.Flip(axis), ((2, 3, 4),))
    yield from calls(turning.Flip(), ((),), ((0, 3),))
    yield from calls(turning.Roll(2), ((3, 4),), ((),), ((0, 3),))
    yield from calls(turning.Roll((1, -2), (0, 1)), ((3, 4),))
    yield from calls(turning.Roll(-1, -1), ((3, 4),))


def convolution_examples() -> Iterator[Example]:
    for n, m in ((5, 3), (2, 4), (3, 3), (1, 1)):
        yield Example(convolution.Convolve(), (away_from_zero(n), away_from_zero(m)))


EXAMPLES: dict[type[Op], list[Example]] = {}
for _family in (
    cumulative_examples(),
    statistics_examples(),
    ordering_examples(),
    turning_examples(),
    convolution_examples(),
):
    for _example in _family:
        EXAMPLES.setdefault(type(_example.op), []).append(_example)
