"""What an example call of an op is, and random inputs for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from minigrad.op import Op

UNARY = [(3, 4), (), (0, 3), (2, 3, 4), (1,)]
BINARY = [
    ((3, 4), (3, 4)),
    ((3, 4), (4,)),
    ((3, 1), (2, 1, 4)),
    ((), (3,)),
    ((2, 3), ()),
    ((), ()),
    ((0, 3), (3,)),
    ((1, 1), (3,)),
]


@dataclass(frozen=True, eq=False)
class Example:
    """One call `op.f(*inputs)` in float64.

    Attributes:
        op: the op with its parameters.
        inputs: arrays with slopes (floats), integer or boolean arrays, and Python integers.
        domain: where the inputs lie, in words.
        analytic: whether `f` continues to complex inputs, so that the complex step may be used.
    """

    op: Op
    inputs: tuple[Any, ...]
    domain: str = "ℝ"
    analytic: bool = True

    @property
    def floats(self) -> list[int]:
        """The positions of the inputs that a tensor can stand for."""
        return [i for i, x in enumerate(self.inputs) if getattr(x, "dtype", np.dtype(int)).kind == "f"]

    def __str__(self) -> str:
        return f"{self.op!r}-{'-'.join('x'.join(map(str, np.shape(x))) for x in self.inputs)}"


RNG = np.random.default_rng(7)


def draw(*shape: int, low: float = -2.0, high: float = 2.0) -> Any:
    """Entries in [low, high), all different."""
    return np.asarray(RNG.uniform(low, high, shape))


def positive(*shape: int) -> Any:
    return draw(*shape, low=0.4, high=2.5)


def away_from_zero(*shape: int) -> Any:
    return np.asarray(positive(*shape) * RNG.choice([-1.0, 1.0], shape))


def within_one(*shape: int) -> Any:
    return draw(*shape, low=-0.9, high=0.9)


def classes(*shape: int, below: int) -> Any:
    return np.asarray(RNG.integers(0, below, shape))


def distribution(*shape: int) -> Any:
    p = positive(*shape)
    return p / p.sum(-1, keepdims=True)


def unary(op: Op, sample: Any = draw, **about: Any) -> Iterator[Example]:
    for shape in UNARY:
        yield Example(op, (sample(*shape),), **about)


def binary(op: Op, first: Any = draw, second: Any = draw, **about: Any) -> Iterator[Example]:
    for a, b in BINARY:
        yield Example(op, (first(*a), second(*b)), **about)


def calls(op: Op, *shapes: Any, **about: Any) -> Iterator[Example]:
    """One example for each entry of `shapes`: a tuple of the shapes of the inputs."""
    for given in shapes:
        yield Example(op, tuple(draw(*shape) for shape in given), **about)
