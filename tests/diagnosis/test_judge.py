import numpy as np
import pytest
from derivation_styles import BatchRows, mutant
from small_trials import chain, two_layers

from minigrad.diagnosis.finding import Finding
from minigrad.diagnosis.judge import judge
from minigrad.diagnosis.manual import check_manual
from minigrad.diagnosis.trial import Trial


def both(change):
    return [two_layers(seed=seed, n=n, change=lambda d, n=n: change(d, n)) for seed, n in ((0, 4), (1, 7))]


def found(change):
    return [(f.kind, f.quantity) for f in judge(both(change)).findings]


def test_right_gradients_are_right():
    report = judge(both(lambda d, n: d), problem=["p"], facts=["f"], notes=["n"])
    assert report.ok
    assert (report.problem, report.facts, report.notes, report.right) == (("p",), ("f",), ("n",), ())


@pytest.mark.parametrize(
    ("change", "findings"),
    [
        (lambda d, n: {k: -g for k, g in d.items()}, [("sign", "all")]),
        (lambda d, n: {k: g / n for k, g in d.items()}, [("scale", "all")]),
        (lambda d, n: {**d, "b": d["b"] / n}, [("scale", "b")]),
        (lambda d, n: {**d, "b": 0 * d["b"]}, [("zero", "b")]),
        (lambda d, n: {**d, "b": 0 * d["b"], "V": -d["V"]}, [("zero", "b"), ("sign", "V")]),
        (lambda d, n: {"V": d["V"]}, [("absent", "W"), ("absent", "b")]),
        (lambda d, n: {**d, "W": d["W"] + 0.1}, [("unexplained", "W")]),
        (lambda d, n: {**d, "W": d["W"] + 0.1, "V": 2 * d["V"]}, [("scale", "V"), ("unexplained", "W")]),
        (lambda d, n: {**d, "V": d["V"].T}, [("transposed", "V")]),
        (lambda d, n: {**d, "b": d["b"][:, None]}, [("shape", "b")]),
        (lambda d, n: {**d, "b": np.tile(d["b"] / n, (n, 1))}, [("shape", "b")]),
    ],
)
def test_the_findings_of_general_tests(change, findings):
    assert found(change) == findings


def test_every_wrong_parameter_is_mentioned_when_nothing_explains_it():
    report = judge(both(lambda d, n: {k: np.sin(g) for k, g in d.items()}))
    assert {f.quantity for f in report.findings} == {"W", "b", "V"}
    for finding in report.findings:
        row = next(row for row in report.rows if row.name == finding.quantity)
        assert repr(row.manual) in finding.sentence
        assert repr(row.auto) in finding.sentence


@pytest.mark.parametrize("kind", ["check", "not-reset"])
def test_after_a_finding_about_the_call_no_cause_is_looked_for(kind):
    remark = Finding(kind, "all", "…")
    report = judge(both(lambda d, n: {k: -g for k, g in d.items()}), remarks=[remark])
    assert report.findings == (remark,)
    assert not report.ok


def test_a_finding_about_the_call_alone_is_not_ok():
    report = judge(both(lambda d, n: d), remarks=[Finding("changed-in-place", "h0", "…")])
    assert not report.ok
    assert "but something is wrong with the call" in report.summary


def test_a_summed_axis_is_offered_for_a_bias_of_the_batch():
    (finding,) = judge(both(lambda d, n: {**d, "b": np.tile(d["b"] / n, (n, 1))})).findings
    assert "Summed over its axis 0 it is right" in finding.sentence


def test_a_cause_that_no_test_knows_is_not_named():
    report = judge([chain(4, 0, lambda g, parts: g * np.cos(g)), chain(6, 1, lambda g, parts: g * np.cos(g))])
    assert [f.kind for f in report.findings] == ["unexplained"]
    assert all(f.reproduces_to is None for f in report.findings)


def test_taps_alone_say_where_it_goes_wrong(rng):
    report = check_manual(BatchRows.manual, BatchRows.forward, shapes=BatchRows.shapes)
    trial = report.trials[0]
    wrong = {"da": {t: rng.normal(size=(1, 6)) for t in range(1, 5)}}
    tapped = Trial(trial.loss, trial.leaves, trial.manual, trial.required, wrong, trial.sizes)
    assert judge([tapped]).departure.step == 4
    assert judge([trial]).departure is None


def test_the_departure_of_a_recurrent_layer_is_told():
    wrong = mutant(BatchRows, 'carry = da @ P["W"].T', 'carry = da @ P["W"]').manual
    report = check_manual(wrong, BatchRows.forward, shapes=BatchRows.shapes)
    assert report.departure.title == "da at t=3 (t=4 is exact)"
    assert [pair.label.split("[")[0] for pair in report.departure.pairs] == [
        "da(3)",
        "from y(3)",
        "from h(4)",
    ]
    assert report.right == ("V and c agree, so dy is right at every step",)
