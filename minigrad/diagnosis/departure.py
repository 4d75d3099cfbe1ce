"""The first difference, walking back in time: both numbers, and the edges that they come from."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from minigrad.diagnosis.measure import plain
from minigrad.diagnosis.observed import Array


class Pair(NamedTuple):
    """A number on both sides.

    Attributes:
        label: what it is: "da(2)[0]", "from y(2)".
        manual: the user's number; None where it can't be told.
        auto: the automatic number.
    """

    label: str
    manual: float | None
    auto: float

    @property
    def ratio(self) -> float | None:
        """manual / automatic; None where there is none."""
        if self.manual is None or not self.auto:
            return None
        return self.manual / self.auto


@dataclass(frozen=True)
class Departure:
    """Where the user's gradients of the states begin to differ, walking back from the last step.

    Attributes:
        quantity: "da", "dh" or "dy".
        step: the time step.
        last: T, the last time step.
        error: how far off it is there, relative to its largest entry.
        pairs: numbers on both sides, the worst entry first.
        told: how it is known: by what the user tapped, or solved from the gradients.
    """

    quantity: str
    step: int
    last: int
    error: float
    pairs: tuple[Pair, ...]
    told: str

    @property
    def title(self) -> str:
        """Where it is, in words."""
        if self.step == self.last:
            where = f"the last step, where walking back begins; T={self.last}"
        elif self.step == self.last - 1:
            where = f"t={self.last} is exact"
        else:
            where = f"t={self.last} … {self.step + 1} are exact"
        return f"{self.quantity} at t={self.step} ({where})"

    def differs(self, edge: str) -> bool:
        """Whether an edge, "from y" or "from h", brings another number; an unknown one may."""
        pair = next((pair for pair in self.pairs if pair.label.startswith(edge)), None)
        if pair is None:
            return edge == "from y" and self.quantity == "dy"
        return pair.manual is None or not math.isclose(pair.manual, pair.auto, rel_tol=1e-8, abs_tol=1e-14)

    def to_dict(self) -> dict[str, Any]:
        """The departure as JSON can hold it."""
        return {
            "quantity": self.quantity,
            "step": self.step,
            "last": self.last,
            "error": plain(self.error),
            "told": self.told,
            "pairs": [
                {"label": p.label, "manual": plain(p.manual), "auto": plain(p.auto), "ratio": plain(p.ratio)}
                for p in self.pairs
            ],
        }


def worst_entry(manual: Array, auto: Array) -> tuple[int, ...]:
    """Where two arrays of one shape differ most.

    Example:
        >>> worst_entry(np.array([[1.0, 5.0]]), np.array([[1.0, 2.0]]))
        (0, 1)
    """
    gap = np.abs(manual - auto)
    return tuple(int(i) for i in np.unravel_index(int(np.argmax(gap)), gap.shape))


def first_step(manual: Array, auto: Array, tolerance: float) -> int | None:
    """The first of the steps 1 … T, walking back, at which two arrays (T, …) differ; None if at none.

    Entries of which the manual side is NaN are not known.

    Example:
        >>> first_step(np.array([9.0, 9.0, 3.0]), np.array([1.0, 2.0, 3.0]), 1e-6)
        2
    """
    scale = float(np.max(np.abs(auto), initial=0.0)) or 1.0
    for t in range(len(auto), 0, -1):
        gap = np.abs(manual[t - 1] - auto[t - 1])
        if np.any(gap > tolerance * scale):
            return t
    return None
