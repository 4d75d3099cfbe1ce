import numpy as np
import pytest
from vanilla_catalogue import CARRIES, SLOPES, Case
from vanilla_mutants import BATCH, SMALL, backward, observe, problem

from minigrad.diagnosis.vanilla.recovered import last_different, recover, solutions, solve
from minigrad.diagnosis.vanilla.scene import Scene


@pytest.mark.parametrize("cell", ["tanh", "sigmoid", "relu"])
@pytest.mark.parametrize("names", [[], ["carry Wh"], ["slope none"], ["edge shifted", "carry zero"]])
def test_da_and_dy_are_those_of_the_code(cell, names):
    case = Case(16, names, cell)
    found = recover(case.observed()[0])
    d = np.array(case.gradients[0][1])
    assert np.allclose(found.da, d, rtol=0, atol=1e-11 * np.abs(d).max())
    assert found.agree == ("Wx", "Wh", "bh")
    assert np.allclose(found.dy, case.observed()[0].dy, atol=1e-11)


@pytest.mark.parametrize("name", [*SLOPES, *CARRIES])
def test_the_first_departure_is_that_of_the_code(name):
    case = Case(17, [name])
    assert recover(case.observed()[0]).departure == case.steps(name)


@pytest.mark.parametrize(
    ("name", "agree"), [("Wh h(t)", ("Wx", "bh")), ("Wx of sums", ("Wh", "bh")), ("bh sign", ("Wx", "Wh"))]
)
def test_the_odd_one_out_is_found(name, agree):
    found = recover(Case(18, [name]).observed()[0])
    assert found.agree == agree
    assert found.departure is None
    assert np.allclose(found.local, found.da, atol=1e-11)
    assert np.allclose(found.dh, found.from_y + found.from_h, atol=0)


def test_a_batch_that_is_too_large_determines_nothing():
    p = problem(19, sizes=BATCH)
    assert recover(observe(p, backward(p)[0])) is None


def test_clipped_entries_are_left_out():
    p = problem(19, sizes=SMALL)
    g, d = backward(p)
    bound = float(np.quantile(np.abs(g["Wh"]), 0.9))
    seen = observe(p, {k: np.clip(v, -bound, bound) for k, v in g.items()})
    array, left = solve(Scene.of(seen).clipped(bound), ("Wx", "Wh", "bh"), 6)
    assert left < 1e-12
    assert np.allclose(array, np.array(d), atol=1e-11)
    tiny = Scene.of(observe(p, {k: np.clip(v, -1e-9, 1e-9) for k, v in g.items()})).clipped(1e-9)
    assert solve(tiny, ("Wx", "Wh", "bh"), 6) is None


def test_dependent_inputs_do_not_determine_da():
    p = problem(19)
    g = backward(p)[0]
    seen = observe(p, g, ("Wx",))
    seen.x[:] = seen.x[:1]
    assert solve(Scene.of(seen), ("Wx",), 6) is None
    assert recover(seen) is None


def test_what_was_tapped_comes_first():
    p = problem(19)
    g, d = backward(p)
    seen = observe(p, g)
    object.__setattr__(seen, "taps", {"da": np.array(d)})
    first, agree = next(solutions(Scene.of(seen)))
    assert np.array_equal(first, np.array(d))
    assert agree == ()
    object.__setattr__(seen, "taps", {"da": np.full((4, 1, 6), np.nan)})
    assert next(solutions(Scene.of(seen)))[1] == ("Wx", "Wh", "bh")


def test_the_last_step_that_differs():
    a = np.zeros((3, 2))
    assert last_different(a, a) is None
    assert last_different(a, a + np.eye(3)[:, :2]) == 2


def test_steps_are_compared_with_their_own_size_down_to_the_noise():
    a = np.array([[1e6], [1.0], [1e-9]])
    assert last_different(a, a + np.array([[0.0], [1e-4], [0.0]])) == 2
    assert last_different(a, a + np.array([[0.0], [0.0], [1e-9]])) is None
