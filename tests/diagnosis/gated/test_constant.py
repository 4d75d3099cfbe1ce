import numpy as np
import pytest
from gated_campaign import planted

from minigrad.diagnosis.gated import constant
from minigrad.diagnosis.gated.scene import Scene

SCENES = [Scene(o) for o in planted("lstm", "", 1)]


@pytest.mark.parametrize(
    ("factors", "first"),
    [
        ((1 / 4, 1 / 6), "1/T"),
        ((1, 1 / 3), "1/B"),
        ((-1, -1), "−1"),
        ((2, 2), "2"),
        ((4, 18), "T·B"),
        ((7.5, 7.5), "7.5"),
    ],
)
def test_a_factor_is_named_by_the_sizes_of_every_problem(factors, first):
    assert constant.named(SCENES, factors)[0] == first


def test_what_is_no_constant_has_no_name():
    assert constant.named(SCENES, (0.3, 0.4)) == ()


def test_one_problem_leaves_several_names():
    assert set(constant.named(SCENES[:1], (0.25,))) >= {"1/T", "1/(T·B)"}


def test_fitted():
    a = np.array([1.0, -2.0, 3.0])
    assert constant.fitted(-0.5 * a, a) == pytest.approx(-0.5)
    assert constant.fitted(a + 1e-6, a) is None
    assert constant.fitted(a, 0 * a) is None
    assert constant.fitted(a, a[:2]) is None
