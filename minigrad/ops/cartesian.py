"""Complex numbers between real ones: pairs of a real and an imaginary part, each a real tensor."""

from __future__ import annotations

import functools
import math
import operator
from collections.abc import Callable
from typing import Any

import numpy as np

from minigrad.dispatch import full_name
from minigrad.op import Array


class Complex:
    """z = real + i imag, for which NumPy's functions work that are in `UFUNCS` and `FUNCTIONS`.

    A graph holds real numbers only, so that every gradient is a real one, of any order: this is no node,
    but two of them. It comes from `np.fft` and goes back to real numbers by `.real`, `.imag`, `np.abs`,
    `np.angle` and `np.fft.irfft`.

    Args:
        real: floats, a tensor or an array.
        imag: the same, of the same shape.

    Raises:
        ValueError: if the shapes differ.

    Example:
        >>> import minigrad as mg
        >>> x = mg.Tensor([1.0, 2.0, 4.0, 0.0])
        >>> power = np.abs(np.fft.rfft(x)) ** 2
        >>> power.value.round(6).tolist()
        [49.0, 13.0, 9.0]
    """

    __slots__ = ("imag", "real")

    def __init__(self, real: Any, imag: Any) -> None:
        if np.shape(real) != np.shape(imag):
            msg = f"the real part has shape {np.shape(real)}, the imaginary one {np.shape(imag)}"
            raise ValueError(msg)
        self.real = real
        self.imag = imag

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape of each part."""
        return np.shape(self.real)

    @property
    def ndim(self) -> int:
        """The number of dimensions."""
        return len(self.shape)

    @property
    def size(self) -> int:
        """The number of entries."""
        return math.prod(self.shape)

    @property
    def dtype(self) -> Any:
        """The complex type of the same precision."""
        return np.result_type(self.real.dtype, np.complex64)

    @property
    def value(self) -> Any:
        """The complex array, out of the graph."""
        real, imag = (getattr(part, "value", part) for part in (self.real, self.imag))
        return real + 1j * imag

    @property
    def T(self) -> Complex:
        """The transpose, not conjugated."""
        return self._apart(np.transpose)

    def _apart(self, f: Callable[..., Any], *args: Any, **kwargs: Any) -> Complex:
        """f of both parts, for a linear f."""
        return Complex(f(self.real, *args, **kwargs), f(self.imag, *args, **kwargs))

    def conj(self) -> Complex:
        """The complex conjugate."""
        return Complex(self.real, -self.imag)

    conjugate = conj

    def sum(self, axis: Any = None, *, keepdims: bool = False) -> Complex:
        """As np.sum."""
        return self._apart(np.sum, axis=axis, keepdims=keepdims)

    def mean(self, axis: Any = None, *, keepdims: bool = False) -> Complex:
        """As np.mean."""
        return self._apart(np.mean, axis=axis, keepdims=keepdims)

    def reshape(self, *shape: Any) -> Complex:
        """As np.reshape; the shape as one tuple or as numbers."""
        return self._apart(np.reshape, shape[0] if len(shape) == 1 else shape)

    def __getitem__(self, key: Any) -> Complex:
        return Complex(self.real[key], self.imag[key])

    def __len__(self) -> int:
        return len(self.real)

    def __add__(self, other: Any) -> Complex:
        a, b = pair(self), pair(other)
        return Complex(a.real + b.real, a.imag + b.imag)

    __radd__ = __add__

    def __sub__(self, other: Any) -> Complex:
        a, b = pair(self), pair(other)
        return Complex(a.real - b.real, a.imag - b.imag)

    def __rsub__(self, other: Any) -> Complex:
        return pair(other) - self

    def __mul__(self, other: Any) -> Complex:
        return bilinear(np.multiply, self, other)

    __rmul__ = __mul__

    def __matmul__(self, other: Any) -> Complex:
        return bilinear(np.matmul, self, other)

    def __rmatmul__(self, other: Any) -> Complex:
        return bilinear(np.matmul, other, self)

    def __truediv__(self, other: Any) -> Complex:
        if is_real(other):
            return Complex(self.real / other, self.imag / other)
        z = pair(other)
        y, square = self * z.conj(), z.real * z.real + z.imag * z.imag
        return Complex(y.real / square, y.imag / square)

    def __rtruediv__(self, other: Any) -> Complex:
        return pair(other) / self

    def __pow__(self, n: Any) -> Complex:
        if type(n) is not int or n < 1:
            msg = f"a complex tensor was raised to {n!r}; wanted: an integer of at least 1"
            raise TypeError(msg)
        return functools.reduce(operator.mul, [self] * n)

    def __neg__(self) -> Complex:
        return Complex(-self.real, -self.imag)

    def __pos__(self) -> Complex:
        return self

    def __abs__(self) -> Array:
        return np.hypot(self.real, self.imag)

    def __array__(self, dtype: Any = None, copy: Any = None) -> Any:
        msg = "a complex tensor was to become a plain array: use its .value, or .real and .imag"
        raise TypeError(msg)

    def __array_ufunc__(self, ufunc: Any, method: str, *inputs: Any, **kwargs: Any) -> Any:
        if method != "__call__" or kwargs or ufunc not in UFUNCS:
            raise _refusal(ufunc)
        return UFUNCS[ufunc](*inputs)

    def __array_function__(self, function: Any, types: Any, args: Any, kwargs: Any) -> Any:
        if function not in FUNCTIONS:
            raise _refusal(function)
        return FUNCTIONS[function](*args, **kwargs)

    def __repr__(self) -> str:
        return f"Complex(real={self.real!r}, imag={self.imag!r})"


def _refusal(function: Any) -> TypeError:
    return TypeError(
        f"minigrad has no derivative of {full_name(function)} of complex numbers: "
        "write it with .real and .imag, which are real tensors"
    )


def is_real(x: Any) -> bool:
    """Whether `x` has no imaginary part, whatever its value."""
    return not isinstance(x, Complex) and not np.iscomplexobj(x)


def pair(x: Any) -> Complex:
    """`x`, which may be real, as a pair."""
    if isinstance(x, Complex):
        return x
    if isinstance(x, (int, float, complex)):
        # A Python number leaves the type of what it meets as it is.
        return Complex(x.real, x.imag)
    if not hasattr(x, "dtype"):
        x = np.asarray(x)
    return Complex(x, np.zeros_like(x)) if is_real(x) else Complex(x.real, x.imag)


def bilinear(f: Callable[[Any, Any], Any], a: Any, b: Any) -> Complex:
    """f(a, b) for an f that is linear in both; a real factor takes two products in place of four."""
    if is_real(a):
        return Complex(f(a, b.real), f(a, b.imag))
    if is_real(b):
        return Complex(f(a.real, b), f(a.imag, b))
    return Complex(
        f(a.real, b.real) - f(a.imag, b.imag),
        f(a.real, b.imag) + f(a.imag, b.real),
    )


def _exponential(z: Complex) -> Complex:
    r = np.exp(z.real)
    return Complex(r * np.cos(z.imag), r * np.sin(z.imag))


def _angle(z: Complex) -> Array:
    return np.arctan2(z.imag, z.real)


def _apart(function: Callable[..., Any]) -> Callable[..., Complex]:
    """The form of a linear function of one array that takes a pair."""
    return lambda z, *args, **kwargs: z._apart(function, *args, **kwargs)  # noqa: SLF001  # our own


def _joined(function: Callable[..., Any]) -> Callable[..., Complex]:
    """The form of a linear function of several arrays that takes pairs among them."""

    def join(arrays: Any, *args: Any, **kwargs: Any) -> Complex:
        pairs = [pair(x) for x in arrays]
        real, imag = ([getattr(z, part) for z in pairs] for part in ("real", "imag"))
        return Complex(function(real, *args, **kwargs), function(imag, *args, **kwargs))

    return join


def _product(function: Callable[..., Any]) -> Callable[..., Complex]:
    return lambda a, b, *args, **kwargs: bilinear(lambda p, q: function(p, q, *args, **kwargs), a, b)


UFUNCS: dict[Any, Callable[..., Any]] = {
    np.add: lambda a, b: pair(a) + b,
    np.subtract: lambda a, b: pair(a) - b,
    np.multiply: lambda a, b: bilinear(np.multiply, a, b),
    np.matmul: lambda a, b: bilinear(np.matmul, a, b),
    np.divide: lambda a, b: pair(a) / b,
    np.power: lambda a, n: pair(a) ** n,
    np.square: lambda z: z * z,
    np.reciprocal: lambda z: 1.0 / z,
    np.negative: Complex.__neg__,
    np.positive: Complex.__pos__,
    np.conjugate: Complex.conj,
    np.absolute: Complex.__abs__,
    np.exp: _exponential,
}
"""Ufunc → its form for complex numbers."""

FUNCTIONS: dict[Any, Callable[..., Any]] = {
    np.real: lambda z: z.real,
    np.imag: lambda z: z.imag,
    np.angle: _angle,
    np.iscomplexobj: lambda z: not is_real(z),
    np.isrealobj: is_real,
    np.shape: lambda z: z.shape,
    np.ndim: lambda z: z.ndim,
    np.size: lambda z: z.size,
    np.dot: _product(np.dot),
    np.tensordot: _product(np.tensordot),
    np.outer: _product(np.outer),
    np.inner: _product(np.inner),
    np.vdot: lambda a, b: np.dot(np.conjugate(np.ravel(a)), np.ravel(b)),
    np.concatenate: _joined(np.concatenate),
    np.stack: _joined(np.stack),
} | {
    f: _apart(f)
    for f in (
        np.sum, np.mean, np.cumsum, np.diff, np.trace, np.diagonal, np.copy,
        np.reshape, np.ravel, np.transpose, np.matrix_transpose, np.swapaxes, np.moveaxis, np.expand_dims,
        np.squeeze, np.broadcast_to, np.flip, np.roll, np.take, np.tile, np.repeat, np.tril, np.triu,
    )
}  # fmt: skip
"""NumPy function → its form for complex numbers."""
