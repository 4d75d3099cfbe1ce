"""Sorted values, and values in the order of others."""

from fuzz.source import Source, apart
from fuzz.table import Call, makes


@makes("np.sort", "np.partition")
def sort(name: str, s: Source) -> Call:
    x = s.value(lambda x: x.ndim > 0)
    axis = s.one_of(None, s.axis(x))
    s.require(apart(s[x], axis))
    length = s[x].size if axis is None else s[x].shape[axis]
    if name == "np.sort":
        return f"{name}({x}, axis={axis})"
    s.require(length > 0)
    # Only one place of a partition is settled.
    at = s.integer(0, length - 1)
    return f"np.take({name}({x}, {at}, axis={axis}), {at}, axis={-1 if axis is None else axis})"


@makes("np.argsort")
def by_order(name: str, s: Source) -> Call:
    x = s.value(lambda x: x.ndim > 0)
    axis = s.axis(x)
    s.require(apart(s[x], axis))
    y = s.value(lambda y: y.shape == s[x].shape)
    return f"np.take_along_axis({y}, np.argsort({x}, axis={axis}), {axis})"
