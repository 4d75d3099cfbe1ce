"""Choosing between values: by a condition, by bounds, by numbers."""

import numpy as np

from fuzz.source import MARGIN, Source, broadcasts
from fuzz.table import Call, makes


def condition(s: Source, x: str) -> str:
    bound = s.number(-0.4, 0.4)
    s.off(x, bound)
    return f"{x} {s.one_of('>', '<', '>=', '<=')} {bound}"


@makes("np.where")
def where(name: str, s: Source) -> Call:
    c = s.value()
    a = s.partner(c)
    b = s.value(lambda b: broadcasts(s[c], s[a], b))
    b = s.one_of(b, b, str(s.number(-1, 1)))
    return f"{name}({condition(s, c)}, {a}, {b})" if s.chance() else f"{name}({condition(s, c)}, {b}, {a})"


@makes("np.clip")
def clip(name: str, s: Source) -> Call:
    x = s.value()
    low, high = s.number(-1, -0.1), s.number(0.1, 1)
    s.off(x, low, high)
    if s.chance(0.3):
        return f"{name}({x}, {s.one_of(low, None)}, {high})"
    y = s.partner(x)
    s.require(np.abs(s[x] - s[y]) > MARGIN)
    s.require(np.abs(s[x] - s[y] - 0.6) > MARGIN)
    return f"{name}({x}, {y}, {y} + 0.6)"


@makes("np.select")
def select(name: str, s: Source) -> Call:
    x = s.value()
    a, b = (s.value(lambda y: y.shape == s[x].shape) for _ in range(2))
    return f"{name}([{condition(s, x)}, {condition(s, a)}], [{b}, {a}], {s.number(-1, 1)})"


@makes("np.choose")
def choose(name: str, s: Source) -> Call:
    x = s.value(lambda x: x.ndim > 0)
    y = s.value(lambda y: y.shape == s[x].shape)
    which = s.rng.integers(0, 2, s[x].shape).tolist()
    return f"{name}(np.array({which}, int).reshape({s[x].shape}), [{x}, {y}])"
