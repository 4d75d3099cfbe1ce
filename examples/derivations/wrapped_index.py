"""Regression in a class, states in an array: at the first step states[t - 1] is the last state, not h0."""

import numpy as np


class Network:
    def __init__(self, n_in, n_hidden, n_out):
        self.U = np.random.randn(n_hidden, n_in)
        self.W = np.random.randn(n_hidden, n_hidden)
        self.V = np.random.randn(n_out, n_hidden)
        self.b = np.zeros(n_hidden)

    def forward(self, x, h0):
        self.x, self.h0 = x, h0
        self.states = np.zeros((len(x), len(self.b)))
        self.outputs = np.zeros((len(x), len(self.V)))
        for t in range(len(x)):
            before = h0 if t == 0 else self.states[t - 1]
            self.states[t] = np.tanh(self.U @ x[t] + self.W @ before + self.b)
            self.outputs[t] = self.V @ self.states[t]
        return self.outputs

    def backward(self, targets):
        self.dU, self.dW = np.zeros_like(self.U), np.zeros_like(self.W)
        self.dV, self.db = np.zeros_like(self.V), np.zeros_like(self.b)
        carry = np.zeros_like(self.b)
        for t in range(len(targets) - 1, -1, -1):
            error = self.outputs[t] - targets[t]
            self.dV += np.outer(error, self.states[t])
            da = (1 - self.states[t] ** 2) * (self.V.T @ error + carry)
            self.dU += np.outer(da, self.x[t])
            self.dW += np.outer(da, self.states[t - 1])
            self.db += da
            carry = self.W.T @ da


if __name__ == "__main__":
    rng = np.random.default_rng(0)
    network = Network(3, 7, 2)
    x, targets, h0 = rng.normal(size=(5, 3)), rng.normal(size=(5, 2)), rng.normal(size=7)
    outputs = network.forward(x, h0)
    loss = 0.5 * np.sum((outputs - targets) ** 2)
    network.backward(targets)
