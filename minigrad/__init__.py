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

from importlib import import_module
from typing import TYPE_CHECKING, Any

from minigrad import graph, nn, ops
from minigrad.anomaly import anomaly
from minigrad.backprop import backprop
from minigrad.check import Comparison, check_grads, check_op
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

if TYPE_CHECKING:
    from minigrad import draw, fold
    from minigrad.diagnosis.compare import compare
    from minigrad.diagnosis.finding import Finding
    from minigrad.diagnosis.report import Report
    from minigrad.diagnosis.tap import tap
    from minigrad.foreign.by_hand import check_manual

_LATER = {
    "Finding": "minigrad.diagnosis.finding",
    "Report": "minigrad.diagnosis.report",
    "check_manual": "minigrad.foreign.by_hand",
    "compare": "minigrad.diagnosis.compare",
    "draw": "minigrad.draw",
    "fold": "minigrad.fold",
    "tap": "minigrad.diagnosis.tap",
}
"""What is imported when it is first used, so that `import minigrad` stays quick."""


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        msg = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(msg)
    module = import_module(_LATER[name])
    return module if module.__name__ == f"minigrad.{name}" else getattr(module, name)


def __dir__() -> list[str]:
    return __all__


__all__ = [
    "Comparison",
    "Contribution",
    "Finding",
    "FormatError",
    "GradTable",
    "Op",
    "Report",
    "Tensor",
    "UnknownTensorError",
    "add_n",
    "affine",
    "anomaly",
    "backprop",
    "binary_cross_entropy",
    "check_grads",
    "check_manual",
    "check_op",
    "checkpoint",
    "compare",
    "cross_entropy",
    "differentiates",
    "draw",
    "fold",
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
    "tap",
    "time_step",
    "unroll",
    "value_and_grad",
    "vjp",
]
