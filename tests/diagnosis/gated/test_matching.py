import numpy as np
import pytest
from gated_campaign import planted

from minigrad.diagnosis.gated.book import book
from minigrad.diagnosis.gated.matching import Gate, chosen, steady
from minigrad.diagnosis.gated.recursion import simulate
from minigrad.diagnosis.gated.scene import Scene

SCENE = Scene(planted("lstm", "", 1)[0])
RULES = book([SCENE]).rules
EVERYWHERE = np.ones(4, bool)


def gate(target):
    return Gate(SCENE, "f", target, RULES, EVERYWHERE)


def test_the_right_rule_matches_and_nothing_else():
    past = simulate(SCENE)
    [match] = gate(past.da["f"][:-1]).matches([(None, past.dc[:-1])])
    assert match == (0.0, {})


@pytest.mark.parametrize("site", ["slope.f", "factor.f"])
def test_every_wrong_rule_matches_its_own_da(site):
    for option in RULES[site]:
        past = simulate(SCENE, {site: option})
        found = gate(past.da["f"][:-1]).matches([(None, past.dc[:-1])])
        assert found, option.name
        assert found[0].cost <= option.weight


def test_a_planted_difference_is_not_matched():
    past = simulate(SCENE)
    target = past.da["f"][:-1].copy()
    target[2] *= 1 + 1e-5
    assert gate(target).matches([(None, past.dc[:-1])]) == []


def test_a_bound_is_taken_into_account():
    past = simulate(SCENE)
    bound = float(np.median(np.abs(past.da["f"])))
    clipped = gate(np.clip(past.da["f"][:-1], -bound, bound))
    assert clipped.matches([(None, past.dc[:-1])]) == []
    clipped.bound = bound
    assert clipped.matches([(None, past.dc[:-1])])[0].cost == 0


def test_entries_are_chosen_at_active_steps_only():
    active = np.array([False, True, True, False])
    assert set(chosen((4, 1, 6), active) // 6) == {1, 2}


def test_steady_needs_three_equal_entries():
    assert steady(np.array([1.0, -1.0, 1.0, 0.3])) == [1.0]
    assert steady(np.array([1.0, -1.0, 0.9])) == []
    assert steady(np.zeros(3)) == []
