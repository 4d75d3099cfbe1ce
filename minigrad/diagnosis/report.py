"""The report of a check: what was run, what is right, what is wrong, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from minigrad.diagnosis import display, page
from minigrad.diagnosis.departure import Departure
from minigrad.diagnosis.explanation import Explanation, explanation
from minigrad.diagnosis.finding import Finding
from minigrad.diagnosis.measure import Measured
from minigrad.diagnosis.trial import Trial


@dataclass(frozen=True, repr=False)
class Report:
    """What a check found; it prints as text, in a terminal, in a notebook, as a page.

    Attributes:
        rows: one for each parameter.
        findings: the mistakes, what disturbs the comparison first.
        problem: what was run: sizes, layout, seed.
        facts: what was checked beside the gradients and is in order.
        notes: what is worth knowing and no mistake.
        right: what is right, and what follows from that.
        departure: the first difference, walking back in time, where it can be told.
        trials: the problems that were run.

    Example:
        >>> import numpy as np
        >>> from minigrad import Tensor
        >>> from minigrad.diagnosis.judge import judge
        >>> W = Tensor([1.0, 2.0], "W")
        >>> report = judge([Trial((W * W).sum(), {"W": W}, {"W": np.array([0.0, 0.0])})])
        >>> report.ok, [finding.kind for finding in report.findings]
        (False, ['zero'])
    """

    rows: tuple[Measured, ...]
    findings: tuple[Finding, ...] = ()
    problem: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    right: tuple[str, ...] = ()
    departure: Departure | None = None
    trials: Sequence[Trial] = field(default=(), compare=False)

    @property
    def ok(self) -> bool:
        """Whether every gradient is right, and nothing was found."""
        return bool(self.rows) and all(row.ok for row in self.rows) and not self.findings

    @property
    def summary(self) -> str:
        """The outcome in a sentence."""
        if not self.rows:
            return "Nothing was compared."
        wrong = [row.name for row in self.rows if not row.ok]
        if not wrong:
            all_right = (
                "The gradient is right"
                if len(self.rows) == 1
                else f"All {len(self.rows)} gradients are right"
            )
            return f"{all_right}." if self.ok else f"{all_right}, but something is wrong with the call."
        count = f"{len(wrong)} of {len(self.rows)} gradients" if len(self.rows) > 1 else "The gradient"
        verb = "are" if len(wrong) > 1 else "is"
        what = "missing" if all(row.verdict == "absent" for row in self.rows if not row.ok) else "wrong"
        return f"{count} {verb} {what}: {display.listed(wrong)}."

    def explain(self, name: str) -> Explanation:
        """All about one parameter: both gradients, the worst entry, the contributions, the finding.

        Args:
            name: the user's name of the parameter.

        Raises:
            KeyError: if there is no such parameter.
        """
        found = next((row for row in self.rows if row.name == name), None)
        if found is None:
            names = ", ".join(row.name for row in self.rows)
            msg = f"no gradient {name!r} was compared; there are: {names}"
            raise KeyError(msg)
        return explanation(found, self.trials, self.findings)

    def to_dict(self) -> dict[str, Any]:
        """The report as JSON can hold it."""
        return {
            "ok": self.ok,
            "summary": self.summary,
            "problem": list(self.problem),
            "facts": list(self.facts),
            "notes": list(self.notes),
            "rows": [row.to_dict() for row in self.rows],
            "right": list(self.right),
            "departure": self.departure.to_dict() if self.departure else None,
            "findings": [finding.to_dict() for finding in self.findings],
        }

    def to_html(self) -> str:
        """The report as a page of its own, which needs no other file."""
        return page.page(self)

    def raise_if_wrong(self) -> None:
        """Do nothing if everything is right.

        Raises:
            AssertionError: with the report, if not.
        """
        if not self.ok:
            raise AssertionError(str(self))

    def __repr__(self) -> str:
        return f"Report({self.summary})"

    def __str__(self) -> str:
        return display.text(display.report(self))

    def __rich__(self) -> Any:
        return display.report(self)

    def _repr_html_(self) -> str:
        return page.fragment(self)
