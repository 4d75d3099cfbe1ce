import numpy as np
import pytest

import minigrad as mg
from minigrad.diagnosis.structure.activations import FUNCTIONS, activations
from minigrad.diagnosis.structure.wiring import Wiring


def in_two_parts(a):
    y, positive = mg.Tensor(np.zeros(a.shape)), a.value > 0
    y[positive] = 1 / (1 + np.exp(-a[positive]))
    y[~positive] = np.exp(a[~positive]) / (1 + np.exp(a[~positive]))
    return y


WRITTEN = {
    "tanh": [
        np.tanh,
        lambda a: (np.exp(a) - np.exp(-a)) / (np.exp(a) + np.exp(-a)),
        lambda a: (np.exp(2 * a) - 1) / (np.exp(2 * a) + 1),
        lambda a: np.sinh(a) / np.cosh(a),
    ],
    "sigmoid": [
        mg.sigmoid,
        lambda a: 1 / (1 + np.exp(-a)),
        lambda a: np.exp(a) / (np.exp(a) + 1),
        lambda a: np.exp(-np.logaddexp(0, -a)),
        in_two_parts,
        lambda a: np.where(a.value > 0, 1 / (1 + np.exp(-a)), np.exp(a) / (1 + np.exp(a))),
    ],
    "relu": [
        mg.relu,
        lambda a: np.maximum(0, a),
        lambda a: np.maximum(a, 0),
        lambda a: a * (a > 0),
        lambda a: np.where(a > 0, a, 0),
        lambda a: (np.abs(a) + a) / 2,
        lambda a: np.clip(a, 0, None),
    ],
}
CASES = [(kind, write) for kind, ways in WRITTEN.items() for write in ways]


def last(write, rng, shape=(3, 4)):
    p = mg.Tensor(rng.normal(size=shape), "p")
    a = p * 1.5
    h = write(a)
    loss = np.sum(h.reshape(-1) * rng.normal(size=h.size))
    return a, h, activations(Wiring(loss, {"p": p}))


@pytest.mark.parametrize(("kind", "write"), CASES)
def test_an_activation_is_found_however_it_is_written(kind, write, rng):
    a, h, found = last(write, rng)
    ends = [x for x in found if x.after == h.order]
    assert [x.kind for x in ends] == [kind]
    assert ends[0].before == a.order


@pytest.mark.parametrize("f", FUNCTIONS.values())
def test_the_functions_keep_the_type(f):
    assert f(np.array([-1, 2], np.float32)).dtype == np.float32


def test_other_functions_and_copies_are_none(rng):
    for write in (np.sin, np.exp, lambda a: 1.7 * np.tanh(a), lambda a: a + 0.0, lambda a: np.copy(a.T)):
        _, h, found = last(write, rng)
        assert h.order not in {x.after for x in found}


def test_a_function_of_another_leaf_too_is_none(rng):
    p, q = mg.Tensor(rng.normal(size=4), "p"), mg.Tensor(np.zeros(4), "q")
    h = np.tanh(p * 1.5 + q)
    found = activations(Wiring(np.sum(h), {"p": p, "q": q}))
    assert [(x.kind, x.after) for x in found] == [("tanh", h.order)]
    assert found[0].before > q.order + 1


def test_one_minus_a_gate_is_no_gate(rng):
    _, _, found = last(lambda a: (z := 1 / (1 + np.exp(-a))) * np.cos(a) + (1 - z) * np.sin(a), rng)
    assert [x.kind for x in found] == ["sigmoid"]


def test_a_gate_times_one_is_no_gate_either(rng):
    _, _, found = last(lambda a: np.sin(mg.sigmoid(a) * np.ones(4)), rng)
    assert [x.kind for x in found] == ["sigmoid"]
    _, h, found = last(lambda a: np.maximum(0, a * a), rng)
    assert [(x.kind, x.after) for x in found] == [("relu", h.order)]


def test_what_is_zero_by_a_factor_is_no_positive_part(rng):
    p, q = mg.Tensor(rng.normal(size=4), "p"), mg.Tensor(rng.normal(size=4), "q")
    a = -np.exp(p)
    z = mg.sigmoid(a)
    found = activations(Wiring(np.sum((1 - z) * np.zeros(4) + z * q), {"p": p, "q": q}))
    assert [(x.kind, x.after) for x in found] == [("sigmoid", z.order)]
