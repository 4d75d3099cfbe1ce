"""Entries read and written by an index in any of NumPy's forms."""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np

from minigrad.op import Array, Op, differentiates
from minigrad.ops.broadcasting import SUM_LIKE
from minigrad.ops.viewing import WriteBack


class Span(NamedTuple):
    """A slice that can be hashed."""

    start: Any
    stop: Any
    step: Any


class Given(NamedTuple):
    """The place in an index of an array that is an input of the op."""

    place: int


def split_index(key: Any) -> tuple[tuple[Any, ...], list[Any]]:
    """An index as a hashable pattern and the arrays in it.

    Raises:
        TypeError: if a tensor is used as an index.
    """
    pattern: list[Any] = []
    arrays: list[Any] = []
    for part in key if isinstance(key, tuple) else (key,):
        if isinstance(part, slice):
            pattern.append(Span(part.start, part.stop, part.step))
        elif isinstance(part, (list, tuple, range, np.ndarray, bool, np.bool)):
            pattern.append(Given(len(arrays)))
            array = np.asarray(part)
            # An empty list has no type of its own.
            arrays.append(array.astype(int) if array.size == 0 and not hasattr(part, "dtype") else array)
        elif part is None or part is Ellipsis:
            pattern.append(part)
        elif hasattr(part, "__index__"):
            pattern.append(part.__index__())
        else:
            kinds = "integers, slices, …, None and integer or boolean arrays"
            msg = f"an index is made of {kinds}; given: {part!r}"
            raise TypeError(msg)
    return tuple(pattern), arrays


def along(axis: int, index: Any) -> tuple[Any, ...]:
    """The index that takes `index` along `axis` and everything along the others."""
    if axis >= 0:
        return (*(slice(None),) * axis, index)
    return (..., index, *(slice(None),) * (-axis - 1))


class Indexed(Op):
    """An op on the entries that an index names; the arrays of the index are its last inputs."""

    pattern: tuple[Any, ...]

    def key(self, arrays: tuple[Any, ...]) -> tuple[Any, ...]:
        """The index as NumPy takes it."""
        return tuple(
            slice(*part)
            if isinstance(part, Span)
            else arrays[part.place]
            if isinstance(part, Given)
            else part
            for part in self.pattern
        )


class GetItem(Indexed):
    """y = x[index]."""

    def __call__(self, *inputs: Any) -> Any:
        y = super().__call__(*inputs)
        if len(inputs) == 1 and hasattr(y, "__record__"):
            inputs[0].shows(y)
        return y

    @property
    def write_back(self) -> Op | None:
        # An index with arrays copies.
        return None if any(isinstance(part, Given) for part in self.pattern) else WriteBack(self)

    def f(self, *x_arrays: Array) -> Array:
        x, *arrays = x_arrays
        return x[self.key(tuple(arrays))]

    def bprops(self, G: Array, y: Array, inputs: Sequence[Array], positions: Sequence[int]) -> list[Any]:
        return [None if i else PutItem(self.pattern)(G, *inputs) for i in positions]

    def argument(self, i: int) -> str:
        return "x" if i == 0 else f"index[{i - 1}]"


class PutItem(Indexed):
    """y = zeros like x, with g added at the index; what is named twice adds up."""

    def f(self, *g_x_arrays: Array) -> Array:
        g, x, *arrays = g_x_arrays
        y = np.zeros(np.shape(x), np.asarray(g).dtype)
        key = self.key(tuple(arrays))
        if any(array.dtype != bool for array in arrays):
            # On one axis, where it is several times as fast.
            places = np.arange(y.size).reshape(y.shape)[key]
            np.add.at(y.reshape(-1), np.ravel(places), np.ravel(g))
        else:
            y[key] = g
        return y

    def bprops(self, G: Array, y: Array, inputs: Sequence[Array], positions: Sequence[int]) -> list[Any]:
        return [None if i else GetItem(self.pattern)(G, *inputs[2:]) for i in positions]

    def argument(self, i: int) -> str:
        return ("g", "x")[i] if i < 2 else f"index[{i - 2}]"  # noqa: PLR2004  # after g and x


class SetItem(Indexed):
    """y = x with v written at the index; of an entry that is named twice the last writing counts."""

    def f(self, *x_v_arrays: Array) -> Array:
        x, v, *arrays = x_v_arrays
        y = np.array(x)
        y[self.key(tuple(arrays))] = v
        return y

    def bprops(self, G: Array, y: Array, inputs: Sequence[Array], positions: Sequence[int]) -> list[Any]:
        return [self._contribution(i, G, *inputs) for i in positions]

    def _contribution(self, i: int, G: Array, x: Array, v: Array, *arrays: Array) -> Any:
        if i == 0:
            return SetItem(self.pattern)(G, 0.0, *arrays)
        if i > 1:
            return None
        written = GetItem(self.pattern)(G, *arrays)
        if arrays:
            written = written * self._lasting(x, arrays).astype(G.dtype)
        return written if written.shape == np.shape(v) else SUM_LIKE(self._without_extra_axes(written, v), v)

    def _lasting(self, x: Array, arrays: tuple[Any, ...]) -> Any:
        """Which of the written values are still there at the end."""
        key = self.key(arrays)
        places = np.arange(np.size(x)).reshape(np.shape(x))[key]
        writings = np.arange(places.size).reshape(places.shape)
        last = np.zeros(np.shape(x), int)
        last[key] = writings
        return last[key] == writings

    def _without_extra_axes(self, written: Array, v: Array) -> Array:
        """NumPy lets v have more axes than the place it is written to if they have length 1."""
        extra = np.ndim(v) - np.ndim(written)
        return np.expand_dims(written, tuple(range(extra))) if extra > 0 else written

    def argument(self, i: int) -> str:
        return ("x", "v")[i] if i < 2 else f"index[{i - 2}]"  # noqa: PLR2004  # after x and v


@differentiates(operator.getitem)
def _getitem(x: Array, key: Any) -> Array:
    if type(key) is int:
        return GetItem((key,))(x)
    pattern, arrays = split_index(key)
    return GetItem(pattern)(x, *arrays)


@differentiates(operator.setitem)
def _setitem(x: Array, key: Any, v: Any) -> None:
    pattern, arrays = split_index(key)
    x.write(SetItem(pattern), v, *arrays)


def rearranged(f: Callable[..., Any], *xs: Array) -> Array:
    """f(*xs) for a function of NumPy that only moves, copies or leaves out entries.

    `f` is applied to the places of the entries, counted through all of `xs`, which it must not change.
    """
    ends = np.cumsum([np.size(x) for x in xs])
    places = [np.arange(end - np.size(x), end).reshape(np.shape(x)) for x, end in zip(xs, ends, strict=True)]
    entries = np.ravel(xs[0]) if len(xs) == 1 else np.concatenate([np.ravel(x) for x in xs])
    return entries[f(*places)]
