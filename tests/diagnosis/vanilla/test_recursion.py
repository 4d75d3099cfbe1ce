import numpy as np
import pytest
from vanilla_mutants import BATCH, SMALL, backward, forward, observe, problem

from minigrad.diagnosis.vanilla.option import Choice, Option
from minigrad.diagnosis.vanilla.ranges import reaches, visits
from minigrad.diagnosis.vanilla.recursion import Rule, recur
from minigrad.diagnosis.vanilla.scene import Scene


def scene(seed=0, cell="tanh", sizes=None, **more):
    p = problem(seed, cell, sizes=sizes, **more)
    return p, Scene.of(observe(p, backward(p)[0]))


@pytest.mark.parametrize("loss", ["ce", "mse", "brier"])
@pytest.mark.parametrize("cell", ["tanh", "sigmoid", "relu"])
def test_the_planted_code_without_a_mistake_is_right(cell, loss):
    p, e = problem(5, cell, loss, BATCH), 1e-6
    gradients = backward(p)[0]
    for role, w in p.w.items():
        index = tuple(s // 2 for s in w.shape)
        up, down = (
            {
                **p.w,
                role: w + sign * e * (np.indices(w.shape) == np.reshape(index, (-1, *[1] * w.ndim))).all(0),
            }
            for sign in (1, -1)
        )
        values = []
        for moved in (up, down):
            p.w = moved
            values.append(forward(p))
        p.w = {**up, role: w}
        assert gradients[role][index] == pytest.approx((values[0] - values[1]) / (2 * e), abs=1e-7)


@pytest.mark.parametrize("sizes", [SMALL, BATCH])
@pytest.mark.parametrize("cell", ["tanh", "sigmoid", "relu"])
def test_the_right_rule_gives_da_and_dh0(cell, sizes):
    p, n = scene(1, cell, sizes)
    gradients, d = backward(p)
    run = Rule().run(n)
    assert np.allclose(run.d[:, 0], np.array(d), atol=1e-13)
    assert np.allclose(run.start[0], gradients["h0"], atol=1e-13)
    assert (Rule().parts, Rule().cost) == ((), 0)


def test_several_hypotheses_at_once_are_each_alone(rng):
    _, n = scene()
    o, s = rng.normal(size=(4, 3, 1, 6)), rng.normal(size=(4, 3, 1, 6))
    together = recur(n, o, s)
    for k in range(3):
        assert np.allclose(together.d[:, k], recur(n, o[:, k : k + 1], s[:, k : k + 1]).d[:, 0], atol=1e-14)


def test_the_recursion_stops_where_it_is_told(rng):
    _, n = scene()
    o, s = rng.normal(size=(4, 1, 1, 6)), n.slope[:, None]
    for reach in (reaches(n)[0], reaches(n)[1]):
        whole, part = recur(n, o, s, reach=reach), recur(n, o, s, 2, reach=reach)
        assert np.allclose(whole.d[2:], part.d[2:], atol=1e-15)
        assert not part.d[:2].any()


def test_a_window_as_long_as_the_problem_is_no_window(rng):
    _, n = scene()
    o, s = rng.normal(size=(4, 1, 1, 6)), n.slope[:, None]
    wide = Choice(lambda T: np.ones((T, T), bool), (Option("reach", "wide", "truncated", "", ""),))
    assert np.allclose(recur(n, o, s, reach=wide).d, recur(n, o, s).d, atol=1e-14)
    assert np.allclose(recur(n, o, s, reach=wide).start, recur(n, o, s).start, atol=1e-14)


def test_a_step_that_is_not_visited_has_no_da():
    _, n = scene()
    run = Rule(visit=visits(n)[1]).run(n)
    assert not run.d[0].any()
    assert np.array_equal(run.d[1:], Rule().run(n).d[1:])
