import numpy as np
import pytest
from gated_campaign import CELLS, planted
from gated_mutants import observed, problem

from minigrad.diagnosis.gated import solve
from minigrad.diagnosis.gated.recursion import simulate
from minigrad.diagnosis.gated.scene import Scene

FAMILIES = ("Wx", "Wh", "b")


@pytest.mark.parametrize(("cell", "variant"), CELLS)
def test_every_parameter_alone_determines_da(cell, variant):
    scene = Scene(planted(cell, variant, 1)[0])
    right = simulate(scene)
    for g in scene.letters:
        [(d, agreeing)] = solve.votes(scene, FAMILIES, g)
        assert agreeing == 3
        np.testing.assert_allclose(d, right.da[g][:-1], atol=1e-11)


def test_a_batch_of_many_steps_determines_nothing():
    assert solve.solve(Scene(planted("lstm", "", 1)[1]), ["Wx.f"]) is None
    assert solve.votes(Scene(planted("lstm", "", 1)[1]), FAMILIES, "f") == []


def test_together_they_determine_more():
    scene = Scene(observed(problem("lstm", 1, 1, 8)))
    assert solve.solve(scene, ["Wx.f"]) is None
    d = solve.solve(scene, ["Wx.f", "Wh.f"])
    np.testing.assert_allclose(d, simulate(scene).da["f"][:-1], atol=1e-10)


def test_the_odd_one_out_is_seen():
    scene = Scene(planted("lstm", "", 1, "Wh now:f")[0])
    votes = solve.votes(scene, FAMILIES, "f")
    assert votes[0][1] == 2
    np.testing.assert_allclose(votes[0][0], simulate(scene).da["f"][:-1], atol=1e-11)


def test_a_gradient_that_is_not_finite_determines_nothing():
    seen = planted("lstm", "", 1)[0]
    seen.manual["Wx.f"][0, 0] = np.nan
    assert solve.solve(Scene(seen), ["Wx.f"]) is None
