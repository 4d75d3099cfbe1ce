import numpy as np
import pytest

from minigrad.diagnosis.factor import factor_name, ratio

SIZES = [{"T": 4, "B": 1, "D": 5, "H": 6, "O": 3}, {"T": 6, "B": 3, "D": 4, "H": 7, "O": 5}]


@pytest.mark.parametrize(
    ("name", "of"),
    [
        ("2", lambda s: 2), ("½", lambda s: 0.5), ("-1", lambda s: -1), ("T", lambda s: s["T"]),
        ("1/T", lambda s: 1 / s["T"]), ("-1/B", lambda s: -1 / s["B"]), ("T·B", lambda s: s["T"] * s["B"]),
        ("1/(T·B)", lambda s: 1 / (s["T"] * s["B"])), ("2/O", lambda s: 2 / s["O"]),
        ("1/(2·T)", lambda s: 1 / (2 * s["T"])), ("0.37", lambda s: 0.37),
    ],
)  # fmt: skip
def test_a_factor_goes_by_what_it_is_on_every_problem(name, of):
    assert factor_name([of(s) for s in SIZES], SIZES) == name


def test_factors_that_have_nothing_in_common_have_no_name():
    assert factor_name([0.37, 0.41], SIZES) is None
    assert factor_name([2.0, -2.0], SIZES) is None


def test_the_ratio_is_that_of_least_squares():
    rng = np.random.default_rng(0)
    a = rng.normal(size=(4, 3))
    assert ratio(-3 * a, a) == pytest.approx((-3, 0), abs=1e-14)
    assert ratio(-3 * a, a).exact
    m = -3 * a + rng.normal(size=(4, 3))
    best = np.linalg.lstsq(a.reshape(-1, 1), m.ravel(), rcond=None)[0][0]
    assert ratio(m, a).factor == pytest.approx(best)
    assert not ratio(m, a).exact


def test_a_zero_gradient_is_no_multiple_of_anything():
    assert not ratio(np.zeros(3), np.ones(3)).exact
    assert np.isnan(ratio(np.ones(3), np.zeros(3)).factor)
    assert not ratio(np.zeros(3), np.zeros(3)).exact
