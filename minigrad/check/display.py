"""Rows of a comparison as a table: for the terminal, as plain text, as HTML."""

from __future__ import annotations

import html as markup
import io
from collections.abc import Sequence
from typing import Any

from minigrad.check.row import Row

WIDTH = 100
_NOTES = 10
_NUMERIC = {"|Δ|", "relative"}


def columns(rows: Sequence[Row]) -> list[str]:
    """The columns that these rows need."""
    source = ["source"] if any(row.source for row in rows) else []
    return ["quantity", *source, "shape", "|Δ|", "relative", "worst at", "verdict"]


def cells(row: Row) -> dict[str, str]:
    """What a row has to say, by column."""
    gap = row.gap
    shapes = dict.fromkeys(_shape(s) for s in (row.manual_shape, row.auto_shape) if s is not None)
    return {
        "quantity": row.label,
        "source": row.source,
        "shape": " ≠ ".join(shapes),
        "|Δ|": "" if gap is None else f"{gap.absolute:.1e}",
        "relative": "" if gap is None else f"{gap.relative:.1e}",
        "worst at": _place(row),
        "verdict": row.verdict,
    }


def notes(rows: Sequence[Row]) -> list[str]:
    """What else there is to say about rows, a line each: both numbers where they differ."""
    said = [str(row) for row in rows if row.note or not row.ok]
    more = [f"… and {len(said) - _NOTES} more"] if len(said) > _NOTES else []
    return said[:_NOTES] + more


def table(rows: Sequence[Row], caption: str) -> Any:
    """A table for rich to print."""
    # Only printing needs rich, and it would double the time of `import minigrad`.
    from rich.box import SIMPLE_HEAD  # noqa: PLC0415  # as above
    from rich.table import Table  # noqa: PLC0415  # as above
    from rich.text import Text  # noqa: PLC0415  # as above

    below = Text("\n".join([*notes(rows), caption]))
    drawn = Table(box=SIMPLE_HEAD, caption=below, caption_justify="left", pad_edge=False)
    names = columns(rows)
    for name in names:
        justify: Any = "right" if name in _NUMERIC else "left"
        drawn.add_column(name, justify=justify, overflow="fold", no_wrap=name in {*_NUMERIC, "verdict"})
    for row in rows:
        colour = "green" if row.ok else "red"
        said = cells(row)
        drawn.add_row(*(Text(said[n], style=colour if n == "verdict" else "") for n in names))
    return drawn


def text(rows: Sequence[Row], caption: str) -> str:
    """The table as plain text of at most 100 columns."""
    from rich.console import Console  # noqa: PLC0415  # as in `table`

    file = io.StringIO()
    console = Console(file=file, width=WIDTH, color_system=None, legacy_windows=False)
    console.print(table(rows, caption))
    return "\n".join(line.rstrip() for line in file.getvalue().splitlines()).strip("\n")


def html(rows: Sequence[Row], caption: str) -> str:
    """The table as HTML in which every text is escaped."""
    names = columns(rows)
    below = "".join(f"<p>{markup.escape(note)}</p>" for note in [*notes(rows), caption])
    head = "".join(f"<th>{markup.escape(name)}</th>" for name in names)
    body = "".join(_html_row(row, names) for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{below}"


def _html_row(row: Row, names: list[str]) -> str:
    said = cells(row)
    colour = "" if row.ok else ' style="color:#b00020"'
    fields = "".join(f"<td>{markup.escape(said[name])}</td>" for name in names)
    return f"<tr{colour}>{fields}</tr>"


def _shape(shape: tuple[int, ...]) -> str:
    return "×".join(map(str, shape)) if shape else "scalar"


def _place(row: Row) -> str:
    """The entry of the largest difference, with the time step where a row stands for several."""
    step = f"t={row.step} " if row.folded else ""
    index = list(row.index) if row.index else ""
    return f"{step}{index}".strip()
