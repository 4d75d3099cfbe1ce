import numpy as np
import pytest
from gated_campaign import CELLS, planted

from minigrad.diagnosis.gated import local
from minigrad.diagnosis.gated.recursion import simulate
from minigrad.diagnosis.gated.scene import Scene


@pytest.mark.parametrize(("cell", "variant"), CELLS)
def test_every_wrong_way_along_the_state_differs(cell, variant):
    scene = Scene(planted(cell, variant, 2)[1])
    past = simulate(scene)
    right = [local.right_keep(scene, past, t) for t in range(scene.T)]
    for option in local.keeps(scene):
        values = [option.value(scene, past, t) for t in range(scene.T)]
        assert any(np.any(np.abs(v - r) > 1e-6) for v, r in zip(values, right, strict=True)), option.name


@pytest.mark.parametrize(("cell", "variant"), CELLS)
def test_every_wrong_start_differs_and_takes_all_steps_at_once(cell, variant):
    scene = Scene(planted(cell, variant, 2)[1])
    past = simulate(scene)
    steps = slice(0, scene.T)
    for g in [*scene.letters, *(["c"] if cell == "lstm" else [])]:
        right = local.right_base(scene, past, g, steps)
        for option in local.bases(scene, g):
            value = option.value(scene, past, steps)
            assert np.max(np.abs(value - right)) > 1e-6, (g, option.name)
            np.testing.assert_array_equal(value[2], option.value(scene, past, 2))
