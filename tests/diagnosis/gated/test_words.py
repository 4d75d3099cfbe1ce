import re

import pytest
from gated_campaign import CELLS, planted

from minigrad.diagnosis.gated import explain_gated, words
from minigrad.diagnosis.gated.explanation import Explanation
from minigrad.diagnosis.gated.scene import Scene
from minigrad.diagnosis.gated.summed import Term


def first(*mistakes, cell="lstm", variant=""):
    return explain_gated(planted(cell, variant, 1, *mistakes))[0]


def test_a_sentence_says_what_was_done_what_to_write_and_how_exactly():
    found = first("path plain:f")
    start = "In what comes into dh(t) from t+1, Wh.f stands without its transpose: write Wh.fᵀ da.f(t+1); "
    assert found.sentence.startswith(start)
    assert re.search(r"this reproduces your gradient to \de-1\d\.$", found.sentence)
    assert (found.step, found.equation) == (3, "10.21")


def test_the_names_are_the_users():
    assert first("Wh now:f").quantity == "Wh_f"
    assert "dWh_f" in first("Wh now:f").sentence


def test_mistakes_in_every_parameter_are_one_finding():
    found = explain_gated(planted("lstm", "", 1, "W overwritten:all"))
    assert [(f.kind, f.step) for f in found] == [("overwritten", 4)]
    assert found[0].sentence.startswith("Each of dWx_o, ")


def test_constants():
    found = first("scale:1/B")
    assert (found.kind, found.quantity, found.factor) == ("scale", "all", pytest.approx(1 / 3))
    found = first("scale:-1")
    assert (found.kind, found.factor) == ("sign", -1)
    found = first("clip all:0.2")
    assert (found.kind, found.quantity) == ("clipped", "all")


def test_ties_are_told():
    assert any("lacks the term of t=1" in a for a in first("Wh no h0:f").alternatives)
    sign = first("dz sign", cell=CELLS[1][0], variant=CELLS[1][1])
    assert any("minus the slope" in a for a in sign.alternatives)


def test_an_explanation_that_does_not_reproduce_the_numbers_is_never_said():
    scene = Scene(planted("lstm", "", 1, "scale:2")[0])
    bad = Explanation({}, {"Wh.f": [Term("Wh.f", error=1e-7)]})
    with pytest.raises(AssertionError, match="must give"):
        words.findings([scene], bad, [])
