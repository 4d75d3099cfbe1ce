"""Functions that only move, copy or leave out the entries of one array."""

import numpy as np

from fuzz.source import LARGEST, Source
from fuzz.table import Both, Call, makes


@makes("np.reshape")
def reshape(name: str, s: Source) -> Call:
    x = s.value()
    shape = s[s.value()].shape
    if int(np.prod(shape)) != s[x].size:
        shape = s.one_of((-1,), (1, -1), (*s[x].shape, 1), s[x].shape[::-1], (s[x].size,))
        if s[x].size == 0:
            shape = s.one_of(s[x].shape[::-1], (*s[x].shape, 3), (0,))
    order = s.one_of("", "", ", order='F'")
    if s.chance(0.2):
        return Both(f"{x}.reshape({shape})", f"np.reshape({x}, {shape})")
    return f"np.reshape({x}, {shape}{order})"


@makes("np.ravel")
def ravel(name: str, s: Source) -> Call:
    return f"np.ravel({s.value()}{s.one_of('', ', order=' + repr('F'))})"


@makes("np.transpose")
def transpose(name: str, s: Source) -> Call:
    x = s.value()
    if s.chance(0.3):
        return Both(f"{x}.T", f"np.transpose({x})")
    axes = s.one_of(None, tuple(s.rng.permutation(s[x].ndim).tolist()))
    return f"np.transpose({x}, {axes})"


@makes("np.matrix_transpose", "np.linalg.matrix_transpose")
def matrix_transpose(name: str, s: Source) -> Call:
    x = s.value(lambda x: x.ndim > 1)
    return s.one_of(f"{name}({x})", Both(f"{x}.mT", f"np.swapaxes({x}, -1, -2)"))


@makes("np.swapaxes", "np.moveaxis")
def two_axes(name: str, s: Source) -> Call:
    x = s.value(lambda x: x.ndim > 0)
    return f"{name}({x}, {s.axis(x)}, {s.axis(x)})"


@makes("np.rollaxis")
def rollaxis(name: str, s: Source) -> Call:
    x = s.value(lambda x: x.ndim > 0)
    return f"{name}({x}, {s.axis(x)}, {s.integer(0, s[x].ndim)})"


@makes("np.expand_dims")
def expand_dims(name: str, s: Source) -> Call:
    x = s.value(lambda x: x.ndim < 3)
    return f"{name}({x}, {s.one_of(s.integer(-s[x].ndim - 1, s[x].ndim), (0, -1))})"


@makes("np.squeeze")
def squeeze(name: str, s: Source) -> Call:
    x = s.value(lambda x: 1 in x.shape)
    return f"{name}({x}, {s.one_of(None, s[x].shape.index(1))})"


@makes("np.broadcast_to")
def broadcast_to(name: str, s: Source) -> Call:
    x = s.value(lambda x: x.size <= LARGEST // 3)
    shape = s.one_of((2, *s[x].shape), tuple(3 if n == 1 else n for n in s[x].shape))
    return f"{name}({x}, {shape})"


@makes("np.atleast_1d", "np.atleast_2d", "np.atleast_3d")
def atleast(name: str, s: Source) -> Call:
    return f"{name}({s.value()})"


@makes("np.flip")
def flip(name: str, s: Source) -> Call:
    x = s.value()
    return f"{name}({x}, {s.axes(x)})"


@makes("np.flipud", "np.fliplr", "np.rot90")
def turned(name: str, s: Source) -> Call:
    x = s.value(lambda x: x.ndim > 1)
    return f"{name}({x}, {s.integer(-1, 4)})" if name == "np.rot90" else f"{name}({x})"


@makes("np.roll")
def roll(name: str, s: Source) -> Call:
    x = s.value()
    axis = s.one_of(None, s.axis(x))
    return f"{name}({x}, {s.integer(-4, 4)}, {axis})"


@makes("np.repeat")
def repeat(name: str, s: Source) -> Call:
    x = s.value(lambda x: x.size <= LARGEST // 3)
    axis = s.one_of(None, s.axis(x))
    length = s[x].size if axis is None else s[x].shape[axis]
    counts = s.one_of(s.integer(0, 3), s.rng.integers(0, 4, length).tolist())
    return f"{name}({x}, {counts}, {axis})"


@makes("np.tile")
def tile(name: str, s: Source) -> Call:
    x = s.value(lambda x: x.size <= LARGEST // 3)
    return f"{name}({x}, {s.one_of(2, (2, 1), (1, 2), (3,), 0)})"


@makes("np.resize")
def resize(name: str, s: Source) -> Call:
    return f"{name}({s.value(lambda x: x.size > 0)}, {s.one_of((3, 2), 5, (2, 4))})"


@makes("np.pad")
def pad(name: str, s: Source) -> Call:
    x = s.value(lambda x: 0 < x.size <= LARGEST // 3)
    mode = s.one_of("constant", "constant", "edge", "reflect", "symmetric", "wrap")
    width = s.one_of(1, (1, 0), (0, 2))
    return f"{name}({x}, {width}, mode={mode!r})"


@makes("np.diag", "np.diagflat")
def diag(name: str, s: Source) -> Call:
    x = s.value(lambda x: 0 < x.ndim < 3 and x.size < 6)
    return f"{name}({x}, {s.integer(-1, 1)})"


@makes("np.diagonal", "np.linalg.diagonal")
def diagonal(name: str, s: Source) -> Call:
    x = s.value(lambda x: x.ndim > 1)
    return f"{name}({x}, offset={s.integer(-1, 1)})"


@makes("np.tril", "np.triu")
def triangle(name: str, s: Source) -> Call:
    x = s.value(lambda x: x.ndim > 1)
    return f"{name}({x}, {s.integer(-1, 2)})"


@makes("np.delete")
def delete(name: str, s: Source) -> Call:
    x = s.value(lambda x: x.ndim > 0 and x.size > 0)
    axis = s.axis(x)
    n = s[x].shape[axis]
    return f"{name}({x}, {s.one_of(s.integer(-n, n - 1), s.index(n, (2,)), 'slice(None, None, 2)')}, {axis})"


@makes("np.lib.stride_tricks.sliding_window_view")
def windows(name: str, s: Source) -> Call:
    x = s.value(lambda x: x.ndim > 0 and x.shape[-1] > 1)
    return f"{name}({x}, 2, axis=-1)"
