"""Functions of one or two numbers, entry by entry, in the domain where they are smooth."""

import numpy as np

from fuzz.source import MARGIN, Source
from fuzz.table import Both, Call, makes

DOMAINS = {
    "any": (lambda x: np.abs(x) < 8, "np.sin({})"),
    "unsaturated": (lambda x: np.abs(x) < 3, "2.0 * np.sin({})"),
    "bounded": (lambda x: np.abs(x) < 2, "1.8 * np.sin({})"),
    "positive": (lambda x: x > 0.2, "(0.5 + np.square({}))"),
    "above one": (lambda x: x > 1.3, "(1.5 + np.square({}))"),
    "above minus one": (lambda x: x > -0.7, "np.square({})"),
    "unit": (lambda x: np.abs(x) < 0.9, "0.9 * np.sin({})"),
    "below a pole": (lambda x: np.abs(x) < 1.2, "np.sin({})"),
    "away from zero": (lambda x: np.abs(x) > 0.3, "(1.5 + np.sin({}))"),
    "off the kink": (lambda x: np.abs(x) > MARGIN, "({} + 0.211)"),
}
"""Name of a domain → test, and a wrap that leads into it, as a rule or always."""

ONE = {
    "any": "sin cos arctan arcsinh square negative positive copy conjugate real real_if_close "
    "deg2rad radians nan_to_num",
    "unsaturated": "tanh",
    "bounded": "exp expm1 exp2 sinh cosh degrees rad2deg",
    "positive": "log log2 log10 sqrt",
    "above one": "arccosh",
    "above minus one": "log1p",
    "unit": "arcsin arccos arctanh",
    "below a pole": "tan",
    "away from zero": "reciprocal cbrt sinc",
    "off the kink": "absolute fabs abs",
}


def within(s: Source, domain: str, x: str) -> str:
    """`x`, in the wrap of the domain where it is not inside already."""
    test, wrap = DOMAINS[domain]
    if np.all(test(s[x])):
        return x
    s.require(domain != "off the kink" or np.all(test(s[x] + 0.211)))
    return wrap.format(x)


def _one(domain: str) -> None:
    @makes(*[f"np.{name}" for name in ONE[domain].split()])
    def maker(name: str, s: Source) -> Call:
        scale = "0.02 * " if name in {"np.degrees", "np.rad2deg"} else ""
        return f"{scale}{name}({within(s, domain, s.value())})"


for _domain in ONE:
    _one(_domain)


@makes("np.add", "np.subtract", "np.multiply")
def ring(name: str, s: Source) -> Call:
    a = s.value()
    b = s.partner(a)
    if s.chance(0.2):
        b = s.array(s[a].shape) if s.chance() else str(s.number(-2, 2))
    if s.chance():
        a, b = b, a
    sign = {"np.add": "+", "np.subtract": "-", "np.multiply": "*"}[name]
    return f"{name}({a}, {b})" if s.chance(0.3) else f"{a} {sign} {b}"


@makes("np.divide")
def divide(name: str, s: Source) -> Call:
    a = s.value()
    b = within(s, "away from zero", s.partner(a))
    kind = s.integer(0, 3)
    if kind == 0:
        return f"{s.number(0.5, 2)} / {b}"
    return f"{a} / {s.number(0.5, 2)}" if kind == 1 else f"{a} / {b}" if kind == 2 else f"np.divide({a}, {b})"


@makes("np.power", "np.float_power")
def power(name: str, s: Source) -> Call:
    a = s.value()
    kind = s.integer(0, 4)
    if kind == 0 and name == "np.power":
        return f"{a} ** {s.one_of(2, 3, 1, 0, 2.0)}"
    base = within(s, "positive", a)
    if kind == 1:
        return f"{s.number(0.4, 2)} ** {within(s, 'bounded', a)}"
    exponent = within(s, "bounded", s.partner(a)) if kind > 2 else str(s.one_of(-1, -2, 0.5, 1.7, -0.5))
    pure = f"np.power({base}, {exponent})"
    return pure if name == "np.power" else Both(f"{name}({base}, {exponent}).astype(F)", pure)


@makes("np.arctan2", "np.hypot")
def polar(name: str, s: Source) -> Call:
    a = s.value()
    b = s.partner(a)
    s.require(np.hypot(s[a], s[b]) > 0.2)
    s.require(np.logical_or(name == "np.hypot", np.logical_or(s[b] > 0.05, np.abs(s[a]) > 0.05)))
    return f"{name}({a}, {b})"


@makes("np.logaddexp", "np.logaddexp2")
def log_of_sum(name: str, s: Source) -> Call:
    a = s.value()
    return f"{name}({a}, {s.partner(a)})"


@makes("np.maximum", "np.minimum", "np.fmax", "np.fmin")
def of_two(name: str, s: Source) -> Call:
    a = s.value()
    if s.chance(0.3):
        bound = s.number(-0.5, 0.5)
        s.off(a, bound)
        return f"{name}({a}, {bound})" if s.chance() else f"{name}({bound}, {a})"
    b = s.partner(a)
    s.require(np.abs(s[a] - s[b]) > MARGIN)
    return f"{name}({a}, {b})"


@makes("np.copysign")
def copysign(name: str, s: Source) -> Call:
    a = s.value()
    b = s.partner(a)
    s.off(a, 0.0)
    s.off(b, 0.0)
    return f"{name}({a}, {b})"


@makes("np.fmod", "np.remainder")
def remainders(name: str, s: Source) -> Call:
    a = s.value()
    b = s.partner(a)
    s.require(np.abs(s[b]) > 0.2)
    quotient = s[a] / s[b]
    s.require(np.abs(quotient - np.round(quotient)) > MARGIN)
    pure = f"{name}({a}, {b})"
    return Both(f"{a} % {b}", pure) if name == "np.remainder" and s.chance() else pure


@makes("np.floor", "np.ceil", "np.trunc", "np.rint", "np.sign", "np.round")
def steps(name: str, s: Source) -> Call:
    """A constant that depends on a value, times another value."""
    a = s.value()
    s.require(np.abs(2 * s[a] - np.round(2 * s[a])) > MARGIN)
    return f"{name}({a}) * {s.partner(a)}"


@makes("np.divmod", "np.modf")
def fraction(name: str, s: Source) -> Call:
    a = s.value()
    unit = 1.0 if name == "np.modf" else s.number(0.5, 2)
    s.require(np.abs(s[a] / unit - np.round(s[a] / unit)) > MARGIN)
    if name == "np.modf":
        return Both(f"np.modf({a})[0]", f"np.fmod({a}, 1.0)")
    return Both(f"np.divmod({a}, {unit})[1]", f"np.remainder({a}, {unit})")


@makes("np.frexp")
def frexp(name: str, s: Source) -> Call:
    a = s.value()
    s.off(a, 0.0)
    exponent = np.log2(np.abs(s[a]))
    s.require(np.abs(exponent - np.round(exponent)) > MARGIN)
    powers = (2.0 ** -np.frexp(s[a])[1]).tolist()
    return Both(f"np.frexp({a})[0]", f"{a} * np.array({powers}, F).reshape({s[a].shape})")


@makes("np.nextafter")
def nextafter(name: str, s: Source) -> Call:
    a = s.value()
    return Both(f"{name}({a}, {s.number(-9, 9)})", f"np.positive({a})")


@makes("np.astype")
def astype(name: str, s: Source) -> Call:
    x = s.value()
    return Both(s.one_of(f"np.astype({x}, F)", f"{x}.astype(F)"), f"np.positive({x})")


@makes("np.full_like")
def full_like(name: str, s: Source) -> Call:
    return f"{name}({s.value()}, {s.value(lambda y: y.ndim == 0)})"


@makes("np.heaviside")
def heaviside(name: str, s: Source) -> Call:
    a = s.value()
    s.off(a, 0.0)
    b = s.partner(a)
    return f"{name}({a}, {b}) * {b}"


@makes("np.ldexp")
def ldexp(name: str, s: Source) -> Call:
    return f"{name}({s.value()}, {s.integer(-2, 2)})"
