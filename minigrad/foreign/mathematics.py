"""Functions of Python's math and of scipy.special that take tensors too."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from minigrad.foreign.arrays import values
from minigrad.given import has_tensor, stacked
from minigrad.op import DIFFERENTIABLE
from minigrad.ops.exponential import sigmoid
from minigrad.ops.probability import log_softmax, softmax
from minigrad.ops.reduction import logsumexp
from minigrad.ops.selection import relu

_SAME = "exp log log2 log10 log1p expm1 sqrt sin cos tan tanh sinh cosh fabs"
_RENAMED = {
    "atan": "arctan",
    "asin": "arcsin",
    "acos": "arccos",
    "asinh": "arcsinh",
    "acosh": "arccosh",
    "atanh": "arctanh",
}
_ASKING = "isnan isinf isfinite isclose floor ceil trunc copysign gcd factorial"


def _either(of_numbers: Callable[..., Any], of_tensors: Any) -> Callable[..., Any]:
    """The one for numbers, or for a tensor the other."""

    def function(x: Any, *rest: Any) -> Any:
        return of_tensors(x, *rest) if has_tensor([x, *rest]) else of_numbers(x, *rest)

    return function


def _asking(function: Callable[..., Any]) -> Callable[..., Any]:
    """A function that does not change continuously."""
    return lambda *args, **kwargs: function(*values(args), **values(kwargs))


def _summed(numbers: list[Any]) -> Any:
    return sum(numbers) if has_tensor(numbers) else math.fsum(numbers)


def _over_all(function: Callable[..., Any]) -> Callable[..., Any]:
    """`function` over an axis, by default over all entries, as scipy has it."""

    def over(x: Any, axis: int | None = None) -> Any:
        x = stacked(x)
        return function(x, axis) if axis is not None else function(x.reshape(-1), 0).reshape(x.shape)

    return over


def _expit(x: Any) -> Any:
    return sigmoid(stacked(x))


def _logsumexp(a: Any, axis: Any = None, *, keepdims: bool = False) -> Any:
    return logsumexp(stacked(a), axis, keepdims=keepdims)


def _to_the_bit(name: str, numpy_name: str) -> Callable[..., Any]:
    """The function of math as an op: its value is that of math, its slope that of NumPy's."""
    of_numbers = getattr(math, name)
    op: Any = type(DIFFERENTIABLE[getattr(np, numpy_name)])
    argument = op.arguments[0]
    namespace: dict[str, Any] = {"of_numbers": of_numbers}
    exec(f"def f(self, {argument}): return of_numbers({argument})", namespace)  # noqa: S102  # an op's rules go by names
    ours = type(op.__name__, (op,), {"f": namespace["f"], "__annotations__": {}})()
    return _either(of_numbers, lambda x: ours(x.reshape(())))


def _log(x: Any, *base: Any) -> Any:
    natural = _LOG(x)
    return natural / _LOG(base[0]) if base else natural


_LOG = _to_the_bit("log", "log")

MATH: dict[str, Any] = {
    **{
        name: _to_the_bit(name, _RENAMED.get(name, name))
        for name in (*_SAME.split(), *_RENAMED)
        if name != "fabs"
    },
    **{name: _asking(getattr(math, name)) for name in _ASKING.split()},
    "fabs": _either(math.fabs, np.fabs),
    "log": _log,
    "pow": _either(math.pow, np.power),
    "hypot": _either(math.hypot, np.hypot),
    "atan2": _either(math.atan2, np.arctan2),
    "fsum": lambda numbers: _summed(list(numbers)),
}
"""Of math."""

SCIPY_SPECIAL: dict[str, Any] = {
    "expit": _expit,
    "softmax": _over_all(softmax),
    "log_softmax": _over_all(log_softmax),
    "logsumexp": _logsumexp,
}
"""Of scipy.special."""


def _softmax_of_either(x: Any, axis: int | None = None) -> Any:
    """Over columns where there is one column or the second axis is the batch, as most utilities have it."""
    x = stacked(x)
    if axis is None:
        axis = 0 if getattr(x, "ndim", 1) == 1 or x.shape[-1] == 1 else -1
    return softmax(x, axis)


ABSENT: dict[str, Any] = {
    "sigmoid": _expit,
    "softmax": _softmax_of_either,
    "relu": lambda x: relu(stacked(x)),
    "tanh": lambda x: np.tanh(stacked(x)),
    "sigmoid_derivative": lambda s: s * (1 - s),
    "tanh_derivative": lambda h: 1 - h**2,
}
"""What a file imports from a module that is not there, and whose meaning its name tells."""
