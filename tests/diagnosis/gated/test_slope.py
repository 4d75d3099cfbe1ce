import numpy as np
import pytest
from gated_campaign import CELLS, planted

from minigrad.diagnosis.gated import slope
from minigrad.diagnosis.gated.scene import Scene


@pytest.mark.parametrize(("name", "f"), [("tanh", np.tanh), ("sigmoid", lambda a: 1 / (1 + np.exp(-a)))])
def test_the_right_slope_is_the_derivative(name, f):
    a = np.linspace(-3, 3, 7)
    np.testing.assert_allclose(slope.right(name, f(a)), np.imag(f(a + 1e-30j)) / 1e-30, rtol=1e-13)


@pytest.mark.parametrize(("cell", "variant"), CELLS[:2])
def test_every_wrong_slope_differs_from_the_right_one(cell, variant):
    scene = Scene(planted(cell, variant, 2)[0])
    for g in [*scene.letters, *(["c"] if cell == "lstm" else [])]:
        function, y, _ = slope.values(scene, g)
        options = slope.slopes(scene, g)
        assert len({o.name for o in options}) == len(options) > 20
        for option in options:
            value = option.value(scene)
            assert value.shape == y.shape
            assert np.max(np.abs(value - slope.right(function, y))) > 1e-3, option


def test_slopes_that_are_known_by_name():
    scene = Scene(planted("lstm", "", 2)[0])
    o, c = scene.act["o"], np.tanh(scene.c[1:])
    gate = {option.name: option.value(scene) for option in slope.slopes(scene, "o")}
    cell = {option.name: option.value(scene) for option in slope.slopes(scene, "c")}
    np.testing.assert_allclose(gate["last"], np.broadcast_to(o[-1] * (1 - o[-1]), o.shape))
    np.testing.assert_allclose(cell["activated"], 1 - np.tanh(c) ** 2)
    np.testing.assert_allclose(cell["of a"], 1 - scene.c[1:] ** 2)
