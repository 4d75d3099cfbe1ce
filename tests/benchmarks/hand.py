"""Hand-written BPTT as everyone writes it: one plain loop forward, one plain loop backward."""

import numpy as np
from contestant import Contestant
from problem import Array, Gradients, Problem, Run

States = dict[int, Array]


def make(problem: Problem) -> Run:
    forward, backward = VECTORS if problem.is_single else ROWS

    def run() -> tuple[float, Gradients]:
        loss, h, p = forward(problem)
        return loss, backward(problem, h, p)

    return run


def forward_vectors(q: Problem) -> tuple[float, States, States]:
    x, y, h0 = q.data
    h, p, loss = {-1: h0}, {}, 0.0
    for t in range(len(x)):
        h[t] = np.tanh(q.U @ x[t] + q.W @ h[t - 1] + q.b)
        o = q.V @ h[t] + q.c
        e = np.exp(o - np.max(o))
        p[t] = e / np.sum(e)
        loss -= np.log(p[t][y[t]])
    return loss, h, p


def backward_vectors(q: Problem, h: States, p: States) -> Gradients:
    x, y, h0 = q.data
    dU, dW, dV = np.zeros_like(q.U), np.zeros_like(q.W), np.zeros_like(q.V)
    db, dc, dh_next = np.zeros_like(q.b), np.zeros_like(q.c), np.zeros_like(h0)
    for t in reversed(range(len(x))):
        do = p[t].copy()
        do[y[t]] -= 1
        dV += np.outer(do, h[t])
        dc += do
        dh = q.V.T @ do + dh_next
        da = (1 - h[t] * h[t]) * dh
        dU += np.outer(da, x[t])
        dW += np.outer(da, h[t - 1])
        db += da
        dh_next = q.W.T @ da
    return {"U": dU, "W": dW, "V": dV, "b": db, "c": dc}


def forward_rows(q: Problem) -> tuple[float, States, States]:
    x, y, h0 = q.data
    h, p, loss = {-1: h0}, {}, 0.0
    n = np.arange(len(h0))
    for t in range(len(x)):
        h[t] = np.tanh(x[t] @ q.U.T + h[t - 1] @ q.W.T + q.b)
        o = h[t] @ q.V.T + q.c
        e = np.exp(o - np.max(o, axis=1, keepdims=True))
        p[t] = e / np.sum(e, axis=1, keepdims=True)
        loss -= np.sum(np.log(p[t][n, y[t]]))
    return loss, h, p


def backward_rows(q: Problem, h: States, p: States) -> Gradients:
    x, y, h0 = q.data
    dU, dW, dV = np.zeros_like(q.U), np.zeros_like(q.W), np.zeros_like(q.V)
    db, dc, dh_next = np.zeros_like(q.b), np.zeros_like(q.c), np.zeros_like(h0)
    n = np.arange(len(h0))
    for t in reversed(range(len(x))):
        do = p[t].copy()
        do[n, y[t]] -= 1
        dV += do.T @ h[t]
        dc += np.sum(do, axis=0)
        dh = do @ q.V + dh_next
        da = (1 - h[t] * h[t]) * dh
        dU += da.T @ x[t]
        dW += da.T @ h[t - 1]
        db += np.sum(da, axis=0)
        dh_next = da @ q.W
    return {"U": dU, "W": dW, "V": dV, "b": db, "c": dc}


VECTORS = forward_vectors, backward_vectors
ROWS = forward_rows, backward_rows
CONTESTANTS = (Contestant("hand", "hand-written, plain loop", make),)
