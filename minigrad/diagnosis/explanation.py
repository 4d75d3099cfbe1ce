"""All about the gradient of one parameter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from minigrad.diagnosis import display, page
from minigrad.diagnosis.finding import Finding
from minigrad.diagnosis.measure import Measured
from minigrad.diagnosis.observed import Array
from minigrad.diagnosis.trial import Trial
from minigrad.diagnosis.uses import uses

_SHOWN = 12


@dataclass(frozen=True)
class Contribution:
    """What one use of the parameter adds to the automatic gradient.

    Attributes:
        where: the consumer, in words.
        here: its part of the worst entry.
        largest: its largest |entry|.
    """

    where: str
    here: float
    largest: float


@dataclass(frozen=True, repr=False)
class Explanation:
    """The gradient of one parameter on the problem where it is furthest off; it prints.

    Attributes:
        row: the row of the report.
        about: the problem in a line.
        manual: the user's gradient, None if there is none.
        auto: the automatic one.
        contributions: what each use adds to the automatic one, in the order of use.
        findings: those that concern it.
    """

    row: Measured
    about: str
    manual: Array | None
    auto: Array
    contributions: tuple[Contribution, ...]
    findings: tuple[Finding, ...]

    def __repr__(self) -> str:
        return f"Explanation({self.row.name}: {self.row.verdict})"

    def __str__(self) -> str:
        return display.text(display.explanation(self))

    def __rich__(self) -> Any:
        return display.explanation(self)

    def _repr_html_(self) -> str:
        return page.explanation(self)


def explanation(row: Measured, trials: Sequence[Trial], findings: Sequence[Finding]) -> Explanation:
    """The explanation of a row of the report.

    Args:
        row: the row.
        trials: the problems that were run.
        findings: all of them.
    """
    trial = trials[row.problem]
    auto = trial.auto[row.name]
    index = row.index or tuple(int(i) for i in np.unravel_index(int(np.argmax(np.abs(auto))), auto.shape))
    parts = [
        Contribution(use.where, float(use.value[index]), float(np.max(np.abs(use.value))))
        for use in uses(trial, row.name)[:_SHOWN]
    ]
    # A finding about a state, "da" or "dh", is behind every parameter that is wrong.
    concerned = [
        f for f in findings if f.quantity == row.name or (not row.ok and f.quantity not in trial.leaves)
    ]
    return Explanation(row, trial.about, trial.manual.get(row.name), auto, tuple(parts), tuple(concerned))
