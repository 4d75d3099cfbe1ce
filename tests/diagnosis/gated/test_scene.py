import numpy as np
import pytest
from gated_campaign import CELLS, planted
from gated_mutants import observed, problem

from minigrad.diagnosis.gated.scene import ACTIVATIONS, Scene, difference, sigmoid


@pytest.mark.parametrize(("cell", "variant"), CELLS)
def test_the_gates_are_the_activations_of_their_arguments(cell, variant):
    scene = Scene(planted(cell, variant, 3)[1])
    for g, function in scene.functions.items():
        if g != "c":
            np.testing.assert_allclose(ACTIVATIONS[function](scene.net[g]), scene.act[g], rtol=0, atol=1e-14)
    assert {g for g, function in scene.functions.items() if function == "tanh"} == set("cgn") & set(
        scene.functions
    )


def test_a_cell_state_without_tanh_is_seen():
    seen = observed(problem("lstm", 1))
    plain = seen.gates["o"] * seen.c[1:]
    scene = Scene(type(seen)(**{**seen.__dict__, "h": np.concatenate([seen.h[:1], plain])}))
    assert scene.functions["c"] == "identity"
    np.testing.assert_array_equal(scene.squashed, scene.c[1:])


def test_sizes_and_names():
    scene = Scene(planted("lstm", "", 1)[1])
    assert scene.sizes == {"T": 6, "B": 3, "D": 5, "H": 6, "O": 3}
    assert (scene.name("Wh.f"), scene.name("h0")) == ("Wh_f", "h0")


def test_entries_at_a_bound_are_seen():
    scene = Scene(planted("lstm", "", 1, "clip all:0.01")[0])
    assert scene.bounded("Wh.i")
    assert not Scene(planted("lstm", "", 1)[0]).bounded("Wh.i")


def test_a_guess_of_another_shape_is_infinitely_wrong():
    assert Scene(planted("lstm", "", 1)[0]).error("by", np.zeros(2)) == np.inf


def test_difference_is_relative_and_never_nan():
    assert difference(np.zeros(2), np.zeros(2)) == 0
    assert difference(np.array([np.nan, 1.0]), np.ones(2)) == np.inf
    assert difference(np.array([0.0, 4.0]), np.array([0.0, 3.0])) == 0.25


def test_sigmoid_does_not_overflow():
    np.testing.assert_array_equal(sigmoid(np.array([-1e4, 0.0, 1e4])), [0.0, 0.5, 1.0])
