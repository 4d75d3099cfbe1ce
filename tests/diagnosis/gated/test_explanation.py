import pytest
from gated_campaign import planted

from minigrad.diagnosis.gated.book import book
from minigrad.diagnosis.gated.explanation import Explanation, explained, right_count
from minigrad.diagnosis.gated.scene import Scene


def scenes(*mistakes):
    return [Scene(o) for o in planted("lstm", "", 1, *mistakes)]


def test_right_rules_cost_nothing():
    own = scenes()
    best = explained(own, {}, book(own))
    assert best.whole
    assert (best.cost, right_count(own[0], {})) == (0, 14)
    assert best.error < 1e-13


def test_one_line_that_is_wrong_in_every_gate_counts_once():
    one, four = scenes("Wh now:f"), scenes("Wh now:all")
    costs = [explained(s, {}, book(s)).cost for s in (one, four)]
    assert costs[1] - costs[0] == pytest.approx(0.03)


def test_a_constant_that_all_have_is_preferred():
    own = scenes("scale:1/T", "dy repeated")
    known = book(own)
    [repeated] = [o for o in known.rules["dy"] if o.name == "repeated"]
    best = explained(own, {"dy": repeated}, known)
    if best.terms["by"]:
        assert best.terms["by"][0].words[0] == "1/T"


def test_what_is_not_explained_costs_most_and_can_stop_the_search():
    own = scenes("path plain:all")
    best = explained(own, {}, book(own), most=2)
    assert not best.whole
    assert best.cost > 10
    assert Explanation({}, {}).error == 0
