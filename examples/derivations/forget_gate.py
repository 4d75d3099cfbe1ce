"""LSTM: the gradient of the forget gate is made with c(t), which is c(t - 1) in its equation."""

import numpy as np

rng = np.random.default_rng(2)
T, K, H = 5, 3, 4
W = {gate: rng.normal(size=(H, K + H)) / 2 for gate in "ifog"}
b = {gate: rng.normal(size=(H, 1)) / 2 for gate in "ifog"}


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def lstm_loss(xs, ys, h, c):
    steps, loss = [], 0.0
    for x, y in zip(xs, ys, strict=True):
        z = np.vstack((x, h))
        i, f, o = (sigmoid(W[gate] @ z + b[gate]) for gate in "ifo")
        g = np.tanh(W["g"] @ z + b["g"])
        c_before, c = c, f * c + i * g
        h = o * np.tanh(c)
        loss += 0.5 * np.sum((h - y) ** 2)
        steps.append((z, i, f, o, g, c_before, c, h, y))
    dW = {gate: np.zeros_like(W[gate]) for gate in "ifog"}
    db = {gate: np.zeros_like(b[gate]) for gate in "ifog"}
    dh_next, dc_next = np.zeros_like(h), np.zeros_like(c)
    for z, i, f, o, g, c_before, c, h, y in reversed(steps):
        dh = h - y + dh_next
        dc = dc_next + dh * o * (1 - np.tanh(c) ** 2)
        da = {
            "i": dc * g * i * (1 - i),
            "f": dc * c * f * (1 - f),
            "o": dh * np.tanh(c) * o * (1 - o),
            "g": dc * i * (1 - g**2),
        }
        dz = np.zeros_like(z)
        for gate in "ifog":
            dW[gate] += da[gate] @ z.T
            db[gate] += da[gate]
            dz += W[gate].T @ da[gate]
        dh_next, dc_next = dz[K:], dc * f
    return loss, dW, db


def data(rows):
    return [rng.normal(size=(rows, 1)) for _ in range(T)]


print(lstm_loss(data(K), data(H), rng.normal(size=(H, 1)), rng.normal(size=(H, 1)))[0])
