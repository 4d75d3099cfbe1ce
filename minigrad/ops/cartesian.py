"""Complex numbers between real ones: pairs of a real and an imaginary part, each a real tensor."""

from __future__ import annotations

import functools
import math
import operator
from collections.abc import Callable
from typing import Any

import numpy as np

from minigrad.dispatch import full_name
from minigrad.op import DIFFERENTIABLE, Array

UFUNCS: dict[Any, Callable[..., Any]] = {}
"""Ufunc → its form for complex numbers."""

FUNCTIONS: dict[Any, Callable[..., Any]] = {}
"""NumPy function → its form for complex numbers."""


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
        return self.apart(np.transpose)

    def apart(self, f: Callable[..., Any], *args: Any, **kwargs: Any) -> Complex:
        """f of both parts, for a linear f."""
        return Complex(f(self.real, *args, **kwargs), f(self.imag, *args, **kwargs))

    def astype(self, dtype: Any) -> Complex:
        """Refused: the parts have a type, and a real tensor can't hold both of them."""
        msg = f"complex numbers can't become {dtype}: use .real, .imag or np.abs, which are real tensors"
        raise TypeError(msg)

    def conj(self) -> Complex:
        """The complex conjugate."""
        return Complex(self.real, -self.imag)

    conjugate = conj

    def sum(self, axis: Any = None, *, keepdims: bool = False) -> Complex:
        """As np.sum."""
        return self.apart(np.sum, axis=axis, keepdims=keepdims)

    def mean(self, axis: Any = None, *, keepdims: bool = False) -> Complex:
        """As np.mean."""
        return self.apart(np.mean, axis=axis, keepdims=keepdims)

    def reshape(self, *shape: Any) -> Complex:
        """As np.reshape; the shape as one tuple or as numbers."""
        return self.apart(np.reshape, shape[0] if len(shape) == 1 else shape)

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

    def __takes__(self, op: Any, inputs: Any) -> Any:
        """op(*inputs) for the op of a ufunc, where a tensor stands before this pair."""
        form = next((form for ufunc, form in UFUNCS.items() if DIFFERENTIABLE.get(ufunc) == op), None)
        if form is None:
            raise _refusal(type(op))
        return form(*inputs)

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
