"""The rows of a comparison, and what they come to."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from minigrad.check import display
from minigrad.check.quantity import Quantity
from minigrad.check.row import VERDICTS, Row, Tolerance

_SHOWN = 5


@dataclass(frozen=True, repr=False)
class Comparison:
    """What `compare` found; it prints as a table, in a notebook too.

    Attributes:
        rows: one for each quantity, in the order of the manual side.
        tolerance: the rtol and atol in force.
        skipped: the named automatic quantities that were neither required nor on the manual side.

    Example:
        >>> import minigrad as mg
        >>> found = mg.check.compare({"W": 1.0}, {"W": 2.0, "b": 0.0})
        >>> found.ok, [(row.name, row.verdict) for row in found.rows], found.worst.name
        (False, [('W', 'different'), ('b', 'missing')], 'b')
    """

    rows: tuple[Row, ...]
    tolerance: Tolerance
    skipped: tuple[Quantity, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether every quantity is equal, and there is one."""
        return bool(self.rows) and all(row.ok for row in self.rows)

    @property
    def worst(self) -> Row | None:
        """The row that is furthest off, by verdict and then in units of the tolerance."""
        return max(self.rows, key=lambda row: row.badness, default=None)

    def folded(self) -> Comparison:
        """The same with the rows of a name's time steps 1 … T as one, which shows the worst step.

        Step 0, the initial state, stays a row of its own.
        """
        groups: dict[Any, list[Row]] = {}
        for row in self.rows:
            key = row.name if row.step else (row.name, row.step)
            groups.setdefault(key, []).append(row)
        return replace(self, rows=tuple(_fold(group) for group in groups.values()))

    def counts(self) -> dict[str, int]:
        """How many quantities got each verdict, the mildest first; folded rows count their steps."""
        found = dict.fromkeys(VERDICTS, 0)
        for row in self.rows:
            found[row.verdict] += 1
        return {verdict: n for verdict, n in found.items() if n}

    @property
    def summary(self) -> str:
        """The outcome in a sentence."""
        rtol, atol = self.tolerance
        counts = ", ".join(f"{n} {verdict}" for verdict, n in self.counts().items())
        allowed = f"{rtol:g} of the largest entry" + (f" + {atol:g}" if atol else "")
        text = f"{counts} (tolerance: {allowed})" if self.rows else "nothing was compared"
        if self.skipped:
            text += f'; {len(self.skipped)} more automatic ones (require="all" compares them)'
        return text

    def to_dict(self) -> dict[str, Any]:
        """The comparison as JSON can hold it: NaN and infinities are the strings "nan", "inf", "-inf"."""
        return {
            "ok": self.ok,
            "rtol": self.tolerance.rtol,
            "atol": self.tolerance.atol,
            "counts": self.counts(),
            "rows": [_row_dict(row) for row in self.rows],
            "skipped": [{"name": q.name, "step": _plain(q.step)} for q in self.skipped],
        }

    def raise_if_different(self) -> None:
        """Do nothing if everything is equal.

        Raises:
            AssertionError: with the worst rows, if not, or if nothing was compared.
        """
        if self.ok:
            return
        bad = sorted((row for row in self.rows if not row.ok), key=lambda row: row.badness)[::-1]
        lines = [self.summary, *(f"  {row}" for row in bad[:_SHOWN])]
        if len(bad) > _SHOWN:
            lines.append(f"  … and {len(bad) - _SHOWN} more")
        raise AssertionError("\n".join(lines))

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __repr__(self) -> str:
        return f"Comparison({self.summary})"

    def __str__(self) -> str:
        return display.text(self.rows, self.summary)

    def __rich__(self) -> Any:
        return display.table(self.rows, self.summary)

    def _repr_html_(self) -> str:
        return display.html(self.rows, self.summary)


def _fold(rows: list[Row]) -> Row:
    """One row for the time steps of one name."""
    if not rows[0].step:
        return rows[0]
    worst = max(rows, key=lambda row: row.badness)
    sources = "; ".join(dict.fromkeys(row.source for row in rows if row.source))
    bad = sum(not row.ok for row in rows)
    note = f"{bad} of {len(rows)} steps" if bad else ""
    notes = "; ".join(part for part in (note, worst.note) if part)
    return replace(worst, source=sources, note=notes, folded=len(rows))


def _row_dict(row: Row) -> dict[str, Any]:
    return {
        "name": row.name,
        "step": _plain(row.step),
        "folded": row.folded,
        "source": row.source,
        "manual_shape": _plain(row.manual_shape),
        "auto_shape": _plain(row.auto_shape),
        "absolute": _plain(row.absolute),
        "relative": _plain(row.relative),
        "index": _plain(row.index),
        "manual": _plain(row.manual),
        "auto": _plain(row.auto),
        "verdict": row.verdict,
        "note": row.note,
    }


def _plain(x: Any) -> Any:
    """A value for JSON, which has neither tuples nor NaN."""
    if isinstance(x, tuple):
        return list(x)
    return str(x) if isinstance(x, float) and not math.isfinite(x) else x
