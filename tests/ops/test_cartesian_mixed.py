"""A tensor on the left of a pair of tensors, the real and imaginary parts of complex numbers."""

import numpy as np
import pytest
from orders import check_orders

import minigrad as mg
from minigrad.ops.cartesian import Complex, pair

RNG = np.random.default_rng(71)


@pytest.mark.parametrize(
    "f",
    [
        lambda x, z: x * z, lambda x, z: x + z, lambda x, z: x - z, lambda x, z: x / z, lambda x, z: x @ z,
        np.multiply, np.add, np.subtract, np.divide, np.matmul, np.vdot, np.dot, np.inner, np.outer,
        lambda x, z: np.stack([x, z]), lambda x, z: np.concatenate([x, z]),
        lambda x, z: np.tensordot(x, z, 1),
    ],
)  # fmt: skip
def test_a_tensor_before_a_pair(f):
    x, re, im = RNG.uniform(0.5, 2, (3, 3, 3))
    got = f(mg.Tensor(x), Complex(mg.Tensor(re), mg.Tensor(im)))
    np.testing.assert_allclose(got.value, f(x, re + 1j * im), rtol=1e-13)

    def real(x, re, im):
        y = pair(f(x, Complex(re, im)))
        return np.sin(y.real) + np.cos(y.imag)

    check_orders(real, x, re, im)


def test_what_takes_no_pair_after_a_tensor():
    x, z = mg.Tensor(np.ones((2, 2))), Complex(mg.Tensor(np.ones((2, 2))), np.ones((2, 2)))
    for f in (mg.linear, np.maximum, np.arctan2, np.vecdot, np.linalg.solve, np.isclose):
        with pytest.raises(TypeError, match="of complex numbers: write it with"):
            f(x, z)
    with pytest.raises(TypeError, match="complex numbers can't become float64"):
        x += z
