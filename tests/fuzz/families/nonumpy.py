"""What minigrad has beyond NumPy: probabilities, losses and affine maps."""

import numpy as np

from fuzz.families.elementwise import within
from fuzz.source import MARGIN, Source
from fuzz.table import Call, makes


@makes("mg.sigmoid")
def sigmoid(name: str, s: Source) -> Call:
    return f"{name}({within(s, 'unsaturated', s.value())})"


@makes("mg.relu")
def relu(name: str, s: Source) -> Call:
    x = s.value()
    s.require(np.abs(s[x]) > MARGIN)
    return f"{name}({x})"


@makes("mg.softmax", "mg.log_softmax")
def softmax(name: str, s: Source) -> Call:
    x = s.value(lambda x: x.ndim > 0)
    return f"{name}({x}, axis={s.axis(x)})"


@makes("mg.logsumexp")
def logsumexp(name: str, s: Source) -> Call:
    x = s.value()
    return f"{name}({x}, axis={s.axes(x)}, keepdims={s.chance()})"


@makes("mg.cross_entropy")
def cross_entropy(name: str, s: Source) -> Call:
    x = s.value(lambda x: x.ndim > 0 and x.shape[-1] > 0)
    shape = s[x].shape
    reduction = s.one_of("sum", "mean", "none")
    if s.chance():
        y = f"mg.softmax({s.value(lambda y: y.shape == shape)})"
    else:
        y = f"np.array({s.rng.integers(0, shape[-1], shape[:-1]).tolist()}, int).reshape({shape[:-1]})"
    return f"{name}({x}, {y}, reduction={reduction!r})"


@makes("mg.mean_squared_error")
def mean_squared_error(name: str, s: Source) -> Call:
    x = s.value()
    y = s.value(lambda y: y.shape == s[x].shape)
    return f"{name}({x}, {y}, reduction={s.one_of('sum', 'mean', 'none')!r})"


@makes("mg.binary_cross_entropy")
def binary_cross_entropy(name: str, s: Source) -> Call:
    x = s.value()
    y = s.value(lambda y: y.shape == s[x].shape)
    return f"{name}({x}, mg.sigmoid({y}), reduction={s.one_of('sum', 'mean', 'none')!r})"


@makes("mg.add_n")
def add_n(name: str, s: Source) -> Call:
    x = s.value()
    return f"{name}([{x}, {s.value(lambda y: y.shape == s[x].shape)}, {x}])"


@makes("mg.linear")
def linear(name: str, s: Source) -> Call:
    W = s.value(lambda W: W.ndim == 2)
    return f"{name}({s.value(lambda x: x.ndim > 0 and x.shape[-1] == s[W].shape[1])}, {W})"


@makes("mg.affine")
def affine(name: str, s: Source) -> Call:
    W = s.value(lambda W: W.ndim == 2)
    rows, columns = s[W].shape
    x = s.value(lambda x: x.shape == (columns,))
    b = s.value(lambda b: b.shape == (rows,))
    return f"{name}({b}, ({x}, {W}), ({x}, {W}))"


@makes("mg.lookup")
def lookup(name: str, s: Source) -> Call:
    W = s.value(lambda W: W.ndim == 2 and W.shape[1] > 0)
    index = s.rng.integers(0, s[W].shape[1], s.one_of((), (3,), (2, 2))).tolist()
    return f"{name}(np.array({index}, int), {W})"
