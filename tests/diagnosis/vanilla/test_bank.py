import numpy as np
import pytest
from vanilla_catalogue import Case

from minigrad.diagnosis.vanilla import losses
from minigrad.diagnosis.vanilla.bank import bank, explain_gradients, explain_sums
from minigrad.diagnosis.vanilla.local import Catalogue
from minigrad.diagnosis.vanilla.scene import Scene


def book(names, place=1):
    return Catalogue.of(Scene.of(Case(21, names).observed()[place]), [losses.RIGHT])


@pytest.mark.parametrize(
    "names",
    [["carry Wh"], ["slope none"], ["edge shifted"], ["slope none", "carry zero"], ["visit skip first"]],
)
def test_gradients_of_a_batch_speak_for_a_rule(names):
    best = explain_gradients(book(names), 2)[0]
    assert len(best.parts) == len(names)
    assert best.cost <= 1.3 * len(names)


def test_one_right_sum_is_enough():
    best = explain_gradients(book(["carry Wh", "Wh h(t)", "Wx zero"]), 1)[0]
    assert [part.kind for part in best.parts] == ["carry-not-transposed"]


def test_sums_with_a_mistake_speak_for_a_rule():
    names = ["carry Wh", "Wh overwritten", "Wx overwritten", "bh overwritten"]
    assert explain_gradients(book(names, 0), 1) == []
    assert [part.kind for part in explain_sums(book(names, 0), 1)[0].parts] == ["carry-not-transposed"]


def test_every_rule_of_a_group_has_its_run():
    made = book([], 0)
    for rules, run in bank(made, 1):
        assert run.d.shape == (4, len(rules), 1, 6)
        assert all(len(rule.parts) <= 2 for rule in rules)
        if np.isfinite(run.d).all():
            assert np.allclose(rules[-1].run(made.scene).d[:, 0], run.d[:, -1], atol=1e-9)


def test_random_gradients_speak_for_nothing(rng):
    made = book([])
    for role, m in made.scene.manual.items():
        made.scene.manual[role][...] = rng.normal(size=m.shape)
    assert explain_gradients(made, 1) == []
