import time

import numpy as np
import pytest
from fold import recurrences as r

import minigrad as mg
from minigrad.fold import FoldError, fold


def rule(folded, name):
    (only,) = folded[name].rules
    return only.first, only.last, only.stride


def taken(folded):
    """All arguments of all rules."""
    return [i for c in folded.classes for p in c.rules for i in p.inputs]


def sources(folded, name, kind="rule"):
    """What a class takes, named ones by name and delay, unnamed ones followed down to names."""
    found = []
    for piece in folded[name].pieces:
        if piece.kind == kind:
            stack = list(piece.inputs)
            while stack:
                i = stack.pop(0)
                if i.source is None:
                    continue
                there = folded.classes[i.source]
                if there.name is None and there.axis is not None and i.delay == 0:
                    stack = [*there.rules[0].inputs, *stack]
                else:
                    found.append((there.name, i.delay if i.at is None else ("at", i.at)))
    return found


@pytest.mark.parametrize("T", [4, 5, 17])
def test_a_loop_of_a_beginner(T):
    folded = fold(r.vanilla(T))
    assert rule(folded, "h") == (1, T, 1)
    assert sources(folded, "h") == [("b", None), ("W", None), ("h", 1), ("U", None), ("x", 0)]
    assert [(p.first, p.last, p.op) for p in folded["h"].pieces if p.kind == "initial"] == [(0, 0, None)]
    assert {p.name for p in folded.parameters} == {"W", "U", "V", "b"}
    # The sum got its name after the loop; the steps before it are the same class.
    assert sorted(folded["L"].nodes) == list(range(1, T + 1))
    assert sources(folded, "L")[0] == ("L", 1)
    assert "h⁽⁰⁾ is the initial state." in folded.notes
    assert "At t = 1, L takes a constant in place of L⁽ᵗ⁻¹⁾." in folded.notes


@pytest.mark.parametrize("T", [1, 2, 3, 6])
@pytest.mark.parametrize("cell", [mg.nn.RNN, mg.nn.LSTM, mg.nn.GRU])
@pytest.mark.parametrize("tokens", [False, True])
def test_the_cells_of_the_library(cell, T, tokens):
    xs = [0, 3, 1, 2, 0, 1][:T] if tokens else r.inputs(T)
    run = cell(r.K, r.H, r.N_OUT).unroll(xs, [1] * T, np.ones(r.H))
    folded = fold(run)
    assert rule(folded, "h") == rule(folded, "L") == (1, T, 1)
    assert all(len(c.rules) == 1 for c in folded.classes if c.axis)
    assert {i.delay for i in taken(folded)} == {0, 1, None}
    assert any("one step" in note for note in folded.notes) == (T == 1)
    assert any("two steps" in note for note in folded.notes) == (T == 2)
    assert folded.notes[-1] == f"L is the sum of L⁽ᵗ⁾ over t = 1 … {T}."
    (outside,) = folded.outside
    assert (outside.takes[0].first, outside.takes[0].last) == (1, T)
    # What is folded is all of the graph: every node is a member of one class.
    assert sum(len(c.nodes) for c in folded.classes) == len(mg.graph.nodes(run.loss))


def test_the_equations_do_not_depend_on_the_length():
    def shape(T):
        folded = fold(mg.nn.GRU(r.K, r.H, r.N_OUT).unroll(r.inputs(T), [0] * T).loss)
        return [(c.place, [(p.kind, p.op, p.inputs) for p in c.pieces]) for c in folded.classes]

    assert shape(4) == shape(9) == shape(30)


@pytest.mark.parametrize("names", [("h1", "h2"), ("h", "h")])
def test_layers_above_each_other(names):
    folded = fold(r.two_layers(5, names))
    first, second = (c for c in folded.classes if c.axis and c.name in names)
    assert (first.occurrence, second.occurrence) == ((0, 1) if names[0] == names[1] else (0, 0))
    assert [p.kind for p in second.pieces] == ["initial", "rule"]
    below = [i for i in taken(folded) if i.source == first.index]
    assert sorted(i.delay for i in below) == [0, 1]


@pytest.mark.parametrize("names", [("h", "g"), ("h", "h")])
def test_a_layer_that_runs_backwards(names):
    folded = fold(r.bidirectional(6, names))
    forward, backward = (c for c in folded.classes if c.axis and c.name in names)
    assert [(p.first, p.kind) for p in forward.pieces] == [(0, "initial"), (1, "rule")]
    assert [(p.first, p.kind) for p in backward.pieces] == [(1, "rule"), (7, "initial")]
    crossing = [i for i in taken(folded) if i.delay not in {0, None}]
    assert {i.source: i.delay for i in crossing} == {forward.index: 1, backward.index: -1}
    assert folded.axes[0].last == 6


def test_two_steps_back():
    folded = fold(r.lag_two(7))
    assert sources(folded, "h") == [("W1", None), ("h", 1), ("W2", None), ("h", 2), ("U", None), ("x", 0)]
    assert "h⁽⁻¹⁾ and h⁽⁰⁾ are initial states." in folded.notes


@pytest.mark.parametrize(("period", "T"), [(2, 8), (2, 11), (3, 10), (4, 13)])
def test_a_longer_period(period, T):
    folded = fold(r.clockwork(T, period))
    assert folded.axes[0].period == period
    rules = folded["h"].rules
    assert [(p.first, p.stride) for p in rules] == [(k, period) for k in range(1, period + 1)]
    assert len({p.inputs for p in rules}) == 2
    assert f"The pattern repeats every {period} steps of t." in folded.notes


def test_a_period_that_was_seen_too_rarely_is_none():
    with pytest.raises(FoldError, match="h does not fold"):
        fold(r.clockwork(5, 2))


def test_a_loss_at_the_last_step():
    folded = fold(r.last_step_only(5))
    assert rule(folded, "L") == rule(folded, "o") == (5, 5, 1)
    assert rule(folded, "h") == (1, 5, 1)
    assert "o and L are there at t = 5 only." in folded.notes


def test_the_output_goes_back_into_the_state():
    folded = fold(r.output_to_hidden(5))
    assert sources(folded, "h") == [("W", None), ("o", 1), ("U", None), ("x", 0)]


def test_two_time_axes():
    folded = fold(r.encoder_decoder(6, 4))
    assert [(a.name, a.first, a.last) for a in folded.axes] == [("t", 1, 6), ("s", 1, 4)]
    assert sources(folded, "g") == [("R", None), ("g", 1), ("C", None), ("h", ("at", 6))]
    assert "g⁽⁰⁾ = identity(h⁽⁶⁾)." in folded.notes
    assert "L is the sum of L⁽ˢ⁾ over s = 1 … 4." in folded.notes


def test_a_state_without_a_name():
    folded = fold(r.unnamed_state(6))
    state = next(c for c in folded.classes if c.axis and repr(c.op) == "Tanh()")
    assert state.place == "an unnamed tanh"
    assert (state.rules[0].first, state.rules[0].last) == (1, 6)


def test_a_sequence_that_is_one_tensor():
    folded = fold(r.all_sequence_as_tensor(5))
    assert rule(folded, "x") == (1, 5, 1)
    assert [p.name for p in folded.parameters] == ["X", "W"]


def test_one_entry_at_all_steps_is_no_sequence():
    X = mg.Tensor(r.inputs(5), "X")
    with mg.time_step(0):
        h = mg.Tensor(np.zeros(r.K), "h")
    for t in range(1, 6):
        with mg.time_step(t):
            h = np.tanh(h + X[2] * X[0]).named("h")
    assert rule(fold(h), "h") == (1, 5, 1)


def test_an_index_that_jumps_does_not_fold():
    X = mg.Tensor(r.inputs(9), "X")
    h = 0.0
    for t, k in enumerate([0, 1, 2, 7, 4, 5, 6, 3, 8], 1):
        with mg.time_step(t):
            h = (h + X[k]).named("h")
    with pytest.raises(FoldError, match="its index is"):
        fold(h)


def test_the_initial_state_taken_again_by_each_step():
    with mg.time_step(0):
        first = h = r.tensor(7, r.H, name="h")
    W = r.tensor(1, r.H, r.H, name="W")
    for t in range(1, 8):
        with mg.time_step(t):
            h = np.tanh(W @ h + first).named("h")
    assert sources(fold(h), "h") == [("W", None), ("h", 1), ("h", ("at", 0))]
    assert "At each step, the add h.x takes h⁽⁰⁾." in fold(h).notes


def test_an_initial_state_outside_of_time_is_told():
    h = r.tensor(7, r.H, name="h0")
    W = r.tensor(1, r.H, r.H, name="W")
    for t in range(1, 6):
        with mg.time_step(t):
            h = np.tanh(W @ h).named("h")
    folded = fold(h)
    assert rule(folded, "h") == (1, 5, 1)
    assert folded.notes == ("At t = 1, the matmul h.x takes h0 in place of h⁽ᵗ⁻¹⁾.",)


def test_copies_of_the_parameters():
    run = mg.nn.RNN(r.K, r.H, r.N_OUT).unroll(r.inputs(4), [0] * 4, copies=True)
    folded = fold(run)
    assert rule(folded, "W") == (1, 4, 1)
    assert sources(folded, "W") == [("W", None)]


def test_the_graph_of_a_gradient():
    grads = mg.backprop(r.vanilla(7), record=True)
    folded = fold(grads["W"])
    delays = [i.delay for p in folded["∇h"].rules for i in p.inputs]
    assert delays == [-1, 0]
    assert folded.notes[-1].startswith("∇W is the sum of")


def test_a_gradient_of_each_name_in_time():
    run = mg.nn.RNN(r.K, r.H, r.N_OUT).unroll(r.inputs(6), [0] * 6, np.ones(r.H))
    grads = mg.backprop(run.loss, record=True)
    folded = fold(grads["W"], grads["U"])
    assert folded["∇o"].rules[0].last == 6
    assert all(c.rules for c in folded.classes if c.axis)


def test_bad_input():
    with pytest.raises(ValueError, match="given: none"):
        fold()
    with pytest.raises(TypeError, match="given: float"):
        fold(3.0)
    with pytest.raises(KeyError, match="no class 'q'"):
        fold(r.vanilla(4))["q"]


def test_a_run_without_a_loss_and_one_with_a_loss_at_one_step():
    W = r.tensor(1, r.H, r.K, name="W")

    def cell(x, h):
        out = {"h": np.tanh(W @ x + h)}
        return out | {"L": np.sum(out["h"])} if mg.Tensor(0.0).step == 5 else out

    folded = fold(mg.nn.unroll(cell, r.inputs(5), np.zeros(r.H)))
    assert rule(folded, "L") == (5, 5, 1)
    assert rule(fold(r.all_sequence_as_tensor(4)), "h") == (1, 4, 1)


def test_a_hundred_thousand_steps():
    run = mg.nn.RNN(2, 3, 2).unroll(np.ones((100_000, 2)), [0] * 100_000)
    loss = run.loss
    start = time.perf_counter()
    folded = fold(loss)
    assert time.perf_counter() - start < 50
    assert rule(folded, "h") == (1, 100_000, 1)


def test_a_deep_chain_in_one_step():
    with mg.time_step(1):
        x = mg.Tensor(1.0, "x")
        y = x
        for _ in range(10_000):
            y = y * 1.0
    folded = fold(y)
    assert sum(len(c.nodes) for c in folded.classes) == 10_001


@pytest.mark.parametrize("seed", range(12))
def test_random_cells_fold_whatever_their_names_and_delays(seed):
    """The classes, delays and arguments are those of the program that made the graph."""
    rng = np.random.default_rng(seed)
    states = [f"h{k}" for k in range(rng.integers(1, 4))]
    lags = {name: int(rng.integers(1, 4)) for name in states}
    hidden = {name: bool(rng.random() < 0.3) for name in states}
    backwards = bool(rng.random() < 0.4)
    T = 15
    order = range(T, 0, -1) if backwards else range(1, T + 1)
    sign = -1 if backwards else 1
    made = {}
    for name in states:
        for k in range(lags[name]):
            t = T + 1 + k if backwards else -k
            with mg.time_step(t):
                made[name, t] = mg.Tensor(rng.normal(size=3), name)
    for t in order:
        with mg.time_step(t):
            for k, name in enumerate(states):
                y = np.tanh(made[name, t - sign * lags[name]])
                if k:
                    y = y * made[states[k - 1], t]
                if hidden[name]:
                    y = (y + 1.0).named(f"a{k}") * 2.0
                made[name, t] = y.named(name)
    folded = fold(*(made[name, t] for name in states for t in list(order)[-3:]))
    for k, name in enumerate(states):
        delays = {i.delay for i in taken(folded) if i.source == folded[name].index}
        assert delays == {sign * lags[name]} | ({0} if k + 1 < len(states) else set())
        assert rule(folded, name)[1] - rule(folded, name)[0] >= T - 1 - max(lags.values())
