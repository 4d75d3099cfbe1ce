import numpy as np
import pytest
import vanilla_mutants as planted
from vanilla_mutants import backward, observe, problem

from minigrad.diagnosis.vanilla.scene import Scene
from minigrad.diagnosis.vanilla.states import states

PLANTED = ("h(t)", "h(T-1)", "h(T)", "h(t-2)", "wrap", "h0 ignored", "h0 overwritten")


def scene(D=5):
    p = problem(10, sizes={"T": 4, "B": 2, "D": D, "H": 6, "O": 3})
    return p, Scene.of(observe(p, backward(p)[0]))


@pytest.mark.parametrize("name", PLANTED)
def test_every_planted_state_is_among_them(name):
    p, n = scene()
    wanted = np.array([planted.states(p, t, {f"Wh {name}"}) for t in range(4)])
    assert any(np.array_equal(one.value(n), wanted) for one in states(n, "Wh"))


@pytest.mark.parametrize(("role", "size"), [("Wx", 5), ("Wh", 6), ("Wy", 6)])
def test_shapes_are_those_of_the_right_factor(role, size):
    _, n = scene()
    for one in states(n, role):
        assert one.value(n).shape == (4, 2, size)
        assert (one.parts[0].step == 1) == (one.parts[0].kind == "initial-state")


def test_arrays_change_places_only_where_they_fit():
    for D, more in ((5, 0), (6, 1)):
        _, n = scene(D)
        assert sum(one.parts[0].kind == "wrong-array" for one in states(n, "Wh")) == more
    assert states(n, "bh") == []
