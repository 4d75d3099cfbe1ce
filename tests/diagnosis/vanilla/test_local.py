import numpy as np
import pytest
from vanilla_catalogue import CARRIES, EDGES, SLOPES, Case

from minigrad.diagnosis.vanilla import losses
from minigrad.diagnosis.vanilla.local import Catalogue, bounds_in, explain_da
from minigrad.diagnosis.vanilla.scene import Scene

PLANTED = [name for name in (*SLOPES, *EDGES, *CARRIES) if name != "join clip"]


def book(case):
    return Catalogue.of(Scene.of(case.observed()[0]), [losses.RIGHT])


@pytest.mark.parametrize("cell", ["tanh", "sigmoid", "relu"])
@pytest.mark.parametrize("name", PLANTED)
def test_a_rule_is_found_for_the_da_of_a_code(name, cell):
    case = Case(20, [name], cell)
    d = np.array(case.gradients[0][1])
    rules = explain_da(book(case), d)
    assert rules
    assert rules[0].cost <= 1.3
    for rule in rules[:20]:
        assert np.allclose(
            rule.run(Scene.of(case.observed()[0])).d[:, 0], d, atol=1e-6 * max(np.abs(d).max(), 1e-9)
        )


def test_several_mistakes_at_once():
    case = Case(20, ["slope activated", "carry Wh", "edge shifted", "visit skip first"])
    best = explain_da(book(case), np.array(case.gradients[0][1]))[0]
    assert sorted(part.kind for part in best.parts) == [
        "carry-not-transposed", "derivative-of-activated", "initial-state", "output-step",
    ]  # fmt: skip


def test_bounds_are_read_from_da():
    case = Case(20, ["join clip"])
    d = np.array(case.gradients[0][1])
    made = book(case)
    assert 0.05 in bounds_in(made, d)
    assert explain_da(made, d) == []
    assert explain_da(made.clipping(bounds_in(made, d)), d)[0].parts[0].kind == "clipped"


def test_a_da_that_is_zero():
    case = Case(20, ["edge missing"])
    best = explain_da(book(case), np.zeros((4, 1, 6)))[0]
    assert best.parts[0].kind == "missing-edge"


@pytest.mark.parametrize("name", ["outside slope", "outside edge", "outside carry"])
def test_what_no_rule_explains(name):
    case = Case(20, [name])
    assert explain_da(book(case), np.array(case.gradients[0][1])) == []


def test_random_numbers_are_not_explained(rng):
    assert explain_da(book(Case(20, [])), rng.normal(size=(4, 1, 6))) == []
