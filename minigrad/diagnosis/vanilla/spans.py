"""Which steps people leave out of the sum of a gradient, or count more than once."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from minigrad.diagnosis.vanilla.option import Choice
from minigrad.diagnosis.vanilla.scene import Scene
from minigrad.diagnosis.vanilla.sums import option


def spans(scene: Scene, role: str) -> list[Choice]:
    """Which steps are summed; values are f(T) → (T,)."""
    return [*_ends(scene.T, role), *_again(role)] + [
        c for k in range(1, scene.T - 1) for c in _inner(scene.T, role, k)
    ]


def _ends(T: int, role: str) -> Iterator[Choice]:
    first, last = f"d{{{role}}} lacks the term of step 1", f"d{{{role}}} lacks the term of the last step"
    yield Choice(lambda T: np.arange(T) > 0, (option(role, "first", "initial-state", first, 1.0, 1),))
    yield Choice(lambda T: np.arange(T) < T - 1, (option(role, "last", "skipped-step", last, 1.0, T),))
    alone = option(role, "only first", "overwritten", _lost(role, 1), 1.0)
    yield Choice(lambda T: np.arange(T) == 0, (alone,))
    alone = option(role, "only last", "overwritten", _lost(role, T), 1.0)
    yield Choice(lambda T: np.arange(T) == T - 1, (alone,))


def _lost(role: str, step: int) -> str:
    return f"d{{{role}}} is the term of step {step} alone: = stands for +="


def _inner(T: int, role: str, k: int) -> Iterator[Choice]:
    """The step at index k, counted from the first or from the last, left out, or the sum cut there."""
    back, lacks = T - 1 - k, f"d{{{role}}} lacks the term of step {k + 1}"
    parts = (option(role, f"without {k}", "skipped-step", lacks, 1.1, k + 1),)
    yield Choice(lambda T: np.arange(T) != k, parts)
    parts = (option(role, f"without T−{back}", "skipped-step", f"{lacks} (T−{back})", 1.2, k + 1),)
    yield Choice(lambda T: np.arange(T) != T - 1 - back, parts)
    parts = (option(role, f"only {k}", "overwritten", _lost(role, k + 1), 1.3),)
    yield Choice(lambda T: np.arange(T) == k, parts)
    did = f"d{{{role}}} has the terms of the last {k + 1} steps only"
    parts = (option(role, f"last {k + 1}", "truncated", did, 1.2, T - 1 - k),)
    yield Choice(lambda T: np.arange(T) >= T - 1 - k, parts)
    did = f"d{{{role}}} has the terms of the first {k + 1} steps only"
    parts = (option(role, f"first {k + 1}", "truncated", did, 1.3),)
    yield Choice(lambda T: np.arange(T) <= k, parts)


def _again(role: str) -> Iterator[Choice]:
    did = (
        f"d{{{role}}} is added to itself at every step: each term counts once for every step visited after it"
    )
    yield Choice(lambda T: np.arange(T) + 1.0, (option(role, "again", "not-reset", did, 1.1),))
    yield Choice(lambda T: T - np.arange(T) * 1.0, (option(role, "again forwards", "not-reset", did, 1.2),))
