"""The best hand-written BPTT: few calls a step, hoisted products, every buffer made once."""

import numpy as np
from contestant import Contestant
from numpy import add, divide, dot, exp, log, maximum, multiply, subtract, tanh
from problem import Array, Gradients, Problem, Run


def make(problem: Problem) -> Run:
    """The gradients returned live in the buffers, so the next call overwrites them."""
    return Stacked(problem) if problem.is_single else Hoisted(problem)


class SoftmaxLoss:
    """Σ cross-entropy of all steps at once, and ∇o."""

    def __init__(self, y: Array, dtype: np.dtype) -> None:
        self.at = np.arange(y.size), y.ravel()
        self.top, self.total = np.empty((2, y.size, 1), dtype)

    def __call__(self, o: Array, do: Array) -> float:
        maximum.reduce(o, axis=1, out=self.top, keepdims=True)
        subtract(o, self.top, o)
        picked = add.reduce(o[self.at])
        exp(o, o)
        add.reduce(o, axis=1, out=self.total, keepdims=True)
        divide(o, self.total, do)
        do[self.at] -= 1
        return add.reduce(log(self.total), None) - picked


class Stacked:
    """One sequence, where calls cost more than arithmetic: two calls a step each way.

    [h(t-1) 1 x(t)] is one row and [W b U] one matrix, so that a(t) is one product without a sum;
    so is ∇h(t) = [∇o(t) ∇a(t+1)] [V; W], and the gradients of W, b, U are one product over T.
    """

    def __init__(self, problem: Problem) -> None:
        self.q = problem
        self.x, y, self.h0 = problem.data
        (T, K), H, dtype = self.x.shape, len(self.h0), self.x.dtype
        self.softmax = SoftmaxLoss(y, dtype)
        self.rows = np.ones((T + 1, H + 1 + K), dtype)  # the 1 multiplies b and c
        self.grads = np.zeros((T + 1, K + H), dtype)  # the last ∇a(t+1) stays 0
        self.WbU, self.VcT = np.empty((H, H + 1 + K), dtype), np.empty((H + 1, K), dtype)
        self.VW, self.slope = np.empty((K + H, H), dtype), np.empty((T, H), dtype)
        self.a, self.o = np.empty(H, dtype), np.empty((T, K), dtype)
        self.dWbU, self.dVc = np.empty_like(self.WbU), np.empty((K, H + 1), dtype)
        self.past, self.h, self.h1 = self.rows[:-1], self.rows[1:, :H], self.rows[1:, : H + 1]
        self.do, self.da = self.grads[1:, :K], self.grads[:-1, K:]
        self.steps = list(zip(self.past, self.h, strict=True))
        self.steps_back = list(zip(self.grads[1:], self.slope, self.da, strict=True))[::-1]

    def __call__(self) -> tuple[float, Gradients]:
        q, H, K = self.q, len(self.h0), len(self.q.c)
        self.WbU[:, :H], self.WbU[:, H], self.WbU[:, H + 1 :] = q.W, q.b, q.U
        self.VcT[:H], self.VcT[H], self.VW[:K], self.VW[K:] = q.V.T, q.c, q.V, q.W
        self.rows[0, :H], self.past[:, H + 1 :] = self.h0, self.x
        loss = self.propagate()
        dWbU, dVc = self.dWbU, self.dVc
        dot(self.da.T, self.past, dWbU)
        dot(self.do.T, self.h1, dVc)
        gradients = {"U": dWbU[:, H + 1 :], "W": dWbU[:, :H], "b": dWbU[:, H]}
        return loss, gradients | {"V": dVc[:, :H], "c": dVc[:, H]}

    def propagate(self) -> float:
        WbU, VW, a, slope = self.WbU, self.VW, self.a, self.slope
        for row, h in self.steps:
            dot(WbU, row, a)
            tanh(a, h)
        dot(self.h1, self.VcT, self.o)
        loss = self.softmax(self.o, self.do)
        multiply(self.h, self.h, slope)
        subtract(1, slope, slope)
        for row, d, da in self.steps_back:
            dot(row, VW, a)
            multiply(d, a, da)
        return loss


class Hoisted:
    """A batch, where the products cost most: those of input and output are one for all steps.

    W enters both loops as a transposed view, for which BLAS has the faster kernel, and what is
    elementwise stays in the loop, where its operands are still in the cache.
    """

    def __init__(self, problem: Problem) -> None:
        self.q = q = problem
        (T, N, K), H, dtype = q.x.shape, len(q.b), q.x.dtype
        self.softmax = SoftmaxLoss(q.y, dtype)
        self.h, self.a = np.empty((T + 1, N, H), dtype), np.empty((T, N, H), dtype)
        self.o, self.WT = np.empty((T * N, K), dtype), np.empty_like(q.W)
        self.part, self.slope = np.empty((2, N, H), dtype)
        self.x_flat, self.a_flat = q.x.reshape(T * N, K), self.a.reshape(T * N, H)
        self.h_flat, self.past_flat = self.h[1:].reshape(-1, H), self.h[:-1].reshape(-1, H)
        self.grads = {name: np.empty_like(value) for name, value in q.parameters.items()}
        self.steps = list(zip(self.h[:-1], self.a, self.h[1:], strict=True))
        self.steps_back = list(zip(self.a[1:], self.h[1:-1], self.a[:-1], strict=True))[::-1]

    def __call__(self) -> tuple[float, Gradients]:
        loss = self.forward()
        self.backward()
        g, do, da = self.grads, self.o, self.a_flat
        dot(da.T, self.x_flat, g["U"])
        dot(da.T, self.past_flat, g["W"])
        dot(do.T, self.h_flat, g["V"])
        add.reduce(da, out=g["b"])
        add.reduce(do, out=g["c"])
        return loss, g

    def forward(self) -> float:
        q, part, WT, b = self.q, self.part, self.q.W.T, self.q.b
        self.h[0] = q.h0
        dot(self.x_flat, q.U.T, self.a_flat)
        for past, a, h in self.steps:
            dot(past, WT, part)
            add(a, part, a)
            add(a, b, a)
            tanh(a, h)
        dot(self.h_flat, q.V.T, self.o)
        add(self.o, q.c, self.o)
        return self.softmax(self.o, self.o)

    def backward(self) -> None:
        part, slope = self.part, self.slope
        self.WT[...] = self.q.W.T
        W = self.WT.T
        dot(self.o, self.q.V, self.a_flat)  # ∇h, which becomes ∇a step by step
        multiply(self.h[-1], self.h[-1], slope)
        subtract(1, slope, slope)
        multiply(self.a[-1], slope, self.a[-1])
        for da_next, h, da in self.steps_back:
            dot(da_next, W, part)
            add(da, part, da)
            multiply(h, h, slope)
            subtract(1, slope, slope)
            multiply(da, slope, da)


CONTESTANTS = (Contestant("hand_fast", "hand-written, best", make),)
