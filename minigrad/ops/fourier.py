"""Discrete Fourier transforms, made of their cosine and sine halves."""

from __future__ import annotations

import functools
from typing import Any

import numpy as np

from minigrad.op import DIFFERENTIABLE, Array, Op, differentiates
from minigrad.ops.cartesian import FUNCTIONS, Complex, is_real, pair


class CosineTransform(Op):
    """yⱼ = Σₖ xₖ cos(2π j k / n) along `axis`, in the scale `norm`: a symmetric matrix, so its own rule."""

    axis: int = -1
    norm: Any = None

    def f(self, x: Array) -> Array:
        return np.real(np.fft.fft(x, axis=self.axis, norm=self.norm))

    def bprop_x(self, G: Array, y: Array, x: Array) -> Array:
        return CosineTransform(self.axis, self.norm)(G)


class SineTransform(Op):
    """yⱼ = -Σₖ xₖ sin(2π j k / n) along `axis`, in the scale `norm`: a symmetric matrix, so its own rule."""

    axis: int = -1
    norm: Any = None

    def f(self, x: Array) -> Array:
        return np.imag(np.fft.fft(x, axis=self.axis, norm=self.norm))

    def bprop_x(self, G: Array, y: Array, x: Array) -> Array:
        return SineTransform(self.axis, self.norm)(G)


_BACK: dict[Any, Any] = {None: "forward", "backward": "forward", "forward": "backward", "ortho": "ortho"}
"""The scale in which the forward transform has that of the backward one."""


def _sized(x: Any, n: int | None, axis: int) -> Any:
    """`x` cut off or filled with zeros to length n along an axis."""
    length = np.shape(x)[axis]
    if n is None or n == length:
        return x
    if n < 1:
        msg = f"a Fourier transform wants at least one point; given: n = {n}"
        raise ValueError(msg)
    if n > length:
        shape = list(np.shape(x))
        shape[axis] = n - length
        # Zeros of the type of the parts.
        return np.concatenate([x, np.zeros(shape, np.real(x).dtype)], axis=axis)
    return np.moveaxis(np.moveaxis(x, axis, 0)[:n], 0, axis)


@differentiates(np.fft.fft)
def _fft(a: Array, n: int | None = None, axis: int = -1, norm: Any = None) -> Array:
    x = _sized(a, n, axis)
    C, S = CosineTransform(axis, norm), SineTransform(axis, norm)
    if is_real(x):
        return Complex(C(x), S(x))
    return Complex(C(x.real) - S(x.imag), S(x.real) + C(x.imag))


@differentiates(np.fft.ifft)
def _ifft(a: Array, n: int | None = None, axis: int = -1, norm: Any = None) -> Array:
    return np.conjugate(np.fft.fft(np.conjugate(a), n, axis, _BACK[norm]))


@differentiates(np.fft.rfft)
def _rfft(a: Array, n: int | None = None, axis: int = -1, norm: Any = None) -> Array:
    if not is_real(a):
        msg = "numpy.fft.rfft wants real numbers: pass z.real, or use numpy.fft.fft"
        raise TypeError(msg)
    y = np.fft.fft(a, n, axis, norm)
    return _sized(y, y.shape[axis] // 2 + 1, axis)


@differentiates(np.fft.irfft)
def _irfft(a: Array, n: int | None = None, axis: int = -1, norm: Any = None) -> Array:
    z = pair(a)
    n = 2 * (z.shape[axis] - 1) if n is None else n
    z = _sized(z, n // 2 + 1, axis)
    # Each frequency but 0 and the highest of an even n stands for itself and for its negative.
    twice = np.full(n // 2 + 1, 2, z.real.dtype)
    twice[0] = 1
    if n % 2 == 0:
        twice[-1] = 1
    z = _sized(np.moveaxis(np.moveaxis(z, axis, -1) * twice, -1, axis), n, axis)
    back = _BACK[norm]
    return CosineTransform(axis, back)(z.real) + SineTransform(axis, back)(z.imag)


@differentiates(np.fft.hfft)
def _hfft(a: Array, n: int | None = None, axis: int = -1, norm: Any = None) -> Array:
    return np.fft.irfft(np.conjugate(a), n, axis, _BACK[norm])


@differentiates(np.fft.ihfft)
def _ihfft(a: Array, n: int | None = None, axis: int = -1, norm: Any = None) -> Array:
    return np.conjugate(np.fft.rfft(a, n, axis, _BACK[norm]))


def _plan(a: Array, s: Any, axes: Any) -> list[tuple[int | None, int]]:
    """Length (None: as it is) and axis of each transform of one axis."""
    if axes is None:
        axes = range(-(np.ndim(a) if s is None else len(s)), 0)
    lengths = [None] * len(axes) if s is None else [None if n == -1 else n for n in s]
    if len(lengths) != len(axes):
        msg = f"the lengths s = {s} and the axes {tuple(axes)} of a Fourier transform differ in number"
        raise ValueError(msg)
    return list(zip(lengths, axes, strict=True))


def _each(transform: Any, a: Array, plan: list[tuple[int | None, int]], norm: Any) -> Array:
    return functools.reduce(lambda x, step: transform(x, *step, norm), reversed(plan), a)


@differentiates(np.fft.fftn)
def _fftn(a: Array, s: Any = None, axes: Any = None, norm: Any = None) -> Array:
    return _each(np.fft.fft, a, _plan(a, s, axes), norm)


@differentiates(np.fft.ifftn)
def _ifftn(a: Array, s: Any = None, axes: Any = None, norm: Any = None) -> Array:
    return _each(np.fft.ifft, a, _plan(a, s, axes), norm)


@differentiates(np.fft.rfftn)
def _rfftn(a: Array, s: Any = None, axes: Any = None, norm: Any = None) -> Array:
    *others, (n, axis) = _plan(a, s, axes)
    return _each(np.fft.fft, np.fft.rfft(a, n, axis, norm), others, norm)


@differentiates(np.fft.irfftn)
def _irfftn(a: Array, s: Any = None, axes: Any = None, norm: Any = None) -> Array:
    *others, (n, axis) = _plan(a, s, axes)
    return np.fft.irfft(_each(np.fft.ifft, a, others, norm), n, axis, norm)


@differentiates(np.fft.fft2)
def _fft2(a: Array, s: Any = None, axes: Any = (-2, -1), norm: Any = None) -> Array:
    return np.fft.fftn(a, s, axes, norm)


@differentiates(np.fft.ifft2)
def _ifft2(a: Array, s: Any = None, axes: Any = (-2, -1), norm: Any = None) -> Array:
    return np.fft.ifftn(a, s, axes, norm)


@differentiates(np.fft.rfft2)
def _rfft2(a: Array, s: Any = None, axes: Any = (-2, -1), norm: Any = None) -> Array:
    return np.fft.rfftn(a, s, axes, norm)


@differentiates(np.fft.irfft2)
def _irfft2(a: Array, s: Any = None, axes: Any = (-2, -1), norm: Any = None) -> Array:
    return np.fft.irfftn(a, s, axes, norm)


def _shift(x: Array, axes: Any, sign: int) -> Array:
    """`x` turned by half of its length along `axes`, the middle becoming the start if `sign` is -1."""
    if axes is None:
        axes = range(np.ndim(x))
    axes = (axes,) if isinstance(axes, int) else tuple(axes)
    return np.roll(x, [sign * (np.shape(x)[axis] // 2) for axis in axes], axes)


@differentiates(np.fft.fftshift)
def _fftshift(x: Array, axes: Any = None) -> Array:
    return _shift(x, axes, 1)


@differentiates(np.fft.ifftshift)
def _ifftshift(x: Array, axes: Any = None) -> Array:
    return _shift(x, axes, -1)


FUNCTIONS |= {
    f: DIFFERENTIABLE[f]
    for f in (
        np.fft.fft, np.fft.ifft, np.fft.rfft, np.fft.irfft, np.fft.hfft, np.fft.ihfft,
        np.fft.fft2, np.fft.ifft2, np.fft.rfft2, np.fft.irfft2,
        np.fft.fftn, np.fft.ifftn, np.fft.rfftn, np.fft.irfftn, np.fft.fftshift, np.fft.ifftshift,
    )
}  # fmt: skip
