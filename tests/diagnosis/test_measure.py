import json

import numpy as np
import pytest
from small_trials import chain, two_layers

from minigrad.diagnosis.measure import measure


def row(change, name="W", n=4):
    return measure(name, [two_layers(n=n, change=lambda d: {**d, name: change(d[name])})])


@pytest.mark.parametrize(
    ("change", "verdict", "shows"),
    [
        (lambda g: g, "right", ()),
        (lambda g: g * (1 + 1e-7), "right", ()),
        (lambda g: -g, "wrong", ("the opposite sign",)),
        (lambda g: 2 * g, "wrong", ("2 × the right one",)),
        (lambda g: 0 * g, "wrong", ("exactly zero",)),
        (lambda g: 0 * g + 0.3, "wrong", ("all entries equal",)),
        (lambda g: np.clip(g, -0.5, 0.5), "wrong", None),
        (lambda g: g.T, "shape", ("the transpose's shape",)),
        (lambda g: g[0], "shape", ()),
        (lambda g: g * np.nan, "not finite", ("NaN or infinite in 30 of 30 entries of yours",)),
    ],
)
def test_the_verdict_and_what_the_numbers_show(change, verdict, shows):
    found = row(change)
    assert found.verdict == verdict
    assert found.ok is (verdict == "right")
    if shows is None:
        assert found.shows[0].endswith("entries at ±0.5")
    else:
        assert found.shows == shows


def test_the_transpose_of_a_square_matrix_is_seen():
    found = measure("W", [chain(change=lambda g, parts: g.T)])
    assert found.shows == ("the transpose",)


def test_the_worst_entry_and_both_numbers():
    def change(g):
        g = g.copy()
        g[3, 2] += 7.0
        return g

    found = row(change)
    assert found.index == (3, 2)
    assert found.manual - found.auto == pytest.approx(7.0)
    scale = np.max(np.abs(two_layers().auto["W"]))
    assert found.error == pytest.approx(7.0 / scale)


def test_single_precision_is_allowed_a_thousandth():
    assert row(lambda g: g.astype(np.float32)).ok
    assert row(lambda g: (g * 1.0005).astype(np.float32)).ok
    assert not row(lambda g: (g * 1.01).astype(np.float32)).ok
    assert row(lambda g: g.astype(np.float32)).single


def test_an_absent_gradient_is_absent():
    trial = two_layers(change=lambda d: {"V": d["V"]})
    assert measure("W", [trial]).verdict == "absent"
    assert measure("V", [trial]).ok


def test_the_row_is_that_of_the_first_problem_with_the_worst_verdict():
    right, wrong = two_layers(), two_layers(seed=1, n=7, change=lambda d: {n: 2 * g for n, g in d.items()})
    assert measure("W", [right, wrong, wrong]).problem == 1
    assert measure("W", [right, right]).problem == 0


def test_json_holds_a_row():
    text = json.dumps(row(lambda g: g * np.nan).to_dict(), allow_nan=False)
    assert json.loads(text)["error"] == "inf"
