"""One gradient measured against the automatic one, on every problem that was run."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from minigrad.diagnosis.factor import EXACT, Ratio, ratio
from minigrad.diagnosis.observed import Array
from minigrad.diagnosis.trial import Trial, distance

VERDICTS = ("right", "wrong", "not finite", "shape", "absent")
RIGHT = 1e-6
CLOSE = 1e-9
SINGLE = 1e-3
"""What counts as right, what is right without a remark, and what counts as right in float32."""


@dataclass(frozen=True)
class Measured:
    """How far one gradient is off, on the first problem on which it is wrong.

    Attributes:
        name: the user's name of the parameter.
        verdict: one of `VERDICTS`.
        shape: of the parameter.
        given: the shape of the user's gradient, None if there is none.
        error: the largest |manual - automatic| over the largest |automatic| entry.
        ratio: the factor c = ⟨m, a⟩ / ⟨a, a⟩ and the residual after scaling.
        index: where the largest difference is.
        manual: the user's number there.
        auto: the automatic number there.
        problem: the number of the problem, from 0.
        shows: what the numbers show, in a few words each.
        single: whether the user's numbers are of single precision.
    """

    name: str
    verdict: str
    shape: tuple[int, ...]
    given: tuple[int, ...] | None = None
    error: float = 0.0
    ratio: Ratio | None = None
    index: tuple[int, ...] = ()
    manual: float | None = None
    auto: float | None = None
    problem: int = 0
    shows: tuple[str, ...] = ()
    single: bool = False

    @property
    def ok(self) -> bool:
        """Whether the gradient is right."""
        return self.verdict == "right"

    def to_dict(self) -> dict[str, Any]:
        """The row as JSON can hold it."""
        return {
            "name": self.name,
            "verdict": self.verdict,
            "shape": list(self.shape),
            "given": None if self.given is None else list(self.given),
            "error": plain(self.error),
            "factor": plain(self.ratio.factor) if self.ratio else None,
            "residual": plain(self.ratio.residual) if self.ratio else None,
            "index": list(self.index),
            "manual": plain(self.manual),
            "auto": plain(self.auto),
            "problem": self.problem,
            "shows": list(self.shows),
        }


def measure(name: str, trials: Sequence[Trial]) -> Measured:
    """The row of one parameter: the first problem on which it has its worst verdict.

    Example:
        >>> from minigrad import Tensor
        >>> W = Tensor([1.0, 2.0], "W")
        >>> measure("W", [Trial((W * W).sum(), {"W": W}, {"W": np.array([1.0, 2.0])})]).shows
        ('0.5 × the right one',)
    """
    rows = [_measured(name, trial, number) for number, trial in enumerate(trials)]
    worst = max(rows, key=lambda row: VERDICTS.index(row.verdict))
    return replace(worst, error=max(row.error for row in rows)) if worst.ok else worst


def _measured(name: str, trial: Trial, number: int) -> Measured:
    a = trial.auto[name]
    m = trial.manual.get(name)
    if m is None:
        return Measured(name, "absent", a.shape, problem=number, error=math.inf)
    single = m.dtype.itemsize < a.dtype.itemsize
    m = m.astype(np.float64)
    if m.shape != a.shape:
        turned = ("the transpose's shape",) if m.T.shape == a.shape and m.ndim > 1 else ()
        return Measured(
            name, "shape", a.shape, m.shape, math.inf, problem=number, shows=turned, single=single
        )
    if not (np.all(np.isfinite(m)) and np.all(np.isfinite(a))):
        sides = {"yours": m, "the automatic one": a}
        counts = {whose: int(np.sum(~np.isfinite(x))) for whose, x in sides.items()}
        shows = tuple(
            f"NaN or infinite in {n} of {m.size} entries of {whose}" for whose, n in counts.items() if n
        )
        return Measured(name, "not finite", a.shape, m.shape, math.inf, problem=number, shows=shows)
    error = distance(m, a)
    verdict = "right" if error <= (SINGLE if single else RIGHT) else "wrong"
    worst = tuple(int(i) for i in np.unravel_index(int(np.argmax(np.abs(m - a))), a.shape)) if a.size else ()
    return Measured(
        name,
        verdict,
        a.shape,
        m.shape,
        error,
        ratio(m, a),
        worst,
        float(m[worst]) if m.size else None,
        float(a[worst]) if a.size else None,
        number,
        () if verdict == "right" else tuple(_shows(m, a)),
        single,
    )


def _shows(m: Array, a: Array) -> list[str]:
    """What is to be seen in the numbers of a wrong gradient."""
    if not np.any(m):
        return ["exactly zero"]
    found = ratio(m, a)
    shown = []
    if found.exact:
        shown.append(
            "the opposite sign" if np.isclose(found.factor, -1) else f"{found.factor:.6g} × the right one"
        )
    if m.size > 1 and np.ptp(m) <= EXACT * np.max(np.abs(m)):
        shown.append("all entries equal")
    if m.ndim == 2 and m.shape[0] == m.shape[1] and distance(m.T, a) <= EXACT:  # noqa: PLR2004  # a matrix
        shown.append("the transpose")
    bound = np.max(np.abs(m))
    at_bound = int(np.sum(np.abs(m) == bound))
    if at_bound > 1 and distance(m, np.clip(a, -bound, bound)) <= EXACT:
        shown.append(f"{at_bound} entries at ±{bound:g}")
    return shown


def plain(x: float | None) -> float | str | None:
    """A number for JSON, which has no NaN."""
    return x if x is None or math.isfinite(x) else str(x)
