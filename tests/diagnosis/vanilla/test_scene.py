import numpy as np
import pytest
from vanilla_mutants import F, backward, observe, problem

from minigrad.diagnosis.vanilla.scene import HIDDEN, Scene, activate, derivative, difference


@pytest.mark.parametrize("cell", ["tanh", "sigmoid", "relu"])
def test_activations_and_their_derivatives(cell, rng):
    a, e = rng.normal(size=(3, 4)), 1e-6
    assert np.allclose(activate(cell, a), F[cell](a), rtol=0, atol=1e-15)
    slope = (F[cell](a + e) - F[cell](a - e)) / (2 * e)
    assert np.allclose(derivative(cell, F[cell](a)), slope, atol=1e-8)


def test_a_difference_is_relative_to_the_larger_one():
    assert difference(np.array([2.0, 0.0]), np.array([4.0, 0.0])) == 0.5
    assert difference(np.zeros(3), np.zeros(3)) == 0.0
    assert difference(np.zeros(3), np.zeros(2)) == np.inf
    assert difference(np.array([np.nan]), np.zeros(1)) == np.inf


def test_a_scene_computes_what_was_not_observed():
    p = problem(1)
    scene = Scene.of(observe(p, backward(p)[0]))
    assert np.allclose(scene.a, np.array(p.a))
    assert np.array_equal(scene.old, scene.h[:-1])
    assert not scene.rest.any()
    assert scene.roles(HIDDEN) == ("Wx", "Wh", "bh")
    assert scene.name("Wh") == "Whh"
    assert scene.sizes == {"T": 4, "B": 1, "D": 5, "H": 6, "O": 3}


def test_gradients_of_another_shape_or_not_finite_are_left_out():
    p = problem(1)
    g = backward(p)[0]
    seen = observe(p, {**g, "Wh": g["Wh"] * np.nan, "by": g["by"][:, None]})
    assert set(Scene.of(seen).manual) == {"Wx", "bh", "Wy"}


def test_a_guess_that_is_right_is_plausible_and_no_other_one(rng):
    p = problem(1)
    g = backward(p)[0]
    scene = Scene.of(observe(p, g))
    assert scene.plausible("Wh", g["Wh"])
    assert scene.plausible("Wh", 3 * g["Wh"], multiple=True)
    assert not scene.plausible("Wh", 3 * g["Wh"])
    assert not scene.plausible("Wh", rng.normal(size=(6, 6)), multiple=True)
    assert not scene.plausible("Wh", g["Wx"])


def test_a_divided_and_a_clipped_scene():
    p = problem(1)
    g = backward(p)[0]
    scene = Scene.of(observe(p, g))
    assert scene.divided(2.0).error("Wh", g["Wh"] / 2) == 0.0
    small = Scene.of(observe(p, {k: np.clip(v, -0.1, 0.1) for k, v in g.items()})).clipped(0.1)
    assert small.error("Wh", g["Wh"]) == 0.0
    assert small.plausible("Wh", g["Wh"])
