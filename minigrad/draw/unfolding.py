"""The step that a folded graph repeats, unfolded: its copies at t−1, t and t+1."""

from __future__ import annotations

from collections.abc import Hashable

from minigrad.draw.copies import Cell, Copy, Edge
from minigrad.draw.panel import panel
from minigrad.draw.sheet import Sheet
from minigrad.draw.steps import Steps
from minigrad.fold.folded import Axis
from minigrad.fold.named import Link
from minigrad.fold.notes import moment

COPIES = 3
FIXED, BEFORE, AFTER = -2, -1, COPIES
"""The columns beside those of the copies 0, 1, 2: what is at one step for all; what comes before, after."""
REMARK = (38.0, 20.0)


def unfold(steps: Steps, sheet: Sheet, axis: Axis) -> None:
    """Enter the copies at t−1, t and t+1 with what comes from before and goes on after them.

    Args:
        steps: what is drawn.
        sheet: to add to.
        axis: the time axis.
    """
    phases = [(k - 1) % axis.period for k in range(COPIES)]
    names = [moment(axis.name, 1 - k).replace("-", "−") for k in range(COPIES)]
    copies = [steps.copy(axis, phase, name, loops=False) for phase, name in zip(phases, names, strict=True)]
    found = [
        (e, FIXED if e.delay is None else max(BEFORE, min(AFTER, k - e.delay)), k)
        for k, phase in enumerate(phases)
        for e in steps.links(axis, phase)
        if e.kind != "parameter" and e.target in copies[k].cells
    ]
    rows = {name: row for copy in copies for name, row in copy.panel.row.items()}
    rows = {e.source: rows[e.target] for e, there, _ in found if there == FIXED} | rows
    leaving = {(e.source, AFTER if e.delay > 0 else BEFORE): e for e, *_ in found if e.delay}
    remarks: dict[int, dict[Hashable, Cell]] = {FIXED: {}, BEFORE: {}, AFTER: {}}
    for e, column in [(e, there) for e, there, _ in found] + [(e, end) for (_, end), e in leaving.items()]:
        if column in remarks:
            remarks[column][e.source] = _remark(steps, e)
    place = _enter_columns(sheet, copies, remarks, rows)
    for e, there, k in found:
        sheet.edges.append(_edge(e, (place[there], e.source), (place[k], e.target)))
    for name, end in leaving:
        last, out = (COPIES - 1, 1) if end == AFTER else (0, -1)
        if name in copies[last].cells:
            sheet.edges.append(Edge((place[last], name), (place[end], name), exit=out, kind="recurrent"))


def _enter_columns(
    sheet: Sheet,
    copies: list[Copy],
    remarks: dict[int, dict[Hashable, Cell]],
    rows: dict[Hashable, int],
) -> dict[int, int]:
    """Enter the copies and the columns of remarks that are not empty; the index of each in the sheet."""
    place: dict[int, int] = {}
    for column in (FIXED, BEFORE, *range(COPIES), AFTER):
        if column in remarks and not remarks[column]:
            continue
        place[column] = len(sheet.copies)
        sheet.copies.append(_column(remarks[column], rows) if column in remarks else copies[column])
    return place


def _edge(e: Link, source: tuple[int, Hashable], target: tuple[int, Hashable]) -> Edge:
    edge = Edge(source, target, ", ".join(e.parameters), e.argument, e.position, e.delay or 0, e.through)
    if e.delay:
        edge.kind = "recurrent"
    if source[0] != target[0]:
        edge.exit = 1 if source[0] < target[0] else -1
    return edge


def _remark(steps: Steps, e: Link) -> Cell:
    """What stands for a node at another step."""
    c = steps.of.classes[int(e.source)]
    step = "…" if e.at is None else str(e.at)
    return Cell(c.label, "note", step if c.axis is not None else None, c.axis or "t", size=REMARK)


def _column(cells: dict[Hashable, Cell], rows: dict[Hashable, int]) -> Copy:
    """A column of remarks, each in the row of what it stands for, or above that if the row is taken."""
    column = panel({}, [], {})
    for name in cells:
        row = rows[name]
        while row in column.row.values():
            row += 1
        column.x[name], column.row[name] = 0.0, row
        column.rows = max(column.rows, row + 1)
    column.left, column.right = -REMARK[0] / 2, REMARK[0] / 2
    return Copy(cells, column)
