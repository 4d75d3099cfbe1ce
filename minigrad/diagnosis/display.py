"""A report for the terminal: first what was run, then each gradient, what is right, what is wrong and why."""

from __future__ import annotations

import io
import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from minigrad.diagnosis.finding import Finding
from minigrad.diagnosis.measure import CLOSE, Measured

if TYPE_CHECKING:
    from minigrad.diagnosis.departure import Departure
    from minigrad.diagnosis.explanation import Explanation
    from minigrad.diagnosis.report import Report

WIDTH = 100
DISTURBING = frozenset({"check", "not-reset", "changed-in-place"})
"""The kinds of findings that concern the call, and not the gradient that it gives."""
COLUMNS = ("gradient of", "shape", "error", "c", "residual", "verdict")
_NUMERIC = {"error", "c", "residual"}
_GOOD, _BAD, _DOUBT = "green", "red", "yellow"


def text(drawn: Any, width: int = WIDTH) -> str:
    """What rich draws, as plain text of at most `width` columns."""
    # Only printing needs rich, and it would double the time of `import minigrad`.
    from rich.console import Console  # noqa: PLC0415  # as above

    file = io.StringIO()
    console = Console(file=file, width=width, color_system=None, legacy_windows=False)
    console.print(drawn)
    return "\n".join(line.rstrip() for line in file.getvalue().splitlines()).strip("\n")


def report(found: Report) -> Any:
    """A report for rich to print."""
    from rich.console import Group  # noqa: PLC0415  # as in `text`
    from rich.text import Text  # noqa: PLC0415  # as in `text`

    style = f"bold {_GOOD if found.ok else _BAD}"
    parts: list[Any] = [Text(f"{'✓' if found.ok else '✗'} {found.summary}", style=style)]
    first = [f for f in found.findings if f.kind in DISTURBING]
    parts += _section(*(_line("", line, "dim") for line in found.problem))
    parts += _section(
        *(_line("✓", fact, "", _GOOD) for fact in found.facts),
        *(_line("·", note, "", _DOUBT) for note in found.notes),
    )
    parts += findings(first)
    if found.rows:
        parts += _section(_indented(_table(found.rows)))
    return Group(*parts, *causes(found))


def causes(found: Report) -> Iterator[Any]:
    """What is right, where the first difference is, and the mistakes."""
    yield from _section(*(_line("✓", line, "", _GOOD) for line in found.right))
    if found.departure is not None:
        yield from _section(_line("", f"First difference, walking back: {found.departure.title}", "bold"))
        yield from _section(_indented(_departure(found.departure)))
    yield from findings([f for f in found.findings if f.kind not in DISTURBING])


def explanation(found: Explanation) -> Any:
    """An explanation for rich to print."""
    from rich.console import Group  # noqa: PLC0415  # as in `text`
    from rich.text import Text  # noqa: PLC0415  # as in `text`

    row = found.row
    style = f"bold {_GOOD if row.ok else _BAD}"
    head = f"{'✓' if row.ok else '✗'} The gradient of {row.name}, shape {shape(row.shape)}: {verdict(row)}"
    parts: list[Any] = [Text(head, style=style), *_section(_line("", found.about, "dim"))]
    parts += _section(*(_line("", line) for line in facts_of(row)))
    if found.contributions:
        parts += _section(_indented(_contributions(found)))
    return Group(*parts, *findings(found.findings))


def facts_of(row: Measured) -> list[str]:
    """What there is to say about a row beside its verdict, a line each."""
    if row.given is None:
        return []
    if row.ratio is None or row.manual is None or row.auto is None:
        return [f"given: shape {shape(row.given)}"]
    at = f" at {list(row.index)}" if row.index else ""
    found = f"; ratio {row.manual / row.auto:.10g}" if row.auto else ""
    scaled = (
        f"c = ⟨m, a⟩/⟨a, a⟩ = {row.ratio.factor:.10g}, residual after scaling {small(row.ratio.residual)}"
    )
    return [
        f"furthest off{at}: manual {row.manual:.10g}, automatic {row.auto:.10g}{found}",
        f"largest difference / largest automatic entry = {small(row.error)}",
        *([] if row.error <= CLOSE else [scaled]),
    ]


def cells(row: Measured) -> dict[str, str]:
    """What a row has to say, by column."""
    given = "" if row.given in {None, row.shape} else f" ≠ {shape(row.given or ())}"
    scaled = row.ratio is not None and not row.ok
    return {
        "gradient of": row.name,
        "shape": shape(row.shape) + given,
        "error": "" if math.isinf(row.error) else small(row.error),
        "c": f"{row.ratio.factor:.4g}" if scaled and row.ratio else "",
        "residual": small(row.ratio.residual) if scaled and row.ratio else "",
        "verdict": verdict(row),
    }


def verdict(row: Measured) -> str:
    """The verdict, and what the numbers show."""
    said = {"shape": "wrong shape", "absent": "not given"}.get(row.verdict, row.verdict)
    if row.ok and row.single:
        said = "right (float32)"
    elif row.ok and row.error > CLOSE:
        said = "right, nearly"
    return ": ".join([said, *([", ".join(row.shows)] if row.shows else [])])


def finding_head(finding: Finding) -> str:
    """The kind of a finding, what it concerns and the step."""
    where = "" if finding.step is None else f" at t={finding.step}"
    what = "every gradient" if finding.quantity == "all" else finding.quantity
    return f"{finding.kind} · {what}{where}"


def finding_tail(finding: Finding) -> list[str]:
    """How exactly it reproduces the numbers, the equation, and other explanations."""
    exact = finding.reproduces_to
    told = (
        []
        if exact is None or "reproduces" in finding.sentence
        else [f"reproduces the numbers to {small(exact)}"]
    )
    told += [finding.equation] if finding.equation else []
    return ([" · ".join(told)] if told else []) + [f"or: {other}" for other in finding.alternatives]


def listed(names: Sequence[str]) -> str:
    """Names as a sentence lists them: "Wx, Wh and b"."""
    if len(names) < 2:  # noqa: PLR2004  # there is nothing to join
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def shape(sizes: tuple[int, ...]) -> str:
    """A shape in a table: 6×5."""
    return "×".join(map(str, sizes)) if sizes else "scalar"


def small(x: float) -> str:
    """A relative error: 0, or two digits."""
    return "0" if x == 0 else f"{x:.1e}"


def _line(mark: str, said: str, style: str = "", colour: str = "") -> Any:
    """A line that hangs behind its mark when it is folded."""
    from rich.table import Table  # noqa: PLC0415  # as in `text`
    from rich.text import Text  # noqa: PLC0415  # as in `text`

    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=1, no_wrap=True)
    grid.add_column(overflow="fold")
    grid.add_row(Text(mark, style=colour), Text(said, style=style))
    return grid


def _section(*lines: Any) -> list[Any]:
    from rich.text import Text  # noqa: PLC0415  # as in `text`

    return [Text(), *lines] if lines else []


def _indented(drawn: Any) -> Any:
    from rich.padding import Padding  # noqa: PLC0415  # as in `text`

    return Padding(drawn, (0, 0, 0, 2))


def _drawn(columns: Sequence[str], numeric: set[str]) -> Any:
    from rich.box import SIMPLE_HEAD  # noqa: PLC0415  # as in `text`
    from rich.table import Table  # noqa: PLC0415  # as in `text`

    table = Table(box=SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1), header_style="bold")
    for name in columns:
        right = name in numeric
        table.add_column(name, justify="right" if right else "left", no_wrap=right, overflow="fold")
    return table


def _table(rows: Sequence[Measured]) -> Any:
    from rich.text import Text  # noqa: PLC0415  # as in `text`

    used = [name for name in COLUMNS if any(cells(row)[name] for row in rows)]
    table = _drawn(used, _NUMERIC)
    for row in rows:
        colour = _GOOD if row.ok else _BAD
        said = cells(row)
        table.add_row(*(Text(said[n], style=colour if n in {"verdict", "gradient of"} else "") for n in used))
    return table


def _departure(found: Departure) -> Any:
    from rich.text import Text  # noqa: PLC0415  # as in `text`

    table = _drawn(("", "manual", "automatic", "ratio"), {"manual", "automatic", "ratio"})
    for pair in found.pairs:
        same = pair.manual is not None and math.isclose(pair.manual, pair.auto, rel_tol=1e-8, abs_tol=1e-14)
        style = "" if same or pair.manual is None else _BAD
        manual = "?" if pair.manual is None else f"{pair.manual:.10g}"
        ratio = "" if pair.ratio is None else f"{pair.ratio:.6g}"
        table.add_row(Text(pair.label), Text(manual, style=style), f"{pair.auto:.10g}", ratio)
    return table


def _contributions(found: Explanation) -> Any:
    table = _drawn(("use", "in", "adds there", "largest |entry|"), {"adds there", "largest |entry|"})
    for number, part in enumerate(found.contributions, 1):
        table.add_row(str(number), part.where, f"{part.here:.6g}", f"{part.largest:.3g}")
    return table


def findings(found: Sequence[Finding]) -> Iterator[Any]:
    """Each finding as a block: its head, the sentence, how exact it is."""
    from rich.text import Text  # noqa: PLC0415  # as in `text`

    for finding in found:
        explained = finding.kind != "unexplained"
        yield Text()
        yield _line("✗" if explained else "?", finding_head(finding), "bold", _BAD if explained else _DOUBT)
        yield _line("", finding.sentence)
        for line in finding_tail(finding):
            yield _line("", line, "dim")
