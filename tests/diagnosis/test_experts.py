from derivation_styles import STYLES, BatchRows, TokenColumns, mutant
from small_trials import two_layers

from minigrad.diagnosis import experts
from minigrad.diagnosis.finding import Finding
from minigrad.diagnosis.manual import check_manual


def trials(style, right="", wrong=""):
    return check_manual(mutant(style, right, wrong).manual, style.forward, shapes=style.shapes).trials


def test_the_cells_of_every_style_are_recognised():
    cells = {style.__name__: [seen.cell for seen in experts.observe(trials(style))] for style in STYLES}
    assert {name: found[:1] for name, found in cells.items()} == {
        "TokenColumns": ["tanh"], "BatchRows": ["tanh"], "BatchFirst": ["tanh"],
        "FlatRegression": ["sigmoid"],
        "RowBiasRelu": ["relu"], "LastStep": ["tanh"], "Stacked": ["tanh"], "GatedPair": ["lstm"],
    }  # fmt: skip


def test_what_is_no_layer_is_not_observed():
    assert experts.observe([two_layers()]) == []


def test_right_gradients_have_no_cause_and_no_departure():
    for style in (TokenColumns, BatchRows):
        seen = experts.observe(trials(style))
        assert experts.explain(seen) == []
        assert experts.departure_of(seen) is None


def test_an_explainer_that_fails_leaves_the_verdict(monkeypatch):
    def broken(*_):
        raise ZeroDivisionError

    monkeypatch.setattr(experts, "explain_vanilla", broken)
    wrong = mutant(BatchRows, 'carry = da @ P["W"].T', 'carry = da @ P["W"]').manual
    report = check_manual(wrong, BatchRows.forward, shapes=BatchRows.shapes)
    assert [finding.kind for finding in report.findings] == ["local-rule"]


def test_a_cause_that_does_not_reproduce_the_numbers_is_dropped(monkeypatch):
    said = [Finding("sign", "all", "…", reproduces_to=1e-3), Finding("zero", "W", "…", reproduces_to=0.0)]
    monkeypatch.setattr(experts, "explain_vanilla", lambda _: said)
    assert experts.explain(experts.observe(trials(BatchRows))) == said[1:]
