"""The main job: closed forms beside the gradients of an unrolled graph, on a text."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass

from minigrad.bptt.data import Data
from minigrad.bptt.files import check_folder, write_files
from minigrad.bptt.forms import FORMS, JACOBIANS, Case
from minigrad.bptt.misprints import Misprint, misprints
from minigrad.bptt.problem import BadInputError
from minigrad.bptt.text import Text, read_text
from minigrad.check.compare import compare
from minigrad.check.comparison import Comparison
from minigrad.draw.figure import draw

TOLERANCE = 1e-10
SMALLEST = sys.float_info.min
"""Below it numbers have no digits left to agree in."""
CHARS = 31
POINTS = 3
"""N of the batch form where no batch is asked for."""
DRAWN = 5
"""How many time steps the picture of a longer run shows: the first three and the last two."""
MOST_HIDDEN = 10_000
PICTURES = ["unrolled.dot", "unrolled.svg", "folded.svg"]


@dataclass(frozen=True)
class Request:
    """What the user asks for.

    Attributes:
        file: a file's name, "-" for standard input, None for the packaged text.
        chars: how many characters, None for 31 or the whole of a shorter text.
        hidden: H.
        batch: N, None for 1 and, in the batch form, 3.
        seed: of the random parameters and h(0).
        out: the folder for the pictures.
        convention: a key of FORMS, or "all".
    """

    file: str | None = None
    chars: int | None = None
    hidden: int = 8
    batch: int | None = None
    seed: int = 0
    out: str = "."
    convention: str = "all"


@dataclass(frozen=True, eq=False)
class Finding:
    """One closed form, compared.

    Attributes:
        case: the form and its network.
        data: what the network was given.
        comparison: a row for each quantity, time steps folded.
    """

    case: Case
    data: Data
    comparison: Comparison


@dataclass(frozen=True, eq=False)
class Result:
    """What the job found and wrote.

    Attributes:
        request: what was asked for.
        text: the text.
        chars: how many of its characters were used.
        findings: one for each closed form.
        slips: the sources' printed slips on this run.
        files: the paths of the pictures.
        notes: what the tables do not show.
    """

    request: Request
    text: Text
    chars: int
    findings: list[Finding]
    slips: list[Misprint]
    files: list[str]
    notes: list[str]

    @property
    def ok(self) -> bool:
        """Whether every closed form agrees."""
        return bool(self.findings) and all(finding.comparison.ok for finding in self.findings)


def run_job(request: Request) -> Result:
    """Read, unroll, back-propagate, compare, draw; nothing is written before all of it has worked.

    Raises:
        BadInputError: if something that was asked for can't be done.
    """
    _check_numbers(request)
    check_folder(request.out, PICTURES)
    text = read_text(request.file)
    chars = min(CHARS, len(text.characters)) if request.chars is None else request.chars
    wanted = list(FORMS) if request.convention == "all" else [request.convention]
    data = {name: _data(request, text, chars, name) for name in wanted}
    findings = [f for name in wanted for f in _findings(FORMS[name], data[name])]
    slips = misprints(_data(request, text, chars, "goodfellow"))
    drawn = findings[0].case
    files = write_files(request.out, _pictures(drawn))
    return Result(request, text, chars, findings, slips, files, _notes(findings, drawn))


def _check_numbers(request: Request) -> None:
    known = [*FORMS, "all"]
    if request.convention not in known:
        msg = f"--convention {request.convention!r} is unknown; wanted: one of {', '.join(known)}"
        raise BadInputError(msg)
    for option, value, least in (
        ("--chars", request.chars, 2),
        ("--hidden", request.hidden, 1),
        ("--batch", request.batch, 1),
        ("--seed", request.seed, 0),
    ):
        if value is not None and value < least:
            msg = f"{option} {value} is too small; wanted: at least {least}"
            raise BadInputError(msg)
    if request.hidden > MOST_HIDDEN:
        msg = f"--hidden {request.hidden} is too large; wanted: at most {MOST_HIDDEN}"
        raise BadInputError(msg)


def _data(request: Request, text: Text, chars: int, convention: str) -> Data:
    streams = request.batch
    if streams is None:
        streams = max(1, min(POINTS, chars // 2)) if convention == "huang-batch" else 1
    return Data(text.tokens(chars, streams), len(text.alphabet), request.hidden, request.seed)


def _findings(cases: Callable[[Data], list[Case]], data: Data) -> list[Finding]:
    found = []
    for case in cases(data):
        rows = compare(case.manual, case.auto, rtol=TOLERANCE, atol=SMALLEST, equations=case.equations)
        found.append(Finding(case, data, rows.folded()))
    return found


def _pictures(case: Case) -> dict[str, bytes]:
    unrolled = draw(case.run, collapse=True)
    pictures = [unrolled.source, unrolled.svg(), draw(case.run, folded=True).svg()]
    return dict(zip(PICTURES, [picture.encode() for picture in pictures], strict=True))


def _notes(findings: list[Finding], drawn: Case) -> list[str]:
    notes = [f"The pictures show the graph of {drawn.convention}."]
    if len(drawn.run) > DRAWN:
        notes.append(f"unrolled.svg shows {DRAWN} of its {len(drawn.run)} time steps.")
    longest = max(finding.data.steps for finding in findings)
    if longest > JACOBIANS:
        notes.append(f"Jacobians were compared at {JACOBIANS} of {longest} time steps, evenly spread.")
    return notes
