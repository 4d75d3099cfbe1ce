"""Right derivations by hand in the styles that people write: a forward pass, its gradients, its shapes."""

import inspect
import textwrap
from typing import ClassVar

import numpy as np

from minigrad.diagnosis.tap import tap  # noqa: F401  # for mutants that tap


def softmax(o, axis=None):
    e = np.exp(o - np.max(o, axis=axis, keepdims=axis is not None))
    return e / np.sum(e, axis=axis, keepdims=axis is not None)


def zeros(params):
    return {name: np.zeros_like(value) for name, value in params.items()}


class TokenColumns:
    """Integer inputs and targets, columns, states in dicts: the file that everyone has."""

    shapes: ClassVar = {"Wxh": "HD", "Whh": "HH", "Why": "OH", "bh": "H1", "by": "O1"}

    @staticmethod
    def states(P, inputs, h0):
        xs, hs, ps = {}, {-1: h0}, {}
        for t in range(len(inputs)):
            xs[t] = np.zeros((P["Wxh"].shape[1], 1))
            xs[t][inputs[t]] = 1
            hs[t] = np.tanh(np.dot(P["Wxh"], xs[t]) + np.dot(P["Whh"], hs[t - 1]) + P["bh"])
            o = np.dot(P["Why"], hs[t]) + P["by"]
            ps[t] = np.exp(o) / np.sum(np.exp(o))
        return xs, hs, ps

    @classmethod
    def forward(cls, P, inputs, h0, targets):
        _, _, ps = cls.states(P, inputs, h0)
        loss = 0
        for t in range(len(inputs)):
            loss += -np.log(ps[t][targets[t], 0])
        return loss

    @classmethod
    def manual(cls, P, inputs, h0, targets):
        xs, hs, ps = cls.states(P, inputs, h0)
        d, carry = zeros(P), np.zeros_like(hs[0])
        for t in reversed(range(len(inputs))):
            dy = np.copy(ps[t])
            dy[targets[t]] -= 1
            d["Why"] += np.dot(dy, hs[t].T)
            d["by"] += dy
            raw = (1 - hs[t] * hs[t]) * (np.dot(P["Why"].T, dy) + carry)
            d["bh"] += raw
            d["Wxh"] += np.dot(raw, xs[t].T)
            d["Whh"] += np.dot(raw, hs[t - 1].T)
            carry = np.dot(P["Whh"].T, raw)
        return {"d" + name: g for name, g in d.items()}


class BatchRows:
    """x @ W with a batch of rows, time first, one-hot targets, a summed loss."""

    shapes: ClassVar = {"U": "DH", "W": "HH", "V": "HO", "b": "H", "c": "O"}
    mean = False
    time = 0

    @classmethod
    def steps(cls, xs):
        return [xs[t] if cls.time == 0 else xs[:, t] for t in range(xs.shape[cls.time])]

    @classmethod
    def states(cls, P, xs, h0):
        hs, ps = [h0], []
        for x in cls.steps(xs):
            hs.append(np.tanh(x @ P["U"] + hs[-1] @ P["W"] + P["b"]))
            ps.append(softmax(hs[-1] @ P["V"] + P["c"], axis=1))
        return hs, ps

    @classmethod
    def forward(cls, P, xs, h0, targets):
        _, ps = cls.states(P, xs, h0)
        loss = -sum(np.sum(y * np.log(p)) for p, y in zip(ps, cls.steps(targets), strict=True))
        return loss / len(h0) if cls.mean else loss

    @classmethod
    def manual(cls, P, xs, h0, targets):
        hs, ps = cls.states(P, xs, h0)
        x, y, d = cls.steps(xs), cls.steps(targets), zeros(P)
        carry = 0.0
        for t in range(len(ps) - 1, -1, -1):
            dy = (ps[t] - y[t]) / (len(h0) if cls.mean else 1)
            d["V"] += hs[t + 1].T @ dy
            d["c"] += dy.sum(0)
            da = (dy @ P["V"].T + carry) * (1 - hs[t + 1] ** 2)
            d["U"] += x[t].T @ da
            d["W"] += hs[t].T @ da
            d["b"] += da.sum(axis=0)
            carry = da @ P["W"].T
        return d


class BatchFirst(BatchRows):
    """The same with the batch before time, and the mean over it."""

    mean = True
    time = 1


class FlatRegression:
    """Vectors (n,), np.outer, a squared error, no output bias, a sigmoid."""

    shapes: ClassVar = {"Wx": "HD", "Wh": "HH", "Wy": "OH", "bh": "H"}

    @staticmethod
    def states(P, xs, h0):
        hs = [h0]
        for x in xs:
            hs.append(1 / (1 + np.exp(-(P["Wx"] @ x + P["Wh"] @ hs[-1] + P["bh"]))))
        return hs

    @classmethod
    def forward(cls, P, xs, h0, targets):
        hs = cls.states(P, xs, h0)
        return 0.5 * np.sum((np.stack([P["Wy"] @ h for h in hs[1:]]) - targets) ** 2), hs

    @classmethod
    def manual(cls, P, xs, h0, targets):
        hs, d = cls.states(P, xs, h0), zeros(P)
        carry = np.zeros(len(h0))
        for t in range(len(xs), 0, -1):
            dy = P["Wy"] @ hs[t] - targets[t - 1]
            d["Wy"] += np.outer(dy, hs[t])
            da = (P["Wy"].T @ dy + carry) * hs[t] * (1 - hs[t])
            d["Wx"] += np.outer(da, xs[t - 1])
            d["Wh"] += np.outer(da, hs[t - 1])
            d["bh"] += da
            carry = P["Wh"].T @ da
        return {**d, "dh0": carry}


class RowBiasRelu(BatchRows):
    """Rows with biases (1, n), a rectifier, classes as targets."""

    shapes: ClassVar = {"U": "DH", "W": "HH", "V": "HO", "b": "1H", "c": "1O"}

    @classmethod
    def states(cls, P, xs, h0):
        hs, ps = [h0], []
        for x in xs:
            hs.append(np.maximum(0, np.dot(x, P["U"]) + np.dot(hs[-1], P["W"]) + P["b"]))
            ps.append(softmax(np.dot(hs[-1], P["V"]) + P["c"], axis=1))
        return hs, ps

    @classmethod
    def forward(cls, P, xs, h0, targets):
        _, ps = cls.states(P, xs, h0)
        return -sum(np.sum(np.log(p[np.arange(len(p)), y])) for p, y in zip(ps, targets, strict=True))

    @classmethod
    def manual(cls, P, xs, h0, targets):
        hs, ps = cls.states(P, xs, h0)
        d, carry = zeros(P), 0.0
        for t in range(len(ps) - 1, -1, -1):
            dy = ps[t].copy()
            dy[np.arange(len(dy)), targets[t]] -= 1
            d["V"] += hs[t + 1].T @ dy
            d["c"] += dy.sum(0, keepdims=True)
            da = (dy @ P["V"].T + carry) * (hs[t + 1] > 0)
            d["U"] += xs[t].T @ da
            d["W"] += hs[t].T @ da
            d["b"] += da.sum(0, keepdims=True)
            carry = da @ P["W"].T
        return d


class LastStep:
    """Columns in a list, a loss at the last step alone, gradients in a dict within a tuple."""

    shapes: ClassVar = {"Wxh": "HD", "Whh": "HH", "Why": "OH", "bh": "H1", "by": "O1"}

    @staticmethod
    def states(P, xs, h0):
        hs = [h0]
        for x in list(xs):
            hs.append(np.tanh(P["Wxh"] @ x + P["Whh"] @ hs[-1] + P["bh"]))
        return hs, softmax(P["Why"] @ hs[-1] + P["by"])

    @classmethod
    def forward(cls, P, xs, h0, target):
        return -np.log(cls.states(P, xs, h0)[1][target])

    @classmethod
    def manual(cls, P, xs, h0, target):
        hs, p = cls.states(P, xs, h0)
        d = zeros(P)
        dy = p.copy()
        dy[target] -= 1
        d["Why"], d["by"] = dy @ hs[-1].T, dy
        dh = P["Why"].T @ dy
        for t in reversed(range(len(xs))):
            da = dh * (1 - hs[t + 1] ** 2)
            d["bh"] += da
            d["Wxh"] += da @ xs[t].T
            d["Whh"] += da @ hs[t].T
            dh = P["Whh"].T @ da
        return -np.log(p[target]), d


class Stacked:
    """One matrix for [h, x], columns of a batch, no biases, no output layer."""

    shapes: ClassVar = {"W": ("H", "H+D")}

    @staticmethod
    def states(P, xs, h0):
        hs, zs = [h0], []
        for x in xs:
            zs.append(np.concatenate([hs[-1], x], axis=0))
            hs.append(np.tanh(P["W"] @ zs[-1]))
        return hs, zs

    @classmethod
    def forward(cls, P, xs, h0, targets):
        hs, _ = cls.states(P, xs, h0)
        return sum(np.sum((h - y) ** 2) for h, y in zip(hs[1:], targets, strict=True))

    @classmethod
    def manual(cls, P, xs, h0, targets):
        hs, zs = cls.states(P, xs, h0)
        W, dW, carry = P["W"], np.zeros_like(P["W"]), 0.0
        for t in range(len(xs), 0, -1):
            da = (2 * (hs[t] - targets[t - 1]) + carry) * (1 - hs[t] ** 2)
            dW += da @ zs[t - 1].T
            carry = (W.T @ da)[: len(h0)]
        return {"W": dW}


class GatedPair:
    """An LSTM in one matrix, the state a pair, rows of a batch, the output the state itself."""

    shapes: ClassVar = {"W": ("D+H", "4H"), "b": ("4H",)}

    @staticmethod
    def states(P, xs, state):
        h, c = state
        caches = []
        n = h.shape[1]
        for x in xs:
            z = np.concatenate([x, h], axis=1)
            a = z @ P["W"] + P["b"]
            i, f, o = (1 / (1 + np.exp(-a[:, k * n : (k + 1) * n])) for k in range(3))
            g = np.tanh(a[:, 3 * n :])
            before, c = c, f * c + i * g
            h = o * np.tanh(c)
            caches.append((z, i, f, o, g, before, c, h))
        return caches

    @classmethod
    def forward(cls, P, xs, state, targets):
        caches = cls.states(P, xs, state)
        return 0.5 * sum(np.sum((cache[-1] - y) ** 2) for cache, y in zip(caches, targets, strict=True))

    @classmethod
    def manual(cls, P, xs, state, targets):
        d, dh_next, dc_next = zeros(P), 0.0, 0.0
        for (z, i, f, o, g, before, c, h), y in zip(
            cls.states(P, xs, state)[::-1], targets[::-1], strict=True
        ):
            dh = h - y + dh_next
            dc = dc_next + dh * o * (1 - np.tanh(c) ** 2)
            gates = (dc * g * i * (1 - i), dc * before * f * (1 - f), dh * np.tanh(c) * o * (1 - o))
            da = np.hstack([*gates, dc * i * (1 - g**2)])
            d["W"] += z.T @ da
            d["b"] += da.sum(0)
            dh_next, dc_next = (da @ P["W"].T)[:, z.shape[1] - h.shape[1] :], dc * f
        return d


STYLES = [
    TokenColumns, BatchRows, BatchFirst, FlatRegression, RowBiasRelu, LastStep, Stacked, GatedPair,
]  # fmt: skip


def mutant(style, right, wrong):
    """The style with a piece of its source replaced."""
    source = textwrap.dedent(inspect.getsource(style))
    assert right in source
    names = dict(globals())
    exec(source.replace(right, wrong), names)  # noqa: S102  # a test's own source
    return names[style.__name__]
