"""A constant factor between two arrays, and its name in the sizes of the problem."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

import numpy as np

from minigrad.diagnosis.observed import Array

EXACT = 1e-8
_LETTERS = "TBOHD"
_NUMBERS = {1.0: "1", 2.0: "2", 0.5: "½", 3.0: "3", 4.0: "4", 0.25: "¼", 10.0: "10", 0.1: "0.1"}


class Ratio(NamedTuple):
    """The factor c that brings an array nearest to another.

    Attributes:
        factor: c = ⟨m, a⟩ / ⟨a, a⟩; NaN if a is zero.
        residual: the largest |m - c a| over the largest |m|, 0 if m is zero.
    """

    factor: float
    residual: float

    @property
    def exact(self) -> bool:
        """Whether m is c a, and neither is zero."""
        return bool(self.residual <= EXACT and abs(self.factor) > 0)


def ratio(m: Array, a: Array) -> Ratio:
    """The factor between two arrays of one shape.

    Example:
        >>> ratio(np.array([2.0, 4.0]), np.array([1.0, 2.0]))
        Ratio(factor=2.0, residual=0.0)
    """
    with np.errstate(all="ignore"):
        norm = float(np.sum(a * a))
        if not norm > 0:
            return Ratio(float("nan"), float(np.any(m)))
        c = float(np.sum(m * a)) / norm
        scale = float(np.max(np.abs(m), initial=0.0))
        rest = float(np.max(np.abs(m - c * a), initial=0.0))
    return Ratio(c, rest / scale if scale else rest)


def factor_name(factors: Sequence[float], sizes: Sequence[Mapping[str, int]]) -> str | None:
    """What one factor per problem is in numbers and sizes: "2", "1/T", "T·B"; None if nothing fits.

    A factor that is the same number everywhere is called by that number.

    Args:
        factors: one for each problem.
        sizes: the sizes of each problem, by letter.

    Example:
        >>> factor_name([-0.25, -0.5], [{"T": 4, "B": 1}, {"T": 2, "B": 3}])
        '-1/T'
    """
    sign = "-" if factors[0] < 0 else ""
    wanted = [-c if sign else c for c in factors]
    for name, values in _candidates(sizes):
        if all(np.isclose(c, v, rtol=EXACT, atol=0) for c, v in zip(wanted, values, strict=True)):
            return sign + name
    same = all(np.isclose(c, factors[0], rtol=EXACT, atol=0) for c in factors)
    return f"{factors[0]:.6g}" if same else None


def _candidates(sizes: Sequence[Mapping[str, int]]) -> Iterator[tuple[str, list[float]]]:
    """Names and their values in each problem, the simplest first."""
    for number, text in _NUMBERS.items():
        yield text, [number for _ in sizes]
    known = [letter for letter in _LETTERS if all(letter in s for s in sizes)]
    for count in (1, 2, 3):
        for letters in combinations(known, count):
            values = [float(np.prod([s[letter] for letter in letters])) for s in sizes]
            text = "·".join(letters)
            below = f"({text})" if count > 1 else text
            yield text, values
            yield f"1/{below}", [1 / v for v in values]
            yield f"2·{text}", [2 * v for v in values]
            yield f"2/{below}", [2 / v for v in values]
            yield f"1/(2·{text})", [1 / (2 * v) for v in values]
