"""The network in MyGrad, its memory guard off as its documentation advises for speed."""

from collections.abc import Callable
from typing import Any

import mygrad
from contestant import Contestant, Engine, count_nodes
from mygrad.nnet.losses import softmax_crossentropy
from problem import PARAMETERS, Array, Gradients, Problem, Run


def forward(q: Problem) -> tuple[mygrad.Tensor, list[mygrad.Tensor]]:
    U, W, V, b, c = parameters = [mygrad.tensor(p, copy=False) for p in q.parameters.values()]
    x, _, h = q.data
    losses = []
    for x_t, y_t in zip(x, q.y, strict=True):
        if q.is_single:
            h = mygrad.tanh(U @ x_t + W @ h + b)
            o = (V @ h + c).reshape(1, -1)
        else:
            h = mygrad.tanh(x_t @ U.T + h @ W.T + b)
            o = h @ V.T + c
        losses.append(softmax_crossentropy(o, y_t))
    return mygrad.add_sequence(*losses) * q.y.shape[1], parameters  # it takes the mean over N


def make(problem: Problem) -> Run:
    def run() -> tuple[float, Gradients]:
        with mygrad.mem_guard_off:
            loss, parameters = forward(problem)
            loss.backward()
        return loss.item(), {k: p.grad for k, p in zip(PARAMETERS, parameters, strict=True)}

    return run


def ops(problem: Problem) -> int:
    def parents(node: Any) -> list[Any]:
        return [each.creator for each in node.variables if each.creator is not None]

    return count_nodes(forward(problem)[0].creator, parents)


def record(f: Callable[[Any], Any], x: Array) -> tuple[Any, Any]:
    with mygrad.mem_guard_off:
        variable = mygrad.tensor(x)
        return f(variable), variable


def gradient(recorded: tuple[Any, Any]) -> Array:
    y, x = recorded
    with mygrad.mem_guard_off:
        y.sum().backward()
    return x.grad


CONTESTANTS = (Contestant("mygrad", "MyGrad", make, ops),)
ENGINES = (Engine("mygrad", mygrad.tanh, record, gradient),)
