"""What a user gives to a graph: the floats of a variable, and constants that nobody can change."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from minigrad.message import describe

_np: Any = np
"""NumPy, whose stubs do not know that its functions take tensors."""


def floats(value: Any) -> NDArray[Any]:
    """A read-only copy of `value` if it is made of real floating-point numbers."""
    if hasattr(value, "__record__"):
        msg = f"{describe(value)} is a tensor already; np.copy makes a second node of it"
        raise TypeError(msg)
    _refuse_subclass(value)
    array = np.array(value)
    if array.dtype.kind != "f":
        advice = "keep it a plain array, which is a constant, or convert it with .astype(float)"
        msg = f"a Tensor of {array.dtype} has no gradient (given: shape {array.shape}): {advice}"
        raise TypeError(msg)
    array.flags.writeable = False
    return array


def snapshot(x: Any) -> Any:
    """A constant operand that nobody can change: a Python number as it is, an array copied."""
    if isinstance(x, np.ndarray):
        _refuse_subclass(x)
        x = x.copy()
        x.flags.writeable = False
        return x
    if isinstance(x, (int, float, np.generic)):
        return x
    if isinstance(x, (list, tuple)):
        return np.array(x)
    msg = f"an operand of type {type(x).__name__} is neither a tensor, nor an array, nor a number"
    raise TypeError(msg)


def has_tensor(x: Any) -> bool:
    """Whether `x` is a tensor, or a list or tuple with one in it."""
    if isinstance(x, (list, tuple)):
        return any(has_tensor(item) for item in x)
    return hasattr(x, "__record__")


def stacked(x: Any) -> Any:
    """The tensor that stands for nested lists with tensors in them, as an array does for those of numbers."""
    if not isinstance(x, (list, tuple)):
        return x
    if not has_tensor(x):
        return np.asarray(x)
    return _np.stack([stacked(item) for item in x])


def _refuse_subclass(x: Any) -> None:
    """Masks would be lost, and a matrix multiplies where an array does not."""
    if isinstance(x, (np.ma.MaskedArray, np.matrix)):
        kind = type(x).__name__
        msg = f"a {kind} of shape {x.shape} has other rules than an array: convert it with np.asarray"
        raise TypeError(msg)
