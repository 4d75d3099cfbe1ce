import numpy as np
import pytest
from small_trials import two_layers

from minigrad import Tensor
from minigrad.diagnosis import paths
from minigrad.diagnosis.altered import altered
from minigrad.diagnosis.paths import altered_path
from minigrad.diagnosis.trial import Trial


def stacked(steps, seed, *, mistake):
    """Two recurrent layers, which no explainer knows, and their gradients by hand with a mistake."""
    rng = np.random.default_rng(seed)
    P = {name: rng.normal(size=(4, 4)) * 0.6 for name in ("W1", "U2", "W2")}
    x, first = rng.normal(size=(steps, 4)), [rng.normal(size=4)]
    second = [rng.normal(size=4)]
    leaves = {name: Tensor(value, name) for name, value in P.items()}
    g, h, loss = first[0], second[0], 0.0
    for t in range(steps):
        g = np.tanh(leaves["W1"] @ g + x[t])
        h = np.tanh(leaves["W2"] @ h + leaves["U2"] @ g)
        loss = loss + 0.5 * np.sum(h * h)
        first.append(g.value)
        second.append(h.value)
    d = {name: np.zeros((4, 4)) for name in P}
    into_g, into_h = np.zeros(4), np.zeros(4)
    for t in range(steps, 0, -1):
        db = (second[t] + into_h) * (1 - second[t] ** 2)
        d["W2"] += np.outer(db, second[t - 1])
        d["U2"] += np.outer(db, first[t])
        into_h = (P["W2"] if mistake == "transpose" else P["W2"].T) @ db
        dg = (0 if mistake == "down" else P["U2"].T @ db) + into_g
        f = 1 - np.tanh(first[t]) ** 2 if mistake == "activated" else 1 - first[t] ** 2
        da = dg * f
        d["W1"] += np.outer(da, first[t - 1])
        into_g = 0 * dg if mistake == "carry" else P["W1"].T @ da
    return Trial(loss, leaves, d, sizes={"T": steps})


@pytest.mark.parametrize(
    ("mistake", "kind", "says"),
    [
        ("transpose", "local-rule", "matmul(W2, [tanh]), at every step, multiplies by the matrix instead"),
        ("down", "missing-edge", "matmul(U2, [tanh]), at every step, is left out"),
        ("carry", "missing-edge", "matmul(W1, [tanh]), at every step, is left out"),
        ("activated", "derivative-of-activated", "tanh([add])"),
    ],
)
def test_a_mistake_in_a_network_that_nobody_knows_is_found_in_its_graph(mistake, kind, says):
    trials = [stacked(4, 0, mistake=mistake), stacked(6, 1, mistake=mistake)]
    found = altered_path(trials, ("W1", "U2", "W2"))
    assert (found.kind, found.quantity) == (kind, "all")
    assert says in found.sentence
    assert found.reproduces_to < 1e-12


def test_an_edge_of_the_last_step_alone_may_be_missing():
    def last_forgotten(steps, seed):
        trial = stacked(steps, seed, mistake="")
        tops = [
            n for n in trial.nodes if n.op is not None and n.op.label == "matmul" and n.inputs[0].name == "W2"
        ]
        given = altered(trial, {(tops[-1].order, 1)}, lambda *_: None)
        return Trial(trial.loss, trial.leaves, given, sizes={"T": steps})

    found = altered_path([last_forgotten(4, 0), last_forgotten(6, 1)], ("W1", "U2", "W2"))
    assert found.kind == "missing-edge"
    assert "matmul(W2, [tanh]), at the last step, is left out" in found.sentence


def test_a_graph_that_is_too_large_is_not_tried(monkeypatch):
    monkeypatch.setattr(paths, "LARGEST", 10)
    trials = [stacked(4, 0, mistake="carry")]
    assert altered_path(trials, ("W1", "U2", "W2")) is None


def test_right_gradients_and_unknown_mistakes_have_no_path():
    trial = stacked(4, 0, mistake="")
    odd = Trial(trial.loss, trial.leaves, {n: g + 0.1 for n, g in trial.manual.items()})
    assert altered_path([odd], ("W1", "U2", "W2")) is None
    assert altered_path([odd], ()) is None


def test_the_missing_derivative_is_seen_in_a_feedforward_network():
    right = two_layers()
    names = ("W", "b", "V")
    h = next(node.array for node in right.nodes if node.op is not None and node.op.label == "tanh")
    dy = np.linalg.lstsq(h.T, right.manual["V"], rcond=None)[0]
    dh = dy @ right.leaves["V"].value.T
    x = np.linalg.lstsq(right.leaves["W"].value.T, (np.arctanh(h) - right.leaves["b"].value).T, rcond=None)[
        0
    ].T
    wrong = Trial(right.loss, right.leaves, {"V": right.auto["V"], "b": dh.sum(0), "W": x.T @ dh})
    assert altered_path([wrong], names).kind == "wrong-derivative"
