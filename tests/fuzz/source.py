"""Where a function of the fuzzer takes its operands and parameters from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

MARGIN = 0.02
"""How far values stay from ties, kinks and jumps, where a slope is a convention."""

LARGEST = 48
"""Entries that a value has at most."""

TRIES = 8


class RejectedError(Exception):
    """There is no operand of the wanted kind, or values are too near a kink."""


class Source:
    """Random choices, and the values that the program has so far.

    Args:
        rng: the random numbers of the program.
        values: name → array in float64.
        memory: the same as NumPy makes them of the plain form, which says what shares memory.
        writable: the values that may be written to.
    """

    def __init__(self, rng: np.random.Generator, values: dict[str, Any]) -> None:
        self.rng = rng
        self.values = values
        self.memory = dict(values)
        self.writable: set[str] = set()

    def __getitem__(self, name: str) -> Any:
        return self.values[name]

    def one_of(self, *options: Any) -> Any:
        """One of the options, all as likely."""
        return options[self.rng.integers(len(options))]

    def integer(self, low: int, high: int) -> int:
        """An integer in low … high."""
        return int(self.rng.integers(low, high + 1))

    def number(self, low: float, high: float) -> float:
        """A number of three digits."""
        return round(float(self.rng.uniform(low, high)), 3)

    def chance(self, probability: float = 0.5) -> bool:
        """Whether it happens."""
        return bool(self.rng.random() < probability)

    def value(self, test: Callable[[Any], Any] = lambda _: True) -> str:
        """The name of a value that passes the test; half of the time a recent one: graphs are deep."""
        names = list(self.values)
        for _ in range(TRIES):
            recent = names[-8:] if self.chance() else names
            name = recent[self.rng.integers(len(recent))]
            if test(self.values[name]):
                return str(name)
        found = [name for name in names if test(self.values[name])]
        if not found:
            raise RejectedError
        return str(found[self.rng.integers(len(found))])

    def require(self, condition: Any) -> None:
        """Give up this function unless the condition holds, everywhere if it is an array."""
        if not np.all(condition):
            raise RejectedError

    def partner(self, name: str) -> str:
        """A value that broadcasts with another one, perhaps that one itself."""
        return self.value(lambda y: broadcasts(self[name], y))

    def axis(self, name: str) -> int:
        """One of the axes, counted from either end."""
        n = self[name].ndim
        self.require(n > 0)
        return self.integer(-n, n - 1)

    def axes(self, name: str) -> Any:
        """None, an axis, or several."""
        n = self[name].ndim
        kind = self.integer(0, 3)
        if n == 0 or kind == 0:
            return None
        if kind < 3:
            return self.axis(name)
        several = self.rng.permutation(n)[: self.integer(1, n)]
        return tuple(int(axis) - n * self.chance(0.3) for axis in several)

    def about(self, name: str) -> str:
        """Axis and keepdims of a reduction, as text."""
        axis = self.axes(name)
        return f"axis={axis}" + (f", keepdims={self.chance()}" if self.chance() else "")

    def index(self, length: int, shape: tuple[int, ...]) -> list[Any]:
        """Positions on an axis, from either end, as nested lists."""
        self.require(length > 0 or 0 in shape)
        return self.rng.integers(-length, max(length, 1), shape).tolist()

    def mask(self, shape: tuple[int, ...]) -> list[Any]:
        """Truth values as nested lists, at least one of them true."""
        found = self.rng.random(shape) < 0.6
        found.reshape(-1)[:1] = True
        return found.tolist()

    def array(self, shape: tuple[int, ...], low: float = -1.5, high: float = 1.5) -> str:
        """A constant array as text."""
        entries = np.round(self.rng.uniform(low, high, shape), 3).tolist()
        return f"np.array({entries}, F).reshape({shape})"

    def off(self, name: str, *places: float) -> None:
        """Give up unless all entries stay away from the places."""
        for place in places:
            self.require(np.abs(self[name] - place) > MARGIN)


def broadcasts(*arrays: Any) -> bool:
    """Whether the shapes go together, to a result that is not too large."""
    try:
        shape = np.broadcast_shapes(*[np.shape(x) for x in arrays])
    except ValueError:
        return False
    return int(np.prod(shape)) <= LARGEST


def apart(x: Any, axis: Any) -> bool:
    """Whether no two entries along the axes tie."""
    if axis is None or x.ndim == 0:
        rows = x.reshape(1, -1)
    else:
        axes = [a % x.ndim for a in (axis if isinstance(axis, tuple) else (axis,))]
        others = [a for a in range(x.ndim) if a not in axes]
        rows = x.transpose(others + axes).reshape(*[x.shape[a] for a in others], -1)
    return bool(np.all(np.diff(np.sort(rows, axis=-1), axis=-1) > MARGIN))


def whole(shape: Sequence[int]) -> int:
    """How many entries there are."""
    return int(np.prod(shape))
