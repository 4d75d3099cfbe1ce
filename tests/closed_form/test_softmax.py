import numpy as np
import pytest

from minigrad.closed_form.softmax import log_softmax


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_it_is_the_logarithm_of_the_quotient(dtype):
    o = np.random.default_rng(0).normal(size=(3, 4)).astype(dtype)
    wanted = np.log(np.exp(o) / np.exp(o).sum(axis=-1, keepdims=True))
    actual = log_softmax(o)
    np.testing.assert_allclose(actual, wanted, rtol=50 * np.finfo(dtype).eps)
    assert actual.dtype == dtype


def test_a_complex_step_gives_the_jacobian():
    o = np.random.default_rng(1).normal(size=4)
    jacobian = np.stack([log_softmax(o + 1e-30j * e).imag / 1e-30 for e in np.eye(4)], axis=1)
    y_hat = np.exp(o) / np.exp(o).sum()
    np.testing.assert_allclose(jacobian, np.eye(4) - y_hat, rtol=1e-13)


def test_the_argument_is_left_alone():
    o = np.array([1.0, 2.0])
    log_softmax(o)
    np.testing.assert_array_equal(o, [1.0, 2.0])


def test_neither_large_nor_small_arguments_overflow():
    np.testing.assert_array_equal(log_softmax(np.array([-1e5, 1e5])), [-2e5, 0.0])
