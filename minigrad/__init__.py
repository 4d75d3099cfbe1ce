"""minigrad: derive, draw and check gradients on NumPy.

Example:
    >>> import numpy as np
    >>> import minigrad as mg
    >>> W = mg.Tensor([[0.5, -0.3], [0.1, 0.2]], name="W")
    >>> h = mg.Tensor([1.0, 2.0], name="h")
    >>> for t in range(1, 4):
    ...     with mg.time_step(t):
    ...         h = np.tanh(W @ h).named("h")
    >>> grads = mg.backprop(np.sum(h**2).named("L"))
    >>> grads[W].shape, list(grads.per_step(W))
    ((2, 2), [1, 2, 3])
"""

from minigrad import graph, nn, ops
from minigrad.anomaly import anomaly
from minigrad.backprop import backprop
from minigrad.check import Comparison, check_grads, check_op, compare
from minigrad.checkpoint import checkpoint
from minigrad.files import FormatError, load, save
from minigrad.gradtable import Contribution, GradTable, UnknownTensorError
from minigrad.nn.unroll import unroll
from minigrad.op import Op, differentiates
from minigrad.ops.arithmetic import add_n
from minigrad.ops.exponential import sigmoid
from minigrad.ops.linear import affine, linear, lookup
from minigrad.ops.loss import binary_cross_entropy, cross_entropy, mean_squared_error
from minigrad.ops.probability import log_softmax, softmax
from minigrad.ops.reduction import logsumexp
from minigrad.ops.selection import relu
from minigrad.scope import time_step
from minigrad.tensor import Tensor
from minigrad.transforms import grad, hessian, hvp, jacobian, jvp, value_and_grad, vjp

__all__ = [
    "Comparison",
    "Contribution",
    "FormatError",
    "GradTable",
    "Op",
    "Tensor",
    "UnknownTensorError",
    "add_n",
    "affine",
    "anomaly",
    "backprop",
    "binary_cross_entropy",
    "check_grads",
    "check_op",
    "checkpoint",
    "compare",
    "cross_entropy",
    "differentiates",
    "grad",
    "graph",
    "hessian",
    "hvp",
    "jacobian",
    "jvp",
    "linear",
    "load",
    "log_softmax",
    "logsumexp",
    "lookup",
    "mean_squared_error",
    "nn",
    "ops",
    "relu",
    "save",
    "sigmoid",
    "softmax",
    "time_step",
    "unroll",
    "value_and_grad",
    "vjp",
]
