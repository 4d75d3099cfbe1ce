import numpy as np
import pytest
from forms import check_form
from slopes import slopes

import minigrad as mg

LENGTHS = [(5, 3), (3, 5), (5, 2), (2, 5), (4, 4), (1, 3), (3, 1), (6, 4), (4, 6)]


@pytest.mark.parametrize("lengths", LENGTHS)
@pytest.mark.parametrize("mode", ["full", "same", "valid"])
@pytest.mark.parametrize("f", [np.convolve, np.correlate], ids=lambda f: f.__name__)
def test_the_slopes(f, mode, lengths):
    n, m = lengths
    check_form(lambda a, v: f(a, v, mode), (n,), (m,))


def test_the_default_modes_and_a_number():
    a, v = mg.Tensor([1.0, 2.0, 3.0]), np.array([1.0, 10.0])
    for f in (np.convolve, np.correlate):
        np.testing.assert_array_equal(f(a, v).value, f(a.value, v))
        np.testing.assert_array_equal(f(v, a).value, f(v, a.value))
    np.testing.assert_array_equal(np.convolve(a, 2.0).value, np.convolve(a.value, 2.0))


@pytest.mark.parametrize("f", [np.convolve, np.correlate])
def test_what_is_no_sequence_is_named(f):
    for bad in (np.ones((2, 3)), np.ones(0)):
        with pytest.raises(ValueError, match=r"sequences that are not empty; given: shape"):
            f(mg.Tensor(bad), [1.0])
    with pytest.raises(ValueError, match="mode is one of full, same, valid; given: 'circular'"):
        f(mg.Tensor([1.0]), [1.0], "circular")


def test_the_slope_is_a_correlation_with_the_other_sequence():
    a, v = np.array([1.0, 2.0, -3.0, 0.5]), np.array([2.0, -1.0, 4.0])
    want = np.correlate(2 * np.convolve(a, v), v, mode="valid")
    np.testing.assert_allclose(slopes(lambda a: np.convolve(a, v) ** 2, a), want, rtol=1e-14)
