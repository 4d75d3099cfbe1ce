"""Where a sequence repeats itself."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

LONGEST_PERIOD = 12
REPEATS = 3
"""How often a period of more than one item must be seen to count as one."""


@dataclass(frozen=True)
class Run:
    """Items start … stop − 1 repeat with a period of so many items, which take `stride` steps."""

    start: int
    stop: int
    period: int
    stride: int


def repeated(keys: Sequence[Hashable], steps: Sequence[int], most: int) -> Run | None:
    """The items of a sequence that repeat, or None if the rest is too much to be its ends.

    Args:
        keys: equal for items that are the same.
        steps: where each item is, ascending.
        most: how many items before and after may differ; not more than a third of all either.

    Example:
        >>> repeated("baaaa", range(5), 2)
        Run(start=1, stop=5, period=1, stride=1)
        >>> repeated("abababab", range(8), 2).period, repeated("aaabbb", range(6), 2)
        (2, None)
    """
    n = len(keys)
    allowed = min(most, n // 3)
    for period in range(1, min(LONGEST_PERIOD, max(1, n // REPEATS)) + 1):
        run = longest(keys, steps, period)
        enough = run.stop - run.start >= (1 if period == 1 else REPEATS * period)
        if enough and run.start <= allowed and n - run.stop <= allowed:
            return run
    return None


def longest(keys: Sequence[Hashable], steps: Sequence[int], period: int) -> Run:
    """The longest run of items that equal those `period` before them, at a constant distance in steps.

    Of equally long ones the first; without any, the first `period` items.
    """
    best = Run(0, min(period, len(keys)), period, 1)
    start, stride = 0, 0
    for i in range(period, len(keys)):
        distance = steps[i] - steps[i - period]
        if keys[i] != keys[i - period]:
            start, stride = i - period + 1, 0
        elif distance != stride:
            start, stride = i - period, distance
        if stride and i + 1 - start > best.stop - best.start:
            best = Run(start, i + 1, period, stride)
    return best
