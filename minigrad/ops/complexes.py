"""NumPy's functions of complex numbers, in real and imaginary parts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from minigrad.op import Array
from minigrad.ops.cartesian import FUNCTIONS, UFUNCS, Complex, bilinear, is_real, pair


def _exponential(z: Complex) -> Complex:
    r = np.exp(z.real)
    return Complex(r * np.cos(z.imag), r * np.sin(z.imag))


def _angle(z: Complex) -> Array:
    return np.arctan2(z.imag, z.real)


def _apart(function: Callable[..., Any]) -> Callable[..., Complex]:
    """The form of a linear function of one array that takes a pair."""
    return lambda z, *args, **kwargs: z.apart(function, *args, **kwargs)


def _joined(function: Callable[..., Any]) -> Callable[..., Complex]:
    """The form of a linear function of several arrays that takes pairs among them."""

    def join(arrays: Any, *args: Any, **kwargs: Any) -> Complex:
        pairs = [pair(x) for x in arrays]
        real, imag = ([getattr(z, part) for z in pairs] for part in ("real", "imag"))
        return Complex(function(real, *args, **kwargs), function(imag, *args, **kwargs))

    return join


def _product(function: Callable[..., Any]) -> Callable[..., Complex]:
    return lambda a, b, *args, **kwargs: bilinear(lambda p, q: function(p, q, *args, **kwargs), a, b)


UFUNCS |= {
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

_FORMS: dict[Any, Callable[..., Any]] = {
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
}
_FORMS |= {
    f: _apart(f)
    for f in (
        np.sum, np.mean, np.cumsum, np.diff, np.trace, np.diagonal, np.copy,
        np.reshape, np.ravel, np.transpose, np.matrix_transpose, np.swapaxes, np.moveaxis, np.expand_dims,
        np.squeeze, np.broadcast_to, np.flip, np.roll, np.take, np.tile, np.repeat, np.tril, np.triu,
    )
}  # fmt: skip
FUNCTIONS |= _FORMS
