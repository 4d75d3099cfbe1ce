"""How a call of NumPy finds the op that it records, or why it finds none."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from minigrad.op import CONSTANT, DIFFERENTIABLE, REFUSED, Op

_REDUCTIONS: dict[Any, Callable[..., Any]] = {
    np.add: np.sum,
    np.multiply: np.prod,
    np.maximum: np.max,
    np.minimum: np.min,
}
_ACCUMULATIONS: dict[Any, Callable[..., Any]] = {np.add: np.cumsum, np.multiply: np.cumprod}

_TAKES_KEYWORDS = 0x08


def dispatch_ufunc(ufunc: np.ufunc, method: str, inputs: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """What NumPy's ufunc, or a method of it, gives for inputs of which one is a tensor (NEP 13)."""
    if method == "__call__":
        return dispatch(ufunc, inputs, kwargs)
    if method == "reduce" and ufunc in _REDUCTIONS:
        return dispatch(_REDUCTIONS[ufunc], inputs, {"axis": 0, **kwargs})
    if method == "accumulate" and ufunc in _ACCUMULATIONS:
        return dispatch(_ACCUMULATIONS[ufunc], inputs, {"axis": 0, **kwargs})
    if method == "outer" and not kwargs:
        a, b = inputs
        return ufunc(np.reshape(a, np.shape(a) + (1,) * np.ndim(b)), b)
    msg = f"minigrad has no derivative of numpy.{ufunc.__name__}.{method}"
    raise TypeError(msg)


def dispatch(function: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """What NumPy's `function` gives for arguments of which one is a tensor (NEP 18)."""
    builder = DIFFERENTIABLE.get(function)
    if builder is not None:
        return builder(*args, **_keywords(function, builder, kwargs))
    if function in CONSTANT:
        return function(*plain(args), **plain(kwargs))
    advice = REFUSED.get(function, "write it with functions that have one, or define an Op for it")
    msg = f"minigrad has no derivative of {full_name(function)}: {advice}"
    raise TypeError(msg)


def plain(x: Any) -> Any:
    """`x` with the value in the place of every tensor, also inside lists, tuples and dicts."""
    if hasattr(x, "__record__"):
        return x.value
    if isinstance(x, (list, tuple)):
        return type(x)([plain(item) for item in x])
    if isinstance(x, dict):
        return {key: plain(item) for key, item in x.items()}
    return x


def full_name(function: Callable[..., Any]) -> str:
    """The name by which a user knows a NumPy function: `numpy.linalg.inv`."""
    module = getattr(function, "__module__", None) or "numpy"
    return f"{module}.{function.__name__}"


def _keywords(
    function: Callable[..., Any], builder: Callable[..., Any], kwargs: dict[str, Any]
) -> dict[str, Any]:
    """The keyword arguments, if the recorded form of `function` takes them."""
    if kwargs.pop("out", None) is not None:
        msg = (
            f"{full_name(function)}(out=…) was given a tensor: a value never changes in place and a "
            "plain array can't hold a graph; assign the result instead (a = a + b for a += b)"
        )
        raise TypeError(msg)
    code = getattr(builder, "__code__", None)
    known = () if code is None else code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
    if code is not None and code.co_flags & _TAKES_KEYWORDS:
        return kwargs
    unknown = [name for name in kwargs if name not in known]
    if unknown:
        takes = f"only {', '.join(known)}" if known and not isinstance(builder, Op) else "none"
        name = full_name(function)
        msg = f"{name} of a tensor has no argument {unknown[0]}=; it takes {takes}"
        raise TypeError(msg)
    return kwargs
