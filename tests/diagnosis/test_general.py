import numpy as np
import pytest
from small_trials import chain, two_layers

from minigrad import Tensor
from minigrad.diagnosis.general import clipping_of_all, of_one, scale_of_all
from minigrad.diagnosis.trial import Trial

NAMES = ("W", "b", "V")


def both(change):
    """Two problems with the same mistake."""
    return [two_layers(seed=seed, n=n, change=lambda d, n=n: change(d, n)) for seed, n in ((0, 4), (1, 7))]


@pytest.mark.parametrize(
    ("change", "kind", "says"),
    [
        (lambda d, n: {k: -g for k, g in d.items()}, "sign", "opposite sign"),
        (lambda d, n: {k: 2 * g for k, g in d.items()}, "scale", "2 times"),
        (
            lambda d, n: {k: g / n for k, g in d.items()},
            "scale",
            "1/B times the right one: a mean over the batch",
        ),
        (
            lambda d, n: {k: g * (0.1 + 1 / n**2) for k, g in d.items()},
            "scale",
            "another factor on each problem",
        ),
    ],
)
def test_one_factor_of_every_gradient_is_one_finding(change, kind, says):
    found = scale_of_all(both(change), NAMES)
    assert (found.kind, found.quantity) == (kind, "all")
    assert says in found.sentence
    assert found.reproduces_to < 1e-14


def test_factors_that_differ_are_no_common_factor():
    assert scale_of_all(both(lambda d, n: {**d, "W": 2 * d["W"]}), NAMES) is None
    assert scale_of_all(both(lambda d, n: d), NAMES) is None


def test_one_bound_for_all_is_clipping():
    found = clipping_of_all(both(lambda d, n: {k: np.clip(g, -0.5, 0.5) for k, g in d.items()}), NAMES)
    assert (found.kind, found.quantity) == ("clipped", "all")
    assert "±0.5" in found.sentence
    assert clipping_of_all(both(lambda d, n: d), NAMES) is None


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        (lambda g, parts: 0 * g, "zero"),
        (lambda g, parts: -g, "sign"),
        (lambda g, parts: 0.5 * g, "scale"),
        (lambda g, parts: g / len(parts), "scale"),
        (lambda g, parts: g.T, "transposed"),
        (lambda g, parts: -2 * g.T, "transposed"),
        (lambda g, parts: np.clip(g, -0.2, 0.2), "clipped"),
        (lambda g, parts: parts[0], "overwritten"),
        (lambda g, parts: parts[-1], "overwritten"),
        (lambda g, parts: parts[1], "overwritten"),
        (lambda g, parts: g - parts[0], "skipped-step"),
        (lambda g, parts: g - parts[-1], "skipped-step"),
        (lambda g, parts: g + parts[-1], "local-rule"),
        (lambda g, parts: sum(parts[-2:]), "truncated"),
    ],
)
def test_what_was_done_to_one_gradient_is_named(change, kind):
    found = of_one("W", [chain(4, 0, change), chain(6, 1, change)])
    assert found.kind == kind
    assert found.reproduces_to < 1e-8


@pytest.mark.parametrize("change", [lambda g, parts: g + 0.1, lambda g, parts: np.sin(g)])
def test_what_nothing_reproduces_is_not_named(change):
    assert of_one("W", [chain(4, 0, change), chain(6, 1, change)]) is None


def test_a_cause_must_hold_on_every_problem():
    trials = [chain(4, 0, lambda g, parts: parts[0]), chain(6, 1, lambda g, parts: g + 0.1)]
    assert of_one("W", trials) is None


def test_the_gradient_of_another_parameter_is_seen(rng):
    A, B = Tensor(rng.normal(size=4), "A"), Tensor(rng.normal(size=4), "B")
    trial = Trial((np.sin(A) * B * B).sum(), {"A": A, "B": B}, {})
    swapped = Trial(trial.loss, trial.leaves, {"A": trial.auto["B"], "B": trial.auto["B"]})
    assert of_one("A", [swapped]).kind == "wrong-array"
