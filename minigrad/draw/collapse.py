"""Which time steps of a long run are left out of its picture."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from minigrad.tensor import Tensor

FIRST, LAST, MOST = 3, 2, 12


@dataclass(frozen=True)
class Gap:
    """The steps from `first` to `last`, of which there are `count`."""

    first: int
    last: int
    count: int

    @property
    def heading(self) -> str:
        """What is written where they would stand."""
        return heading(self.count)


def heading(count: int) -> str:
    """What is written where `count` steps are left out."""
    return f"⋯ ({count} step{'s' if count > 1 else ''})"


def gaps(nodes: Iterable[Tensor], collapse: bool | None) -> dict[str, Gap]:  # noqa: FBT001  # it is an option of draw
    """The steps to leave out, by time axis: all but the first three and the last two.

    Args:
        nodes: a graph.
        collapse: None to leave steps out where there are more than 12 above 0, True where there are more
            than 5, False never.

    Example:
        >>> from minigrad.scope import time_step
        >>> def node(t):
        ...     with time_step(t):
        ...         return Tensor(1.0)
        >>> gaps([node(t) for t in range(21)], None)["t"].heading
        '⋯ (15 steps)'
    """
    if collapse is False:
        return {}
    found: dict[str, set[int]] = {}
    for scope in {node.scope[:2] for node in nodes}:
        step, axis = scope
        if step is not None and step > 0:
            found.setdefault(axis, set()).add(step)
    most = FIRST + LAST if collapse else MOST
    return {axis: _gap(sorted(steps)) for axis, steps in found.items() if len(steps) > most}


def _gap(steps: list[int]) -> Gap:
    omitted = steps[FIRST:-LAST]
    return Gap(omitted[0], omitted[-1], len(omitted))
