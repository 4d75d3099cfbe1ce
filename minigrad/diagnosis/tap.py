"""Taps: what a loop computes at each step, noted during a check and ignored otherwise."""

from __future__ import annotations

import operator
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import numpy as np

from minigrad.check.arrays import as_array
from minigrad.diagnosis.observed import Array

Taps = dict[str, dict[int, Array]]
_TAPS: ContextVar[Taps | None] = ContextVar("minigrad taps", default=None)


def tap(name: str, t: int, value: Any) -> Any:
    """Note what a derivation by hand has at time step t; outside of a check this does nothing.

    One line inside the loop, such as `tap("dh", t, dh)`, lets the report show the first step that is
    wrong. Steps may be counted from 0 or from 1.

    Args:
        name: "dh" for ∂L/∂h(t), "da" for ∂L/∂a(t) of what the activation is applied to, "dy" for that of
            the output before its softmax; the state and the output may be tapped as "h" and "o".
        t: the time step.
        value: the array, copied.

    Returns:
        The value.

    Example:
        >>> dh = np.zeros(3)
        >>> tap("dh", 2, dh) is dh
        True
    """
    taps = _TAPS.get()
    if taps is not None:
        taps.setdefault(name, {})[operator.index(t)] = np.array(as_array(value))
    return value


@contextmanager
def collecting() -> Iterator[Taps]:
    """Collect what is tapped inside of it.

    Example:
        >>> with collecting() as taps:
        ...     _ = tap("dh", 1, [0.5])
        >>> taps["dh"][1].tolist()
        [0.5]
    """
    taps: Taps = {}
    token = _TAPS.set(taps)
    try:
        yield taps
    finally:
        _TAPS.reset(token)


def by_step(taps: Taps, steps: int) -> Taps:
    """The taps with steps counted from 1, whichever way the loop counts them.

    Args:
        taps: as collected.
        steps: T; a loop that has tapped step T counts from 1.

    Example:
        >>> list(by_step({"dh": {1: np.zeros(2), 0: np.zeros(2)}}, 2)["dh"])
        [1, 2]
    """
    counted = {t for name in taps for t in taps[name]}
    first = 1 if not counted or (min(counted) > 0 and steps in counted) else 0
    return {
        name: {t + 1 - first: taps[name][t] for t in sorted(taps[name]) if 0 <= t - first < steps}
        for name in taps
    }
