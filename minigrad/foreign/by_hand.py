"""Somebody's function, not a file: run on tensors with NumPy's stand-in in the place of its NumPy."""

from __future__ import annotations

import types
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any
from unittest import mock

import numpy as np

from minigrad.diagnosis import manual as chosen
from minigrad.diagnosis.report import Report
from minigrad.foreign.arrays import traced
from minigrad.foreign.creation import LOST, SPECIAL
from minigrad.foreign.stand_in import stand_in, wrapped
from minigrad.given import has_tensor

_SPECIAL = {**LOST, **SPECIAL}


def on_tensors(function: Callable[..., Any]) -> Callable[..., Any]:
    """`function` as it is for arrays; for tensors with a NumPy whose arrays of floats are tensors.

    So `hs = np.zeros((T, H)); hs[t] = h` works, and all that a file may do that `minigrad check` runs.
    Only the functions of the module in which it was defined see that NumPy, while it runs.

    Example:
        >>> from minigrad import Tensor
        >>> def f(x):
        ...     y = np.zeros(2)
        ...     y[0] = np.sum(x)
        ...     return y
        >>> on_tensors(f)(np.ones(3)), on_tensors(f)(Tensor([1.0, 2.0]))
        (array([3., 0.]), Tensor([3. 0.]))
    """
    if not isinstance(getattr(function, "__globals__", None), dict):
        return function

    @wraps(function)
    def run(*args: Any, **kwargs: Any) -> Any:
        if not any(map(_has_tensor, [*args, *kwargs.values()])):
            return function(*args, **kwargs)
        with _standing_in(function):
            return function(*map(_traced, args), **{name: _traced(x) for name, x in kwargs.items()})

    return run


def _has_tensor(x: Any) -> bool:
    return has_tensor(list(x.values()) if isinstance(x, dict) else x)


def _traced(x: Any) -> Any:
    """An argument whose arrays of floats are tensors, constants of the problem too."""
    return {key: traced(value) for key, value in x.items()} if type(x) is dict else traced(x)


@contextmanager
def _standing_in(function: Any) -> Iterator[None]:
    """Let the names of NumPy that the function's module has mean the stand-in."""
    with mock.patch.dict(function.__globals__, _replacements(function.__globals__)):
        yield


def _replacements(names: dict[str, Any]) -> dict[str, Any]:
    """For each name that means NumPy or one of its functions what stands in for it."""
    found: dict[str, Any] = {}
    for name, value in names.items():
        if isinstance(value, types.ModuleType) and value.__name__.partition(".")[0] == "numpy":
            found[name] = stand_in(value, _SPECIAL)
        elif callable(value) and getattr(np, getattr(value, "__name__", ""), None) is value:
            own = str(getattr(value, "__name__", ""))
            found[name] = _SPECIAL.get(own) or wrapped(value, own, _SPECIAL)
    return found


def check_manual(manual: Callable[..., Any], forward: Any, **options: Any) -> Report:
    """As `minigrad.diagnosis.manual.check_manual`, for NumPy code of any style.

    `forward` may fill preallocated arrays, write in place, and copy: what works on arrays works on tensors.

    Args:
        manual: manual(params, xs, h0, targets) returns {name: gradient}.
        forward: forward(params, xs, h0, targets) returns the loss, in NumPy; or a known cell.
        options: shapes, params, xs, h0, targets, seed.

    Example:
        >>> def forward(params, xs, h0, targets):
        ...     hs = np.zeros((len(xs) + 1, len(h0)))
        ...     hs[0] = h0
        ...     for t in range(len(xs)):
        ...         hs[t + 1] = np.tanh(params["W"] @ hs[t] + params["U"] @ xs[t])
        ...     return np.sum(hs[1:] ** 2) / 2
        >>> check_manual(lambda params, *data: params, forward, shapes={"W": "HH", "U": "HD"}).ok
        False
    """
    known = isinstance(forward, type) or not isinstance(forward, types.FunctionType | types.MethodType)
    return chosen.check_manual(manual, forward if known else on_tensors(forward), **options)
