import numpy as np
import pytest
from vanilla_mutants import backward, observe, problem, slope

from minigrad.diagnosis.vanilla.scene import Scene
from minigrad.diagnosis.vanilla.slopes import slopes

PLANTED = (
    "activated",
    "none",
    "twice",
    "1-h",
    "h(1-h)",
    "1-h2",
    "1-a2",
    "double",
    "half",
    "at T",
    "at t-1",
    "at t+1",
)


@pytest.mark.parametrize("cell", ["tanh", "sigmoid", "relu"])
@pytest.mark.parametrize("name", PLANTED)
def test_every_planted_slope_is_among_them(cell, name):
    p = problem(3, cell)
    n = Scene.of(observe(p, backward(p)[0]))
    wanted = np.array([slope(p, t, {f"slope {name}"}) * np.ones((1, 6)) for t in range(4)])
    assert any(np.allclose(one.value(n), wanted, atol=1e-14) for one in slopes(n))


@pytest.mark.parametrize("cell", ["tanh", "sigmoid", "relu"])
def test_the_first_is_right_and_the_others_have_a_mistake(cell):
    p = problem(3, cell)
    n = Scene.of(observe(p, backward(p)[0]))
    first, *others = slopes(n)
    assert np.array_equal(first.value(n), n.slope)
    assert first.parts == ()
    for one in others:
        assert one.value(n).shape == n.slope.shape
        assert np.isfinite(one.value(n)).all()
        assert one.parts[0].kind in {"wrong-derivative", "derivative-of-activated", "derivative-step", "sign"}


def test_names_are_told_once():
    p = problem(3)
    names = [one.parts[0].name for one in slopes(Scene.of(observe(p, backward(p)[0])))[1:]]
    assert len(names) == len(set(names))
