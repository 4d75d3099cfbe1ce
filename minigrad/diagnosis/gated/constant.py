"""Constant factors: which of the sizes of the problems they are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import isclose
from typing import TypeAlias

import numpy as np

from minigrad.diagnosis.gated.scene import EXACT, Scene, difference
from minigrad.diagnosis.observed import Array

Sizes: TypeAlias = dict[str, int]

_FORMS: tuple[tuple[str, Callable[[Sizes], float]], ...] = (
    ("1", lambda _s: 1.0),
    ("2", lambda _s: 2.0),
    ("½", lambda _s: 0.5),
    ("1/T", lambda s: 1 / s["T"]),
    ("T", lambda s: s["T"]),
    ("1/B", lambda s: 1 / s["B"]),
    ("B", lambda s: s["B"]),
    ("1/(T·B)", lambda s: 1 / (s["T"] * s["B"])),
    ("T·B", lambda s: s["T"] * s["B"]),
    ("1/O", lambda s: 1 / max(s["O"], 1)),
    ("O", lambda s: max(s["O"], 1)),
    ("2/O", lambda s: 2 / max(s["O"], 1)),
    ("O/2", lambda s: max(s["O"], 1) / 2),
    ("1/(B·O)", lambda s: 1 / (s["B"] * max(s["O"], 1))),
    ("B·O", lambda s: s["B"] * max(s["O"], 1)),
    ("1/(T·O)", lambda s: 1 / (s["T"] * max(s["O"], 1))),
    ("T·O", lambda s: s["T"] * max(s["O"], 1)),
    ("2/T", lambda s: 2 / s["T"]),
    ("2/B", lambda s: 2 / s["B"]),
    ("T/2", lambda s: s["T"] / 2),
    ("1/H", lambda s: 1 / s["H"]),
    ("H", lambda s: s["H"]),
    ("1/D", lambda s: 1 / s["D"]),
    ("D", lambda s: s["D"]),
    ("1/(T − 1)", lambda s: 1 / max(s["T"] - 1, 1)),
    ("T − 1", lambda s: max(s["T"] - 1, 1)),
)
_CLOSE = 1e-7


def fitted(given: Array, guess: Array) -> float | None:
    """The c with given = c · guess to 1e-8, if there is one other than 0.

    Example:
        >>> fitted(np.array([2.0, 4.0]), np.array([1.0, 2.0]))
        2.0
    """
    if given.shape != guess.shape:
        return None
    square = float(np.vdot(guess, guess))
    if not square > 0 or not np.isfinite(square):
        return None
    c = float(np.vdot(guess, given)) / square
    return c if c != 0 and np.isfinite(c) and difference(given, c * guess) <= EXACT else None


def named(scenes: Sequence[Scene], factors: Sequence[float]) -> tuple[str, ...]:
    """What a factor may be, most probable first; nothing if no form fits every problem.

    Args:
        scenes: the problems.
        factors: the factor found on each.

    Returns:
        Words such as "1/T"; a number where the factor is the same everywhere and no size.
    """
    found = [
        _minus(f) + name for name, form in _FORMS for f in (1.0, -1.0) if _fits(scenes, factors, form, f)
    ]
    if not found and all(isclose(c, factors[0], rel_tol=_CLOSE) for c in factors):
        return (f"{factors[0]:.6g}",)
    return tuple(found)


def _minus(sign: float) -> str:
    return "−" if sign < 0 else ""


def _fits(
    scenes: Sequence[Scene], factors: Sequence[float], form: Callable[[Sizes], float], sign: float
) -> bool:
    return all(isclose(sign * form(s.sizes), c, rel_tol=_CLOSE) for s, c in zip(scenes, factors, strict=True))
