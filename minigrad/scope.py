"""Where in time, and for which edge of back-propagation, a node is made."""

from __future__ import annotations

import operator
from contextvars import ContextVar, Token
from typing import Any, NamedTuple


class Scope(NamedTuple):
    """What every node made in the same place has in common.

    Attributes:
        step: the time step, t = 1 … τ as in the books; None outside of time.
        axis: the name of the time axis.
        of: for a node made while a rule runs on tensors, the forward node that it differentiates and
            the position of the edge; the position is None where contributions are added up.
    """

    step: int | None = None
    axis: str = "t"
    of: tuple[Any, int | None] | None = None


_OUTSIDE = Scope()
SCOPE: ContextVar[Scope] = ContextVar("minigrad scope", default=_OUTSIDE)

DIFFERENTIATING: ContextVar[bool] = ContextVar("minigrad differentiating", default=False)
"""Whether a function is running whose derivative was asked for, so that nothing may leave the graph."""


class TimeStep:
    """A context in which every node made carries `.step == t`.

    Args:
        t: the time step.
        axis: the name of the time axis; a second sequence in the same graph takes another.

    Raises:
        TypeError: if `t` is no integer.

    Example:
        >>> import minigrad as mg
        >>> with mg.time_step(3):
        ...     h = mg.Tensor([1.0], name="h")
        >>> h.step
        3
    """

    __slots__ = ("_scope", "_tokens")

    def __init__(self, t: int, axis: str = "t") -> None:
        try:
            self._scope = Scope(operator.index(t), axis)
        except TypeError as error:
            msg = f"time_step was given {t!r} of type {type(t).__name__}; a step is an integer"
            raise TypeError(msg) from error
        self._tokens: list[Token[Scope]] = []

    def __enter__(self) -> int | None:
        self._tokens.append(SCOPE.set(self._scope))
        return self._scope.step

    def __exit__(self, *exception: object) -> None:
        SCOPE.reset(self._tokens.pop())


time_step = TimeStep
