import pytest
from gated_campaign import CELLS, planted

from minigrad.diagnosis.gated import candidates
from minigrad.diagnosis.gated.book import book
from minigrad.diagnosis.gated.option import Option
from minigrad.diagnosis.gated.scene import Scene
from minigrad.diagnosis.gated.walk import Walk, cost


def walked(cell, variant, *mistakes, most=1, late=False):
    scenes = [Scene(o) for o in planted(cell, variant, 1, *mistakes)]
    scene, said = candidates.solvable(scenes)
    walk = Walk(scene, next(candidates.sets(said)), book(scenes), {}, lambda: late)
    return [{site: o.name for site, o in h.items()} for h in walk.found(most)]


@pytest.mark.parametrize(("cell", "variant"), CELLS)
def test_right_da_needs_no_mistake(cell, variant):
    assert walked(cell, variant)[0] == {}


def test_a_rule_in_each_place_is_found_at_once():
    mistakes = ("path plain:f", "dc without f", "slope none:g", "slope twice:o", "df new c")
    assert walked("lstm", "", *mistakes)[0] == {
        "carry.f": "plain",
        "keep": "bare",
        "slope.g": "none",
        "slope.o": "twice",
        "factor.f": "c",
    }


def test_two_mistakes_in_dh_are_found_when_asked_for():
    mistakes = ("path plain:f", "path missing:i")
    assert walked("lstm", "", *mistakes) == []
    assert walked("lstm", "", *mistakes, most=2)[0] == {"carry.f": "plain", "carry.i": "missing"}


def test_exchanged_gates_are_seen():
    assert walked("lstm", "", "swap:if")[0] == {"swap": "fi if"}


def test_a_slope_that_is_missing_on_the_way_back_and_wrong_elsewhere():
    assert walked("gru", "before,z-old", "path pre:z", "slope twice:z")[0] == {
        "carry.z": "pre",
        "slope.z": "twice",
    }


def test_nothing_is_found_when_the_time_is_over():
    assert walked("lstm", "", "path plain:f", late=True) == []


def test_options_of_one_group_cost_once():
    def option(site, group):
        return Option(site, "n", "sign", "", "", lambda: None, 1.0, group)

    assert cost({"a": option("a", "x"), "b": option("b", "x")}) == pytest.approx(1.02)
    assert cost({"a": option("a", ""), "b": option("b", "")}) == pytest.approx(2)
