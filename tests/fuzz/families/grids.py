"""Values on grids: interpolation, ranges between two ends, powers, unwrapped angles."""

import numpy as np

from fuzz.families.elementwise import within
from fuzz.source import MARGIN, Source
from fuzz.table import Both, Call, makes


@makes("np.linspace")
def linspace(name: str, s: Source) -> Call:
    a = s.value(lambda a: a.size < 12)
    b, n, last = s.value(lambda b: b.shape == s[a].shape), s.integer(1, 4), s.chance()
    steps = np.linspace(0.0, 1.0, n, endpoint=last).tolist()
    weights = f"np.array({steps}, F).reshape({(n, *(1,) * s[a].ndim)})"
    return Both(f"np.linspace({a}, {b}, {n}, endpoint={last})", f"{a} + ({b} - {a}) * {weights}")


@makes("np.logspace", "np.geomspace")
def logspace(name: str, s: Source) -> Call:
    a = s.value(lambda a: a.size < 12)
    b = s.value(lambda b: b.shape == s[a].shape)
    n = s.integer(2, 4)
    weights = f"np.array({np.linspace(0.0, 1.0, n).tolist()}, F).reshape({(n, *(1,) * s[a].ndim)})"
    domain = "bounded" if name == "np.logspace" else "positive"
    a, b = within(s, domain, a), within(s, domain, b)
    if name == "np.logspace":
        return Both(f"{name}({a}, {b}, {n}, base=2.0)", f"np.exp2({a} + ({b} - {a}) * {weights})")
    return Both(f"{name}({a}, {b}, {n})", f"np.exp(np.log({a}) + (np.log({b}) - np.log({a})) * {weights})")


@makes("np.vander")
def vander(name: str, s: Source) -> Call:
    x = s.value(lambda x: x.ndim == 1 and x.size < 8)
    n, rising = s.integer(1, 4), s.chance()
    powers = list(range(n)) if rising else list(range(n))[::-1]
    columns = ", ".join(f"{x} ** {k}" for k in powers)
    return Both(f"np.vander({x}, {n}, increasing={rising}).astype(F)", f"np.stack([{columns}], axis=-1)")


@makes("np.interp")
def interp(name: str, s: Source) -> Call:
    """Between the values of a tensor at fixed places, at places that a tensor says."""
    x = s.value(lambda x: x.size < 12)
    f = s.value(lambda f: f.ndim == 1 and f.size > 1)
    knots = np.round(np.sort(s.rng.uniform(-2, 2, s[f].size)), 3)
    s.require(np.diff(knots) > 0.1)
    s.require(np.abs(s[x][..., None] - knots) > MARGIN)
    inside = np.clip(np.searchsorted(knots, s[x]) - 1, 0, len(knots) - 2)
    low, width = knots[inside], np.diff(knots)[inside]
    shape = s[x].shape
    share = f"np.clip(({x} - {text(low, shape)}) / {text(width, shape)}, 0.0, 1.0)"
    below, above = (f"np.take({f}, np.array({(inside + k).tolist()}, int).reshape({shape}))" for k in (0, 1))
    pure = f"{below} + ({above} - {below}) * {share}"
    return Both(f"np.interp({x}, np.array({knots.tolist()}, F), {f})", pure)


def text(values: np.ndarray, shape: tuple[int, ...]) -> str:
    return f"np.array({values.tolist()}, F).reshape({shape})"


@makes("np.unwrap")
def unwrap(name: str, s: Source) -> Call:
    x = s.value(lambda x: x.ndim > 0)
    axis = -s.integer(1, s[x].ndim)
    turns = (np.diff(s[x], axis=axis) + np.pi) / (2 * np.pi)
    s.require(np.abs(turns - np.round(turns)) > MARGIN)
    return Both(f"np.unwrap({x}, axis={axis})", f"np.moved_by(lambda e: np.unwrap(e, axis={axis}), {x})")
