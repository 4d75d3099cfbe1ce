"""Example calls of every op, by class."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
from drawing import Example, away_from_zero, binary, calls, classes, distribution, draw, unary
from examples_elementwise import (
    arithmetic_examples,
    exponential_examples,
    selection_examples,
    trigonometric_examples,
)

from minigrad.op import Op
from minigrad.ops import broadcasting, indexing, joining, linear, loss, probability, reduction, shaping


def broadcasting_examples() -> Iterator[Example]:
    yield from calls(broadcasting.SumLike(), ((2, 3, 4), (3, 1)), ((3, 4), ()), ((3,), (3,)))
    yield from calls(broadcasting.SumLike(), ((0, 3), (3,)), ((2, 0), (1, 1)), ((), ()))
    yield from calls(broadcasting.BroadcastLike(), ((3, 1), (2, 3, 4)), ((), (3, 2)), ((3,), (3,)))
    yield from calls(broadcasting.BroadcastLike(), ((1, 3), (0, 3)), ((), ()))
    yield from calls(broadcasting.BroadcastTo((2, 3, 4)), ((3, 1),), ((),), ((2, 3, 4),))
    yield from calls(broadcasting.BroadcastTo((0, 3)), ((3,),), ((1, 1),))
    yield from calls(broadcasting.SizeRatio(), ((2, 3), (3,)), ((3,), ()), ((0,), ()))
    yield from binary(broadcasting.Along(), first=away_from_zero, domain="g ≠ 0")


def index_patterns() -> Iterator[tuple[tuple[int, ...], Any]]:
    yield (3, 4), 1
    yield (3, 4), (-1, 2)
    yield (3, 4), (slice(None, None, -2), None, slice(1, 3))
    yield (2, 3, 4), (..., 1)
    yield (5,), np.array([0, 2, 2, 0])
    yield (3, 4), (np.array([[0, 2], [0, 1]]), np.array([3, 3]))
    yield (2, 5, 3), (slice(None), np.array([4, 0, 4]))
    yield (3, 4), np.arange(12).reshape(3, 4) % 3 == 0
    yield (3, 4), (np.array([True, False, True]), slice(0, 2))
    yield (2, 3, 4), (np.array([1, 1]), slice(None), np.array([0, 3]))
    yield (3, 4), np.array([], dtype=int)
    yield (0, 3), (slice(None), 1)
    yield (), ()
    yield (), (None, ...)


def indexing_examples() -> Iterator[Example]:
    for shape, key in index_patterns():
        pattern, arrays = indexing.split_index(key)
        x = draw(*shape)
        place = x[key].shape
        yield Example(indexing.GetItem(pattern), (x, *arrays))
        yield Example(indexing.PutItem(pattern), (draw(*place), x, *arrays))
        yield Example(indexing.SetItem(pattern), (x, draw(*place), *arrays))
        yield Example(indexing.SetItem(pattern), (x, draw(), *arrays))
        if len(place) > 1:
            yield Example(indexing.SetItem(pattern), (x, draw(1, *place[1:]), *arrays))
            yield Example(indexing.SetItem(pattern), (x, draw(1, 1, *place[1:]), *arrays))


def joining_examples() -> Iterator[Example]:
    for axis in (1, -2):
        yield from calls(joining.Concatenate(axis), ((2, 3, 4), (2, 1, 4), (2, 5, 4)))
    yield from calls(joining.Concatenate(0), ((3,),), ((2,), (0,), (3,)))
    for axis in (0, 1, -1, -2):
        yield from calls(joining.Stack(axis), ((2, 3),) * 3)
    yield from calls(joining.Stack(0), ((),) * 2, ((0, 2),))


def linear_examples() -> Iterator[Example]:
    matmul = [((4,), (4,)), ((3, 4), (4,)), ((4,), (4, 2)), ((3, 4), (4, 2)), ((0, 4), (4, 2))]
    matmul += [((5, 3, 4), (4, 2)), ((3, 4), (5, 4, 2)), ((5, 3, 4), (5, 4, 2)), ((3, 0), (0, 2))]
    matmul += [((2, 1, 3, 4), (5, 4, 2)), ((5, 3, 4), (4,)), ((4,), (5, 4, 2)), ((0,), (0,))]
    matmul += [((1, 3, 4), (5, 4, 2)), ((5, 3, 4), (1, 4, 2)), ((0, 3, 4), (4, 2))]
    yield from calls(linear.Matmul(), *matmul)
    rows = [((4,), (3, 4)), ((2, 4), (3, 4)), ((5, 2, 4), (3, 4)), ((2, 0), (3, 0)), ((0, 4), (3, 4))]
    yield from calls(linear.Linear(), *rows, ((6, 5, 2, 4), (3, 4)))
    yield from calls(linear.Affine(), *(((3,), *pair) for pair in rows))
    yield from calls(linear.Affine(), ((3,), (2, 4), (3, 4), (2, 5), (3, 5)))
    yield from calls(linear.Affine(), ((3,), (6, 2, 4), (3, 4), (6, 2, 5), (3, 5)))
    yield from calls(linear.Outer(), ((3,), (4,)), ((0,), (4,)), ((3,), (1,)))
    for shape in [(), (2,), (5, 2), (0,)]:
        index = classes(*shape, below=4)
        yield Example(linear.Lookup(), (draw(3, 4), index))
        yield Example(linear.ScatterColumns(), (draw(*shape, 3), draw(3, 4), index))
    yield Example(linear.Lookup(), (draw(3, 4), np.array([1, 3, 1, 1])))
    yield Example(linear.ScatterColumns(), (draw(4, 3), draw(3, 5), np.array([1, 3, 1, 1])))


def loss_examples() -> Iterator[Example]:
    for shape in [(4,), (3, 4), (2, 3, 4)]:
        named = classes(*shape[:-1], below=4)
        for target in (named, draw(*shape)) if shape[1:] else (draw(*shape),):
            yield Example(loss.Residual(), (draw(*shape), target, draw()), "any loss, unused")
        for reduced in loss.REDUCTIONS:
            op = loss.CrossEntropy(reduced)
            yield Example(op, (draw(*shape), named))
            yield Example(op, (draw(*shape), distribution(*shape)))
            yield Example(op, (draw(*shape), draw(*shape)), "targets that do not sum to 1")
    yield Example(loss.CrossEntropy("sum"), (draw(0, 4), classes(0, below=4)))
    yield Example(loss.CrossEntropy("none"), (draw(0, 4), draw(0, 4)))
    yield Example(loss.CrossEntropy("sum"), (draw(4), 2))
    for reduced in loss.REDUCTIONS:
        shapes = [((3, 4),) * 2, ((),) * 2, ((2, 3, 4),) * 2, ((5,),) * 2]
        yield from calls(loss.SquaredError(reduced), *shapes)
        yield from calls(loss.BinaryCrossEntropy(reduced), *shapes)
    yield from calls(loss.SquaredError("sum"), ((0, 3),) * 2)
    yield from calls(loss.BinaryCrossEntropy("none"), ((0, 3),) * 2)


def probability_examples() -> Iterator[Example]:
    for op in (probability.Softmax, probability.LogSoftmax):
        yield from calls(op(), ((4,),), ((3, 4),), ((2, 3, 4),), ((0, 3),), ((1,),))
        yield from calls(op(0), ((4,),), ((3, 4),), ((3, 0),))
        yield from calls(op(-2), ((2, 3, 4),))


def reduction_examples() -> Iterator[Example]:
    ops = [reduction.Sum, reduction.Mean, reduction.Max, reduction.Min, reduction.LogSumExp]
    for op in ops:
        for keepdims in (False, True):
            yield from calls(op(None, keepdims), ((2, 3, 4),), ((),), ((5,),))
            for axis in (0, -1, 1, (0, -1), (2, 1), ()):
                yield from calls(op(axis, keepdims), ((2, 3, 4),))
            yield from calls(op(1, keepdims), ((0, 3),))
        yield from calls(op(-1), ((1,),))
    yield from calls(reduction.Sum(0), ((0, 3),))
    yield from calls(reduction.Sum(), ((0, 3),))


def shaping_examples() -> Iterator[Example]:
    yield from calls(shaping.Reshape((4, 6)), ((2, 3, 4),))
    yield from calls(shaping.Reshape((-1, 2)), ((3, 4),), ((0, 3),))
    yield from calls(shaping.Reshape(-1), ((3, 4),), ((),))
    yield from calls(shaping.Reshape(()), ((1, 1),))
    yield from calls(shaping.ReshapeLike(), ((2, 3, 4), (4, 6)), ((), (1, 1)), ((0, 3), (2, 0)))
    yield from calls(shaping.Transpose(), ((2, 3, 4),), ((3, 4),), ((),), ((0, 3),))
    for axes in [(1, 2, 0), (-1, 0, -2), (0, 1, 2)]:
        yield from calls(shaping.Transpose(axes), ((2, 3, 4),))
    yield from calls(shaping.SwapAxes(0, -1), ((2, 3, 4),), ((0, 3),), ((5,),))
    yield from calls(shaping.SwapAxes(-1, -2), ((2, 3, 4),))
    for axis in (0, -1, 1, (0, 2), (-1, 0), (3, 0)):
        yield from calls(shaping.ExpandDims(axis), ((3, 4),))
    yield from calls(shaping.ExpandDims(0), ((),), ((0, 3),))
    yield from calls(shaping.Squeeze(), ((3, 1, 4, 1),), ((1,),), ((),), ((0, 1),))
    yield from calls(shaping.Squeeze((1, -1)), ((3, 1, 4, 1),))
    yield from calls(shaping.Squeeze(-1), ((3, 1, 4, 1),))
    yield from unary(shaping.Cast(np.dtype(np.float64)), analytic=False)


FAMILIES: list[Iterable[Example]] = [
    arithmetic_examples(),
    broadcasting_examples(),
    exponential_examples(),
    trigonometric_examples(),
    indexing_examples(),
    joining_examples(),
    linear_examples(),
    loss_examples(),
    probability_examples(),
    reduction_examples(),
    selection_examples(),
    shaping_examples(),
]

EXAMPLES: dict[type[Op], list[Example]] = {}
"""Op class → its example calls; a new op is entered by a line in its family above."""

for _family in FAMILIES:
    for _example in _family:
        EXAMPLES.setdefault(type(_example.op), []).append(_example)
