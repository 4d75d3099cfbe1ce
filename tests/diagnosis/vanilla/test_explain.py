import dataclasses
import random
import time

import numpy as np
import pytest
from vanilla_catalogue import ACCUMULATIONS, ALL, CARRIES, EDGES, OUTPUT, OUTSIDE, SLOPES, Case, names
from vanilla_mutants import BATCH, SMALL

from minigrad.diagnosis.vanilla import explain_vanilla

CELLS, LOSSES = ("tanh", "sigmoid", "relu"), ("ce", "mse", "brier")
GROUPS = {"output": OUTPUT, "slope": SLOPES, "edge": EDGES, "carry": CARRIES, "sum": ACCUMULATIONS}
BIG = {"T": 25, "B": 1, "D": 65, "H": 100, "O": 65}
WIDE = {"T": 10, "B": 16, "D": 4, "H": 8, "O": 3}


def single(name, cell, seed):
    """Whether a single mistake is named, with its step, alone; None if no number shows it."""
    case = Case(seed, [name], cell, LOSSES[seed % 3])
    if not case.visible(name):
        return None
    found = explain_vanilla(case.observed())
    alone = len(found) == 1 or name == "sums without slope"
    return (
        alone and names(name, found) and all(one.step == case.steps(name) for one in found) and sound(found)
    )


def sound(found):
    return all(one.kind != "unexplained" and one.reproduces_to <= 1e-8 for one in found)


def several(sites, count):
    """How many codes with a mistake at each of the sites, and of how many all mistakes are named."""
    draw, tried, good = random.Random(len(sites)), 0, 0  # noqa: S311  # no secret
    for seed in range(count):
        groups = [draw.choice(["output", "slope", "edge", "carry"]) if s == "rule" else s for s in sites]
        planted = [draw.choice(list(GROUPS[group])) for group in groups]
        places = [p.split()[0] if g == "sum" else g for p, g in zip(planted, groups, strict=True)]
        case = Case(seed, planted, draw.choice(CELLS), draw.choice(LOSSES))
        if len(set(places)) == len(places) and all(map(case.visible, planted)):
            found = explain_vanilla(case.observed())
            tried, good = tried + 1, good + (sound(found) and all(names(p, found) for p in planted))
    return tried, good


@pytest.mark.parametrize("name", ALL)
def test_a_single_mistake_is_named_with_its_step(name):
    place = list(ALL).index(name)
    assert single(name, CELLS[place % 3], place) in {True, None}


def test_most_single_mistakes_are_visible():
    seen = [single(name, "tanh", 1) for name in list(ALL)[::9]]
    assert sum(one is not None for one in seen) > 0.8 * len(seen)


def test_two_and_three_mistakes_are_all_named():
    for sites in (("rule", "sum"), ("rule", "rule", "sum")):
        tried, good = several(sites, 20)
        assert tried > 5
        assert good >= 0.9 * tried


@pytest.mark.long
def test_every_single_mistake_of_ten_seeds():
    results = [single(name, cell, seed) for name in ALL for cell in CELLS for seed in range(10)]
    assert results.count(False) == 0
    assert results.count(True) > 2500


@pytest.mark.long
@pytest.mark.parametrize(
    ("sites", "share"),
    [
        (("rule", "sum"), 0.97),
        (("rule", "rule"), 0.97),
        (("rule", "rule", "sum"), 0.9),
        (("rule", "sum", "sum"), 0.9),
        (("rule", "rule", "rule"), 0.9),
    ],
)
def test_several_mistakes_of_a_thousand_codes(sites, share):
    tried, good = several(sites, 1000)
    assert tried > 150
    assert good >= share * tried


@pytest.mark.parametrize("seeds", [range(60), pytest.param(range(1000), marks=pytest.mark.long)])
def test_right_code_has_no_finding(seeds):
    for seed in seeds:
        case = Case(seed, [], CELLS[seed % 3], LOSSES[seed // 3 % 3], last=seed % 5 == 0)
        assert explain_vanilla(case.observed()) == []


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("name", OUTSIDE)
def test_of_other_mistakes_no_cause_is_made_up(name, cell):
    found = explain_vanilla(Case(27, [name], cell).observed())
    assert found
    assert {one.kind for one in found} == {"unexplained"}
    assert all(one.reproduces_to is None and "nothing explains it" in one.sentence for one in found)


def test_random_gradients_are_not_explained(rng):
    for scale in (1.0, 1e-3):
        seen = Case(27, []).observed()
        for one in seen:
            for m in one.manual.values():
                m[...] = scale * rng.normal(size=m.shape)
        assert {one.kind for one in explain_vanilla(seen)} == {"unexplained"}


@pytest.mark.parametrize("sizes", [BIG, WIDE, {**SMALL, "H": 5, "O": 5}])
@pytest.mark.parametrize(
    "planted", [["carry zero"], ["slope activated"], ["carry Wh", "Wh wrap"], ["carry Wh", "all 1/T"]]
)
def test_one_problem_of_any_size(sizes, planted):
    found = explain_vanilla(Case(28, planted, sizes=[sizes]).observed())
    assert sound(found)
    assert len(found) == len(planted)
    assert all(names(name, found) for name in planted)


@pytest.mark.parametrize(
    "sizes", [{"T": T, "B": B, "D": 1, "H": H, "O": 1} for T in (1, 2, 3) for B in (1, 4) for H in (1, 2)]
)
@pytest.mark.parametrize(
    "planted", [[], ["carry Wh"], ["slope none"], ["Wh wrap"], ["outside slope"], ["all 2"]]
)
def test_tiny_problems_do_not_crash(sizes, planted):
    found = explain_vanilla(Case(29, planted, loss="mse", sizes=[sizes]).observed())
    assert all(one.reproduces_to is None or one.reproduces_to <= 1e-8 for one in found)
    assert found or not planted or sizes["T"] == 1 or sizes["H"] == 1


ROLES = [("Wx", "Wh"), ("Wh",), ("bh",), ("Wx", "Wh", "bh"), ("Wx", "Wh", "bh", "Wy", "by", "h0")]


@pytest.mark.parametrize("roles", ROLES)
@pytest.mark.parametrize("name", ["carry Wh", "loss squared", "slope none", "dy repeated"])
def test_any_selection_of_gradients(roles, name):
    found = explain_vanilla(Case(30, [name], roles=roles).observed())
    assert len(found) == 1
    assert names(name, found)


@pytest.mark.parametrize(
    "name", ["carry zero", "edge repeated", "join accumulated", "carry Wh", "truncated", "slope at T"]
)
def test_a_loss_at_the_last_step_only(name):
    found = explain_vanilla(Case(31, [name], last=True).observed())
    assert sound(found)
    assert names(name, found)


def test_numbers_that_are_not_finite_are_told():
    seen = Case(32, ["Wx sign"]).observed()
    for one in seen:
        one.manual["Wh"][0, 0] = np.nan
    found = explain_vanilla(seen)
    assert [(one.kind, one.quantity) for one in found] == [("not-finite", "Whh"), ("sign", "Wxh")]


def test_roles_that_only_one_problem_has_are_left_out():
    seen = Case(32, ["Wx sign"]).observed()
    del seen[1].manual["Wx"]
    assert explain_vanilla(seen) == []
    assert explain_vanilla([dataclasses.replace(one, manual={}) for one in seen]) == []


def test_a_code_in_float32_is_right():
    seen = Case(32, [], sizes=[SMALL, BATCH]).observed()
    for one in seen:
        for role, m in one.manual.items():
            one.manual[role] = (m * 1.0001).astype(np.float32)
    assert explain_vanilla(seen) == []


@pytest.mark.parametrize("planted", [["carry Wh"], ["slope none", "Wh wrap"], ["outside slope"]])
def test_a_diagnosis_takes_a_second_at_most(planted):
    seen = Case(33, planted).observed()
    start = time.process_time()
    explain_vanilla(seen)
    assert time.process_time() - start < 10.0
