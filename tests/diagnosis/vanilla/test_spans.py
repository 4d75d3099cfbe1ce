import numpy as np
import pytest
from vanilla_mutants import backward, observe, problem

from minigrad.diagnosis.vanilla.scene import Scene
from minigrad.diagnosis.vanilla.spans import spans


def found(T, role="Wh"):
    p = problem(11, sizes={"T": T, "B": 1, "D": 5, "H": 6, "O": 3})
    return spans(Scene.of(observe(p, backward(p)[0])), role)


def test_every_single_step_left_out_is_among_them():
    weights = [one.value(5).tolist() for one in found(5)]
    for step in range(5):
        assert [float(t != step) for t in range(5)] in weights
        assert [float(t == step) for t in range(5)] in weights


def test_steps_are_told_from_the_first_problem():
    told = {one.parts[0].name: one.parts[0].step for one in found(5)}
    assert (told["first"], told["last"], told["without 2"], told["without T−1"]) == (1, 5, 3, 4)


def test_a_running_sum_that_is_added_up_counts_terms_again():
    again = next(one for one in found(3) if one.parts[0].name == "again")
    running, total = np.zeros(3), np.zeros(3)
    for t in (2, 1, 0):
        running[t] += 1
        total += running
    assert again.value(3).tolist() == [1, 2, 3]
    assert total.tolist() == [1, 2, 3]


@pytest.mark.parametrize("T", [1, 2])
def test_short_problems(T):
    assert all(one.value(T).shape == (T,) for one in found(T))


def test_of_a_bias_they_are_called_so():
    assert {one.parts[0].kind for one in found(4, "bh")} == {"bias", "overwritten"}
