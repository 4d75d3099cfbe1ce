"""Rows and batches, parameters in a dict: tanh is applied once more before its derivative is taken."""

import numpy as np

rng = np.random.default_rng(1)
T, N, K, H, M = 6, 3, 4, 8, 2
params = {
    "Wx": rng.normal(size=(K, H)),
    "Wh": rng.normal(size=(H, H)) / 3,
    "bh": rng.normal(size=H),
    "Wy": rng.normal(size=(H, M)),
}


def forward(x, h):
    states = [h]
    for t in range(T):
        states.append(np.tanh(x[t] @ params["Wx"] + states[-1] @ params["Wh"] + params["bh"]))
    return states, [h @ params["Wy"] for h in states[1:]]


def backward(x, states, outputs, y):
    grads = {name: np.zeros_like(value) for name, value in params.items()}
    dh_next = np.zeros_like(states[0])
    for t in reversed(range(T)):
        dy = 2 * (outputs[t] - y[t])
        grads["Wy"] += states[t + 1].T @ dy
        dh = dy @ params["Wy"].T + dh_next
        da = dh * (1 - np.tanh(states[t + 1]) ** 2)
        grads["Wx"] += x[t].T @ da
        grads["Wh"] += states[t].T @ da
        grads["bh"] += da.sum(axis=0)
        dh_next = da @ params["Wh"].T
    return grads


x, y = rng.normal(size=(T, N, K)), rng.normal(size=(T, N, M))
states, outputs = forward(x, rng.normal(size=(N, H)))
loss = sum(((o - target) ** 2).sum() for o, target in zip(outputs, y, strict=True))
gradients = backward(x, states, outputs, y)
