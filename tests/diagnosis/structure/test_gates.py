import numpy as np
import pytest
from oracles import assert_gradient

import minigrad as mg
from minigrad.diagnosis.structure.activations import activations
from minigrad.diagnosis.structure.gates import clusters, gates
from minigrad.diagnosis.structure.wiring import UnrecognisedError, Wiring


def seen(net, rng, *, zero=()):
    xs, h0 = rng.normal(size=(6, 2, 4)), rng.normal(size=(2, 5))
    xs[list(zero)] = 0
    run = net.unroll(xs, rng.normal(size=(6, 2, 3)), h0 if not zero else None)
    wiring = Wiring(run.loss, net.parameters())
    return run, wiring, activations(wiring)


@pytest.mark.parametrize(("cell", "kinds"), [(mg.nn.RNN, "t"), (mg.nn.LSTM, "ssst"), (mg.nn.GRU, "sst")])
def test_each_gate_is_a_cluster_of_all_steps(cell, kinds, rng):
    run, wiring, found = seen(cell(4, 5, 3, task="regression"), rng)
    groups = clusters(wiring, found)
    assert "".join(sorted(g.kind[0] for g in groups)) == kinds
    assert {len(g.members) for g in groups} == {6}
    made = gates(wiring, groups, {a.after for a in found})
    for gate in made:
        f = {"tanh": np.tanh, "sigmoid": lambda a: 1 / (1 + np.exp(-a))}[gate.kind]
        assert gate.after.shape == (6, 2, 5)
        assert_gradient(gate.after, f(gate.before))
    if cell is mg.nn.RNN:
        (gate,) = made
        assert_gradient(gate.after, np.stack([h.value for h in run["h"]]))
        assert_gradient(gate.multipliers[run["W"].order][1:], gate.after[:-1])
        assert_gradient(gate.multipliers[run["W"].order][0], run["h", 0].value)


def test_zero_inputs_and_states_do_not_split_a_cluster(rng):
    _, wiring, found = seen(mg.nn.RNN(4, 5, 3, task="regression", bias=False), rng, zero=(1, 3))
    assert [len(g.members) for g in clusters(wiring, found)] == [6]


def test_an_output_that_is_activated_does_not_feed_back(rng):
    W, U, V = (mg.Tensor(rng.normal(size=s)) for s in [(5, 5), (5, 4), (3, 5)])
    h, total = np.ones(5), 0
    for x in rng.normal(size=(4, 4)):
        h = np.tanh(W @ h + U @ x)
        total = total + np.sum(mg.sigmoid(V @ h))
    wiring = Wiring(total, {"W": W, "U": U, "V": V})
    found = activations(wiring)
    assert len(found) == 8
    (group,) = clusters(wiring, found)
    assert group.kind == "tanh"
    assert set(group.rows) == {W.order, U.order}


def test_gates_that_differ_in_steps_are_refused(rng):
    _, wiring, found = seen(mg.nn.GRU(4, 5, 3, task="regression"), rng)
    groups = clusters(wiring, found)
    del groups[0].members[-1], groups[0].layers[-1]
    with pytest.raises(UnrecognisedError, match="number of steps"):
        gates(wiring, groups, {a.after for a in found})
