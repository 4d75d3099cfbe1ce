import numpy as np
import pytest
from oracles import assert_gradient

import minigrad as mg
from minigrad.diagnosis.structure.activations import activations
from minigrad.diagnosis.structure.cells import recognise_cell
from minigrad.diagnosis.structure.values import Values
from minigrad.diagnosis.structure.wiring import UnrecognisedError, Wiring


def cell_of(loss, leaves):
    wiring = Wiring(loss, leaves)
    return recognise_cell(wiring, activations(wiring), Values(wiring.nodes.values()))


@pytest.mark.parametrize(
    ("net", "kind", "letters"),
    [(mg.nn.RNN, "tanh", {"": ""}), (mg.nn.LSTM, "lstm", {k: f"gate_{k}" for k in "ifog"}),
     (mg.nn.GRU, "gru", {k: k for k in "zrn"})],
)  # fmt: skip
def test_the_gates_have_their_letters(net, kind, letters, rng):
    net = net(4, 5, 3, task="regression")
    run = net.unroll(rng.normal(size=(6, 2, 4)), rng.normal(size=(6, 2, 3)), rng.normal(size=(2, 5)))
    cell = cell_of(run.loss, net.parameters())
    assert cell.kind == kind
    assert cell.follows.tolist() == [False] + [True] * 5
    assert_gradient(cell.h, np.stack([h.value for h in run["h"]]))
    assert cell.gates.keys() == letters.keys()
    for letter, name in letters.items():
        assert_gradient(cell.gates[letter].after, np.stack([n.value for n in run[name or "h"]]))
    if kind == "lstm":
        assert_gradient(cell.c, np.stack([s.value for s in run["s"]]))
        assert not cell.c_before[0].any()


def gated(p, x, wrong):
    h, c, total = np.ones(5), np.ones(5), 0
    for step in x:
        f, i, o = (mg.sigmoid(p[f"U{k}"] @ step + p[f"W{k}"] @ h) for k in "fio")
        g = np.tanh(p["Ug"] @ step + p["Wg"] @ h)
        c = {"coupled": (1 - i) * c + i * g + 0 * f, "doubled": f * c + 2 * i * g, "right": f * c + i * g}[
            wrong
        ]
        h = o * np.tanh(c)
        total = total + np.sum(h**2)
    return total


@pytest.mark.parametrize("wrong", ["coupled", "doubled"])
def test_cells_whose_states_obey_other_equations_are_refused(wrong, rng):
    p = {f"{k}{g}": mg.Tensor(rng.normal(size=(5, n))) for g in "fiog" for k, n in [("U", 4), ("W", 5)]}
    x = rng.normal(size=(6, 4))
    assert cell_of(gated(p, x, "right"), p).kind == "lstm"
    with pytest.raises(UnrecognisedError):
        cell_of(gated(p, x, wrong), p)


def test_nothing_that_feeds_back_is_refused(rng):
    W = mg.Tensor(rng.normal(size=(5, 4)))
    with pytest.raises(UnrecognisedError, match="feeds back"):
        cell_of(np.sum(np.tanh(W @ np.ones(4))), {"W": W})


def test_an_lstm_whose_state_is_not_activated_is_refused(rng):
    p = {f"{k}{g}": mg.Tensor(rng.normal(size=(5, n)) / 2) for g in "fiog" for k, n in [("U", 4), ("W", 5)]}
    h, c, total = np.ones(5), np.zeros(5), 0
    for step in rng.normal(size=(6, 4)):
        f, i, o = (mg.sigmoid(p[f"U{k}"] @ step + p[f"W{k}"] @ h) for k in "fio")
        c = f * c + i * np.tanh(p["Ug"] @ step + p["Wg"] @ h)
        h = o * c
        total = total + np.sum(h**2)
    with pytest.raises(UnrecognisedError, match="one cell state at each step"):
        cell_of(total, p)


@pytest.mark.parametrize(("keep", "match"), [(1.0, None), (0.5, "no update makes the states")])
def test_a_gru_that_forgets_more_than_its_gate_says_is_refused(keep, match, rng):
    p = {f"{k}{g}": mg.Tensor(rng.normal(size=(5, n)) / 2) for g in "zrn" for k, n in [("U", 4), ("W", 5)]}
    h, total = np.ones(5), 0
    for step in rng.normal(size=(6, 4)):
        z, r = (mg.sigmoid(p[f"U{k}"] @ step + p[f"W{k}"] @ h) for k in "zr")
        h = keep * z * h + (1 - z) * np.tanh(p["Un"] @ step + p["Wn"] @ (r * h))
        total = total + np.sum(h**2)
    if match is None:
        assert cell_of(total, p).variant == "before,z-old"
    else:
        with pytest.raises(UnrecognisedError, match=match):
            cell_of(total, p)
