import numpy as np
import pytest
from gated_campaign import CELLS, planted

from minigrad.diagnosis.gated import carry
from minigrad.diagnosis.gated.recursion import simulate
from minigrad.diagnosis.gated.scene import Scene


@pytest.mark.parametrize(("cell", "variant"), CELLS)
def test_what_comes_from_the_next_step_adds_up_to_dh(cell, variant):
    scene = Scene(planted(cell, variant, 2)[1])
    past = simulate(scene)
    for t in range(scene.T):
        total = carry.right_carry(scene, past, t) + (past.kept[t] if cell == "gru" else 0)
        np.testing.assert_allclose(past.up[t] + total, past.dh[t], atol=1e-14)


@pytest.mark.parametrize(("cell", "variant"), CELLS)
def test_every_wrong_path_differs_from_the_right_one(cell, variant):
    scene = Scene(planted(cell, variant, 2)[1])
    past = simulate(scene)
    for g in scene.letters:
        right = carry.right_path(scene, past, g, 3)
        for option in carry.paths(scene, g):
            assert np.max(np.abs(option.value(scene, past, 2) - right)) > 1e-6, option.name


@pytest.mark.parametrize(("cell", "variant"), CELLS[:2])
def test_every_wrong_sum_differs_from_the_right_one(cell, variant):
    scene = Scene(planted(cell, variant, 2)[1])
    past = simulate(scene)
    right = [carry.right_carry(scene, past, t) for t in range(scene.T)]
    for option in carry.wholes(scene):
        assert any(np.any(np.abs(option.value(scene, past, t) - right[t]) > 1e-6) for t in range(scene.T - 1))
    for option in carry.flows(scene):
        values = [option.value(scene, past, t, right[t]) for t in range(scene.T)]
        assert any(np.any(np.abs(v - r) > 1e-6) for v, r in zip(values, right, strict=True)), option.name
