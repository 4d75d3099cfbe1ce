"""The network in minigrad, written as a user writes it with NumPy on tensors."""

from collections.abc import Callable
from typing import Any

import numpy as np
from contestant import Contestant, Engine
from problem import Array, Gradients, Problem, Run

import minigrad as mg


def forward(q: Problem, parameters: dict[str, mg.Tensor]) -> mg.Tensor:
    U, W, V, b, c = parameters.values()
    x, y, h = q.data
    losses = []
    for x_t, y_t in zip(x, y, strict=True):
        if q.is_single:
            h = np.tanh(W @ h + U @ x_t + b)
            o = V @ h + c
        else:
            h = np.tanh(mg.linear(h, W) + mg.linear(x_t, U) + b)
            o = mg.linear(h, V) + c
        losses.append(mg.cross_entropy(o, y_t, reduction="sum"))
    return sum(losses)


def tensors(problem: Problem) -> dict[str, mg.Tensor]:
    return {name: mg.Tensor(value, name=name) for name, value in problem.parameters.items()}


def make(problem: Problem) -> Run:
    parameters = tensors(problem)

    def run() -> tuple[float, Gradients]:
        loss = forward(problem, parameters)
        grads = mg.backprop(loss, wrt=parameters.values())
        return loss.item(), {name: grads[each] for name, each in parameters.items()}

    return run


def ops(problem: Problem) -> int:
    return recorded_ops(forward(problem, tensors(problem)))


def recorded_ops(loss: mg.Tensor) -> int:
    return sum(node.op is not None for node in mg.graph.nodes(loss))


def record(f: Callable[[Any], Any], x: Array) -> tuple[mg.Tensor, mg.Tensor]:
    variable = mg.Tensor(x)
    return f(variable), variable


def gradient(recorded: tuple[mg.Tensor, mg.Tensor]) -> Array:
    y, x = recorded
    return mg.backprop(y, wrt=[x], seed=np.ones_like(y.value))[x]


CONTESTANTS = (Contestant("minigrad", "minigrad, NumPy on tensors", make, ops),)
ENGINES = (Engine("minigrad", np.tanh, record, gradient),)
