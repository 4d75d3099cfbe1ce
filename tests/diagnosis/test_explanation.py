import numpy as np
from small_trials import chain, two_layers

from minigrad.diagnosis.judge import judge


def test_the_contributions_to_the_worst_entry_add_up_to_it():
    found = judge([chain(change=lambda g, parts: g - parts[1])]).explain("W")
    total = sum(part.here for part in found.contributions)
    assert np.isclose(total, found.auto[found.row.index])
    assert np.isclose(total, found.row.auto)
    assert [part.where for part in found.contributions] == ["matmul"] * 4
    assert [finding.kind for finding in found.findings] == ["skipped-step"]


def test_a_finding_about_another_parameter_does_not_concern_it():
    report = judge([two_layers(change=lambda d: {**d, "b": 2 * d["b"]})])
    assert [f.quantity for f in report.explain("b").findings] == ["b"]
    assert report.explain("W").findings == ()


def test_a_finding_about_all_concerns_each_that_is_wrong():
    report = judge([two_layers(change=lambda d: {name: -g for name, g in d.items()})])
    assert [f.quantity for f in report.explain("W").findings] == ["all"]


def test_what_is_absent_is_explained_too():
    found = judge([two_layers(change=lambda d: {"V": d["V"]})]).explain("W")
    assert found.manual is None
    text = str(found)
    assert "The gradient of W, shape 5×6: not given" in text
    assert "No gradient was returned for W." in text


def test_both_numbers_the_ratio_and_the_factor_are_printed():
    found = judge([two_layers(change=lambda d: {**d, "W": d["W"] + 0.25})]).explain("W")
    text = str(found)
    for said in (
        f"{found.row.manual:.10g}",
        f"{found.row.auto:.10g}",
        "ratio",
        "residual after scaling",
        "B=4",
    ):
        assert said in text
    assert repr(found) == "Explanation(W: wrong)"


def test_a_notebook_shows_it():
    assert "<h1" in judge([two_layers()]).explain("W")._repr_html_()
