import numpy as np
import pytest

from minigrad.check.numeric import (
    central_difference,
    complex_step,
    is_analytic,
    jumps,
    one_sided,
    with_scatter,
)

SMOOTH = {
    "tanh": (lambda s: np.tanh(0.3 + 2 * s), 2 / np.cosh(0.3) ** 2),
    "steep": (lambda s: np.exp(40 * s), 40.0),
    "linear": (lambda s: 5 - 3 * s, -3.0),
    "constant": (lambda s: 7.0 + 0 * s, 0.0),
    "large": (lambda s: 1e12 * np.sin(1 + s), 1e12 * np.cos(1)),
    "max of two apart": (lambda s: np.maximum(s, 1.0 + 3 * s), 3.0),
}
NOT_ANALYTIC = {
    "abs": np.abs,
    "abs away from 0": lambda s: np.abs(1 + s),
    "drops the imaginary part": lambda s: np.real(s) ** 2 + s,
    "casts": lambda s: np.array([s]).astype(float)[0],
    "conjugates": lambda s: np.conj(2 + s) * s,
    "refuses": float,
    "relu at the kink": lambda s: np.maximum(s, 0),
    "square of abs": lambda s: np.abs(1 + s) ** 2,
    "a small part": lambda s: (1 + s) ** 3 + 1e-7 * np.abs(1 + s),
    "nan": lambda s: s * np.nan,
}


@pytest.mark.parametrize("name", SMOOTH)
def test_both_methods_on_smooth_functions(name):
    line, slope = SMOOTH[name]
    assert is_analytic(line)
    assert complex_step(line) == pytest.approx(slope, rel=1e-15, abs=1e-15)
    value, error, _ = central_difference(line)
    assert abs(value - slope) <= error
    assert error <= 1e-6 * max(abs(slope), 1)


@pytest.mark.parametrize("name", NOT_ANALYTIC)
def test_what_is_not_analytic_is_told(name):
    assert not is_analytic(NOT_ANALYTIC[name])


def test_differences_near_a_kink_take_a_step_that_does_not_reach_it():
    value, error, _ = central_difference(lambda s: np.abs(s - 5e-5))
    assert (value, error < 1e-8) == (pytest.approx(-1, rel=1e-9), True)


def test_noise_and_a_kink_within_every_step_show_in_the_error():
    rng = np.random.default_rng(0)
    assert central_difference(lambda s: s + 1e-6 * rng.normal()).error > 1e-4
    value, error, _ = central_difference(lambda s: np.abs(s - 1e-7))
    assert error > 0.1 * abs(value)
    assert central_difference(lambda s: np.float32(1) + np.float32(s)).error > 1e-4


def test_differences_without_a_number_are_nan_with_an_infinite_error():
    value, error, _ = central_difference(lambda s: np.log(s - 1.0))
    assert np.isnan(value)
    assert error == np.inf


def test_one_sided_slopes_ignore_curvature_and_show_kinks():
    left, right = one_sided(lambda s: 3 * s + 1000 * s**2)
    assert left == pytest.approx(right, rel=1e-8)
    assert one_sided(lambda s: np.maximum(2 * s, -s)) == (pytest.approx(-1), pytest.approx(2))


def test_jumps():
    assert jumps(lambda s: np.where(s >= 0, 1.0, 0.0))
    assert jumps(lambda s: np.where(s > 0, s + 1, s))
    assert not any(jumps(f) for f in (np.abs, np.sin, np.cos, lambda s: 4.0 + 0 * s))


def test_scatter_shows_rounding_that_one_step_happens_to_hide():
    def quantised(s):
        return np.round(s * 2.5e4 + 1e-9) * 1e-3

    slope = central_difference(quantised, [1e-4])
    assert slope.error < 10 < with_scatter(quantised, slope).error
    smooth = central_difference(np.sin)
    assert with_scatter(np.sin, smooth).error < 1e-8
