"""Fourier transforms between real input and real output at orders 1, 2 and 3."""

import autograd
import autograd.numpy as anp
import numpy as np
import pytest
from orders import check_orders, check_values_and_types

import minigrad as mg
from minigrad.ops.cartesian import Complex

RNG = np.random.default_rng(61)
FFT = np.fft


def draw(*shape):
    return RNG.uniform(-2, 2, shape)


H = draw(4) + 1j * draw(4)

CASES = {
    "filter": (lambda x: FFT.irfft(FFT.rfft(x) * H), (6,)),
    "filter-odd": (lambda x: FFT.irfft(FFT.rfft(x) * H, 7), (7,)),
    "filter-tensor": (lambda x, h: FFT.irfft(FFT.rfft(x) * h), (2, 6), (4,)),
    "convolution": (lambda x, h: FFT.irfft(FFT.rfft(x, 9) * FFT.rfft(h, 9), 9), (6,), (4,)),
    "power": (lambda x: np.abs(FFT.rfft(x)) ** 2, (3, 5)),
    "amplitude": (lambda x: abs(FFT.rfft(x, axis=0)), (5, 3)),
    "phase": (lambda x: np.cos(np.angle(FFT.fft(x))), (5,)),
    "real": (lambda x: FFT.fft(x, 4).real, (6,)),
    "imag": (lambda x: np.imag(FFT.fft(x, 8, 0, "ortho")), (6, 2)),
    "real-ifft": (lambda x: np.real(FFT.ifft(x, norm="forward")), (5,)),
    "round": (lambda x: FFT.ifft(FFT.fft(x) ** 2).real, (5,)),
    "quotient": (lambda x: np.real(FFT.ifft(FFT.fft(x) / (FFT.fft(x[::-1] * x) + 9j))), (5,)),
    "exponential": (lambda x: np.exp(-FFT.fft(x) / 4).real, (5,)),
    "irfft": (FFT.irfft, (4,)),
    "irfft-n": (lambda x: FFT.irfft(x, 9, 0, "ortho"), (4, 2)),
    "irfft-cut": (lambda x: FFT.irfft(x, n=4), (2, 6)),
    "hfft": (FFT.hfft, (4,)),
    "hfft-n": (lambda x: FFT.hfft(x, 7, norm="ortho"), (5,)),
    "ihfft": (lambda x: np.abs(FFT.ihfft(x)) ** 2, (6,)),
    "ihfft-n": (lambda x: FFT.hfft(FFT.ihfft(x, 5, norm="forward") * H[:3], 5), (6,)),
    "fft2": (lambda x: np.abs(FFT.fft2(x, norm="ortho")) ** 2, (2, 3, 5)),
    "ifft2": (lambda x: FFT.ifft2(FFT.fft2(x) * H).real, (3, 4)),
    "rfft2": (lambda x: FFT.irfft2(FFT.rfft2(x) * H, s=(3, 6)), (3, 6)),
    "fftn": (lambda x: FFT.ifftn(FFT.fftn(x) ** 2, norm="forward").real / 100, (2, 3, 2)),
    "fftn-s": (lambda x: np.real(FFT.fftn(x, (4, -1), (2, 0))), (2, 3, 5)),
    "rfftn": (lambda x: FFT.irfftn(FFT.rfftn(x, axes=(1, 0)) * H, axes=(1, 0)), (6, 4)),
    "fftshift": (FFT.fftshift, (5,)),
    "fftshift-axes": (lambda x: FFT.fftshift(x, axes=(0, -1)), (5, 2, 4)),
    "ifftshift": (lambda x: FFT.ifftshift(x, 1), (2, 5)),
    "ifftshift-spectrum": (lambda x: FFT.ifftshift(FFT.fftshift(FFT.fft(x) * 2)).imag, (5,)),
    "one point": (lambda x: FFT.rfft(x).real, (3, 1)),
    "no vectors": (lambda x: FFT.irfft(FFT.rfft(x)), (0, 4)),
}


@pytest.mark.parametrize(("f", "shapes"), [(c[0], c[1:]) for c in CASES.values()], ids=list(CASES))
def test_the_slopes(f, shapes):
    xs = [draw(*shape) for shape in shapes]
    check_orders(f, *xs)
    check_orders(lambda *xs: np.sin(f(*xs)), *xs)
    leaves = [mg.Tensor(x) for x in xs]
    y, want = f(*leaves), f(*xs)
    np.testing.assert_allclose(y.value, want, rtol=1e-12, atol=1e-13)


@pytest.mark.parametrize("name", ["power", "convolution", "hfft", "irfft-n", "fft2", "exponential"])
def test_values_and_types(name):
    f, *shapes = CASES[name]
    xs = [draw(*shape) for shape in shapes]
    for dtype in (np.float64, np.float32):
        leaves = [mg.Tensor(x.astype(dtype)) for x in xs]
        y = f(*leaves)
        assert y.dtype == dtype
        table = mg.backprop(np.sum(y))
        assert all(table[x].dtype == dtype for x in leaves)
    check_values_and_types(lambda x: np.real(FFT.fft(x)), draw(4))


def test_a_second_opinion():
    x, h = draw(3, 8), draw(5)

    def loss(np):
        return lambda x: np.sum(np.abs(np.fft.irfft(np.fft.rfft(x) ** 3 * h, 10)) ** 1.5)

    x_ = mg.Tensor(x)
    want = autograd.grad(loss(anp))(x)
    np.testing.assert_allclose(mg.backprop(loss(np)(x_))[x_], want, rtol=1e-10)


@pytest.mark.parametrize("norm", [None, "backward", "ortho", "forward"])
@pytest.mark.parametrize("n", [None, 3, 4, 5, 6, 8])
def test_every_transform_has_the_values_of_numpy(norm, n):
    x = draw(2, 5)
    for f in (FFT.fft, FFT.ifft, FFT.rfft, FFT.ihfft, FFT.irfft, FFT.hfft):
        got = f(mg.Tensor(x), n, -1, norm)
        np.testing.assert_allclose(got.value, f(x, n, -1, norm), rtol=1e-12, atol=1e-13)
        assert isinstance(got, mg.Tensor if f in (FFT.irfft, FFT.hfft) else Complex)
    z = FFT.rfft(mg.Tensor(x))
    for f in (FFT.fft, FFT.ifft, FFT.irfft, FFT.hfft):
        np.testing.assert_allclose(f(z, n, -1, norm).value, f(z.value, n, -1, norm), rtol=1e-12, atol=1e-13)


def test_a_gradient_at_a_frequency_without_amplitude_is_zero():
    x = mg.Tensor(np.ones(4))
    np.testing.assert_array_equal(mg.backprop(np.sum(np.abs(FFT.rfft(x))))[x], np.ones(4))


def test_what_cannot_be_is_refused():
    x = mg.Tensor(draw(2, 4))
    with pytest.raises(ValueError, match="n = 0"):
        FFT.fft(x, 0)
    with pytest.raises(TypeError, match="rfft wants real numbers"):
        FFT.rfft(FFT.fft(x))
    with pytest.raises(ValueError, match="differ in number"):
        FFT.fftn(x, (2, 2), (0,))
    with pytest.raises(TypeError, match="out="):
        FFT.fft(x, out=np.zeros(4, complex))
