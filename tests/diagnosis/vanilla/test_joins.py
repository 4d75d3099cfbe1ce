import numpy as np
import pytest
from vanilla_mutants import backward, observe, problem

from minigrad.diagnosis.vanilla.joins import bounded, joins
from minigrad.diagnosis.vanilla.recursion import Rule
from minigrad.diagnosis.vanilla.scene import Scene

PLANTED = ("slope on o", "slope on c", "wrong side", "constant", "accumulated", "clip")


def scene():
    p = problem(7)
    return p, Scene.of(observe(p, backward(p)[0]))


@pytest.mark.parametrize("name", PLANTED)
def test_every_planted_join_is_among_them(name):
    p, n = scene()
    wanted = np.array(backward(p, {f"join {name}"})[1])
    every = [*joins(), *bounded((0.05,))]
    assert any(np.allclose(Rule(join=one).run(n).d[:, 0], wanted, atol=1e-13) for one in every)


@pytest.mark.parametrize("join", joins()[1:] + bounded((0.05, 1.0)), ids=lambda one: one.parts[0].name)
def test_what_a_join_gives_at_the_last_step_is_what_it_says(join):
    _, n = scene()
    run = Rule(join=join).run(n)
    assert np.allclose(run.d[-1], join.last(run.o[-1], run.s[-1]), atol=1e-15)


def test_ties_that_are_known_are_told():
    constant = next(one for one in joins()[1:] if one.parts[0].name == "constant")
    assert any("adds up" in text for text in constant.parts[0].also)
