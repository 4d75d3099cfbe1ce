"""Complex numbers as pairs of real tensors: values of NumPy, slopes by central differences."""

import numpy as np
import pytest
from orders import check_orders

import minigrad as mg
from minigrad.ops.cartesian import FUNCTIONS, UFUNCS, Complex, pair

RNG = np.random.default_rng(67)


def draw(*shape):
    return RNG.uniform(0.5, 2, shape) * RNG.choice([-1, 1], shape)


A, B, M = draw(2, 3) + 1j * draw(2, 3), draw(3) - 1j * draw(3), draw(3, 4) + 1j * draw(3, 4)
X = draw(2, 3)


def pairs(z):
    """A complex array as a pair of tensors."""
    return Complex(mg.Tensor(np.real(z)), mg.Tensor(np.imag(z)))


UNARY = {
    "number on the right": lambda z: z * 2 + 1 - 0.5j,
    "number on the left": lambda z: 1 - 2j * z,
    "number below": lambda z: z / 4 - z / 2j,
    "number above": lambda z: 3.0 / z + 1j / z,
    "array on the right": lambda z: (z + X) * A - B,
    "array on the left": lambda z: X * z + (A - z) + B / z,
    "matmul": lambda z: z @ M,
    "matmul on the left": lambda z: M[:2, :2] @ z,
    "real matmul": lambda z: z @ X.T,
    "power": lambda z: z**3 + z**1,
    "negative": lambda z: -(+z),
    "abs": abs,
    "conj": lambda z: z.conj() * z.conjugate(),
    "parts": lambda z: z.real * z.imag,
    "index": lambda z: z[1, ::-1],
    "T": lambda z: z.T,
    "sum": lambda z: z.sum(axis=1, keepdims=True),
    "mean": lambda z: z.mean(0),
    "reshape": lambda z: z.reshape(3, 2) + z.reshape((3, -1)),
    "np.add": lambda z: np.add(z, X) + np.add(X, z),
    "np.subtract": lambda z: np.subtract(X, z),
    "np.multiply": lambda z: np.multiply(A, z),
    "np.matmul": lambda z: np.matmul(z, M),
    "np.divide": lambda z: np.divide(z, A) + np.divide(A, z),
    "np.power": lambda z: np.power(z, 2),
    "np.square": np.square,
    "np.reciprocal": np.reciprocal,
    "np.negative": np.negative,
    "np.positive": np.positive,
    "np.conjugate": np.conjugate,
    "np.absolute": np.absolute,
    "np.exp": np.exp,
    "np.real": np.real,
    "np.imag": np.imag,
    "np.angle": np.angle,
    "np.dot": lambda z: np.dot(z, M),
    "np.tensordot": lambda z: np.tensordot(z, M, axes=1),
    "np.outer": lambda z: np.outer(B, z),
    "np.inner": lambda z: np.inner(z, A),
    "np.vdot": lambda z: np.vdot(z, A) + 2 * np.vdot(A, z),
    "np.concatenate": lambda z: np.concatenate([z, X, A], axis=1),
    "np.stack": lambda z: np.stack([X, z, z * 2]),
    "np.sum": lambda z: np.sum(z, axis=0),
    "np.mean": np.mean,
    "np.cumsum": lambda z: np.cumsum(z, axis=1),
    "np.diff": np.diff,
    "np.trace": np.trace,
    "np.diagonal": np.diagonal,
    "np.copy": np.copy,
    "np.reshape": lambda z: np.reshape(z, 6),
    "np.ravel": np.ravel,
    "np.transpose": np.transpose,
    "np.matrix_transpose": np.matrix_transpose,
    "np.swapaxes": lambda z: np.swapaxes(z, 0, 1),
    "np.moveaxis": lambda z: np.moveaxis(z, 0, 1),
    "np.expand_dims": lambda z: np.expand_dims(z, 1),
    "np.squeeze": np.squeeze,
    "np.broadcast_to": lambda z: np.broadcast_to(z, (2, 2, 3)),
    "np.flip": np.flip,
    "np.roll": lambda z: np.roll(z, 2),
    "np.take": lambda z: np.take(z, [0, 2, 2], axis=1),
    "np.tile": lambda z: np.tile(z, 2),
    "np.repeat": lambda z: np.repeat(z, 2, axis=0),
    "np.tril": np.tril,
    "np.triu": np.triu,
}


@pytest.mark.parametrize("f", UNARY.values(), ids=list(UNARY))
def test_values_and_slopes(f):
    got, want = f(pairs(A)), f(A)
    np.testing.assert_allclose(got.value, want, rtol=1e-13)
    assert got.shape == want.shape

    def real(p, q):
        y = pair(f(Complex(p, q)))
        return np.sin(y.real) + 2 * np.cos(y.imag)

    check_orders(real, A.real, A.imag)


def test_every_function_is_tried():
    known = {f"np.{f.__name__}" for f in (*UFUNCS, *FUNCTIONS) if f.__module__ != "numpy.fft"}
    assert known - UNARY.keys() == {"np.iscomplexobj", "np.isrealobj", "np.shape", "np.ndim", "np.size"}


def test_shape_and_type():
    z = pairs(A.astype(np.complex64))
    assert (z.shape, z.ndim, z.size, len(z)) == ((2, 3), 2, 6, 2)
    assert (np.shape(z), np.ndim(z), np.size(z)) == ((2, 3), 2, 6)
    assert np.iscomplexobj(z)
    assert not np.isrealobj(z)
    for y in (z, z * 2 + 1j, 1 / z, np.exp(-z)):
        assert y.dtype == y.value.dtype == np.complex64
    assert repr(pairs(1 + 2j)) == "Complex(real=Tensor(1.), imag=Tensor(2.))"


def test_the_slope_of_an_amplitude_is_0_where_it_is_0():
    z = pairs(np.zeros(2))
    table = mg.backprop(np.sum(np.abs(z)))
    assert table[z.real].tolist() == table[z.imag].tolist() == [0, 0]


@pytest.mark.parametrize(
    "f",
    [
        np.sqrt, np.log, np.maximum.reduce, np.var, np.linalg.norm, np.linalg.inv, np.sort, np.isfinite,
        lambda z: np.add(z, 1, out=np.zeros((2, 3), complex)), lambda z: np.maximum(z, 0),
        lambda z: z**0.5, lambda z: z**-1, np.add.reduce, np.asarray,
    ],
)  # fmt: skip
def test_what_has_no_form_for_complex_numbers_is_refused(f):
    wanted = r"of complex numbers: write it with|integer of at least 1|its \.value"
    with pytest.raises(TypeError, match=wanted):
        f(pairs(A))


def test_the_parts_have_one_shape():
    with pytest.raises(ValueError, match=r"shape \(2,\), the imaginary one \(3,\)"):
        Complex(np.ones(2), np.ones(3))
