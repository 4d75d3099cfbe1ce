import numpy as np
import pytest
from gated_campaign import CELLS, planted

from minigrad.diagnosis.gated.book import book
from minigrad.diagnosis.gated.recursion import simulate
from minigrad.diagnosis.gated.scene import Scene
from minigrad.diagnosis.gated.states import States


@pytest.mark.parametrize(("cell", "variant"), CELLS)
def test_the_quick_way_is_the_slow_one(cell, variant):
    scene = Scene(planted(cell, variant, 1)[0])
    given = {g: a[:-1] * 1.5 for g, a in simulate(scene).da.items()}
    states, known = States(scene, given, {}), book([scene])
    sites = ["upstream", "carry", "flow", "keep", *(f"carry.{g}" for g in scene.letters)]
    if cell == "lstm":
        sites += ["slope.c", "factor.c", "base.c"]
    for site in sites:
        for option in known.rules[site]:
            if option.name == "pre":  # the slow way knows d itself, the quick one makes it from da
                continue
            slow = simulate(scene, {site: option}, given)
            past = states.dh({site: option})
            np.testing.assert_allclose(
                past.dh[:-1], slow.dh[:-1], atol=1e-12, err_msg=f"{site} {option.name}"
            )
            if cell == "lstm":
                states.dc(past, {site: option})
                np.testing.assert_allclose(past.dc[:-1], slow.dc[:-1], atol=1e-12, err_msg=option.name)


def test_a_gate_that_is_not_known_follows_its_rule():
    scene = Scene(planted("lstm", "", 1)[0])
    right = simulate(scene)
    given = {g: right.da[g][:-1] for g in "of"}
    past = States(scene, given, {}).dh({})
    np.testing.assert_allclose(past.dh, right.dh, atol=1e-12)


def test_another_slope_can_be_taken_out():
    scene = Scene(planted("gru", "before,z-old", 1)[0])
    known = book([scene])
    [none] = [o for o in known.rules["slope.z"] if o.name == "none"]
    [pre] = [o for o in known.rules["carry.z"] if o.name == "pre"]
    wrong = simulate(scene, {"slope.z": none, "carry.z": pre})
    given = {g: a[:-1] for g, a in wrong.da.items()}
    states = States(scene, given, {}).without_slope("z", none)
    np.testing.assert_allclose(states.dh({"carry.z": pre}).dh[:-1], wrong.dh[:-1], atol=1e-12)
