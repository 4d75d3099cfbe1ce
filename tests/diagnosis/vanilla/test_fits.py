import numpy as np
import pytest
from vanilla_catalogue import ACCUMULATIONS, Case

from minigrad.diagnosis.vanilla.explanation import output_run
from minigrad.diagnosis.vanilla.fits import fit
from minigrad.diagnosis.vanilla.losses import RIGHT
from minigrad.diagnosis.vanilla.recursion import Rule
from minigrad.diagnosis.vanilla.scene import EXACT, Scene

PLANTED = [name for name in ACCUMULATIONS if name != "sums without slope"]


def runs(names, role, roles=("Wx", "Wh", "bh", "Wy", "by")):
    scenes = [Scene.of(seen) for seen in Case(14, names, roles=roles).observed()]
    return [output_run(n, RIGHT) if role in {"Wy", "by"} else Rule().run(n) for n in scenes]


@pytest.mark.parametrize("name", PLANTED)
def test_the_sum_is_found(name):
    role = name.split()[0]
    found = fit(role, runs([name], role))
    assert found is not None
    assert len(found.parts) == 1
    assert found.parts[0].kind in ACCUMULATIONS[name][0].split()
    assert found.error <= EXACT


@pytest.mark.parametrize("role", ["Wx", "Wh", "bh", "Wy", "by", "h0"])
def test_a_right_sum_has_no_mistake(role):
    roles = ("Wx", "Wh", "bh", "Wy", "by", "h0")
    found = fit(role, runs([], role, roles))
    assert (found.parts, found.cost) == ((), 0)


def test_two_mistakes_in_one_sum():
    found = fit("Wh", runs(["Wh h(t)", "Wh mean time"], "Wh"))
    assert sorted(part.kind for part in found.parts) == ["scale", "wrong-state"]
    assert fit("Wh", runs(["Wh h(t)", "Wh mean time"], "Wh"), depth=1) is None


def test_what_no_sum_explains():
    assert fit("Wh", runs(["outside Wh"], "Wh")) is None


def test_ties_are_told():
    found = fit("Wh", runs(["Wh h0 ignored"], "Wh"))
    kinds = {found.parts[0].name} | {parts[0].name for parts in found.also}
    assert {"first", "h(t−1) with 0 for h(0)"} <= kinds


def test_a_copy_of_another_gradient_and_a_clip():
    case = Case(15, [])
    seen = case.observed()
    for one in seen:
        one.manual["by"] = np.clip(one.manual["by"], -0.05, 0.05)
    scenes = [Scene.of(one) for one in seen]
    assert fit("by", [output_run(n, RIGHT) for n in scenes]).parts[0].kind == "clipped"
    sizes = {"T": 4, "B": 1, "D": 5, "H": 3, "O": 3}
    case = Case(15, [], sizes=[sizes])
    seen = case.observed()
    seen[0].manual["bh"] = seen[0].manual["by"]
    found = fit("bh", [Rule().run(Scene.of(seen[0]))])
    assert (found.parts[0].kind, found.parts[0].name) == ("wrong-array", "copy by")


def test_the_initial_state():
    roles = ("Wx", "Wh", "h0")
    case = Case(15, [], roles=roles)
    seen = case.observed()
    for one, p in zip(seen, case.problems, strict=True):
        one.manual["h0"] = one.manual["h0"] @ np.linalg.inv(p.w["Wh"])
    found = fit("h0", [Rule().run(Scene.of(one)) for one in seen])
    assert (found.parts[0].kind, found.parts[0].name) == ("initial-state", "da")
