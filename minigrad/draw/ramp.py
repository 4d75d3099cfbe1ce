"""The ramp of colours that gradient norms are drawn in."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

COLOURS = 9


@dataclass(frozen=True)
class Ramp:
    """Nine colours over a range of norms, in equal parts of their logarithm.

    Attributes:
        low: the decimal logarithm of the smallest norm.
        high: that of the largest.
    """

    low: float
    high: float

    @classmethod
    def of(cls, norms: Iterable[float]) -> Ramp | None:
        """The ramp over all norms that are finite and not zero; None if there is none.

        Example:
            >>> Ramp.of([1e-4, 0.0, 10.0]), Ramp.of([0.0])
            (Ramp(low=-4.0, high=1.0), None)
        """
        logs = [math.log10(norm) for norm in norms if 0.0 < norm < math.inf]
        if not logs:
            return None
        low, high = min(logs), max(logs)
        # Norms that are nearly equal shall not look like a wide range.
        spread = max(1.0 - (high - low), 0.0) / 2
        return cls(low - spread, high + spread)

    def fill(self, norm: float) -> int | None:
        """The place of a norm on the ramp, 0 … 8; None for zero and for what is not finite."""
        if not 0.0 < norm < math.inf:
            return None
        place = (math.log10(norm) - self.low) / (self.high - self.low)
        return min(int(place * COLOURS), COLOURS - 1) if place > 0 else 0

    def width(self, norm: float) -> float:
        """How wide the line of a contribution is, from 1 to 2.2 points."""
        place = self.fill(norm)
        return 1.0 if place is None else 1.0 + 1.2 * place / (COLOURS - 1)

    def ticks(self) -> tuple[float, ...]:
        """The norms at the borders of the colours."""
        return tuple(10.0 ** (self.low + (self.high - self.low) * k / COLOURS) for k in range(COLOURS + 1))
