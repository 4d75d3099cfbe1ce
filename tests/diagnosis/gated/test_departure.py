import dataclasses

import numpy as np
import pytest
from gated_campaign import planted, sound

from minigrad.diagnosis.gated import departure, explain, explain_gated
from minigrad.diagnosis.gated.scene import Scene

RNG = np.random.default_rng(0)


@pytest.fixture(autouse=True)
def _soon(monkeypatch):
    monkeypatch.setattr(explain, "SECONDS", 1.2)


NOISE = {"Wh.f": RNG.normal(size=(6, 6)), "Wx.i": RNG.normal(size=(6, 5))}


def noisy(*mistakes, roles=("Wh.f",)):
    seen = planted("lstm", "", 1, *mistakes)
    return [
        dataclasses.replace(o, manual={r: a + NOISE[r] if r in roles else a for r, a in o.manual.items()})
        for o in seen
    ]


def test_the_first_departure_has_gate_step_and_both_numbers():
    own = [Scene(o) for o in planted("lstm", "", 1, "path plain:all")]
    [found] = departure.departure(own, own[0].parameters)
    assert (found.kind, found.quantity, found.step) == ("unexplained", "da.o", 3)
    assert "the automatic gradient" in found.sentence
    assert found.reproduces_to is None


def test_a_parameter_with_an_unknown_mistake_has_its_worst_entry():
    [found] = explain_gated(noisy())
    assert (found.kind, found.quantity, found.step) == ("unexplained", "Wh_f", None)


def test_what_is_known_beside_it_is_still_named():
    found = explain_gated(noisy("path plain:all"))
    assert [(f.kind, f.quantity) for f in found] == [("carry-not-transposed", "dh"), ("unexplained", "Wh_f")]
    found = explain_gated(noisy("Wh now:i"))
    assert [(f.kind, f.quantity) for f in found] == [("wrong-state", "Wh_i"), ("unexplained", "Wh_f")]
    assert sound(found)


def test_a_parameter_that_the_problem_does_not_reach_has_its_worst_entry():
    seen = [
        dataclasses.replace(o, dy=None, y=None, o=None, targets=None)
        for o in planted("lstm", "", 1, "by double:by")
    ]
    assert [(f.kind, f.quantity) for f in explain_gated(seen)] == [("unexplained", "by")]


def test_right_parameters_depart_nowhere():
    own = [Scene(o) for o in planted("lstm", "", 1)]
    assert departure.departure(own, own[0].parameters) == []
