import numpy as np
import pytest
from vanilla_mutants import BATCH, SMALL

from minigrad.diagnosis.vanilla.factors import FACTORS, MINUS, name_factor, ratio

SIZES = [SMALL, BATCH]


@pytest.mark.parametrize("name", FACTORS)
def test_a_factor_is_named_by_its_values(name):
    values = [FACTORS[name](n) for n in SIZES]
    found = name_factor(values, SIZES)
    assert np.allclose([FACTORS[found](n) for n in SIZES], values)


def test_factors_that_two_problems_tell_apart():
    assert name_factor([0.25, 1 / 6], SIZES) == "1/T"
    assert name_factor([1.0, 1 / 3], SIZES) == "1/B"
    assert name_factor([0.25, 1 / 18], SIZES) == "1/(T·B)"
    assert name_factor([-4.0, -6.0], SIZES) == "−T"
    assert name_factor([-1.0, -1.0], SIZES) == MINUS
    assert name_factor([0.37, 0.37], SIZES) == ""


def test_no_factor_divides_by_nothing():
    sizes = {"T": 1, "B": 1, "D": 1, "H": 1, "O": 0}
    assert all(np.isfinite(f(sizes)) or np.isnan(f(sizes)) for f in FACTORS.values())


def test_a_ratio(rng):
    a = rng.normal(size=(2, 3))
    assert ratio(-3 * a, a) == pytest.approx(-3)
    assert np.isnan(ratio(a, 0 * a))
