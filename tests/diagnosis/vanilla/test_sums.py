import numpy as np
import pytest
from vanilla_mutants import BATCH, backward, observe, problem

from minigrad.diagnosis.vanilla import sums
from minigrad.diagnosis.vanilla.scene import Scene


def test_outer_is_a_sum_of_outer_products(rng):
    L, R = rng.normal(size=(4, 2, 3, 5)), rng.normal(size=(4, 3, 6))
    for n in range(2):
        wanted = sum(np.outer(L[t, n, b], R[t, b]) for t in range(4) for b in range(3))
        assert np.allclose(sums.outer(L, R)[n], wanted, atol=1e-14)


@pytest.mark.parametrize("role", ["Wx", "Wh", "bh", "Wy", "by"])
def test_right_factors_make_right_gradients(role):
    p = problem(1, sizes=BATCH)
    gradients, d = backward(p)
    n = Scene.of(observe(p, gradients))
    left = n.dy if role in {"Wy", "by"} else np.array(d)
    G = sums.outer(left[:, None], sums.right_state(n, role))[0]
    assert np.allclose(G.reshape(gradients[role].shape), gradients[role], atol=1e-13)


def test_most_mistakes_in_a_bias_are_of_that_kind():
    assert sums.option("bh", "n", "scale", "", 1.0).kind == "bias"
    assert sums.option("bh", "n", "zero", "", 1.0).kind == "zero"
    assert sums.option("Wh", "n", "scale", "", 1.0).kind == "scale"
