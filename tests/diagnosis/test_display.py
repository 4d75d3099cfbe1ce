import numpy as np
import pytest
from derivation_styles import BatchRows, mutant
from small_trials import two_layers

from minigrad.diagnosis import display
from minigrad.diagnosis.finding import Finding
from minigrad.diagnosis.judge import judge
from minigrad.diagnosis.manual import check_manual
from minigrad.diagnosis.trial import Trial

WRONG = """\
✗ 3 of 5 gradients are wrong: U, W and b.

  T=4 B=1 D=5 H=6 O=3 · T=6 B=3 D=4 H=7 O=5 · seed 0
  xs (T, B, D), h0 (B, H), targets (T, B, O) one-hot

✓ forward gives the same loss on arrays and on tensors: 5.58756, 39.8326
✓ a second call of manual gives the same numbers
✓ the arguments are unchanged

  gradient of   shape"""


def report(right='carry = da @ P["W"].T', wrong='carry = da @ P["W"]'):
    made = mutant(BatchRows, right, wrong)
    return check_manual(made.manual, BatchRows.forward, shapes=BatchRows.shapes)


def test_the_order_is_the_problem_the_call_the_gradients_what_is_right_where_and_why():
    text = str(report())
    assert text.startswith(WRONG)
    places = [text.index(said) for said in ("verdict", "✓ V and c agree", "First difference", "✗ carry-not")]
    assert places == sorted(places)


@pytest.mark.parametrize("width", [80, 100])
def test_no_line_is_wider_than_the_terminal(width):
    for drawn in (display.report(report()), display.explanation(report().explain("W"))):
        assert max(map(len, display.text(drawn, width).splitlines())) <= width


def test_what_disturbs_the_call_comes_before_the_gradients():
    found = judge([two_layers()], remarks=[Finding("changed-in-place", "h0", "Something.")])
    text = str(found)
    assert text.index("changed-in-place · h0") < text.index("gradient of")


def test_markup_in_names_is_not_read():
    trial = two_layers()
    leaves = {f"[red]{name}[/red]": leaf for name, leaf in trial.leaves.items()}
    given = {f"[red]{name}[/red]": g for name, g in trial.manual.items()}
    assert "[red]W[/red]" in str(judge([Trial(trial.loss, leaves, given)]))


@pytest.mark.parametrize(
    ("change", "verdict"),
    [
        (lambda g: g, "right"), (lambda g: g * (1 + 1e-7), "right, nearly"),
        (lambda g: g.astype(np.float32), "right (float32)"), (lambda g: -g, "wrong: the opposite sign"),
        (lambda g: g.T, "wrong shape: the transpose's shape"), (lambda g: g[0], "wrong shape"),
    ],
)  # fmt: skip
def test_verdicts(change, verdict):
    found = judge([two_layers(change=lambda d: {**d, "W": change(d["W"])})])
    assert display.cells(found.rows[0])["verdict"] == verdict


def test_shapes_that_differ_are_both_shown():
    found = judge([two_layers(change=lambda d: {**d, "W": d["W"].T})])
    assert display.cells(found.rows[0])["shape"] == "5×6 ≠ 6×5"


def test_how_exact_a_finding_is_is_said_once():
    assert display.finding_tail(Finding("sign", "W", "Text.", reproduces_to=0.0)) == [
        "reproduces the numbers to 0"
    ]
    told = Finding(
        "sign", "W", "It reproduces.", reproduces_to=1e-16, equation="10.21", alternatives=("this",)
    )
    assert display.finding_tail(told) == ["10.21", "or: this"]


@pytest.mark.parametrize(
    ("names", "text"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), ("abc", "a, b and c")]
)
def test_names_in_a_sentence(names, text):
    assert display.listed(names) == text


def test_heads_of_findings():
    assert display.finding_head(Finding("sign", "all", "…")) == "sign · every gradient"
    assert display.finding_head(Finding("zero", "W", "…", step=3)) == "zero · W at t=3"
