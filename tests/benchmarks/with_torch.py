"""The network in PyTorch: unrolled by hand with operators, with fused ops, and `torch.nn.RNN`."""

from collections.abc import Callable
from typing import Any

import torch
from contestant import Contestant, Engine, count_nodes
from problem import PARAMETERS, Array, Gradients, Problem, Run
from torch.nn.functional import cross_entropy

torch.set_num_threads(1)

Forward = Callable[[], torch.Tensor]
Model = Callable[[Problem], tuple[Forward, list[torch.Tensor]]]


def variables(q: Problem) -> list[torch.Tensor]:
    return [torch.tensor(value, requires_grad=True) for value in q.parameters.values()]


def operators(q: Problem) -> tuple[Forward, list[torch.Tensor]]:
    """As most people write it, on rows (N, K) at N = 1 too, as PyTorch's own cells do."""
    U, W, V, b, c = parameters = variables(q)
    x, y, h0 = torch.tensor(q.x), torch.tensor(q.y), torch.tensor(q.h0)

    def loss() -> torch.Tensor:
        h, total = h0, torch.zeros((), dtype=x.dtype)
        for x_t, y_t in zip(x, y, strict=True):
            h = torch.tanh(x_t @ U.T + h @ W.T + b)
            total = total + cross_entropy(h @ V.T + c, y_t, reduction="sum")
        return total

    return loss, parameters


def fused(q: Problem) -> tuple[Forward, list[torch.Tensor]]:
    """The fastest found: product and sum as one op, on vectors at N = 1."""
    U, W, V, b, c = parameters = variables(q)
    x, y, h0 = (torch.tensor(array) for array in q.data)

    def affine(bias: torch.Tensor, matrix: torch.Tensor, z: torch.Tensor) -> torch.Tensor:
        return torch.addmv(bias, matrix, z) if q.is_single else torch.addmm(bias, z, matrix)

    def loss() -> torch.Tensor:
        h, total = h0, torch.zeros((), dtype=x.dtype)
        matrices = (U, W, V) if q.is_single else (U.T, W.T, V.T)
        for x_t, y_t in zip(x, y, strict=True):
            h = torch.tanh(affine(affine(b, matrices[0], x_t), matrices[1], h))
            total = total + cross_entropy(affine(c, matrices[2], h), y_t, reduction="sum")
        return total

    return loss, parameters


def module(q: Problem) -> tuple[Forward, list[torch.Tensor]]:
    """`torch.nn.RNN`, then one linear layer and one cross-entropy for all steps."""
    (T, N, K), H = q.x.shape, len(q.b)
    x, y, h0 = torch.tensor(q.x), torch.tensor(q.y).reshape(-1), torch.tensor(q.h0)[None]
    rnn, linear = torch.nn.RNN(K, H, dtype=x.dtype), torch.nn.Linear(H, K, dtype=x.dtype)
    parameters = [rnn.weight_ih_l0, rnn.weight_hh_l0, linear.weight, rnn.bias_ih_l0, linear.bias]
    rnn.bias_hh_l0.requires_grad = False  # a second bias, which our network does not have
    with torch.no_grad():
        rnn.bias_hh_l0.zero_()
        for parameter, value in zip(parameters, q.parameters.values(), strict=True):
            parameter.copy_(torch.tensor(value))

    def loss() -> torch.Tensor:
        states, _ = rnn(x, h0)
        return cross_entropy(linear(states).reshape(T * N, K), y, reduction="sum")

    return loss, parameters


def maker(model: Model) -> Callable[[Problem], Run]:
    def make(problem: Problem) -> Run:
        forward, parameters = model(problem)

        def run() -> tuple[float, Gradients]:
            loss = forward()
            grads = torch.autograd.grad(loss, parameters)
            return loss.item(), {k: g.numpy() for k, g in zip(PARAMETERS, grads, strict=True)}

        return run

    return make


def counter(model: Model) -> Callable[[Problem], int]:
    def parents(node: Any) -> list[Any]:
        return [each for each, _ in node.next_functions if each and each.next_functions]

    return lambda problem: count_nodes(model(problem)[0]().grad_fn, parents)


def record(f: Callable[[Any], Any], x: Array) -> tuple[torch.Tensor, torch.Tensor]:
    variable = torch.tensor(x, requires_grad=True)
    return f(variable), variable


def gradient(recorded: tuple[torch.Tensor, torch.Tensor]) -> Array:
    y, x = recorded
    return torch.autograd.grad(y.sum(), x)[0].numpy()


CONTESTANTS = (
    Contestant("torch", "PyTorch, operators", maker(operators), counter(operators)),
    Contestant("torch_fused", "PyTorch, addmm/addmv", maker(fused), counter(fused)),
    Contestant("torch_rnn", "torch.nn.RNN", maker(module), counter(module)),
)
ENGINES = (Engine("torch", torch.tanh, record, gradient),)
