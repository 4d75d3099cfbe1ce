"""The network as minigrad's own `nn.RNN`, which names every state and its time step."""

from contestant import Contestant
from ours import recorded_ops
from problem import Gradients, Problem, Run

import minigrad as mg
from minigrad.nn import RNN


def network(q: Problem) -> RNN:
    H, K = q.U.shape
    rnn = RNN(K, H, K, seed=0, dtype=q.U.dtype)
    for name, tensor in rnn.parameters().items():
        tensor.value = q.parameters[name]
    return rnn


def make(problem: Problem) -> Run:
    rnn = network(problem)
    x, y, h0 = problem.data

    def run() -> tuple[float, Gradients]:
        loss = rnn.unroll(x, y, h0=h0).loss
        grads = mg.backprop(loss, wrt=rnn.parameters().values())
        return loss.item(), {name: grads[each] for name, each in rnn.parameters().items()}

    return run


def ops(problem: Problem) -> int:
    x, y, h0 = problem.data
    return recorded_ops(network(problem).unroll(x, y, h0=h0).loss)


CONTESTANTS = (Contestant("minigrad_rnn", "minigrad, nn.RNN", make, ops),)
