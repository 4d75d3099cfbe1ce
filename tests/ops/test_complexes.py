"""NumPy's functions of complex numbers: values of NumPy, slopes by central differences."""

import numpy as np
import pytest
from orders import check_orders

import minigrad as mg
from minigrad.ops.cartesian import Complex, pair
from minigrad.ops.complexes import FUNCTIONS, UFUNCS

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
