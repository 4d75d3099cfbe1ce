import forward_styles
import gated_styles
import numpy as np
import pytest
from forward_styles import STYLES
from oracles import assert_gradient

import minigrad as mg
from minigrad.diagnosis.recognise import recognise

TOKENS = {"look_up_tokens"}


def simulated(style, w, x, h0, c0):
    """States, cell states and gates in the one convention, by the equations alone."""
    h, c, gates = [h0], [c0], []
    f = {"tanh": np.tanh, "sigmoid": forward_styles.sigmoid, "relu": lambda a: np.maximum(a, 0)}

    def total(g, step, m, outer=1.0):
        dot = f".{g}" if g else ""
        return step @ w[f"Wx{dot}"].T + outer * (m @ w[f"Wh{dot}"].T) + w.get(f"b{dot}" if g else "bh", 0)

    for step in x:
        last = h[-1]
        if style.cell == "lstm":
            now = {g: forward_styles.sigmoid(total(g, step, last)) for g in gated_styles.LSTM[:3]}
            now["g"] = np.tanh(total("g", step, last))
            c.append(now["f"] * c[-1] + now["i"] * now["g"])
            h.append(now["o"] * np.tanh(c[-1]))
        elif style.cell == "gru":
            now = {g: forward_styles.sigmoid(total(g, step, last)) for g in "zr"}
            reset, update = style.variant.split(",")
            before = reset == "before"
            now["n"] = np.tanh(
                total("n", step, now["r"] * last if before else last, 1 if before else now["r"])
            )
            z = now["z"] if update == "z-old" else 1 - now["z"]
            h.append(z * last + (1 - z) * now["n"])
        else:
            now = {}
            h.append(f[style.cell](total("", step, last)))
        gates.append(now)
    return np.stack(h), np.stack(c), {g: np.stack([now[g] for now in gates]) for g in gates[0]}


def problem(name, rng):
    style = STYLES[name]
    w, x, ys, h0, c0 = forward_styles.canonical(style, rng)
    if name in TOKENS:
        x = np.eye(forward_styles.D)[rng.integers(forward_styles.D, size=x.shape[:2])]
    if name == "inputs_that_are_zero_at_some_steps":
        x[1] = x[3] = 0
    leaves = {k: mg.Tensor(v, k) for k, v in style.layout(w).items()}
    loss = style.write(leaves, x, ys, h0, c0)
    return style, w, x, ys, h0, c0, leaves, loss


@pytest.mark.parametrize("name", STYLES)
def test_a_style_is_brought_to_the_one_convention(name, rng):
    style, w, x, _, h0, c0, leaves, loss = problem(name, rng)
    table = mg.backprop(loss)
    manual = {k: table[p] + np.arange(p.size).reshape(p.shape) for k, p in leaves.items()}
    found = recognise(loss, leaves, manual)
    assert found is not None
    assert (found.cell, found.variant) == (style.cell, style.variant)
    assert dict(found.names) == {r: n for r, n in style.names.items() if r in w}
    h, c, gates = simulated(style, w, x, h0, c0)
    assert_gradient(found.x, x)
    assert_gradient(found.h, h)
    assert found.gates.keys() == gates.keys()
    for g, value in gates.items():
        assert_gradient(found.gates[g], value)
    if style.cell == "lstm":
        assert_gradient(found.c, c)
    assert found.params.keys() == found.auto.keys() == found.manual.keys() == found.names.keys()
    for r, n in found.names.items():
        assert_gradient(found.params[r], w[r])
        # Where the role stands in the user's parameter.
        marked = style.layout({k: np.where(k == r, 1.0, 0.0) * np.ones(v.shape) for k, v in w.items()})[n]
        assert_gradient(np.sort(found.auto[r], axis=None), np.sort(table[leaves[n]][marked == 1]))
        assert_gradient(np.sort(found.manual[r], axis=None), np.sort(manual[n][marked == 1]))


@pytest.mark.parametrize("name", STYLES)
def test_its_gradients_are_those_of_the_network_in_that_convention(name, rng):
    style, w, _, ys, _, _, leaves, loss = problem(name, rng)
    found = recognise(loss, leaves, {})
    assert found.manual == {}
    if style.y:
        o = found.h[1:] @ w["Wy"].T + w["by"] if "by" in found.params else found.h[1:] @ w["Wy"].T
        assert_gradient(found.o, o)
        e = np.exp(o)
        y = {"softmax": e / e.sum(-1, keepdims=True), "sigmoid": forward_styles.sigmoid(o), "o": o}[style.y]
        assert_gradient(found.y, y)
        assert_gradient(np.einsum("tbo,tbh->oh", found.dy, found.h[1:]), found.auto["Wy"])
        assert_gradient(found.upstream, found.dy @ w["Wy"])
        if "by" in found.auto:
            assert_gradient(found.auto["by"], found.dy.sum((0, 1)))
        assert_gradient(found.targets[style.lost], ys[style.lost])
        assert not np.delete(found.dy, np.arange(6)[style.lost], axis=0).any()
    else:
        assert found.dy is found.o is found.y is found.targets is None
        assert_gradient(found.upstream, np.sin(2 * found.h[1:]))


@pytest.mark.parametrize("batch", [(), (3,)])
@pytest.mark.parametrize("task", mg.nn.rnn.TASKS)
@pytest.mark.parametrize(
    ("make", "cell", "variant"),
    [
        (mg.nn.RNN, "tanh", ""),
        (lambda *sizes, **o: mg.nn.RNN(*sizes, activation="sigmoid", **o), "sigmoid", ""),
        (lambda *sizes, **o: mg.nn.RNN(*sizes, activation="relu", **o), "relu", ""),
        (mg.nn.LSTM, "lstm", ""),
        (mg.nn.GRU, "gru", "before,z-old"),
        (lambda *sizes, **o: mg.nn.GRU(*sizes, reset="after", **o), "gru", "after,z-old"),
    ],
)
def test_the_cells_of_the_package(make, cell, variant, task, batch, rng):
    net = make(4, 5, 3, task=task, seed=2)
    xs, h0 = mg.Tensor(rng.normal(size=(6, *batch, 4)), "xs"), mg.Tensor(rng.normal(size=(*batch, 5)), "h0")
    ys = rng.integers(3, size=(6, *batch)) if task == "classification" else rng.normal(size=(6, *batch, 3))
    run = net.unroll(xs, ys, h0)
    table = mg.backprop(run.loss)
    leaves = net.parameters() | {"h0": h0, "xs": xs}
    found = recognise(run.loss, leaves, {k: table[p] for k, p in leaves.items()})
    assert (found.cell, found.variant, found.names["h0"], found.names["x"]) == (cell, variant, "h0", "xs")
    assert_gradient(found.manual["h0"].reshape(h0.shape), table[h0])
    assert_gradient(found.manual["x"].reshape(xs.shape), table[xs])
    assert len(found.params) == len(leaves)
    for r in found.params:
        assert_gradient(found.auto[r], found.manual[r])
    wanted = np.eye(3)[ys] if task == "classification" else ys
    assert_gradient(found.targets.reshape(wanted.shape), wanted)


@pytest.mark.parametrize("batch", [(), (3,), (5,)])
def test_the_initial_cell_state_of_an_lstm_is_a_leaf_like_others(batch, rng):
    net = mg.nn.LSTM(4, 5, 3)
    h0, c0 = (mg.Tensor(rng.normal(size=(*batch, 5))) for _ in range(2))
    run = net.unroll(rng.normal(size=(6, *batch, 4)), rng.integers(3, size=(6, *batch)), (h0, c0))
    table = mg.backprop(run.loss)
    leaves = net.parameters() | {"initial h": h0, "initial c": c0}
    found = recognise(run.loss, leaves, {"initial c": 2 * table[c0], "initial h": table[h0]})
    assert (found.names["h0"], found.names["c0"]) == ("initial h", "initial c")
    assert_gradient(found.auto["c0"].reshape(c0.shape), table[c0])
    assert_gradient(found.manual["c0"], 2 * found.auto["c0"])
    assert_gradient(found.manual["h0"], found.auto["h0"])
    assert_gradient(found.params["c0"], found.c[0])


def two_layers(p, x):
    h, k, total = np.zeros(5), np.zeros(5), 0
    for step in x:
        h = np.tanh(p["U"] @ step + p["W"] @ h)
        k = np.tanh(p["W2"] @ h + p["W3"] @ k)
        total = total + np.sum(k**2)
    return total


def a_layer_between_states_and_outputs(p, x):
    h, total = np.zeros(5), 0
    for step in x:
        h = np.tanh(p["U"] @ step + p["W"] @ h)
        total = total + np.sum((p["W3"] @ np.tanh(p["W2"] @ h)) ** 2)
    return total


def a_state_that_skips_a_step(p, x):
    h = [np.zeros(5), np.zeros(5)]
    for step in x:
        h.append(np.tanh(p["U"] @ step + p["W"] @ h[-1] + p["W2"] @ h[-2]))
    return np.sum(np.stack(h[2:]) ** 2)


def attention(p, x):
    h, past = np.zeros(5), []
    for step in x:
        h = np.tanh(p["U"] @ step + p["W"] @ h)
        past.append(h)
    s = np.stack(past) @ (p["W2"] @ h)
    return np.sum((np.exp(s) / np.exp(s).sum()) @ np.stack(past) * x[0, 0])


def weights_in_the_loss(p, x):
    h, total = np.zeros(5), np.sum(p["W"] ** 2)
    for step in x:
        h = np.tanh(p["U"] @ step + p["W"] @ h)
        total = total + np.sum(h**2)
    return total


def a_leaky_state(p, x):
    h, total = np.zeros(5), 0
    for step in x:
        h = 0.5 * h + 0.5 * np.tanh(p["U"] @ step + p["W"] @ h)
        total = total + np.sum(h**2)
    return total


def no_recurrence(p, x):
    return np.sum(np.tanh(x @ p["U"].T) ** 2)


def not_finite(p, x):
    h, total = np.zeros(5), 0
    for step in x:
        h = np.tanh(p["U"] @ step / 0.0 + p["W"] @ h)
        total = total + np.sum(h)
    return total


def a_single_step(p, x):
    return np.sum(np.tanh(p["U"] @ x[0] + p["W"] @ np.ones(5)) ** 2)


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
@pytest.mark.parametrize(
    "write",
    [
        two_layers, a_layer_between_states_and_outputs, a_state_that_skips_a_step, attention,
        weights_in_the_loss, a_leaky_state, no_recurrence, not_finite, a_single_step,
    ],
)  # fmt: skip
def test_other_graphs_are_not_recognised(write, rng):
    shapes = {"U": (5, 4), "W": (5, 5), "W2": (5, 5), "W3": (5, 5)}
    leaves = {name: mg.Tensor(rng.normal(size=shape) / 2, name) for name, shape in shapes.items()}
    loss = write(leaves, rng.normal(size=(6, 4)))
    assert recognise(loss, leaves, {}) is None


def test_nothing_odd_raises(rng):
    x = mg.Tensor(rng.normal(size=3), "x")
    for loss in (np.sum(x), np.sum(np.tanh(x)), mg.Tensor(1.0), x):
        for leaves in ({}, {"x": x}, {"other": mg.Tensor(2.0)}):
            assert recognise(loss, leaves, {"x": None, "y": 3}, {"dh": 4}) is None


def test_a_gradient_of_another_shape_or_none_is_left_out(rng):
    net = mg.nn.RNN(4, 5, 3)
    run = net.unroll(rng.normal(size=(6, 2, 4)), rng.integers(3, size=(6, 2)), rng.normal(size=(2, 5)))
    manual = {"W": np.ones((5, 5)), "U": np.ones((4, 5)), "V": None, "b": mg.Tensor(np.ones(5))}
    assert set(recognise(run.loss, net.parameters(), manual).manual) == {"Wh", "bh"}


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("cell", [mg.nn.RNN, mg.nn.LSTM, mg.nn.GRU])
def test_both_types_are_recognised(cell, dtype, rng):
    net = cell(4, 5, 3, dtype=dtype)
    run = net.unroll(rng.normal(size=(6, 2, 4)), rng.integers(3, size=(6, 2)), rng.normal(size=(2, 5)))
    assert recognise(run.loss, net.parameters(), {}).h.shape == (7, 2, 5)


@pytest.mark.parametrize("scale", [1e-3, 0.01, 3.0])
def test_small_and_large_weights_are_recognised(scale, rng):
    net = mg.nn.RNN(4, 5, 3)
    for p in net.parameters().values():
        p.value = rng.normal(size=p.shape) * scale * (p.ndim > 1)
    run = net.unroll(rng.integers(4, size=6), rng.integers(3, size=6))
    found = recognise(run.loss, net.parameters(), {})
    assert set(found.params) == {"Wx", "Wh", "bh", "Wy", "by"}
    assert_gradient(found.params["Wh"], net.W.value)


def test_taps_are_steps_counted_from_1_or_an_array(rng):
    net = mg.nn.RNN(4, 5, 3)
    run = net.unroll(rng.normal(size=(6, 2, 4)), rng.integers(3, size=(6, 2)))
    dh, da = rng.normal(size=(2, 6, 2, 5))
    found = recognise(run.loss, net.parameters(), {}, {"dh": {t: dh[t - 1].T for t in (1, 6, 3)}, "da": da})
    assert np.isnan(found.taps["dh"][1]).all()
    assert_gradient(found.taps["dh"][[0, 2, 5]], dh[[0, 2, 5]])
    assert_gradient(found.taps["da"], da)


@pytest.mark.parametrize("seed", [4, 28])
def test_states_that_are_zero_at_some_steps(seed):
    _, w, _, ys, _, _, leaves, loss = problem("relu_by_mask", np.random.default_rng(seed))
    found = recognise(loss, leaves, {})
    assert not found.h[1:].any(axis=-1).all()
    assert_gradient(found.dy, found.h[1:] @ w["Wy"].T + w["by"] - ys)
