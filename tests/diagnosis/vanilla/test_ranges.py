import numpy as np
import pytest
from vanilla_mutants import backward, observe, problem

from minigrad.diagnosis.vanilla.ranges import reaches, visits
from minigrad.diagnosis.vanilla.recursion import Rule
from minigrad.diagnosis.vanilla.scene import Scene


def scene(T=4):
    p = problem(8, sizes={"T": T, "B": 1, "D": 5, "H": 6, "O": 3})
    return p, Scene.of(observe(p, backward(p)[0]))


def test_a_truncation_to_one_step_is_among_them():
    p, n = scene()
    wanted = np.array(backward(p, {"truncated"})[1])
    one = next(one for one in reaches(n) if one.parts and one.parts[0].name == "window 1")
    assert np.allclose(Rule(reach=one).run(n).d[:, 0], wanted, atol=1e-14)


def test_a_cut_makes_the_parts_independent():
    _, n = scene(6)
    cut = next(one for one in reaches(n) if one.parts and one.parts[0].name == "every 3")
    run = Rule(reach=cut).run(n)
    assert np.allclose(run.d[2, 0], n.slope[2] * n.observed.upstream[2], atol=1e-15)
    assert np.allclose(run.d[3:], Rule().run(n).d[3:], atol=1e-15)


@pytest.mark.parametrize(("name", "place"), [("visit skip first", 1), ("visit skip last", 2)])
def test_planted_ranges_of_the_loop_are_among_them(name, place):
    p, n = scene()
    wanted = np.array(backward(p, {name})[1])
    assert np.allclose(Rule(visit=visits(n)[place]).run(n).d[:, 0], wanted, atol=1e-14)


@pytest.mark.parametrize("T", [1, 2, 3, 30])
def test_there_are_choices_for_any_number_of_steps(T):
    _, n = scene(T)
    for one in reaches(n):
        assert one.value(T).shape == (T, T)
    for one in visits(n):
        assert one.value(T).shape == (T,)
    assert len(reaches(n)) < 40
