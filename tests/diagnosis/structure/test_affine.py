from dataclasses import replace

import numpy as np
import pytest
from oracles import assert_gradient

import minigrad as mg
from minigrad.diagnosis.structure.activations import activations
from minigrad.diagnosis.structure.affine import affine, gathered, holds, same, state_before
from minigrad.diagnosis.structure.gates import clusters, gates
from minigrad.diagnosis.structure.values import Values
from minigrad.diagnosis.structure.wiring import UnrecognisedError, Wiring


@pytest.fixture
def made(rng):
    net = mg.nn.RNN(4, 5, 3, task="regression")
    xs = rng.normal(size=(6, 2, 4))
    run = net.unroll(xs, rng.normal(size=(6, 2, 3)), rng.normal(size=(2, 5)))
    wiring = Wiring(run.loss, net.parameters())
    found = activations(wiring)
    stops = {a.after for a in found}
    (gate,) = gates(wiring, clusters(wiring, found), stops)
    states = np.stack([run["h", t].value for t in range(7)])
    arrays = {order: wiring.nodes[order].value for order in wiring.leaves}
    return net, xs, states, wiring, gate, stops, arrays


def test_the_state_before_each_step_is_what_the_network_computes(made):
    _, _, states, wiring, gate, stops, _ = made
    values = Values(wiring.nodes.values())
    assert_gradient(state_before(wiring, gate, values, wiring.descendants(stops)), states[:-1])
    assert state_before(wiring, gate, values, set()) is None


def test_the_columns_have_their_roles_and_the_equation_holds(made):
    net, xs, states, _, gate, _, arrays = made
    found = affine(gate, states[:-1])
    assert_gradient(found.x, xs)
    for role, p in {"Wx": net.U, "Wh": net.W, "b": net.b}.items():
        assert_gradient(gathered(found.parts[role], arrays), p.value.reshape(5, -1))
    assert holds(gate, found, states[:-1], arrays)
    assert not holds(replace(gate, before=gate.before + 1e-6), found, states[:-1], arrays)
    assert not holds(gate, found, states[:-1], arrays, outer=1.001)


def test_another_state_is_refused(made):
    _, _, states, _, gate, _, _ = made
    with pytest.raises(UnrecognisedError, match="no parameter"):
        affine(gate, states[1:])


def test_same_is_to_nine_digits():
    a = np.array([1.0, 2.0])
    assert same(a, a + 1e-10)
    assert not same(a, a + 1e-8)
    assert not same(a, a[:1])
    assert same(a.astype(np.float32), a + 1e-5)
