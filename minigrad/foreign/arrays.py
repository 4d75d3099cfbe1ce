"""Arrays of somebody's file as tensors: what becomes one, and how a value is taken out again."""

from __future__ import annotations

from typing import Any

import numpy as np

from minigrad.foreign.doors import note
from minigrad.given import has_tensor
from minigrad.tensor import Tensor


def is_plain_float(x: Any) -> bool:
    """Whether `x` is an array of floats that can't hold a graph."""
    return type(x) is np.ndarray and x.dtype.kind == "f"


def traced(x: Any) -> Any:
    """`x` with a tensor for every array of floats in it; numbers, integers and truth values stay.

    Half, single and double precision all become double: rounding must not look like a mistake.

    Example:
        >>> traced(np.ones(2)), traced(np.arange(2))
        (Tensor([1. 1.]), array([0, 1]))
    """
    if isinstance(x, np.ndarray):
        if isinstance(x, np.matrix) or x.dtype.kind != "f":
            return x
        return Tensor(np.asarray(x, dtype=np.float64))
    if isinstance(x, (np.float32, np.float16)):
        return np.float64(x)
    if type(x) in {tuple, list}:
        return type(x)([traced(item) for item in x])
    if isinstance(x, tuple) and hasattr(x, "_fields"):
        return type(x)(*map(traced, x))
    return {key: traced(item) for key, item in x.items()} if type(x) is dict else x


def taken_in(x: Any) -> Any:
    """What somebody's file has been given, as a tensor if it is an array of floats, or a tuple of such.

    Anything else keeps its identity, as lists and objects are known by several names.
    """
    if type(x) is tuple and any(map(is_plain_float, x)):
        return tuple([taken_in(item) for item in x])
    return traced(x) if is_plain_float(x) else x


def value_of(x: Any) -> Any:
    """The value of a tensor as NumPy would have it, an array of its own, or a number without dimensions."""
    return np.array(x.value) if x.ndim else x.value[()]


def values(x: Any) -> Any:
    """`x` with the value for every tensor in it, where that loses no gradient."""
    if hasattr(x, "__record__"):
        return value_of(x)
    if type(x) in {tuple, list} and has_tensor(x):
        return type(x)([values(item) for item in x])
    return {key: values(item) for key, item in x.items()} if type(x) is dict else x


def taken_out(x: Any, how: str) -> Any:
    """`x` with the value for every tensor in it, each of them recorded as a way out of the graph."""
    if hasattr(x, "__record__"):
        note(how, x)
        return value_of(x)
    if type(x) in {tuple, list} and has_tensor(x):
        return type(x)([taken_out(item, how) for item in x])
    if type(x) is dict:
        return {key: taken_out(item, how) for key, item in x.items()}
    return x
