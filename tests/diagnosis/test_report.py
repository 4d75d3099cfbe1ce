import json

import numpy as np
import pytest
from derivation_styles import BatchRows, mutant
from small_trials import two_layers

from minigrad.diagnosis.judge import judge
from minigrad.diagnosis.manual import check_manual
from minigrad.diagnosis.report import Report


def wrong():
    made = mutant(BatchRows, 'carry = da @ P["W"].T', 'carry = da @ P["W"]')
    return check_manual(made.manual, BatchRows.forward, shapes=BatchRows.shapes)


@pytest.mark.parametrize(
    ("change", "summary"),
    [
        (lambda d: d, "All 3 gradients are right."),
        (lambda d: {**d, "W": -d["W"]}, "1 of 3 gradients is wrong: W."),
        (lambda d: {**d, "W": -d["W"], "b": 2 * d["b"]}, "2 of 3 gradients are wrong: W and b."),
        (lambda d: {"W": d["W"]}, "2 of 3 gradients are missing: b and V."),
        (lambda d: {"W": -d["W"]}, "3 of 3 gradients are wrong: W, b and V."),
    ],
)
def test_the_summary(change, summary):
    report = judge([two_layers(change=change)])
    assert report.summary == summary
    assert repr(report) == f"Report({summary})"
    assert report.ok is summary.endswith("right.")


def test_nothing_compared_is_not_right():
    assert not Report(()).ok
    assert Report(()).summary == "Nothing was compared."


def test_json_holds_all_of_it():
    report = wrong()
    found = json.loads(json.dumps(report.to_dict(), allow_nan=False))
    assert found["ok"] is False
    assert found["findings"][0]["kind"] == "carry-not-transposed"
    assert found["departure"]["step"] == 3
    assert [row["name"] for row in found["rows"]] == list(BatchRows.shapes)
    assert found["right"] == ["V and c agree, so dy is right at every step"]
    assert set(found) == {
        "ok", "summary", "problem", "facts", "notes", "rows", "right", "departure", "findings",
    }  # fmt: skip


def test_nan_is_in_the_json_too():
    report = judge([two_layers(change=lambda d: {**d, "W": d["W"] * np.nan})])
    assert json.loads(json.dumps(report.to_dict(), allow_nan=False))["rows"][0]["error"] == "inf"


def test_an_explanation_is_asked_for_by_name():
    assert wrong().explain("W").row.name == "W"
    with pytest.raises(KeyError, match=r"no gradient 'Q' was compared; there are: U, W, V, b, c"):
        wrong().explain("Q")


def test_raising():
    judge([two_layers()]).raise_if_wrong()
    with pytest.raises(AssertionError, match="carry-not-transposed"):
        wrong().raise_if_wrong()
