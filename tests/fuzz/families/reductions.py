"""Reductions along axes, running sums and products, differences."""

import numpy as np

from fuzz.source import Source, apart
from fuzz.table import Both, Call, makes, method


@makes("np.sum", "np.mean", "np.prod")
def plain_reduction(name: str, s: Source) -> Call:
    x = s.value()
    return method(s, name.removeprefix("np."), x, s.about(x))


@makes("np.nansum", "np.nanmean", "np.nanprod")
def without_nan(name: str, s: Source) -> Call:
    x = s.value()
    return f"{name}({x}, {s.about(x)})"


@makes("np.var", "np.std", "np.nanvar", "np.nanstd")
def spread(name: str, s: Source) -> Call:
    x = s.value(lambda x: x.size > 1)
    axis = s.axes(x)
    deviation = np.std(s[x], axis=axis)
    s.require(np.logical_or("var" in name, deviation > 0.1))
    ddof = s.chance(0.3) and s[x].size // max(deviation.size, 1) > 1
    return f"{name}({x}, axis={axis}, ddof={int(ddof)}, keepdims={s.chance()})"


@makes("np.max", "np.min", "np.amax", "np.amin", "np.nanmax", "np.nanmin")
@makes("np.ptp", "np.median", "np.nanmedian")
def extremum(name: str, s: Source) -> Call:
    x = s.value()
    axis = s.axes(x)
    s.require(apart(s[x], axis))
    return f"{name}({x}, axis={axis}, keepdims={s.chance()})"


@makes("np.quantile", "np.percentile", "np.nanquantile", "np.nanpercentile")
def quantile(name: str, s: Source) -> Call:
    x = s.value()
    axis = s.one_of(None, s.axis(x))
    s.require(apart(s[x], axis))
    q = s.number(0.01, 0.99) * (100 if "percentile" in name else 1)
    return f"{name}({x}, {q:.4g}, axis={axis}, keepdims={s.chance()})"


@makes("np.cumsum", "np.cumprod", "np.nancumsum", "np.nancumprod")
def running(name: str, s: Source) -> Call:
    x = s.value()
    return f"{name}({x}, axis={s.one_of(None, s.axis(x))})"


@makes("np.cumulative_sum", "np.cumulative_prod")
def cumulative(name: str, s: Source) -> Call:
    x = s.value(lambda x: x.ndim > 0)
    return f"{name}({x}, axis={s.axis(x)}, include_initial={s.chance()})"


@makes("np.diff")
def diff(name: str, s: Source) -> Call:
    x = s.value(lambda x: x.ndim > 0)
    return f"{name}({x}, n={s.one_of(1, 1, 2)}, axis={s.axis(x)})"


@makes("np.ediff1d")
def ediff1d(name: str, s: Source) -> Call:
    return f"{name}({s.value(lambda x: x.size > 1)})"


@makes("np.trapezoid")
def trapezoid(name: str, s: Source) -> Call:
    x = s.value(lambda x: x.ndim > 0)
    return f"{name}({x}, dx={s.number(0.2, 2)}, axis={s.axis(x)})"


@makes("np.gradient")
def gradient(name: str, s: Source) -> Call:
    x = s.value(lambda x: x.ndim > 0 and min(x.shape) > 2)
    return f"{name}({x}, {s.number(0.2, 2)}, axis={s.axis(x)}, edge_order={s.one_of(1, 2)})"


@makes("np.average")
def average(name: str, s: Source) -> Call:
    x = s.value(lambda x: x.ndim > 0)
    axis = s.axis(x)
    weights = s.array((s[x].shape[axis],), 0.2, 1.5)
    return f"{name}({x}, axis={axis}, weights={weights})" if s.chance() else f"{name}({x}, axis={axis})"


@makes("np.cov")
def cov(name: str, s: Source) -> Call:
    x = s.value(lambda x: x.ndim == 2 and x.shape[1] > 1)
    pure = f"{name}({x}, bias={s.chance()})"
    return Both(f"{pure}.astype(F)", pure)


@makes("np.corrcoef")
def corrcoef(name: str, s: Source) -> Call:
    x = s.value(lambda x: x.ndim == 2 and x.shape[1] > 1)
    s.require(np.std(s[x], axis=1) > 0.2)
    return Both(f"{name}({x}).astype(F)", f"{name}({x})")


@makes("np.linalg.matrix_norm")
def matrix_norm(name: str, s: Source) -> Call:
    x = s.value(lambda x: x.ndim > 1)
    s.require(np.linalg.matrix_norm(s[x]) > 0.2)
    return Both(f"{name}({x})", f"np.linalg.norm({x}, axis=(-2, -1))")


@makes("np.linalg.norm", "np.linalg.vector_norm")
def norm(name: str, s: Source) -> Call:
    x = s.value()
    axis = s.one_of(None, s.axis(x))
    s.require(np.linalg.vector_norm(s[x], axis=axis) > 0.2)
    return f"{name}({x}, axis={axis}, keepdims={s.chance()})"
