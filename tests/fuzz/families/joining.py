"""Arrays joined to one, and one taken apart."""

import numpy as np

from fuzz.source import Source
from fuzz.table import Call, makes


def alike(s: Source, x: str) -> str:
    """Another value of the same shape, perhaps the same value."""
    return s.value(lambda y: y.shape == s[x].shape)


def fitting(s: Source, x: str, axis: int) -> str:
    """A value that differs from `x` in the length of one axis at most."""
    n, a = s[x].ndim, axis % s[x].ndim
    return s.value(lambda y: y.ndim == n and all(y.shape[k] == s[x].shape[k] for k in range(n) if k != a))


@makes("np.concatenate")
def concatenate(name: str, s: Source) -> Call:
    if s.chance(0.15):
        return f"{name}([{s.value()}, {s.value()}], axis=None)"
    x = s.value(lambda x: x.ndim > 0)
    axis = s.axis(x)
    parts = [x] + [fitting(s, x, axis) for _ in range(s.integer(0, 2))]
    if s.chance(0.2):
        parts.append(s.array(s[x].shape))
    return f"{name}([{', '.join(parts)}], axis={axis})"


@makes("np.append")
def append(name: str, s: Source) -> Call:
    if s.chance(0.3):
        return f"{name}({s.value()}, {s.value()})"
    x = s.value(lambda x: x.ndim > 0)
    axis = s.axis(x)
    return f"{name}({x}, {fitting(s, x, axis)}, axis={axis})"


@makes("np.stack")
def stack(name: str, s: Source) -> Call:
    x = s.value()
    parts = [x] + [alike(s, x) for _ in range(s.integer(0, 2))]
    return f"{name}([{', '.join(parts)}], axis={s.integer(-s[x].ndim - 1, s[x].ndim)})"


@makes("np.vstack", "np.hstack", "np.dstack", "np.column_stack")
def stacks(name: str, s: Source) -> Call:
    x = s.value(lambda x: x.ndim < 3)
    return f"{name}([{x}, {alike(s, x)}])"


@makes("np.block")
def block(name: str, s: Source) -> Call:
    x = s.value(lambda x: x.ndim < 3)
    a, b, c = (alike(s, x) for _ in range(3))
    return f"{name}([[{x}, {a}], [{b}, {c}]])"


@makes("np.insert")
def insert(name: str, s: Source) -> Call:
    x = s.value(lambda x: x.ndim > 0)
    axis = s.axis(x)
    n = s[x].shape[axis]
    place = s.one_of(s.integer(-n, n), [s.integer(0, n), s.integer(0, n)])
    return f"{name}({x}, {place}, {s.value(lambda y: y.ndim == 0)}, axis={axis})"


@makes("np.split", "np.array_split")
def split(name: str, s: Source) -> Call:
    x = s.value(lambda x: x.ndim > 0 and x.size > 0)
    axis = s.axis(x)
    n = s[x].shape[axis]
    sections = s.one_of([s.integer(0, n)], n, s.integer(1, n) if name == "np.array_split" else 1)
    parts = len(np.array_split(s[x], sections, axis))
    return f"{name}({x}, {sections}, axis={axis})[{s.integer(-parts, parts - 1)}]"


@makes("np.vsplit", "np.hsplit", "np.dsplit")
def splits(name: str, s: Source) -> Call:
    x = s.value(lambda x: x.ndim == 3)
    return f"{name}({x}, [1])[{s.integer(0, 1)}]"


@makes("np.unstack")
def unstack(name: str, s: Source) -> Call:
    x = s.value(lambda x: x.ndim > 0 and x.size > 0)
    axis = s.axis(x)
    return f"{name}({x}, axis={axis})[{s.integer(0, s[x].shape[axis] - 1)}]"


@makes("np.meshgrid", "np.broadcast_arrays")
def grids(name: str, s: Source) -> Call:
    if name == "np.broadcast_arrays":
        x = s.value()
        return f"{name}({x}, {s.partner(x)})[0]"
    x, y = (s.value(lambda v: v.ndim == 1) for _ in range(2))
    return f"{name}({x}, {y}, indexing={s.one_of('xy', 'ij')!r})[{s.integer(0, 1)}]"
