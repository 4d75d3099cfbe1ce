"""Fourier transforms, of which a real part comes out."""

import numpy as np

from fuzz.source import Source
from fuzz.table import Both, Call, makes


@makes("np.fft.fft", "np.fft.ifft", "np.fft.rfft", "np.fft.ihfft")
def to_complex(name: str, s: Source) -> Call:
    x = s.value(lambda x: x.ndim > 0 and x.shape[-1] > 0 and x.size < 24)
    n, axis = s.one_of(None, s.integer(2, 5)), -s.integer(1, s[x].ndim)
    call = f"{name}({{}}, n={n}, axis={axis}, norm={s.one_of(None, 'ortho')!r})"
    return transformed(s, x, call, complex_result=True)


@makes("np.fft.irfft", "np.fft.hfft")
def to_real(name: str, s: Source) -> Call:
    x = s.value(lambda x: x.ndim > 0 and x.shape[-1] > 1 and x.size < 24)
    n, axis = s.one_of(None, s.integer(2, 5)), -s.integer(1, s[x].ndim)
    return transformed(s, x, f"{name}({{}}, n={n}, axis={axis})", complex_result=False)


@makes("np.fft.fft2", "np.fft.ifft2", "np.fft.rfft2", "np.fft.fftn", "np.fft.ifftn", "np.fft.rfftn")
def along_two_axes(name: str, s: Source) -> Call:
    x = s.value(lambda x: x.ndim > 1 and x.size < 24)
    return transformed(s, x, f"{name}({{}}, axes={s.one_of((-2, -1), (-1, -2))})", complex_result=True)


@makes("np.fft.irfft2", "np.fft.irfftn")
def back_along_two_axes(name: str, s: Source) -> Call:
    x = s.value(lambda x: x.ndim > 1 and x.shape[-1] > 1 and x.size < 24)
    return transformed(s, x, f"{name}({{}}, axes=(-2, -1))", complex_result=False)


@makes("np.fft.fftshift", "np.fft.ifftshift")
def shift(name: str, s: Source) -> Call:
    x = s.value(lambda x: x.ndim > 0)
    return transformed(s, x, f"{name}({{}}, axes={-s.integer(1, s[x].ndim)})", complex_result=False)


def transformed(s: Source, x: str, call: str, *, complex_result: bool) -> Call:
    """Both forms: the transform, and the matrix of it."""
    if s[x].size == 0:
        raise ValueError
    part = s.one_of(".real", ".imag") if complex_result else ""
    return Both(call.format(x) + part, f"np.linear_in(lambda e: {call.format('e')}{part}, {x})")


@makes("np.fft.irfft of a product")
def circular(name: str, s: Source) -> Call:
    """A convolution on a circle, by products of transforms."""
    x = s.value(lambda x: x.ndim == 1 and x.size > 1)
    n = s[x].size
    y = s.value(lambda y: y.shape == (n,))
    places = np.subtract.outer(np.arange(n), np.arange(n)).T % n
    plain = f"np.fft.irfft(np.fft.rfft({x}) * np.fft.rfft({y}), {n})"
    return Both(plain, f"{x} @ np.take({y}, {places.tolist()})")
