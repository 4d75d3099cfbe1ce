import numpy as np
import pytest
from vanilla_mutants import BATCH, backward, observe, problem

from minigrad.diagnosis.vanilla.candidates import candidates, right
from minigrad.diagnosis.vanilla.explanation import output_run
from minigrad.diagnosis.vanilla.losses import RIGHT
from minigrad.diagnosis.vanilla.recursion import Rule
from minigrad.diagnosis.vanilla.scene import Scene

ROLES = ("Wx", "Wh", "bh", "Wy", "by", "h0")


def scene():
    p = problem(13, sizes=BATCH)
    gradients = backward(p)[0]
    return gradients, Scene.of(observe(p, gradients, ROLES))


def run_of(role, n):
    return output_run(n, RIGHT) if role in {"Wy", "by"} else Rule().run(n)


@pytest.mark.parametrize("role", ROLES)
def test_the_right_sum_is_the_right_gradient(role):
    gradients, n = scene()
    assert np.allclose(right(role)(run_of(role, n))[0], gradients[role], atol=1e-13)


def test_the_gradient_of_the_inputs():
    _, n = scene()
    run = Rule().run(n)
    assert np.allclose(right("x")(run)[0], run.d[:, 0] @ n.Wx, atol=1e-15)


@pytest.mark.parametrize("role", [*ROLES, "x"])
def test_shapes_and_numbers_of_mistakes(role):
    _, n = scene()
    if role == "x":
        n.observed.auto["x"] = n.x
    run = run_of(role, n)
    shape = right(role)(run).shape
    for level in (0, 1):
        for parts, value in candidates(role, n, level):
            assert len(parts) == level
            assert value(run).shape == shape


def test_two_mistakes_are_at_two_places_and_neither_is_zero():
    _, n = scene()
    pairs = [parts for parts, _ in candidates("Wh", n, 2)]
    assert len(pairs) > 500
    assert all(len(parts) == 2 and "zero" not in {part.name for part in parts} for parts in pairs)
    assert list(candidates("h0", n, 2)) == []
