"""One network in the styles in which people write it, right, and with a fault planted in each."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

LOSS_FUN = """
import numpy as np
data = open("input.txt").read()
chars = sorted(set(data))
char_to_ix = {c: i for i, c in enumerate(chars)}
H, V, T, lr = 8, len(chars), 6, 0.1
Wxh = np.random.randn(H, V) * 0.01
Whh = np.random.randn(H, H) * 0.01
Why = np.random.randn(V, H) * 0.01
bh = np.zeros((H, 1))
by = np.zeros((V, 1))

def lossFun(inputs, targets, hprev):
    xs, hs, ps = {}, {}, {}
    hs[-1] = np.copy(hprev)
    loss = 0
    for t in range(len(inputs)):
        xs[t] = np.zeros((V, 1))
        xs[t][inputs[t]] = 1
        hs[t] = np.tanh(np.dot(Wxh, xs[t]) + np.dot(Whh, hs[t-1]) + bh)
        y = np.dot(Why, hs[t]) + by
        ps[t] = np.exp(y) / np.sum(np.exp(y))
        loss += -np.log(ps[t][targets[t], 0])
    dWxh, dWhh, dWhy = np.zeros_like(Wxh), np.zeros_like(Whh), np.zeros_like(Why)
    dbh, dby = np.zeros_like(bh), np.zeros_like(by)
    dhnext = np.zeros_like(hs[0])
    for t in reversed(range(len(inputs))):
        dy = np.copy(ps[t])
        dy[targets[t]] -= 1
        dWhy += np.dot(dy, hs[t].T)
        dby += dy
        dh = np.dot(Why.T, dy) + dhnext
        draw = (1 - hs[t] * hs[t]) * dh
        dbh += draw
        dWxh += np.dot(draw, xs[t].T)
        dWhh += np.dot(draw, hs[t-1].T)
        dhnext = np.dot(Whh.T, draw)
    for d in [dWxh, dWhh, dWhy, dbh, dby]:
        np.clip(d, -5, 5, out=d)
    return loss, dWxh, dWhh, dWhy, dbh, dby, hs[len(inputs)-1]

p = 0
hprev = np.zeros((H, 1))
while True:
    inputs = [char_to_ix[c] for c in data[p:p+T]]
    targets = [char_to_ix[c] for c in data[p+1:p+T+1]]
    loss, dWxh, dWhh, dWhy, dbh, dby, hprev = lossFun(inputs, targets, hprev)
    for param, d in zip([Wxh, Whh, Why, bh, by], [dWxh, dWhh, dWhy, dbh, dby]):
        param += -lr * d
    p = (p + T) % (len(data) - T - 1)
"""

CLASS = """
import numpy as np

class RNN:
    def __init__(self, input_size, hidden_size, output_size):
        self.U = np.random.randn(hidden_size, input_size)
        self.W = np.random.randn(hidden_size, hidden_size) * 0.1
        self.V = np.random.randn(output_size, hidden_size)
        self.b = np.zeros(hidden_size)

    def forward(self, x):
        T = len(x)
        self.h = np.zeros((T + 1, len(self.b)))
        self.o = np.zeros((T, len(self.V)))
        for t in range(T):
            self.h[t] = np.tanh(self.U @ x[t] + self.W @ self.h[t-1] + self.b)
            self.o[t] = self.V @ self.h[t]
        return self.o

    def loss(self, x, y):
        return 0.5 * np.sum((self.forward(x) - y) ** 2)

    def backward(self, x, y):
        o = self.forward(x)
        dU, dW, dV = np.zeros(self.U.shape), np.zeros(self.W.shape), np.zeros(self.V.shape)
        db = np.zeros(self.b.shape)
        carry = np.zeros(len(self.b))
        for t in range(len(x))[::-1]:
            do = o[t] - y[t]
            dV += np.outer(do, self.h[t])
            da = (1 - self.h[t] ** 2) * (self.V.T @ do + carry)
            dU += np.outer(da, x[t])
            dW += np.outer(da, self.h[t-1])
            db += da
            carry = self.W.T @ da
        return dU, dW, dV, db

np.random.seed(0)
net = RNN(3, 5, 2)
x, y = np.random.randn(6, 3), np.random.randn(6, 2)
print(net.loss(x, y))
net.backward(x, y)
"""

FUNCTIONS = """
import numpy as np

def forward(x, h0, params):
    hs, h = [h0], h0
    for t in range(x.shape[1]):
        h = np.tanh(x[:, t] @ params["Wx"] + h @ params["Wh"] + params["b"])
        hs.append(h)
    y = h @ params["Wy"]
    return y, (x, hs)

def backward(dy, cache, params):
    x, hs = cache
    grads = {key: np.zeros_like(value) for key, value in params.items()}
    grads["Wy"] += hs[-1].T @ dy
    dh = dy @ params["Wy"].T
    for t in reversed(range(x.shape[1])):
        da = dh * (1 - hs[t + 1] ** 2)
        grads["Wx"] += x[:, t].T @ da
        grads["Wh"] += hs[t].T @ da
        grads["b"] += da.sum(axis=0)
        dh = da @ params["Wh"].T
    return grads

if __name__ == "__main__":
    rng = np.random.default_rng(1)
    params = {"Wx": rng.normal(size=(3, 5)), "Wh": rng.normal(size=(5, 5)) * 0.4, "b": np.zeros(5)}
    params["Wy"] = rng.normal(size=(5, 2))
    x, t = rng.normal(size=(4, 6, 3)), rng.normal(size=(4, 2))
    y, cache = forward(x, rng.normal(size=(4, 5)), params)
    loss = np.mean((y - t) ** 2)
    grads = backward(2 * (y - t) / y.size, cache, params)
"""

FLAT = """
import numpy as np
W, R, V = np.random.randn(4, 3), np.random.randn(4, 4) * 0.5, np.random.randn(1, 4)
X, Y = np.random.randn(5, 3, 1), np.random.randn(5, 1, 1)
for epoch in range(1000):
    h, o, loss = {-1: np.zeros((4, 1))}, {}, 0
    for t in range(5):
        h[t] = 1 / (1 + np.exp(-(W @ X[t] + R @ h[t-1])))
        o[t] = V @ h[t]
        loss += 0.5 * np.sum((o[t] - Y[t]) ** 2)
    dW, dR, dV, dnext = np.zeros_like(W), np.zeros_like(R), np.zeros_like(V), np.zeros((4, 1))
    for t in reversed(range(5)):
        do = o[t] - Y[t]
        dV += do @ h[t].T
        da = (V.T @ do + dnext) * h[t] * (1 - h[t])
        dW += da @ X[t].T
        dR += da @ h[t-1].T
        dnext = R.T @ da
    W -= 0.1 * dW
    R -= 0.1 * dR
    V -= 0.1 * dV
"""

LAYER = """
import numpy as np

class Layer:
    def __init__(self, n_in, n_hidden):
        self.params = [np.random.randn(n_in, n_hidden), np.random.randn(n_hidden, n_hidden) * 0.3]
        self.grads = [np.zeros_like(p) for p in self.params]

    def forward(self, xs):
        Wx, Wh = self.params
        N, T, D = xs.shape
        self.xs, self.hs = xs, np.zeros((N, T, Wh.shape[0]))
        h = np.zeros((N, Wh.shape[0]))
        for t in range(T):
            h = np.tanh(xs[:, t] @ Wx + h @ Wh)
            self.hs[:, t] = h
        return self.hs

    def backward(self, dhs):
        Wx, Wh = self.params
        N, T, H = dhs.shape
        dWx, dWh, dh = 0, 0, np.zeros((N, H))
        dxs = np.empty_like(self.xs)
        for t in reversed(range(T)):
            prev = self.hs[:, t - 1] if t > 0 else np.zeros((N, H))
            da = (dhs[:, t] + dh) * (1 - self.hs[:, t] ** 2)
            dWx += self.xs[:, t].T @ da
            dWh += prev.T @ da
            dxs[:, t] = da @ Wx.T
            dh = da @ Wh.T
        self.grads[0][...] = dWx
        self.grads[1][...] = dWh
        return dxs

np.random.seed(3)
layer = Layer(3, 4)
hs = layer.forward(np.random.randn(2, 5, 3))
layer.backward(np.random.randn(*hs.shape))
"""

UPDATES = """
import numpy as np

class RNN:
    def __init__(self, input_size, hidden_size, output_size, lr=0.05):
        self.lr = lr
        self.Wxh = np.random.randn(hidden_size, input_size) * 0.01
        self.Whh = np.random.randn(hidden_size, hidden_size) * 0.01
        self.Why = np.random.randn(output_size, hidden_size) * 0.01
        self.bh = np.zeros((hidden_size, 1))

    def forward(self, inputs):
        self.inputs, self.hs = inputs, {-1: np.zeros_like(self.bh)}
        for t, x in enumerate(inputs):
            self.hs[t] = np.tanh(self.Wxh @ x + self.Whh @ self.hs[t-1] + self.bh)
        return self.Why @ self.hs[len(inputs)-1]

    def backward(self, d_y):
        n = len(self.inputs)
        d_Why = d_y @ self.hs[n-1].T
        d_Wxh, d_Whh, d_bh = np.zeros(self.Wxh.shape), np.zeros(self.Whh.shape), np.zeros(self.bh.shape)
        d_h = self.Why.T @ d_y
        for t in range(n - 1, -1, -1):
            temp = (1 - self.hs[t] ** 2) * d_h
            d_bh += temp
            d_Whh += temp @ self.hs[t-1].T
            d_Wxh += temp @ self.inputs[t].T
            d_h = self.Whh.T @ temp
        self.Whh -= self.lr * d_Whh
        self.Wxh -= self.lr * d_Wxh
        self.Why -= self.lr * d_Why
        self.bh -= self.lr * d_bh
"""


class Style(NamedTuple):
    """A program, and what is replaced in it to make it wrong."""

    name: str
    text: str
    right: str
    wrong: str
    parameter: str


STYLES = (
    Style("lossFun with while True", LOSS_FUN, "np.dot(Whh.T, draw)", "np.dot(Whh, draw)", "Whh"),
    Style("class", CLASS, "(1 - self.h[t] ** 2) * (self.V", "(1 - np.tanh(self.h[t]) ** 2) * (self.V", "W"),
    Style("functions with a dict", FUNCTIONS, 'params["Wh"].T\n    return', 'params["Wh"]\n    return', "Wh"),
    Style("flat script", FLAT, "da @ h[t-1].T", "da @ h[t].T", "R"),
    Style("layer with lists", LAYER, "self.grads[1][...] = dWh", "self.grads[1][...] = 2 * dWh", "params[1]"),
    Style("updates in the call", UPDATES, "d_bh += temp", "d_bh = temp", "bh"),
)


def write(folder: Path, text: str, name: str = "my_rnn.py") -> Path:
    """The file with this text, in a folder of its own."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path
