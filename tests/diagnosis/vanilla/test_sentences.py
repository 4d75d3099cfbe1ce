import dataclasses

import numpy as np
import pytest
from vanilla_catalogue import Case

from minigrad.diagnosis.vanilla.fits import Fit
from minigrad.diagnosis.vanilla.option import Option
from minigrad.diagnosis.vanilla.scene import Scene
from minigrad.diagnosis.vanilla.search import search
from minigrad.diagnosis.vanilla.sentences import EQUATIONS, capital, findings, sentence, worded


def said(names, **more):
    case = Case(26, names, **more)
    scenes = [Scene.of(seen) for seen in case.observed()]
    with np.errstate(all="ignore"):
        found = search(scenes)
    return scenes, found, findings(scenes, found)


def test_names_are_those_of_the_user():
    assert worded("{Wh}ᵀ {unknown}", {"Wh": "Whh"}) == "Whhᵀ unknown"
    option = Option("carry", "n", "sign", "the carry lacks {Wh}", "write {Wh}ᵀ da(t+1)")
    assert sentence(option, {"Wh": "W"}) == "The carry lacks W: write Wᵀ da(t+1)"
    assert capital("f′ is 1") == "f′ is 1"


def test_a_finding_says_what_was_done_and_what_to_write():
    _, _, (one,) = said(["carry Wh"])
    assert one.sentence.startswith(
        "What enters dh(t) from h(t+1) is Whh da(t+1): Whh is not transposed: write Whhᵀ"
    )
    assert "reproduces your gradient" in one.sentence
    assert (one.quantity, one.step, one.equation) == ("dh", 3, "Goodfellow 10.21")
    assert one.reproduces_to < 1e-8
    assert "\n" not in one.sentence


def test_ties_are_told_beside_the_mistake_that_they_replace():
    _, _, (one,) = said(["carry one step"])
    assert one.alternatives == ("The gradient of each step's loss goes back 1 step only.",)
    _, _, (one,) = said(["carry zero"])
    assert "never added, or never updated" in one.alternatives[0]


def test_several_findings_reproduce_the_gradient_together():
    _, _, both = said(["carry Wh", "Wh wrap"])
    assert all("together with the other findings" in one.sentence for one in both)
    assert [one.step for one in both] == [3, 1]


def test_what_a_finding_explains_is_said():
    _, _, found = said(["carry Wh", "outside Wh"])
    assert [one.kind for one in found] == ["carry-not-transposed", "unexplained"]
    assert "what it concerns of your gradient" in found[0].sentence


def test_nothing_is_said_that_does_not_give_the_numbers():
    scenes, found, _ = said(["Wh sign"])
    off = {**found.fits, "Wh": Fit("Wh", found.fits["Wh"].parts, 1e-7)}
    with pytest.raises(AssertionError, match="this one gives them to 1e-07"):
        findings(scenes, dataclasses.replace(found, fits=off))


@pytest.mark.parametrize(
    "names", [["all sign"], ["dy shifted"], ["slope none"], ["join constant"], ["by zero"]]
)
def test_every_site_has_an_equation(names):
    _, found, told = said(names)
    assert told[0].equation == EQUATIONS[found.parts[0].site]
