"""Entries read and written by an index in any of NumPy's forms."""

from typing import Any

import numpy as np

from fuzz.source import Source, whole
from fuzz.table import Both, Call, Write, makes


def simple(s: Source, length: int) -> str:
    """What stands for one axis: a number, a slice, or positions."""
    kind = s.integer(0, 4)
    if kind == 0 and length:
        return str(s.integer(-length, length - 1))
    if kind == 1 and length:
        return str(s.index(length, (s.integer(1, 3),)))
    if kind == 2:
        return "::-1" if s.chance() else "::2"
    start, stop = s.integer(-length, length), s.integer(-length, length)
    return f"{start}:" if s.chance() else f"{min(start, 0)}:{stop}" if s.chance(0.3) else f":{stop}"


def basic(s: Source, x: str) -> str:
    """An index of slices, numbers, positions, … and None."""
    parts = [simple(s, n) for n in s[x].shape[: s.integer(0, s[x].ndim)]]
    if s.chance(0.2):
        parts.insert(s.integer(0, len(parts)), "None")
    if s.chance(0.3):
        parts.insert(s.integer(0, len(parts)), "...")
    return ", ".join(parts) or "..."


def advanced(s: Source, x: str) -> str:
    """An index by a mask, by masks of one axis, or by arrays of positions that broadcast."""
    shape = s[x].shape
    kind = s.integer(0, 3)
    if kind == 0 or not shape:
        return f"np.array({s.mask(shape)}, bool).reshape({shape})"
    if kind == 1:
        return f"np.array({s.mask(shape[:1])}, bool), ..."
    if kind == 2 and len(shape) > 1:
        rows, columns = s.index(shape[0], (2, 1)), s.index(shape[-1], (3,))
        return f"{rows}, ..., {columns}"
    return str(s.index(shape[0], s.one_of((2,), (2, 2), (4,), (0,))))


def any_index(s: Source, x: str) -> str:
    return basic(s, x) if s.chance(0.6) else advanced(s, x)


def place(s: Source, x: str, key: str) -> Any:
    """The entries that the index names."""
    return eval(f"x[{key}]", {"np": np, "x": s[x], "None": None})  # noqa: S307  # an index that we wrote


@makes("x[i]")
def read(name: str, s: Source) -> Call:
    x = s.value()
    key = any_index(s, x)
    return Both(f"{x}[{key}]", f"np.take_by({x}, np.s_[{key}])")


def writable(s: Source) -> str:
    """A value, not a leaf, that shares its memory with no other, which would be written to, too."""
    s.require(s.writable)
    name = str(s.one_of(*sorted(s.writable)))
    x = s.memory[name]
    s.require(x.ndim and x.flags.writeable)
    s.require(not any(np.may_share_memory(x, y) for other, y in s.memory.items() if other != name))
    return name


def operand(s: Source, shape: tuple[int, ...]) -> str:
    """What is written: a value that broadcasts to the shape, or a number."""
    if s.chance(0.15):
        return str(s.number(-1, 1))
    return s.value(lambda v: v.ndim <= len(shape) and _goes_into(v.shape, shape))


def _goes_into(given: tuple[int, ...], shape: tuple[int, ...]) -> bool:
    try:
        return np.broadcast_shapes(given, shape) == shape
    except ValueError:
        return False


@makes("x[i] = v", "x[i] += v")
def write(name: str, s: Source) -> Call:
    x = writable(s)
    key = any_index(s, x)
    found = place(s, x, key)
    s.require(whole(found.shape) > 0 or s.chance(0.2))
    v = operand(s, found.shape)
    s.require(v != x)
    if name == "x[i] = v":
        return Write(x, f"{x}[{key}] = {v}", f"np.put_by({x}, np.s_[{key}], {v})")
    entries = f"np.take_by({x}, np.s_[{key}])"
    return Write(x, f"{x}[{key}] += {v}", f"np.put_by({x}, np.s_[{key}], {entries} + {v})")


@makes("x += v", "x *= v", "x -= v", "x /= v")
def in_place(name: str, s: Source) -> Call:
    x = writable(s)
    v = operand(s, s[x].shape)
    sign = name[2]
    if sign == "/":
        v = str(s.number(0.5, 2))
    s.require(v != x)
    return Write(x, f"{x} {sign}= {v}", f"{x} {sign} {v}")


@makes("np.take")
def take(name: str, s: Source) -> Call:
    x = s.value(lambda x: x.size > 0)
    axis = s.one_of(None, s.axis(x))
    length = s[x].size if axis is None else s[x].shape[axis]
    indices = s.index(length, s.one_of((), (2,), (2, 2)))
    return f"{name}({x}, {indices}, {axis})"


@makes("np.take_along_axis")
def take_along_axis(name: str, s: Source) -> Call:
    x = s.value(lambda x: x.ndim > 0)
    axis = s.axis(x)
    shape = [*s[x].shape]
    shape[axis] = s.integer(1, 3)
    indices = s.index(s[x].shape[axis], tuple(shape))
    return f"{name}({x}, np.array({indices}, int).reshape({tuple(shape)}), {axis})"


@makes("np.compress")
def compress(name: str, s: Source) -> Call:
    x = s.value(lambda x: x.ndim > 0)
    axis = s.axis(x)
    return f"{name}({s.mask((s[x].shape[axis],))}, {x}, axis={axis})"


@makes("np.extract")
def extract(name: str, s: Source) -> Call:
    x = s.value()
    s.off(x, 0.1)
    return f"{name}({x} > 0.1, {x})"
