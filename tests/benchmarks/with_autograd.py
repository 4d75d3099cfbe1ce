"""The network in HIPS/autograd."""

from collections.abc import Callable
from typing import Any

import autograd.numpy as anp
import numpy as np
from autograd import make_vjp, value_and_grad
from autograd.core import VJPNode
from autograd.tracer import getval, trace
from contestant import Contestant, Engine, count_nodes
from problem import PARAMETERS, Array, Gradients, Problem, Run

Loss = Callable[[Any], Any]


def loss_of(q: Problem) -> Loss:
    x, _, h0 = q.data
    y = q.one_hot_targets  # indexing costs autograd an array of zeros and a scatter

    def cross_entropy(o: Any, y_t: Array) -> Any:
        o = o - np.max(getval(o), axis=-1, keepdims=True)  # a constant: it cancels in ∇o
        return anp.sum(anp.log(anp.sum(anp.exp(o), axis=-1))) - anp.sum(y_t * o)

    def loss(parameters: Any) -> Any:
        U, W, V, b, c = parameters
        h, total = h0, 0.0
        for x_t, y_t in zip(x, y, strict=True):
            if q.is_single:
                h = anp.tanh(anp.dot(U, x_t) + anp.dot(W, h) + b)
                o = anp.dot(V, h) + c
            else:
                h = anp.tanh(anp.dot(x_t, U.T) + anp.dot(h, W.T) + b)
                o = anp.dot(h, V.T) + c
            total = total + cross_entropy(o, y_t)
        return total

    return loss


def make(problem: Problem) -> Run:
    differentiated = value_and_grad(loss_of(problem))
    parameters = tuple(problem.parameters.values())

    def run() -> tuple[float, Gradients]:
        loss, grads = differentiated(parameters)
        return float(loss), dict(zip(PARAMETERS, grads, strict=True))

    return run


def ops(problem: Problem) -> int:
    parameters = tuple(problem.parameters.values())
    _, node = trace(VJPNode.new_root(), loss_of(problem), parameters)
    return count_nodes(node, lambda each: each.parents) - 1  # the root is the input


def record(f: Callable[[Any], Any], x: Array) -> tuple[Callable[[Array], Array], Array]:
    return make_vjp(f)(x)


def gradient(recorded: tuple[Callable[[Array], Array], Array]) -> Array:
    vjp, y = recorded
    return vjp(np.ones_like(y))


CONTESTANTS = (Contestant("autograd", "HIPS/autograd", make, ops),)
ENGINES = (Engine("autograd", anp.tanh, record, gradient),)
