"""The rules of an op checked edge by edge, on examples."""

from __future__ import annotations

import re
from typing import Any

import numpy as np

from minigrad.check.blame import missing_sum
from minigrad.check.grads import check_grads
from minigrad.op import Op

_NARROW = 2e-3


def check_op(op: Op, *examples: Any, order: int = 2) -> None:
    """Check every rule of `op` on every example, in float64 and in float32.

    Each contribution has the shape and the type of its input, is the same when asked for twice, is 0 for a
    cotangent of 0, and is made without writing to what the rule was given. The derivatives up to `order`
    agree with the complex step where `f` is analytic, with central differences elsewhere; at a kink any
    value between the slopes of both sides is right.

    Args:
        op: the op, with its parameters.
        examples: what to apply it to: a tuple of inputs, or one array. Floating-point inputs are
            differentiated, all else is passed on. Let sizes differ, and include what broadcasts, 0-d, empty.
        order: how often to differentiate.

    Raises:
        AssertionError: for a wrong rule: the op, the argument, the worst index, both numbers, their
            ratio, and whether it is a factor, the sign, the transpose, or a sum that is missing.
        ValueError: without an example.

    Example:
        >>> import numpy as np
        >>> class Cube(Op):
        ...     def f(self, x):
        ...         return x**3
        ...     def bprop_x(self, G, y, x):
        ...         return G * (3 * x**2)
        >>> check_op(Cube(), np.array([0.5, -2.0]), np.array(1.5), np.zeros((0, 3)))
    """
    if not examples:
        msg = f"check_op({op!r}) wants at least one example: a tuple of inputs, or one array"
        raise ValueError(msg)
    for example in examples:
        inputs = example if isinstance(example, tuple) else (example,)
        for dtype in (np.float64, np.float32):
            given = [_frozen(x, dtype) for x in inputs]
            for i, x in enumerate(given):
                if _is_variable(x):
                    _check_edge(op, i, given)
        wide = [_frozen(x, np.float64) for x in inputs]
        if any(_is_variable(x) and x.size for x in wide):
            _check_values(op, wide, order, None)
            _check_values(op, [_frozen(x, np.float32) for x in inputs], 1, _NARROW)


def _check_values(op: Op, inputs: list[Any], order: int, rtol: float | None) -> None:
    """The derivatives against numerical ones; the message speaks of the arguments by name."""
    try:
        check_grads(op, inputs, order, rtol=rtol)
    except AssertionError as error:
        text = re.sub(r"args\[(\d+)\]", lambda place: op.argument(int(place[1])), str(error))
        msg = f"{op!r} for inputs of shapes {[np.shape(x) for x in inputs]}: {text}"
        raise AssertionError(msg) from None


def _check_edge(op: Op, i: int, inputs: list[Any]) -> None:
    """Everything about a contribution but its value."""
    where = f"bprop_{op.argument(i)} of {op!r} for inputs of shapes {[np.shape(x) for x in inputs]}"
    y = np.asarray(op.f(*inputs))
    y.flags.writeable = False
    G = _frozen(np.random.default_rng(0).uniform(0.5, 1.5, y.shape), y.dtype)
    zero = _frozen(np.zeros(y.shape), y.dtype)
    with np.errstate(all="ignore"):
        try:
            first, second, nothing = (op.bprop(i, g, y, *inputs) for g in (G, G, zero))
        except ValueError as error:
            if "read-only" not in str(error):
                raise
            msg = f"{where} writes to what it was given: return a new array"
            raise AssertionError(msg) from error
    if first is None:
        return
    x = inputs[i]
    shape = np.shape(first)
    faults = {
        f"has shape {shape}; wanted: {x.shape}, that of the input{missing_sum(shape, x.shape)}": shape
        == x.shape,
        f"has type {getattr(first, 'dtype', type(first))}; wanted: {x.dtype}, that of the input": (
            # What an op promotes on the way forward is narrowed on the way back.
            getattr(first, "dtype", None) == x.dtype or y.dtype != x.dtype
        ),
        "differs when it is asked for twice": np.array_equal(first, second, equal_nan=True),
        f"is {nothing!r} for a cotangent of 0; wanted: 0": not np.any(np.asarray(nothing)),
    }
    for fault, right in faults.items():
        if not right:
            msg = f"{where} {fault}"
            raise AssertionError(msg)


def _is_variable(x: Any) -> bool:
    return isinstance(x, np.ndarray) and x.dtype.kind == "f"


def _frozen(x: Any, dtype: Any) -> Any:
    """A float array in the type `dtype`, read-only; anything else as it is."""
    if isinstance(x, (float, np.floating)) or getattr(x, "dtype", np.dtype(int)).kind == "f":
        x = np.array(x, dtype)
        x.flags.writeable = False
    return x
