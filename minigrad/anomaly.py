"""Stopping at the first number that is not finite, in the values or in the gradients."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextvars import ContextVar, Token
from pathlib import Path
from types import FrameType
from typing import Any

import numpy as np

from minigrad.message import call_text, describe
from minigrad.scope import SCOPE

Lines = dict[int, str]
"""Where nodes were made, `file:line`, by their creation counters."""

ANOMALY: ContextVar[Lines | None] = ContextVar("minigrad anomaly", default=None)
"""The lines of the nodes made so far where one looks for anomalies, elsewhere None."""

_LIBRARIES = tuple(f"{Path(file).parent}{os.sep}" for file in (__file__, np.__file__))


class Anomaly:
    """A context in which the first NaN or infinity raises, in a value or in a contribution to a gradient.

    The message names the op, the node, the time step, the line of the user's code that made the node,
    and the ranges of what the op was applied to. Within a recorded gradient what counts is the result of
    a rule, not its intermediate values, which a zero cotangent may overrule. The context holds for one
    thread; other threads see it if they run in a copy of its `contextvars` context.

    Raises:
        FloatingPointError: inside, at the first number that is not finite.

    Example:
        >>> import minigrad as mg
        >>> with Anomaly(), np.errstate(divide="ignore"):
        ...     np.log(mg.Tensor([1.0, 0.0], name="p"))  # doctest: +ELLIPSIS
        Traceback (most recent call last):
            ...
        FloatingPointError: 1 of 2 numbers not finite (1 -inf) in the value of Log() of x = p of shape (2,)...
    """

    __slots__ = ("_tokens",)

    def __init__(self) -> None:
        self._tokens: list[Token[Lines | None]] = []

    def __enter__(self) -> None:
        lines = ANOMALY.get()
        self._tokens.append(ANOMALY.set({} if lines is None else lines))

    def __exit__(self, *exception: object) -> None:
        ANOMALY.reset(self._tokens.pop())


anomaly = Anomaly


def check_value(node: Any, lines: Lines) -> None:
    """Note where `node` was made, and raise if its value is not finite."""
    lines[node.order] = _user_line(sys._getframe(1))  # noqa: SLF001  # there is no public way to the caller
    if SCOPE.get().of is None and not np.all(np.isfinite(node.array)):
        msg = f"{_not_finite(node.array)} in the value of {_origin(node, lines)}"
        raise FloatingPointError(msg)


def check_contributions(
    node: Any, positions: Sequence[int], G: Any, found: Sequence[Any], lines: Lines
) -> None:
    """Raise if one of the contributions `found` of the edges that enter `node` is not finite."""
    for i, g in zip(positions, found, strict=True):
        array = getattr(g, "array", g)
        if g is not None and not np.all(np.isfinite(array)):
            msg = (
                f"{_not_finite(array)} in the gradient that bprop_{node.op.argument(i)} returns for "
                f"{_origin(node, lines)}; G = ∂L/∂y {_range(getattr(G, 'array', G))}"
            )
            raise FloatingPointError(msg)


def check_sum(x: Any, total: Any) -> None:
    """Raise if the contributions to ∂L/∂x, each finite, add up to more than the type can hold."""
    array = getattr(total, "array", total)
    if not np.all(np.isfinite(array)):
        msg = f"{_not_finite(array)} in the gradient of {describe(x)}, a sum of finite contributions"
        raise FloatingPointError(msg)


def _origin(node: Any, lines: Lines) -> str:
    """Name, op, operands, shapes, step, source line and input ranges of a node."""
    name = f"{describe(node)} = " if node.name else ""
    made = lines.get(node.order, "a place outside of anomaly()")
    ranges = ", ".join(f"{node.op.argument(i)} {_range(x)}" for i, x in enumerate(node.values))
    return f"{name}{call_text(node.op, node.inputs, node.step)}, made at {made}, where {ranges}"


def _not_finite(array: Any) -> str:
    """How many numbers of an array are not finite, and what they are."""
    return f"{np.count_nonzero(~np.isfinite(array))} of {np.size(array)} numbers not finite ({_kinds(array)})"


def _range(value: Any) -> str:
    """The range of the finite numbers of an operand, and how many others there are."""
    array = np.asarray(value, float)
    finite = array[np.isfinite(array)]
    inside = f"in [{finite.min():.4g}, {finite.max():.4g}]" if finite.size else "has no finite number"
    others = _kinds(array)
    return f"{inside} and {others}" if others else inside


def _kinds(array: Any) -> str:
    found = (("nan", np.isnan(array)), ("inf", np.isposinf(array)), ("-inf", np.isneginf(array)))
    return ", ".join(f"{np.count_nonzero(there)} {kind}" for kind, there in found if np.any(there))


def _user_line(frame: FrameType | None) -> str:
    """The line that is being executed in the innermost frame that belongs neither to us nor to NumPy."""
    while frame is not None and frame.f_code.co_filename.startswith(_LIBRARIES):
        frame = frame.f_back
    return "an unknown place" if frame is None else f"{frame.f_code.co_filename}:{frame.f_lineno}"
