"""NumPy with each function as an analytic one, so that a step along i gives its derivative."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np

from fuzz.beyond import Beyond

F = np.float64


class Analytic:
    """NumPy; the functions that conjugate, take sizes or refuse complex numbers are written out."""

    def __getattr__(self, name: str) -> Any:
        """A function that is analytic in NumPy already."""
        return getattr(np, name)

    def take_by(self, x: Any, key: Any) -> Any:
        return np.asarray(x)[key]

    def put_by(self, x: Any, key: Any, v: Any) -> Any:
        y = np.array(x, np.result_type(x, v))
        y[key] = v
        return y

    def look(self, x: Any, text: str) -> Any:
        """A view of x, which is e in the text."""
        return eval(text, {"np": np, "e": x})  # noqa: S307  # a view that a maker wrote

    def put_view(self, x: Any, text: str, v: Any) -> Any:
        y = np.array(x, np.result_type(x, v))
        self.look(y, text)[...] = v
        return y

    def is_of_integers(self, y: Any) -> bool:
        return bool(np.asarray(y).dtype.kind == "i")

    def one_hot(self, index: Any, n: int) -> Any:
        return np.eye(n)[index]

    def linear_in(self, function: Any, x: Any) -> Any:
        """A linear function of a whole array, by what it makes of the unit arrays."""
        units = function(np.eye(np.size(x)).reshape(-1, *np.shape(x)))
        return np.tensordot(np.ravel(x), units, 1)

    def full_like(self, x: Any, value: Any) -> Any:
        return np.broadcast_to(value, np.shape(x))

    def moved_by(self, function: Any, x: Any) -> Any:
        """x plus what a piecewise linear function of slope 1 adds to it."""
        return x + (function(np.real(x)) - np.real(x))

    def insert(self, x: Any, place: Any, values: Any, axis: int) -> Any:
        return np.insert(np.asarray(x, np.result_type(x, values)), place, values, axis)

    def absolute(self, x: Any) -> Any:
        return np.where(np.real(x) < 0, -x, x)

    abs = fabs = absolute

    def same(self, x: Any) -> Any:
        return x

    conjugate = real = real_if_close = nan_to_num = same

    def deg2rad(self, x: Any) -> Any:
        return x * (np.pi / 180)

    radians = deg2rad

    def rad2deg(self, x: Any) -> Any:
        return x * (180 / np.pi)

    degrees = rad2deg

    def cbrt(self, x: Any) -> Any:
        return np.sign(np.real(x)) * self.absolute(x) ** (1 / 3)

    def hypot(self, a: Any, b: Any) -> Any:
        return np.sqrt(a * a + b * b)

    def arctan2(self, a: Any, b: Any) -> Any:
        near = np.arctan(b / np.where(a == 0, 1, a))
        beside = np.sign(np.real(a)) * (np.pi / 2) - near
        ahead = np.real(b) > np.abs(np.real(a))
        return np.where(ahead, np.arctan(a / np.where(ahead, b, 1)), beside)

    def logaddexp(self, a: Any, b: Any) -> Any:
        return np.log(np.exp(a) + np.exp(b))

    def logaddexp2(self, a: Any, b: Any) -> Any:
        return np.log2(np.exp2(a) + np.exp2(b))

    def copysign(self, a: Any, b: Any) -> Any:
        return self.absolute(a) * np.sign(np.real(b))

    def fmod(self, a: Any, b: Any) -> Any:
        return a - b * np.trunc(np.real(a) / np.real(b))

    def remainder(self, a: Any, b: Any) -> Any:
        return a - b * np.floor(np.real(a) / np.real(b))

    def heaviside(self, x: Any, h: Any) -> Any:
        return np.heaviside(np.real(x), np.real(h))

    def ldexp(self, x: Any, n: Any) -> Any:
        return x * 2.0**n

    def clip(self, x: Any, low: Any, high: Any) -> Any:
        x = x if low is None else np.where(np.real(x) < np.real(low), low, x)
        return np.where(np.real(x) > np.real(high), high, x)

    def var(self, x: Any, axis: Any = None, *, ddof: int = 0, keepdims: bool = False) -> Any:
        d = x - np.mean(x, axis=axis, keepdims=True)
        total = np.sum(d * d, axis=axis, keepdims=keepdims)
        return total / (np.size(x) / max(np.size(total), 1) - ddof)

    nanvar = var

    def std(self, x: Any, axis: Any = None, *, ddof: int = 0, keepdims: bool = False) -> Any:
        return np.sqrt(self.var(x, axis, ddof=ddof, keepdims=keepdims))

    nanstd = std

    def quantile(self, x: Any, q: float, axis: Any = None, *, keepdims: bool = False) -> Any:
        rows = np.sort(np.ravel(x) if axis is None else np.moveaxis(x, axis, -1), axis=-1)
        place = q * (rows.shape[-1] - 1)
        low = min(int(place), rows.shape[-1] - 1)
        high = min(low + 1, rows.shape[-1] - 1)
        y = rows[..., low] + (place - low) * (rows[..., high] - rows[..., low])
        if not keepdims:
            return y
        return np.reshape(y, (1,) * np.ndim(x)) if axis is None else np.expand_dims(y, axis)

    nanquantile = quantile

    def percentile(self, x: Any, q: float, axis: Any = None, *, keepdims: bool = False) -> Any:
        return self.quantile(x, q / 100, axis, keepdims=keepdims)

    nanpercentile = percentile

    def median(self, x: Any, axis: Any = None, *, keepdims: bool = False) -> Any:
        if not isinstance(axis, tuple):
            return self.quantile(x, 0.5, axis, keepdims=keepdims)
        axes = [a % x.ndim for a in axis]
        others = [a for a in range(x.ndim) if a not in axes]
        rows = np.transpose(x, others + axes).reshape(*[x.shape[a] for a in others], -1)
        y = self.quantile(rows, 0.5, -1)
        return np.expand_dims(y, axis) if keepdims else y

    nanmedian = median

    def vdot(self, a: Any, b: Any) -> Any:
        return np.sum(np.ravel(a) * np.ravel(b))

    def vecdot(self, a: Any, b: Any) -> Any:
        return np.sum(a * b, axis=-1)

    def vecmat(self, a: Any, b: Any) -> Any:
        return np.matmul(a, b)

    def corrcoef(self, x: Any) -> Any:
        d = x - np.mean(x, axis=1, keepdims=True)
        d = d / np.sqrt(np.sum(d * d, axis=1, keepdims=True))
        return np.squeeze(d @ d.T)

    def correlate(self, a: Any, v: Any, mode: str) -> Any:
        return np.correlate(a, np.conj(v), mode)

    def cov(self, x: Any, *, bias: bool) -> Any:
        d = x - np.mean(x, axis=1, keepdims=True)
        return np.squeeze(d @ d.T / (x.shape[1] - (not bias)))

    def argsort(self, x: Any, axis: Any = -1) -> Any:
        return np.argsort(np.real(x), axis=axis)

    def _step(name: str) -> Any:  # noqa: N805  # makes a method
        return lambda self, x: getattr(np, name)(np.real(x))

    floor, ceil, trunc, rint, sign, round = map(_step, ["floor", "ceil", "trunc", "rint", "sign", "round"])

    def average(self, x: Any, axis: int, weights: Any = None) -> Any:
        return np.average(x, axis=axis, weights=weights)

    @property
    def linalg(self) -> Any:
        return LINALG


def vector_norm(x: Any, axis: Any = None, *, keepdims: bool = False) -> Any:
    return np.sqrt(np.sum(x * x, axis=axis, keepdims=keepdims))


def cholesky(a: Any) -> Any:
    """Column by column, from L Lᵀ = a."""
    L = np.zeros_like(a)
    for j in range(a.shape[-1]):
        done = L[..., j, None, :j]
        column = a[..., j:, j] - np.sum(L[..., j:, :j] * done, axis=-1)
        L[..., j:, j] = column / np.sqrt(column[..., :1])
    return L


def eigenvalues(a: Any) -> Any:
    """Those of the real part; a small imaginary part moves each by vᵀ a v, v being its vector."""
    w, V = np.linalg.eigh(np.real(a))
    if not np.iscomplexobj(a):
        return w
    return w + 1j * np.sum(V * (np.imag(a) @ V), axis=-2)


def condition(a: Any) -> Any:
    """That of a symmetric positive definite matrix."""
    w = eigenvalues(a)
    return w[..., -1] / w[..., 0]


LINALG = SimpleNamespace(
    **{name: getattr(np.linalg, name) for name in np.linalg.__all__},
)
LINALG.vector_norm = LINALG.norm = vector_norm
LINALG.cholesky = cholesky
LINALG.eigvalsh = eigenvalues
LINALG.svdvals = lambda a: np.flip(eigenvalues(a), -1)
LINALG.cond = condition
LINALG.pinv = np.linalg.inv
LINALG.vecdot = lambda a, b: np.sum(a * b, axis=-1)
LINALG.outer = np.outer
LINALG.slogdet = lambda a: (None, np.log(np.linalg.det(a) ** 2) / 2)
LINALG.qr = lambda a, mode: np.swapaxes(cholesky(np.swapaxes(a, -1, -2) @ a), -1, -2)

ANALYTIC = Analytic()
NAMES = {"np": ANALYTIC, "mg": Beyond(ANALYTIC), "F": F}
