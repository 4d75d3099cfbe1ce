"""A report as HTML: a page of its own, light and dark, for the screen and for paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import TYPE_CHECKING

from minigrad.diagnosis import display
from minigrad.diagnosis.finding import Finding
from minigrad.diagnosis.measure import Measured
from minigrad.diagnosis.strip import strip

if TYPE_CHECKING:
    from minigrad.diagnosis.departure import Departure
    from minigrad.diagnosis.explanation import Explanation
    from minigrad.diagnosis.report import Report

_STYLE = """
.minigrad{--ink:#1b1f24;--dim:#5b6470;--good:#11703c;--bad:#b3261e;--doubt:#8a5a00;--line:#d5dae1;--card:#f6f8fa;
 color:var(--ink);font:15px/1.5 system-ui,sans-serif;max-width:60rem}
@media (prefers-color-scheme:dark){.minigrad{--ink:#e6e9ee;--dim:#9aa4b2;--good:#5dd39e;--bad:#ff8a80;
 --doubt:#ffcc66;--line:#3a424d;--card:#1d2229}}
.minigrad h1{font-size:1.3rem;margin:.2rem 0}.minigrad h2{font-size:1rem;margin:1.4rem 0 .3rem}
.minigrad .good{color:var(--good)}.minigrad .bad{color:var(--bad)}.minigrad .doubt{color:var(--doubt)}
.minigrad .dim{color:var(--dim)}.minigrad p{margin:.15rem 0}
.minigrad table{border-collapse:collapse;margin:.5rem 0;background:none}
.minigrad th,.minigrad td{padding:.2rem .8rem .2rem 0;text-align:left;border-bottom:1px solid var(--line);
 vertical-align:top;color:inherit;background:none}
.minigrad .number{text-align:right;font-variant-numeric:tabular-nums;font-family:ui-monospace,monospace}
.minigrad .name{font-family:ui-monospace,monospace}
.minigrad section{border-left:3px solid var(--bad);background:var(--card);padding:.5rem .9rem;margin:.7rem 0;
 break-inside:avoid}
.minigrad section.doubt{border-color:var(--doubt);color:inherit}
.minigrad svg{max-width:100%;height:auto}
@media print{.minigrad{--ink:#000;--dim:#444;--line:#bbb;--card:#fff;font-size:11pt}}
"""
_PAGE = (
    '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
    '<meta name="viewport" content="width=device-width,initial-scale=1">'
    "<title>{title}</title><style>:root{{color-scheme:light dark}}body{{margin:2rem auto;padding:0 1rem;"
    "max-width:62rem}}</style></head><body>\n{body}\n</body></html>\n"
)


def page(report: Report) -> str:
    """A whole page, which needs no other file and no network."""
    return _PAGE.format(title=escape(report.summary), body=fragment(report))


def fragment(report: Report) -> str:
    """The report as a part of a page."""
    first = [f for f in report.findings if f.kind in display.DISTURBING]
    mark, colour = ("✓", "good") if report.ok else ("✗", "bad")
    parts = [
        f'<h1 class="{colour}">{mark} {escape(report.summary)}</h1>',
        *_lines(report.problem, "dim"),
        *(f'<p><span class="good">✓</span> {escape(fact)}</p>' for fact in report.facts),
        *(f'<p><span class="doubt">·</span> {escape(note)}</p>' for note in report.notes),
        *map(_finding, first),
        _table(report.rows),
    ]
    return _wrapped(*parts, *_causes(report))


def causes(report: Report) -> str:
    """What is right, where the first difference is, and the mistakes, as a part of a page."""
    return _wrapped(*_causes(report))


def _causes(report: Report) -> Iterator[str]:
    yield from (f'<p><span class="good">✓</span> {escape(line)}</p>' for line in report.right)
    if report.departure is not None:
        yield _departure(report.departure)
    yield from (_finding(f) for f in report.findings if f.kind not in display.DISTURBING)


def explanation(found: Explanation) -> str:
    """An explanation as a part of a page."""
    row = found.row
    colour = "good" if row.ok else "bad"
    rows = [
        [str(i), p.where, f"{p.here:.6g}", f"{p.largest:.3g}"] for i, p in enumerate(found.contributions, 1)
    ]
    return _wrapped(
        f'<h1 class="{colour}">The gradient of {escape(row.name)}: {escape(display.verdict(row))}</h1>',
        *_lines([found.about], "dim"),
        *_lines(display.facts_of(row)),
        _grid(["use", "in", "adds there", "largest |entry|"], rows) if rows else "",
        *map(_finding, found.findings),
    )


def _wrapped(*parts: str) -> str:
    return f'<div class="minigrad"><style>{_STYLE}</style>\n' + "\n".join(filter(None, parts)) + "\n</div>"


def _lines(lines: Iterable[str], kind: str = "") -> list[str]:
    of = f' class="{kind}"' if kind else ""
    return [f"<p{of}>{escape(line)}</p>" for line in lines]


def _table(rows: Sequence[Measured]) -> str:
    said = [display.cells(row) for row in rows]
    used = [name for name in display.COLUMNS if any(cells[name] for cells in said)]
    colours = ["good" if row.ok else "bad" for row in rows]
    return _grid(used, [[cells[name] for name in used] for cells in said], colours)


def _grid(head: Sequence[str], rows: Sequence[Sequence[str]], colours: Sequence[str] = ()) -> str:
    """A table; the first column holds names, the last one is coloured, the others are numbers."""
    top = "".join(f"<th{_kind(i, len(head))}>{escape(name)}</th>" for i, name in enumerate(head))
    body = ""
    for number, row in enumerate(rows):
        colour = colours[number] if colours else ""
        body += "<tr>" + "".join(_cell(i, len(head), text, colour) for i, text in enumerate(row)) + "</tr>"
    return f"<table><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>"


def _cell(i: int, count: int, text: str, colour: str) -> str:
    return f"<td{_kind(i, count, colour)}>{escape(text)}</td>"


def _kind(i: int, count: int, colour: str = "") -> str:
    if i == 0:
        return f' class="name {colour}"'
    return f' class="{colour}"' if colour and i == count - 1 else ' class="number"'


def _departure(found: Departure) -> str:
    rows = []
    for pair in found.pairs:
        manual = "?" if pair.manual is None else f"{pair.manual:.10g}"
        rows.append(
            [pair.label, manual, f"{pair.auto:.10g}", "" if pair.ratio is None else f"{pair.ratio:.6g}"]
        )
    return (
        f"<h2>First difference, walking back: {escape(found.title)}</h2>"
        f"{strip(found)}{_grid(['', 'manual', 'automatic', 'ratio'], rows)}"
    )


def _finding(finding: Finding) -> str:
    kind = ' class="doubt"' if finding.kind == "unexplained" else ""
    tail = "".join(_lines(display.finding_tail(finding), "dim"))
    return (
        f"<section{kind}><p><strong>{escape(display.finding_head(finding))}</strong></p>"
        f"<p>{escape(finding.sentence)}</p>{tail}</section>"
    )
