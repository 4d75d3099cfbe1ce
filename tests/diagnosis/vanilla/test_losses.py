import numpy as np
import pytest
from vanilla_mutants import backward, observe, output_gradients, problem

from minigrad.diagnosis.vanilla import losses
from minigrad.diagnosis.vanilla.scene import Scene


def scene(loss="ce", **more):
    p = problem(2, loss=loss, **more)
    return p, Scene.of(observe(p, backward(p)[0]))


def test_the_jacobian_of_softmax(rng):
    o, v, e = rng.normal(size=4), rng.normal(size=4), 1e-6
    columns = [(losses.softmax(o + e * d) - losses.softmax(o - e * d)) / (2 * e) for d in np.eye(4)]
    assert np.allclose(losses.jacobian(losses.softmax(o), v), np.array(columns) @ v, atol=1e-9)


PLANTED = (
    "loss squared",
    "loss elementwise",
    "loss no jacobian",
    "loss no target",
    "loss softmax",
    "loss difference",
)


@pytest.mark.parametrize("loss", ["ce", "mse", "brier"])
@pytest.mark.parametrize("name", PLANTED)
def test_every_planted_loss_is_among_them(loss, name):
    p, n = scene(loss)
    wanted = np.array(output_gradients(p, {name}))
    assert any(np.allclose(one.value(n), wanted, atol=1e-14) for one in losses.losses(n))


def test_the_first_is_right_and_shapes_are_those_of_dy():
    _, n = scene()
    first, *others = losses.losses(n)
    assert first.parts == ()
    assert np.array_equal(first.value(n), n.dy)
    assert all(one.value(n).shape == n.dy.shape and len(one.parts) == 1 for one in others)


def test_steps_without_a_loss_have_no_dy():
    _, n = scene(last=True)
    assert not losses.form(n, "difference")[:-1].any()
    assert losses.form(n, "difference")[-1].any()


def test_the_factor_of_a_mean_is_kept():
    p = problem(2)
    seen = observe(p, backward(p)[0])
    n = Scene.of(seen)
    assert losses.normalisers(n) == ("1",)
    object.__setattr__(seen, "dy", seen.dy / 4)
    assert "1/T" in losses.normalisers(Scene.of(seen))
    object.__setattr__(seen, "dy", np.cos(seen.dy))
    assert losses.normalisers(Scene.of(seen)) == ("1",)


def test_without_targets_or_outputs_there_are_fewer():
    _, n = scene()
    every = len(losses.losses(n))
    object.__setattr__(n.observed, "targets", None)
    assert len(losses.losses(n)) < every
    object.__setattr__(n.observed, "dy", None)
    assert losses.losses(Scene.of(n.observed)) == [losses.RIGHT]
