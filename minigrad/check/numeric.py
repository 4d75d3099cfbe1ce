"""Numerical slopes of a function of one number."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

import numpy as np

Line = Callable[[Any], Any]
"""s ↦ φ(x + s v): a function along a line, which is looked at near s = 0."""

TINY = 1e-30
STEPS = (1e-3, 1e-4, 1e-5)
_GOOD = 1e-9
_SAME = 0.1
_SIMILAR = (0.93, 0.84, 0.71, 0.6)
_CIRCLE = np.exp(2j * np.pi * np.arange(8) / 8)


class Slope(NamedTuple):
    """A numerical derivative, an estimate of its error, and the step that it was found with."""

    value: float
    error: float
    step: float = 0.0


def complex_step(line: Line) -> float:
    """Im φ(i h) / h with h = 1e-30: exact to rounding where φ is analytic (Squire and Trapp, 1998).

    Example:
        >>> complex_step(np.exp)
        1.0
    """
    with np.errstate(all="ignore"):
        return float(np.imag(line(1j * TINY)) / TINY)


def is_analytic(line: Line) -> bool:
    """Whether φ takes complex numbers and depends on s alone, not on its conjugate.

    On a small circle about 0 an analytic function has no negative frequency, and its mean is its value
    at 0. Functions that drop the imaginary part, such as |s|, do not pass, nor do those with a kink.

    Example:
        >>> is_analytic(np.tanh), is_analytic(np.abs), is_analytic(np.real)
        (True, False, False)
    """
    try:
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("error", np.exceptions.ComplexWarning)
            # A steep function needs the smaller circle.
            return any(_is_analytic_within(line, radius) for radius in STEPS)
    except Exception:  # noqa: BLE001  # a function may do anything to a complex number; then it is not analytic
        return False


def central_difference(line: Line, steps: Iterable[float] = STEPS) -> Slope:
    """The slope from values on both sides, with Richardson's extrapolation of two steps.

    Of the `steps` the first whose error is below 1e-9 of the slope is taken, or else the one of the
    smallest error relative to slope and value; NaN with an infinite error if there is no number at all.

    Example:
        >>> slope = central_difference(np.sin)
        >>> abs(slope.value - 1) < 1e-10, slope.error < 1e-6
        (True, True)
    """
    best = Slope(np.nan, np.inf)
    with np.errstate(all="ignore"):
        size = float(np.max(np.abs([line(0.0), line(STEPS[0]), line(-STEPS[0])]))) + TINY
    for h in steps:
        slope = _extrapolated(line, h)
        if best.error == np.inf or _uncertainty(slope, size) < _uncertainty(best, size):
            best = slope
        if best.error <= _GOOD * abs(best.value):
            break
    return best


def one_sided(line: Line, h: float = 1e-6) -> tuple[float, float]:
    """The slopes to the left and to the right, which differ at a kink.

    Example:
        >>> [round(slope, 6) for slope in one_sided(np.abs)]
        [-1.0, 1.0]
    """
    with np.errstate(all="ignore"):
        here = line(0.0)
        left, right = ((4 * line(s / 2) - line(s) - 3 * here) / s for s in (-h, h))
    return float(left), float(right)


def with_scatter(line: Line, slope: Slope) -> Slope:
    """A central difference whose error covers what similar steps give, so rounding cannot hide.

    Example:
        >>> slope = central_difference(np.sin)
        >>> with_scatter(np.sin, slope).error >= slope.error
        True
    """
    others = [_extrapolated(line, slope.step * part).value for part in _SIMILAR]
    scatter = 2 * float(np.max(np.abs(np.array(others) - slope.value)))
    return slope._replace(error=max(slope.error, scatter))


def jumps(line: Line, h: float = 1e-6) -> bool:
    """Whether φ is discontinuous at 0: nearer points are no nearer in value.

    Example:
        >>> jumps(np.sign), jumps(np.abs), jumps(np.sin)
        (True, False, False)
    """
    with np.errstate(all="ignore"):
        here = line(0.0)
        sides = [[line(s / n) - here for n in (1, 2, 4, 8)] for s in (h, -h)]
    seen = 1e-8 * abs(here)
    return any(
        abs(side[0]) > seen and all(abs(y - side[0]) < _SAME * abs(side[0]) for y in side) for side in sides
    )


def _uncertainty(slope: Slope, size: float) -> float:
    """The error beside the slope, or beside the value of φ where the slope is next to nothing."""
    return slope.error / (abs(slope.value) + size)


def _is_analytic_within(line: Line, radius: float) -> bool:
    middle = line(0j)
    y = np.array([line(radius * z) for z in _CIRCLE], dtype=complex)
    mean, slope, *_, c5, c6, c7 = np.fft.fft(y) / len(y)
    strange = np.max(np.abs([mean - middle, c5, c6, c7]))
    noise = 1e-13 * np.max(np.abs(y))
    # Where rounding hides the slope, it would hide a part that is not analytic, too.
    return bool(strange <= min(noise, 1e-3 * np.abs(slope)) + 1e-10 * np.abs(slope))


def _extrapolated(line: Line, h: float) -> Slope:
    with np.errstate(all="ignore"):
        ends = [line(s) for s in (h, -h, h / 2, -h / 2)]
        wide, narrow = (ends[0] - ends[1]) / (2 * h), (ends[2] - ends[3]) / h
        value = float(narrow + (narrow - wide) / 3)
        rounding = 4 * np.finfo(np.asarray(ends[0]).dtype).eps * np.max(np.abs(ends)) / h
        error = float(abs(narrow - wide) + rounding)
    return Slope(value, error, h) if np.isfinite(value) else Slope(np.nan, np.inf, h)
