import numpy as np
import pytest
from gated_campaign import CELLS, planted

from minigrad.diagnosis.gated import term
from minigrad.diagnosis.gated.recursion import simulate
from minigrad.diagnosis.gated.scene import Scene


@pytest.mark.parametrize(("cell", "variant"), CELLS)
def test_the_right_rows_add_up_to_the_gradient_and_wrong_ones_do_not(cell, variant):
    scene = Scene(planted(cell, variant, 3)[1])
    past = simulate(scene)
    for role in scene.parameters:
        rows = term.pair(scene, past, role, scene.observed.dy)
        auto = scene.observed.auto[role]
        np.testing.assert_allclose(term.shaped(term.total(rows), role), auto, atol=1e-13)
        options = term.changes(scene, role)
        assert len({o.name for o in options}) == len(options)
        for option in options:
            made = term.shaped(term.total(option.value(scene, past, role, rows)), role)
            assert made.shape != auto.shape or np.max(np.abs(made - auto)) > 1e-6, (role, option.name)


def test_what_a_step_adds_in_words():
    scene = Scene(planted("gru", "after,z-new", 3)[0])
    assert term.formula(scene, "Wh.n") == "(r(t)∘da.n(t)) h(t−1)ᵀ"
    assert term.formula(scene, "Wh.z") == "da(t) h(t−1)ᵀ"
    assert term.formula(Scene(planted("gru", "before,z-old", 3)[0]), "Wh.n") == "da.n(t) (r(t)∘h(t−1))ᵀ"


def test_a_bias_is_a_vector():
    assert term.shaped(np.ones((3, 1)), "b.f").shape == (3,)
    assert term.shaped(np.ones((3, 1)), "Wx.f").shape == (3, 1)
