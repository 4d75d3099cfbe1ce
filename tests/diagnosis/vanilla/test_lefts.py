import numpy as np
from vanilla_mutants import backward, observe, problem

from minigrad.diagnosis.vanilla import lefts as module
from minigrad.diagnosis.vanilla.explanation import output_run
from minigrad.diagnosis.vanilla.lefts import lefts
from minigrad.diagnosis.vanilla.losses import RIGHT
from minigrad.diagnosis.vanilla.recursion import Rule
from minigrad.diagnosis.vanilla.scene import Scene


def scene():
    p = problem(9)
    return Scene.of(observe(p, backward(p)[0]))


def test_shapes_are_those_of_da_and_dy():
    n = scene()
    for role, run in (("Wh", Rule().run(n)), ("Wy", output_run(n, RIGHT))):
        for one in lefts(n, role):
            assert one.value(run).shape == run.d.shape
            assert one.parts[0].site == f"sum {role}"


def test_dh_comes_first_and_differs_from_da_by_the_slope():
    n = scene()
    run = Rule().run(n)
    assert np.allclose(lefts(n, "Wh")[0].value(run) * n.slope[:, None], run.d, atol=1e-15)


def test_edges_add_up_to_da():
    n = scene()
    run = Rule().run(n)
    by_kind = {one.parts[0].kind: one.value(run) for one in lefts(n, "Wx")[: module.PAIRED]}
    assert np.allclose(by_kind["carry-missing"] + by_kind["missing-edge"], run.d, atol=1e-15)


def test_arrays_that_are_not_known_are_not_tried():
    n = scene()
    every = len(lefts(n, "Wy"))
    for name in ("y", "o", "targets"):
        object.__setattr__(n.observed, name, None)
    assert len(lefts(n, "Wy")) == every - 3
