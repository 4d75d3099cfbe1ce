"""What the main job found, as tables for the terminal and as JSON."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Group
from rich.table import Table
from rich.text import Text as Line

from minigrad.bptt.job import TOLERANCE, Finding, Result
from minigrad.bptt.misprints import Misprint
from minigrad.bptt.names import PRODUCT
from minigrad.check.row import Row


def report(result: Result) -> Group:
    """Two tables and a summary, for rich to print."""
    head = (
        f"{result.chars} characters of {result.text.source}, alphabet of K = {len(result.text.alphabet)}, "
        f"H = {result.request.hidden}, seed {result.request.seed}, random h(0)"
    )
    wrote = [Line(f"Wrote {file}", no_wrap=True, overflow="ignore") for file in result.files]
    notes = [Line(note, style="dim") for note in result.notes]
    return Group(Line(head), agreement(result), verdict(result), Line(), slips(result), *wrote, *notes)


def agreement(result: Result) -> Table:
    """A row for each quantity of each closed form."""
    drawn = _table("Closed forms against back-propagation through the unrolled graph")
    drawn.add_column("quantity", no_wrap=True)
    drawn.add_column("source", ratio=1, overflow="fold")
    drawn.add_column("shape", no_wrap=True)
    drawn.add_column("max |Δ|", justify="right", no_wrap=True)
    drawn.add_column("relative", justify="right", no_wrap=True)
    drawn.add_column("worst at", no_wrap=True)
    drawn.add_column("verdict", max_width=16, overflow="fold")
    for finding in result.findings:
        drawn.add_row(*(Line(text, style="bold") for text in _heading(finding)))
        for row in finding.comparison.rows:
            drawn.add_row(*_cells(row))
        drawn.add_section()
    return drawn


def verdict(result: Result) -> Line:
    """The outcome in a sentence."""
    rows = [(f.case.form.replace("_", "-"), row) for f in result.findings for row in f.comparison.rows]
    bad = [(form, row) for form, row in rows if not row.ok]
    forms = f"{len(result.findings)} closed form{'s' if len(result.findings) > 1 else ''}"
    if bad:
        names = ", ".join(f"{form} {row.name}" for form, row in bad[:3])
        more = ", …" if len(bad) > 3 else ""  # noqa: PLR2004  # as many as fit
        text = f"{len(bad)} of {len(rows)} quantities of {forms} do NOT agree: {names}{more}."
        return Line(text, style="bold red")
    form, worst = max(rows, key=lambda item: item[1].relative or 0.0)
    text = f"All {len(rows)} quantities of {forms} agree to {TOLERANCE:g} relative"
    where = f"; furthest off: {form} {worst.name}, {worst.relative or 0.0:.1e}."
    return Line(text + where, style="bold green")


def slips(result: Result) -> Table:
    """What the sources print, what is right, and how far apart they are on this run."""
    drawn = _table("Printed slips of the sources, on this run")
    drawn.add_column("where", max_width=10, overflow="fold")
    drawn.add_column("printed form, right form", ratio=1, overflow="fold")
    drawn.add_column("abs. off", justify="right", no_wrap=True)
    drawn.add_column("rel. off", justify="right", no_wrap=True)
    for found in result.slips:
        drawn.add_row(found.slip.where, _forms(found), _number(found.absolute), _number(found.relative))
        drawn.add_section()
    return drawn


def as_json(result: Result) -> str:
    """The same as JSON; NaN and infinities are the strings "nan", "inf" and "-inf"."""
    tables = {
        "ok": result.ok,
        "tolerance": TOLERANCE,
        "text": result.text.source,
        "chars": result.chars,
        "alphabet": result.text.alphabet,
        "hidden": result.request.hidden,
        "seed": result.request.seed,
        "convention": result.request.convention,
        "forms": [_finding_dict(finding) for finding in result.findings],
        "slips": [_slip_dict(found) for found in result.slips],
        "files": result.files,
        "notes": result.notes,
    }
    return json.dumps(tables, allow_nan=False, indent=2)


def _table(title: str) -> Table:
    return Table(
        title=title, box=SIMPLE_HEAD, expand=True, pad_edge=False, title_justify="left", padding=(0, 1)
    )


def _heading(finding: Finding) -> list[str]:
    """The row above the quantities of one closed form."""
    case, data = finding.case, finding.data
    return [case.convention, case.network, "", f"T = {data.steps}", f"N = {data.sequences}"]


def _cells(row: Row) -> Iterator[Line]:
    shapes = dict.fromkeys(s for s in (row.auto_shape, row.manual_shape) if s is not None)
    note = f": {row.note}" if row.note else ""
    yield Line(f"  {row.name}")
    yield Line(row.source)
    yield Line(" ≠ ".join(_shape(shape) for shape in shapes))
    yield Line(_number(row.absolute))
    yield Line(_number(row.relative))
    yield Line(f"{_counter(row)} = {row.step}" if row.folded else "")
    yield Line(row.verdict + note, style="green" if row.ok else "bold red")


def _counter(row: Row) -> str:
    """What the steps of a folded row count: time, or the lag of a product of Jacobians."""
    return "l" if row.name == PRODUCT else "t"


def _shape(shape: tuple[int, ...]) -> str:
    return "×".join(map(str, shape)) if shape else "scalar"


def _number(x: float | None) -> str:
    return "" if x is None else "0" if x == 0 else f"{x:.1e}"


def _forms(found: Misprint) -> Line:
    slip = found.slip
    same = " On this run both are the same." if found.absolute == 0 else ""
    return Line.assemble(
        (f"{slip.quantity}\n", "bold"),
        ("printed  ", "red"),
        f"{slip.printed}\n",
        ("right    ", "green"),
        f"{slip.right}\n",
        (slip.remark + same, "dim"),
    )


def _finding_dict(finding: Finding) -> dict[str, Any]:
    return {
        "convention": finding.case.convention,
        "form": finding.case.form,
        "network": finding.case.network,
        "steps": finding.data.steps,
        "sequences": finding.data.sequences,
        "loss": _plain(finding.case.run.loss.item()),
        **finding.comparison.to_dict(),
    }


def _slip_dict(found: Misprint) -> dict[str, Any]:
    slip = found.slip
    return {
        "where": slip.where,
        "quantity": slip.quantity,
        "printed": slip.printed,
        "right": slip.right,
        "remark": slip.remark,
        "absolute": _plain(found.absolute),
        "relative": _plain(found.relative),
    }


def _plain(x: float) -> float | str:
    return x if math.isfinite(x) else str(x)
