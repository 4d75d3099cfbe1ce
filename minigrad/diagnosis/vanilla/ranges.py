"""How far people let the gradient go back, and which steps they visit."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from minigrad.diagnosis.observed import Array
from minigrad.diagnosis.vanilla.option import Choice, Option
from minigrad.diagnosis.vanilla.recursion import REACH, VISIT
from minigrad.diagnosis.vanilla.scene import Scene

_LONGEST = 16
"""Truncations to fewer steps than this are tried."""

_CARRY = "add {Wh}ᵀ da(t+1) to dh(t) at every step but the last"


def reaches(scene: Scene) -> list[Choice]:
    """How far the edges h(t+1) → h(t) carry, right and then every other way; values are f(T) → (T, T)."""
    return [REACH, *_windows(scene.T), *_cuts()]


def _windows(T: int) -> Iterator[Choice]:
    fix = "let the loop over t go back to step 1"
    for k in range(1, min(T - 1, _LONGEST)):
        did = f"the gradient of each step's loss goes back {k} step{'s' * (k > 1)} only"
        option = Option("reach", f"window {k}", "truncated", did, fix, 1.0 + 0.01 * k)
        yield Choice(lambda T, k=k: np.subtract.outer(range(T), range(T)) <= k, (option,))
    fix = "carry dh over from each part to the one before"
    for k in range(2, min(T, _LONGEST)):
        option = Option(
            "reach", f"every {k}", "truncated", f"the path from h(t+1) is cut every {k} steps", fix, 1.1
        )
        yield Choice(lambda T, k=k: _open(T, (np.arange(T) + 1) % k != 0), (option,))


def _cuts() -> Iterator[Choice]:
    last = Option("reach", "last", "carry-missing", "the path from h(T) to h(T−1) is missing", _CARRY, 1.1)
    yield Choice(lambda T: _open(T, np.arange(T) != T - 2), (last,))
    first = Option("reach", "first", "carry-missing", "the path from h(2) to h(1) is missing", _CARRY, 1.1)
    yield Choice(lambda T: _open(T, np.arange(T) != 0), (first,))
    did = "only the path from h(T) to h(T−1) is there"
    alone = Option("reach", "alone", "carry-missing", did, _CARRY, 1.2)
    yield Choice(lambda T: _open(T, np.arange(T) == T - 2), (alone,))


def _open(T: int, steps: Array) -> Array:
    return np.broadcast_to(steps, (T, T))


def visits(scene: Scene) -> list[Choice]:
    """Which steps the loop visits, all and then other ranges; values are f(T) → (T,)."""
    fix = "let the loop over t go from T back to 1"
    did = "the loop stops before step 1: da(1) is missing"
    first = Option("visit", "first", "initial-state", did, fix, 1.0, step=1)
    last = Option("visit", "last", "skipped-step", "the loop begins at T−1: da(T) is missing", fix, 1.0)
    found = [
        VISIT,
        Choice(lambda T: np.arange(T) > 0, (first,)),
        Choice(lambda T: np.arange(T) < T - 1, (last,)),
    ]
    for k in range(1, scene.T - 1):
        did = f"the loop visits the last {k} step{'s' * (k > 1)} only"
        option = Option("visit", f"last {k}", "truncated", did, fix, 1.0)
        found.append(Choice(lambda T, k=k: np.arange(T) >= T - k, (option,)))
    return found
