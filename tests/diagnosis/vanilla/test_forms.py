import numpy as np
from vanilla_mutants import backward, observe, problem

from minigrad.diagnosis.vanilla.forms import forms
from minigrad.diagnosis.vanilla.scene import Scene
from minigrad.diagnosis.vanilla.sums import outer

SIZES = {"T": 4, "B": 2, "D": 5, "H": 6, "O": 3}


def named(role):
    p = problem(12, sizes=SIZES)
    made = forms(Scene.of(observe(p, backward(p)[0])), role)
    return {one.parts[0].name: one.value for one in made}


def test_shapes_are_those_of_the_gradient(rng):
    for role, M in (("Wh", 6), ("Wx", 5), ("bh", 1)):
        L, R = rng.normal(size=(4, 3, 2, 6)), rng.normal(size=(4, 2, M))
        for form in named(role).values():
            assert form(L, R).shape == (3, 6, M)


def test_forms_by_loops(rng):
    L, R = rng.normal(size=(4, 1, 2, 6)), rng.normal(size=(4, 2, 6))
    found = named("Wh")
    pairs = [(L[t, 0, b], R[t, b]) for t in range(4) for b in range(2)]
    assert np.allclose(found["inner"](L, R)[0], sum(d @ h for d, h in pairs))
    assert np.allclose(found["elementwise"](L, R)[0], np.tile(sum(d * h for d, h in pairs), (6, 1)))
    assert np.allclose(found["diagonal"](L, R)[0], np.diag(sum(d * h for d, h in pairs)))
    total = np.outer(sum(d for d, _ in pairs), sum(h for _, h in pairs))
    assert np.allclose(found["of all sums"](L, R)[0], total)
    assert np.allclose(found["transposed"](L, R)[0], outer(L, R)[0].T)
    assert np.allclose(found["left"](L, R)[0], np.tile(sum(d for d, _ in pairs)[:, None], (1, 6)))


def test_only_square_gradients_are_transposed_or_elementwise():
    assert "transposed" in named("Wh")
    assert not {"transposed", "inner", "elementwise"} & set(named("Wx"))
    assert set(named("by")) == {"zero", "one", "last", "features", "mean", "magnitude"}
