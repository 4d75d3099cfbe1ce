"""Complex numbers as pairs of real tensors: their shape, their type, and what they refuse."""

import numpy as np
import pytest

import minigrad as mg
from minigrad.ops import complexes, fourier
from minigrad.ops.cartesian import FUNCTIONS, UFUNCS, Complex

RNG = np.random.default_rng(67)
A = RNG.normal(size=(2, 3)) + 1j * RNG.normal(size=(2, 3))


def pairs(z):
    """A complex array as a pair of tensors."""
    return Complex(mg.Tensor(np.real(z)), mg.Tensor(np.imag(z)))


def test_the_tables_are_filled_by_the_families_of_functions():
    assert complexes.FUNCTIONS is fourier.FUNCTIONS is FUNCTIONS
    assert np.exp in UFUNCS


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
        lambda z: z.astype(float), lambda z: z**0.5, lambda z: z**-1, np.add.reduce, np.asarray,
    ],
)  # fmt: skip
def test_what_has_no_form_for_complex_numbers_is_refused(f):
    wanted = r"of complex numbers: write it with|integer of at least 1|its \.value|use \.real"
    with pytest.raises(TypeError, match=wanted):
        f(pairs(A))


def test_the_parts_have_one_shape():
    with pytest.raises(ValueError, match=r"shape \(2,\), the imaginary one \(3,\)"):
        Complex(np.ones(2), np.ones(3))
