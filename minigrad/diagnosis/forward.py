"""The forward pass under check, run on arrays for its value and on tensors for its graph."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from minigrad.diagnosis.calls import Called, ManualError, call, run
from minigrad.diagnosis.case import Case
from minigrad.tensor import Tensor

Function = Callable[..., Any]


class Recorded(NamedTuple):
    """A forward pass on tensors.

    Attributes:
        loss: the loss, a scalar node.
        leaves: parameters, and the arguments that gradients were given for, by name, before the run.
    """

    loss: Tensor
    leaves: dict[str, Tensor]


class UserForward:
    """Somebody's own forward(params, xs, h0, targets) -> loss.

    Args:
        function: NumPy code; a tuple that it returns may begin with the loss.
    """

    def __init__(self, function: Function) -> None:
        self.function = function

    def plain(self, case: Case) -> Called:
        """The loss on arrays, a float.

        Raises:
            ManualError: if it raises or gives no number.
        """
        called = call(self.function, "forward", case.arguments)
        return Called(number(called.value), called.changed)

    def recorded(self, case: Case, wanted: tuple[str, ...] = ()) -> Recorded:
        """The loss as a node.

        Args:
            case: the arguments.
            wanted: whether "xs" is a leaf, too.

        Raises:
            ManualError: if it raises, or the loss has left the graph.
        """
        params = {name: Tensor(array, name) for name, array in case.params.items()}
        leaves = dict(params)
        state = _states(case.h0, leaves)
        xs = case.xs
        if "xs" in wanted and _is_floats(xs) and "xs" not in leaves:
            xs = leaves["xs"] = Tensor(xs, "xs")
        before = {name: leaf.frozen() for name, leaf in leaves.items()}
        returned = run_forward(self.function, (params, xs, state, case.targets))
        return Recorded(_loss(returned), before)


def run_forward(forward: Function, arguments: tuple[Any, Any, Any, Any]) -> Any:
    """What the user's forward pass returns for tensors in the place of parameters and state.

    Raises:
        ManualError: if it raises.
    """
    return run(forward, "forward, on tensors,", arguments)


def number(returned: Any) -> float:
    """The loss as a number: what was returned, or the first number of a tuple.

    Raises:
        ManualError: if there is none.

    Example:
        >>> number((np.array([[2.5]]), {"cache": 1}))
        2.5
    """
    value = _scalar(returned)
    if value is None or isinstance(value, Tensor):
        shape = f" of shape {np.shape(returned)}" if isinstance(returned, np.ndarray) else ""
        msg = f"forward returned {type(returned).__name__}{shape}; wanted: the loss, one number"
        raise ManualError(msg)
    return float(np.reshape(value, ()))


def _loss(returned: Any) -> Tensor:
    value = _scalar(returned)
    if not isinstance(value, Tensor):
        given = "a plain number" if value is not None else type(returned).__name__
        msg = (
            f"forward, on tensors, returned {given}: the loss has left the graph, as with "
            "float(loss), loss.item() "
            "or an array that was filled with the values of tensors; return the loss itself"
        )
        raise ManualError(msg)
    return value


def _scalar(returned: Any) -> Any:
    """The first number in what was returned, None if there is none."""
    for value in returned if isinstance(returned, (tuple, list)) else [returned]:
        if isinstance(value, (Tensor, np.ndarray, np.generic, int, float)) and np.size(_values(value)) == 1:
            return value
    return None


def _values(x: Any) -> Any:
    return x.array if isinstance(x, Tensor) else x


def _states(h0: Any, leaves: dict[str, Tensor]) -> Any:
    """The initial state as leaves h0, and c0 of a pair."""
    if isinstance(h0, tuple):
        return tuple(_leaf(h, name, leaves) for h, name in zip(h0, ("h0", "c0"), strict=False))
    return _leaf(h0, "h0", leaves)


def _leaf(h: Any, name: str, leaves: dict[str, Tensor]) -> Any:
    if not _is_floats(h) or name in leaves:
        return h
    leaves[name] = Tensor(h, name)
    return leaves[name]


def _is_floats(x: Any) -> bool:
    return isinstance(x, np.ndarray) and x.dtype.kind == "f"


def differs(a: float, b: float) -> bool:
    """Whether two values of the same loss are further apart than rounding."""
    return not math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-12)
