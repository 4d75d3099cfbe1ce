import numpy as np
import pytest
from gated_campaign import CELLS, planted
from gated_mutants import backward, problem, total_loss

from minigrad.diagnosis.gated.book import book
from minigrad.diagnosis.gated.explanation import play
from minigrad.diagnosis.gated.recursion import simulate
from minigrad.diagnosis.gated.scene import Scene
from minigrad.diagnosis.gated.summed import guess


@pytest.mark.parametrize(("cell", "variant"), CELLS)
def test_the_mutants_without_a_mistake_are_the_complex_step(cell, variant):
    q = problem(cell, 5, B=2, T=5, variant=variant)
    right = backward(q)
    for role, W in q.p.items():
        for index in (np.zeros(W.ndim, int), np.array(W.shape) - 1):
            moved = {**q.p, role: W.astype(complex)}
            moved[role][tuple(index)] += 1e-30j
            slope = np.imag(total_loss(q, moved)) / 1e-30
            np.testing.assert_allclose(right[role][tuple(index)], slope, rtol=1e-10, atol=1e-13)


@pytest.mark.parametrize(("cell", "variant"), CELLS)
def test_the_right_rules_give_the_right_gradient(cell, variant):
    for one in play([Scene(o) for o in planted(cell, variant, 4)], {}):
        for role in one.scene.parameters:
            assert one.scene.error(role, guess(one, role, ())) < 1e-13


@pytest.mark.parametrize(("cell", "variant"), CELLS[:2])
def test_the_users_own_values_take_the_place_of_what_went_before(cell, variant):
    scene = Scene(planted(cell, variant, 4)[0])
    right = simulate(scene)
    given = {g: a[:-1] * 2 for g, a in right.da.items()}
    past = simulate(scene, {}, given)
    np.testing.assert_allclose(past.carry[:-1], 2 * right.carry[:-1], atol=1e-14)


@pytest.mark.parametrize(("cell", "variant"), CELLS[:2])
def test_a_window_over_all_steps_is_right_and_a_short_one_is_a_sum(cell, variant):
    scene = Scene(planted(cell, variant, 4)[0])
    windows = {o.name: o for o in book([scene]).rules["window"]}
    right, short = simulate(scene), simulate(scene, {"window": windows["2"]})
    for g in scene.letters:
        np.testing.assert_allclose(short.da[g][1:], right.da[g][1:], atol=1e-14)
        assert np.max(np.abs(short.da[g][0] - right.da[g][0])) > 1e-6


def test_every_single_hypothesis_can_be_played():
    for cell, variant in CELLS:
        scene = Scene(planted(cell, variant, 4)[0])
        for hypothesis in book([scene]).singles():
            past = simulate(scene, hypothesis)
            assert all(np.isfinite(a).all() for a in past.da.values()), hypothesis
