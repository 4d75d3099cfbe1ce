"""What is shown of an array: its entries where there are few, else its norm and a small heat map."""

from __future__ import annotations

from typing import Any

import numpy as np

from minigrad.draw.scene import Numbers
from minigrad.op import Array

MOST_ENTRIES = 8
MOST_CELLS = 12


def numbers(array: Array) -> Numbers:
    """The numbers to show of an array of any shape.

    Example:
        >>> numbers(np.array([[3.0, -4.0]]))
        Numbers(shape=(1, 2), entries=(3.0, -4.0), norm=5.0, low=-4.0, high=3.0, heat=())
    """
    x = np.asarray(array)
    if not x.size:
        return Numbers(x.shape, (), 0.0, 0.0, 0.0)
    if x.size <= MOST_ENTRIES:
        entries = tuple(x.ravel().tolist())
        bad = any(e != e for e in entries)  # noqa: PLR0124  # NaN alone differs from itself
        low, high = (np.nan, np.nan) if bad else (min(entries), max(entries))
        return Numbers(x.shape, entries, norm(x), low, high)
    return Numbers(x.shape, (), norm(x), float(x.min()), float(x.max()), _heat(x))


def norm(array: Array) -> float:
    """The Euclidean norm of all entries; infinite where their squares overflow."""
    with np.errstate(all="ignore"):
        return float(np.linalg.norm(np.ravel(array)))


def _heat(x: Array) -> tuple[tuple[float, ...], ...]:
    """Means over at most 12 × 12 blocks, as parts of the largest |entry|."""
    with np.errstate(all="ignore"):
        matrix = x.reshape(-1, x.shape[-1]) if x.ndim > 1 else x[None]
        largest = float(np.max(np.abs(matrix)))
        if not np.isfinite(largest) or not largest:
            return ()
        means: Any = _blocks(_blocks(matrix / largest, 0), 1)
    return tuple(map(tuple, np.clip(means, -1.0, 1.0).tolist()))


def _blocks(matrix: Array, axis: int) -> Array:
    """Means over at most 12 runs of rows or columns."""
    length = matrix.shape[axis]
    if length <= MOST_CELLS:
        return matrix
    edges = np.arange(MOST_CELLS) * length // MOST_CELLS
    widths = np.diff(np.append(edges, length)).reshape((-1, 1) if axis == 0 else (1, -1))
    return np.add.reduceat(matrix, edges, axis) / widths


def short(value: float) -> str:
    """A number in three digits.

    Example:
        >>> short(0.012345), short(12.0), short(1234567.0), short(0.0), short(float("nan"))
        ('0.0123', '12', '1.23e6', '0', 'NaN')
    """
    if value != value:  # noqa: PLR0124  # NaN alone differs from itself
        return "NaN"
    if abs(value) == np.inf:
        return "∞" if value > 0 else "−∞"
    digits, _, exponent = f"{value:.3g}".partition("e")
    text = f"{digits}e{int(exponent)}" if exponent else digits
    return text.replace("-", "−")
