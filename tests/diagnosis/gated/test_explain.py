import dataclasses
import time

import gated_campaign
import gated_table
import numpy as np
import pytest
from gated_campaign import CELLS, explained, names, planted, several, single, sound
from gated_mutants import GATES, both, observed, problem

from minigrad.diagnosis.gated import explain, explain_gated
from minigrad.diagnosis.gated.explain import SECONDS, Search
from minigrad.diagnosis.gated.scene import Scene

SAMPLE = [(cell, variant, row) for cell, variant in CELLS for row in gated_table.rows(cell, variant)[2::13]]


@pytest.mark.parametrize(("cell", "variant", "row"), SAMPLE, ids=[f"{c}-{v}-{r[0]}" for c, v, r in SAMPLE])
def test_a_single_mistake_is_named_with_its_step(cell, variant, row):
    found = single(cell, variant, 11, row)
    assert sound(found)
    assert names(found, row), (row, found)
    assert len(found) == 1


@pytest.mark.parametrize(("cell", "variant"), CELLS)
def test_right_code_has_no_finding(cell, variant):
    for seed in range(20):
        assert explain_gated(planted(cell, variant, seed)) == []
        last = problem(cell, seed, 2, 5, variant=variant, at="last", loss="real")
        assert explain_gated([observed(last)]) == []


@pytest.mark.parametrize("count", [2, 3])
def test_several_mistakes_are_all_named(count, monkeypatch):
    monkeypatch.setattr(explain, "SECONDS", 60.0)  # so that it does not depend on the machine
    for index, (cell, variant) in enumerate(CELLS):
        rng = np.random.default_rng(count + 10 * index)
        chosen, found = several(cell, variant, 5, count, rng)
        assert explained(found), (chosen, found)
        assert sound(found)
        assert all(names(found, row) for row in chosen), (chosen, found)


@pytest.mark.parametrize(("cell", "variant"), CELLS[:2])
def test_a_finished_gradient_that_determines_nothing_is_explained_by_trying(cell, variant):
    g = GATES[cell][0]
    seen = observed(problem(cell, 3, 4, 9, variant=variant), "path plain:all", f"Wh now:{g}")
    found = explain_gated([seen])
    assert [f.kind for f in found] == ["carry-not-transposed", "wrong-state"]


@pytest.mark.parametrize("wanted", ["Wx", "Wh", "b"])
def test_some_of_the_parameters_are_enough(wanted):
    seen = both("lstm", 2, "dc without f")
    part = [
        dataclasses.replace(
            o,
            manual={role: a for role, a in o.manual.items() if role.split(".")[0] == wanted},
            params={role: a for role, a in o.params.items() if "y" not in role},
            dy=None, y=None, o=None, targets=None,
        )
        for o in seen
    ]  # fmt: skip
    assert [(f.kind, f.step) for f in explain_gated(part)] == [("local-rule", 3)]


def mutilated(cell, kind):
    rng = np.random.default_rng(0)
    for o in both(cell, 0, "path plain:all"):
        manual = {role: a.copy() for role, a in o.manual.items()}
        if kind == "noise":
            manual = {role: a + rng.normal(size=a.shape) for role, a in manual.items()}
        elif kind == "nan":
            manual["by"][0] = np.nan
        elif kind == "shape":
            manual["by"] = np.zeros((2, 2))
        elif kind == "nothing":
            manual = {}
        upstream = 1.3 * o.upstream if kind == "another network" else o.upstream
        yield dataclasses.replace(o, manual=manual, upstream=upstream)


@pytest.mark.parametrize("kind", ["noise", "nan", "shape", "nothing", "another network"])
@pytest.mark.parametrize("cell", ["lstm", "gru"])
def test_what_is_in_no_table_is_told_without_a_cause(cell, kind, monkeypatch):
    monkeypatch.setattr(explain, "SECONDS", 0.8)
    found = explain_gated(list(mutilated(cell, kind)))
    assert sound(found)
    if kind in {"noise", "another network"}:
        assert [f.kind for f in found] == ["unexplained"]
    if kind == "nan":
        assert found[-1].quantity == "by"


@pytest.mark.parametrize(("B", "T"), [(1, 1), (1, 2), (3, 1)])
def test_few_steps_do_not_crash(B, T):
    for mistake in ("path plain:all", "slope none:all", "Wh now:all", "loop last"):
        assert sound(explain_gated([observed(problem("lstm", 1, B, T), mistake)]))


def test_another_cell_is_refused():
    with pytest.raises(ValueError, match="'tanh'"):
        explain_gated([dataclasses.replace(both("lstm", 1)[0], cell="tanh")])


def test_no_problem_no_finding():
    assert explain_gated([]) == []


def test_the_search_ends():
    start = time.monotonic()
    Search([Scene(o) for o in mutilated("lstm", "noise")], seconds=0.3).best()
    assert time.monotonic() - start < 10 * SECONDS


@pytest.mark.long
@pytest.mark.parametrize(("cell", "variant"), CELLS)
def test_every_single_mistake_of_the_table(cell, variant):
    for row in gated_table.rows(cell, variant):
        for seed in range(10):
            found = single(cell, variant, seed, row)
            assert sound(found)
            assert names(found, row), (row, seed, found)


@pytest.mark.long
@pytest.mark.parametrize(("count", "share"), [(2, 0.97), (3, 0.9)])
def test_many_pairs_and_triples(count, share):
    named = []
    for index, (cell, variant) in enumerate(CELLS):
        for seed in range(60):
            rng = np.random.default_rng(1000 * seed + index)
            chosen, found = several(cell, variant, seed, count, rng)
            assert sound(found)
            named.append(explained(found) and all(gated_campaign.names(found, row) for row in chosen))
    assert np.mean(named) >= share


@pytest.mark.long
def test_a_thousand_right_ones():
    for seed in range(200):
        for cell, variant in CELLS:
            assert explain_gated(planted(cell, variant, seed)) == []
