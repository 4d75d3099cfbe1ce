import ast
import itertools
import textwrap
import types

import numpy as np
import pytest

import minigrad as mg
from minigrad.foreign.made_up import drivers, proposals
from minigrad.foreign.screening import screened as screened_ways
from minigrad.foreign.source import read_source
from minigrad.foreign.watch import Watch
from minigrad.foreign.world import World

COLUMNS = """
import numpy as np
class RNN:
    def __init__(self, input_size, hidden_size, output_size):
        self.Wxh = np.random.randn(hidden_size, input_size)
        self.Whh = np.random.randn(hidden_size, hidden_size)
        self.Why = np.random.randn(output_size, hidden_size)
        self.bh = np.zeros((hidden_size, 1))
    def forward(self, inputs):
        self.xs, self.hs = inputs, {-1: np.zeros((self.Whh.shape[0], 1))}
        for t in range(len(inputs)):
            assert inputs[t].shape == (self.Wxh.shape[1], 1)
            self.hs[t] = np.tanh(self.Wxh @ inputs[t] + self.Whh @ self.hs[t - 1] + self.bh)
        return [self.Why @ self.hs[t] for t in range(len(inputs))]
    def backward(self, d_outputs, learn_rate=0.1):
        self.dWxh, self.dWhh = np.zeros_like(self.Wxh), np.zeros_like(self.Whh)
        self.dWhy, self.dbh = np.zeros_like(self.Why), np.zeros_like(self.bh)
        dhnext = np.zeros_like(self.bh)
        for t in reversed(range(len(self.xs))):
            self.dWhy += d_outputs[t] @ self.hs[t].T
            da = (self.Why.T @ d_outputs[t] + dhnext) * (1 - self.hs[t] ** 2)
            self.dWxh += da @ self.xs[t].T
            self.dWhh += da @ self.hs[t - 1].T
            self.dbh += da
            dhnext = self.Whh.T @ da
"""
BATCH = '''
import numpy as np
def rnn_forward(x, h0, Wx, Wh, b):
    """x: inputs of shape (N, T, D)"""
    N, T, D = x.shape
    h = np.zeros((N, T, h0.shape[1]))
    prev = h0
    for t in range(T):
        prev = np.tanh(x[:, t] @ Wx + prev @ Wh + b)
        h[:, t] = prev
    return h, (x, h0, Wx, Wh, h)
def rnn_backward(dh, cache):
    x, h0, Wx, Wh, h = cache
    dWx, dWh, db, dprev = np.zeros_like(Wx), np.zeros_like(Wh), 0, 0
    for t in reversed(range(x.shape[1])):
        da = (dh[:, t] + dprev) * (1 - h[:, t] ** 2)
        dWx += x[:, t].T @ da
        dWh += (h[:, t - 1] if t else h0).T @ da
        db = db + da.sum(axis=0)
        dprev = da @ Wh.T
    return dWx, dWh, db, dprev
'''
TOKENS = """
import numpy as np
class Model:
    def __init__(self, word_dim, hidden_dim=100, bptt_truncate=4):
        self.bptt_truncate = bptt_truncate
        self.U = np.random.randn(hidden_dim, word_dim)
        self.V = np.random.randn(word_dim, hidden_dim)
        self.W = np.random.randn(hidden_dim, hidden_dim)
    def forward_propagation(self, x):
        s = np.zeros((len(x) + 1, self.W.shape[0]))
        o = np.zeros((len(x), self.V.shape[0]))
        for t in range(len(x)):
            s[t] = np.tanh(self.U[:, x[t]] + self.W.dot(s[t - 1]))
            e = np.exp(self.V.dot(s[t]))
            o[t] = e / e.sum()
        return o, s
    def bptt(self, x, y):
        o, s = self.forward_propagation(x)
        dU, dV, dW = np.zeros(self.U.shape), np.zeros(self.V.shape), np.zeros(self.W.shape)
        o[np.arange(len(y)), y] -= 1.0
        for t in np.arange(len(y))[::-1]:
            dV += np.outer(o[t], s[t])
            delta = self.V.T.dot(o[t]) * (1 - s[t] ** 2)
            for k in np.arange(max(0, t - self.bptt_truncate), t + 1)[::-1]:
                dW += np.outer(delta, s[k - 1])
                dU[:, x[k]] += delta
                delta = self.W.T.dot(delta) * (1 - s[k - 1] ** 2)
        return dU, dV, dW
"""
DICT = """
import numpy as np
from absent_utils import softmax
def cell_forward(xt, a_prev, parameters):
    a = np.tanh(np.dot(parameters["Wax"], xt) + np.dot(parameters["Waa"], a_prev) + parameters["ba"])
    return a, softmax(np.dot(parameters["Wya"], a) + parameters["by"]), (a, a_prev, xt, parameters)
def forward(x, a0, parameters):
    n_x, m, T_x = x.shape
    caches, a, out = [], a0, np.zeros((a0.shape[0], m, T_x))
    for t in range(T_x):
        a, y, cache = cell_forward(x[:, :, t], a, parameters)
        out[:, :, t] = a
        caches.append(cache)
    return out, y, caches
def backward(da, caches):
    d = {}
    carry = 0
    for t in reversed(range(da.shape[2])):
        a, a_prev, xt, parameters = caches[t]
        dz = (da[:, :, t] + carry) * (1 - a ** 2)
        d["dWax"] = d.get("dWax", 0) + dz @ xt.T
        d["dWaa"] = d.get("dWaa", 0) + dz @ a_prev.T
        d["dba"] = d.get("dba", 0) + dz.sum(1, keepdims=True)
        carry = parameters["Waa"].T @ dz
    return d
"""
STYLES = {
    "columns": (COLUMNS, "RNN.backward", 4),
    "batch": (BATCH, "rnn_backward", 3),
    "tokens": (TOKENS, "Model.bptt", 3),
    "a dict": (DICT, "backward", 3),
}


def screened(path, tree, name):
    return screened_ways(path, proposals(tree, [name], path.parent), name)


def saved(tmp_path, text):
    path = tmp_path / "mine.py"
    path.write_text(text)
    return path, ast.parse(text)


@pytest.mark.parametrize("style", STYLES)
def test_files_of_many_styles_are_called(style, tmp_path):
    text, name, _ = STYLES[style]
    path, tree = saved(tmp_path, text)
    found = screened(path, tree, name)
    assert found
    assert len(found) <= 200
    assert found[0].function == name


def test_what_is_called_gives_the_right_gradient(tmp_path):
    path, tree = saved(tmp_path, BATCH)
    module = types.ModuleType("m")
    exec(path.read_text(), module.__dict__)  # noqa: S102  # a file of the test's own
    proposal = screened(path, tree, "rnn_backward")[0]
    assert proposal.loss == '("upstream", h, dh)'
    np.random.seed(0)  # noqa: NPY002  # what proposals draw from
    made = proposal.run(module, np)
    step = 1e-6 * np.ones_like(made["Wh"])
    shifted = [
        module.rnn_forward(made["x"], made["h0"], made["Wx"], made["Wh"] + s * step, made["b"])[0]
        for s in (1, -1)
    ]
    numeric = np.sum((shifted[0] - shifted[1]) * made["dh"]) / 2e-6
    assert np.isclose(np.sum(made["grads"][1]), numeric, rtol=1e-6)


def test_arrays_are_made_by_the_numpy_that_is_given(tmp_path):
    path, tree = saved(tmp_path, BATCH)
    proposal = screened(path, tree, "rnn_backward")[0]
    world = World(path)
    watch = Watch(world.files, [])
    with world.running(), watch.running():
        made = proposal.run(world.definitions(path, watch), world.modules.numpy)
    assert {type(made[n]) for n in ("x", "h0", "Wx", "dh")} == {mg.Tensor}


def test_the_drivers_run_the_file(tmp_path):
    path, _ = saved(tmp_path, COLUMNS)
    driver = next(drivers(path, read_source(path), ["RNN.backward"]))
    assert driver.told.startswith("arguments made up for RNN.backward: net = m.RNN(3, 4, 2)")
    assert driver.source.startswith("import numpy as np\n\n\ndef case(m, rng):\n    net = m.RNN(3, 4, 2)  # ")
    world = World(path)
    watch = Watch(world.files, ["RNN.backward"])
    with world.running(), watch.running():
        driver.drive(world, watch)
    assert watch.captures["RNN.backward"].function == "RNN.backward"


def test_proposals_are_few_different_and_lazy():
    tree = ast.parse("def forward(x, Wx, b): return h, cache\ndef backward(dh, cache, y): pass")
    ways = [p.describe() for p in proposals(tree, ["backward", "absent"])]
    assert len(ways) == len(set(ways)) <= 1500
    assert len(list(itertools.islice(proposals(tree, ["backward"], most=3), 9))) == 3


def test_a_file_that_stops_half_way_is_called_as_far_as_it_got(tmp_path):
    path, tree = saved(tmp_path, BATCH + "\nraise ValueError('half way')\n")
    assert screened(path, tree, "rnn_backward")


def test_helpers_beside_the_gradient_function_are_not_called(tmp_path):
    path, _ = saved(tmp_path, "def init_grads(x):\n    return x\ndef backward(x):\n    return x\n")
    functions = ["init_grads", "backward"]
    assert {d.told.split(":")[0] for d in drivers(path, read_source(path), functions)} == {
        "arguments made up for backward"
    }


def test_what_can_not_be_called_yields_nothing(tmp_path):
    path, tree = saved(tmp_path, "def backward(dh, cache):\n    return cache.x @ dh\n")
    assert screened(path, tree, "backward") == []
    assert list(drivers(path, read_source(path), ["backward"])) == []


def test_a_function_that_hangs_is_given_up(tmp_path, monkeypatch):
    monkeypatch.setattr("minigrad.foreign.screening._ONE", 0.05)
    monkeypatch.setattr("minigrad.foreign.screening.SECONDS", 0.2)
    path, tree = saved(tmp_path, "def backward(dh):\n    while True: pass\n")
    assert screened(path, tree, "backward") == []


def test_the_best_is_what_yields_gradients_of_the_weights(tmp_path):
    text = textwrap.dedent("""
    def forward(x, Wx): return Wx, x
    def backward(dWx, x):
        if x.shape[1:] == (1,): return 1.0
        return {"dWx": dWx * 2.0}
    """)
    path, tree = saved(tmp_path, text)
    assert "x = np.random.randn(6, 3)" in screened(path, tree, "backward")[0].describe()
