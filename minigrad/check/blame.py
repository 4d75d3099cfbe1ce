"""What a wrong gradient is to the right one: a factor, the sign, the transpose, a sum that is missing."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
EXACT = 1e-5
_SMALL = 12


def blame(given: Array, right: Array) -> str:
    """A clause that tells one from the other exactly, or nothing.

    Args:
        given: the gradient that is wrong.
        right: the right one, of the same shape.

    Example:
        >>> blame(np.array([2.0, -4.0]), np.array([1.0, -2.0]))
        'it is 2 times the right one'
    """
    if given.size == 0 or not np.all(np.isfinite(given)) or not np.all(np.isfinite(right)):
        return ""
    if not np.any(given):
        return "it is zero everywhere"
    if not np.any(right):
        return "the right one is zero everywhere"
    return _factor(given, right) or _arrangement(given, right)


def _factor(given: Array, right: Array) -> str:
    scale = float(np.max(np.abs(right)))
    factor = float(np.sum(given * right) / np.sum(right * right))
    if not _alike(given, factor * right, abs(factor) * scale):
        return ""
    if abs(factor + 1) < EXACT:
        return "it has the opposite sign"
    return f"it is {_named(factor)} times the right one"


def _arrangement(given: Array, right: Array) -> str:
    scale = float(np.max(np.abs(right)))
    if right.ndim > 1 and given.shape == right.shape[::-1] and _alike(given, right.T, scale):
        return "it is the transpose of the right one"
    if given.size > 1 and np.ptp(given) <= EXACT * scale:
        return "all of its entries are equal: a sum or mean stands in the place of the entries"
    return ""


def missing_sum(shape: tuple[int, ...], wanted: tuple[int, ...]) -> str:
    """Which axes of a contribution were to be added up, if it only has too many entries.

    Example:
        >>> missing_sum((2, 3), (2, 1))
        '; add it up over axis 1, along which the input was broadcast'
    """
    try:
        fits = np.broadcast_shapes(shape, wanted) == shape
    except ValueError:
        return ""
    padded = (1,) * (len(shape) - len(wanted)) + wanted
    axes = [
        i
        for i, (n, m) in enumerate(zip(shape, padded, strict=False))
        if i < len(shape) - len(wanted) or n != m
    ]
    if not fits or not axes:
        return ""
    word = "axis" if len(axes) == 1 else "axes"
    return f"; add it up over {word} {', '.join(map(str, axes))}, along which the input was broadcast"


def _alike(a: Array, b: Array, scale: float) -> bool:
    return bool(np.max(np.abs(a - b)) <= EXACT * scale)


def _named(factor: float) -> str:
    """A factor as a small fraction, where it is one."""
    for below in range(1, _SMALL + 1):
        above = round(factor * below)
        if abs(above / below - factor) < EXACT * abs(factor):
            return f"{above}/{below}" if below > 1 else str(above)
    return f"{factor:.7g}"
