import ast
import textwrap

import pytest

from minigrad.foreign.errors import ForeignError
from minigrad.foreign.made_up import proposals
from minigrad.foreign.screening import Run, _runs, screened
from minigrad.foreign.verdict import check_file
from minigrad.foreign.world import World

CELL = """
    def __init__(self, n_in, n_hidden, n_out):
        self.sizes = n_in, n_hidden, n_out
        self.build()
    def build(self):
        D, H, O = self.sizes
        self.U, self.W = np.random.randn(H, D), np.random.randn(H, H)
        self.V, self.b = np.random.randn(O, H), np.random.randn(H, 1)
    def states(self, xs):
        self.xs, self.h = xs, {-1: 0 * self.b}
        for t in range(len(xs)):
            self.h[t] = np.tanh(self.U @ xs[t] + self.W @ self.h[t - 1] + self.b)
        return self.h
    def back(self, deltas):
        dU, dW, dV, db = (np.zeros_like(p) for p in (self.U, self.W, self.V, self.b))
        carry = np.zeros_like(self.b)
        for t in reversed(range(len(self.xs))):
            dV += deltas[t] @ self.h[t].T
            da = (self.V.T @ deltas[t] + carry) * (1 - self.h[t] ** 2)
            dU += da @ self.xs[t].T
            dW += da @ self.h[t - 1].T
            db += da
            carry = self.W.T @ da
        return dU, dW, dV, db
"""
BY_STEP = f"""
class Net:{CELL}
    def forward(self, xs):
        h = self.states(xs)
        return {{t: self.V @ h[t] for t in range(len(xs))}}
    def backward(self, douts):
        assert type(douts) is dict
        return self.back(douts)
"""
MANY = f"""
class Net:{CELL}
    def total_loss(self, X, Y):
        losses = []
        for x, y in zip(X, Y):
            h = self.states(x)
            losses.append(sum(np.sum((self.V @ h[t] - y[t]) ** 2) / 2 for t in range(len(x))))
        return sum(losses), len(X)
    def bptt(self, x, y):
        h = self.states(x)
        return self.back([self.V @ h[t] - y[t] for t in range(len(x))])
"""
MADE = f"""
class Net:{CELL.replace("self.build()", "self.W = None", 1)}
    def bptt(self, x, y):
        h = self.states(x)
        return self.back([self.V @ h[t] - y[t] for t in range(len(x))])
"""
TRAINED = f"""
class Net:{CELL}
    def bptt(self, stuff):
        h = self.states([x for x, _ in stuff])
        return self.back([self.V @ h[t] - y for t, (_, y) in enumerate(stuff)])
    def fit(self, x, y, epochs):
        for _ in range(epochs):
            self.bptt(list(zip(x, y)))
"""
OBJECT = """
def rnn_forward(x, h0, model):
    h = np.zeros((len(x), len(h0)))
    for t in range(len(x)):
        h[t] = np.tanh(model.weights["Wx"] @ x[t] + model.weights["Wh"] @ (h[t - 1] if t else h0))
    return h
def rnn_backward(dh, x, h, h0, model):
    dWx, dWh, carry = 0, 0, 0
    for t in reversed(range(len(x))):
        da = (dh[t] + carry) * (1 - h[t] ** 2)
        dWx = dWx + np.outer(da, x[t])
        dWh = dWh + np.outer(da, h[t - 1] if t else h0)
        carry = model.weights["Wh"].T @ da
    return dWx + model.weight_decay, dWh
"""
GLOBAL = """
def init(hidden_size, input_size):
    global Wx, Wh
    Wx, Wh = np.random.randn(hidden_size, input_size), np.random.randn(hidden_size, hidden_size)
def forward(x):
    h = [np.ones((len(Wh), 1))]
    for one in x: h.append(np.tanh(Wx @ one + Wh @ h[-1]))
    return h
def backward(dh, x, h):
    dWx, dWh, carry = np.zeros_like(Wx), np.zeros_like(Wh), 0
    for t in reversed(range(len(x))):
        da = (dh[t + 1] + carry) * (1 - h[t + 1] ** 2)
        dWx += da @ x[t].T
        dWh += da @ h[t].T
        carry = Wh.T @ da
    return dWx, dWh
"""
SIZED = """
hidden_dim = 90
def states(x, U, W):
    h = [np.ones((hidden_dim, 1))]
    for one in x: h.append(np.tanh(U @ one + W @ h[-1]))
    return h
def bptt(x, y, U, W, V):
    h = states(x, U, W)
    o = V @ h[-1]
    delta = (V.T @ (o - y))
    dV, dU, dW = (o - y) @ h[-1].T, np.zeros_like(U), np.zeros_like(W)
    for t in reversed(range(len(x))):
        da = delta * (1 - h[t + 1] ** 2)
        dU += da @ x[t].T
        dW += da @ h[t].T
        delta = W.T @ da
    assert dW.shape == (hidden_dim, hidden_dim)
    return dU, dW, dV
"""
PAST_SOFTMAX = f"""
def softmax(z): return np.exp(z) / np.sum(np.exp(z))
class Net:{CELL}
    def forward(self, xs):
        h = self.states(xs)
        return [softmax(self.V @ h[t]) for t in range(len(xs))]
    def backward(self, dy):
        return self.back(dy)
"""
STYLES = {
    "outputs in a dict": (BY_STEP, "Net.backward", 4, "douts = {t: np.random.randn("),
    "a loss of many sequences": (MANY, "Net.bptt", 4, "loss = net.total_loss([x], [y])[0]"),
    "weights made by a method": (MADE, "Net.bptt", 4, "net.build()"),
    "only the function that trains can be called": (TRAINED, "Net.bptt", 4, "grads = net.fit("),
    "an object of which nothing is known": (OBJECT, "rnn_backward", 2, "types.SimpleNamespace(weights={"),
    "weights made by a function": (GLOBAL, "backward", 2, "m.init(4, 3)"),
    "sizes at the top": (SIZED, "bptt", 3, "m.hidden_dim = 4"),
    "past a softmax": (PAST_SOFTMAX, "Net.backward", 4, "dy = out0 - target"),
}


def saved(tmp_path, text):
    path = tmp_path / "mine.py"
    path.write_text("import numpy as np\n" + textwrap.dedent(text))
    return path, ast.parse(path.read_text())


def best_run(path, tree, name):
    world = World(path)
    with world.running():
        runs = [run for run in _runs(path, world, proposals(tree, [name]), name) if run is not None]
    return min(runs, key=Run.rank)


@pytest.mark.parametrize("style", STYLES)
def test_the_gradient_of_every_style_is_found_to_be_right(style, tmp_path):
    text, name, weights, line = STYLES[style]
    run = best_run(*saved(tmp_path, text), name)
    assert line in run.proposal.describe()
    assert run.score == weights
    assert run.rank()[0] == -weights


def test_a_mistake_is_not_taken_for_right(tmp_path):
    text = BY_STEP.replace("carry = self.W.T @ da", "carry = self.W @ da")
    run = best_run(*saved(tmp_path, text), "Net.backward")
    assert run.score == 4
    assert run.rank()[0] == 0


def test_a_loss_that_raises_is_left_out(tmp_path):
    text = MANY.replace("return sum(losses), len(X)", "raise ValueError(losses)")
    path, tree = saved(tmp_path, text)
    proposal = screened(path, proposals(tree, ["Net.bptt"]), "Net.bptt")[0]
    assert not proposal.loss
    assert not any(line.startswith("loss") for line in proposal.lines)


def test_a_gradient_that_is_zero_says_nothing(tmp_path):
    text = BY_STEP.replace("self.xs[t].T", "self.xs[t].T * 0")
    assert best_run(*saved(tmp_path, text), "Net.backward").score == 3.25


def test_a_case_is_short(tmp_path):
    for text, name, *_ in STYLES.values():
        path, tree = saved(tmp_path, text)
        lines = best_run(path, tree, name).proposal.case().partition("def case")[2].splitlines()
        assert len(lines) <= 11
        assert max(map(len, lines)) <= 140


def test_a_file_that_ends_the_program_does_not_end_ours(tmp_path):
    path = tmp_path / "ends.py"
    path.write_text(
        "import sys\n\n\ndef backward(x, dy, W):\n    dW = np.zeros_like(W)\n"
        "    for t in reversed(range(3)):\n        dW += dy @ x.T\n    sys.exit(3)\n\n\nsys.exit('no')\n",
        encoding="utf-8",
    )
    with pytest.raises(ForeignError, match="ends the program by exit"):
        check_file(path)
