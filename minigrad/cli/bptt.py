"""`minigrad bptt`: back-propagation through time on a text, against the textbooks' formulas."""

from __future__ import annotations

import argparse
from typing import Any

from minigrad.bptt import Request, run_job
from minigrad.bptt.forms import FORMS
from minigrad.bptt.report import as_json, report
from minigrad.cli.terminal import emit, rendered

_DESCRIPTION = """\
Unroll the vanilla RNN over the first N characters of a text, each predicting the next one,
back-propagate through the unrolled graph, and compare every gradient with the closed forms of
Goodfellow et al., Rossi and Huang. A second table shows the slips that these sources print and how
far each is off on this very run. Pictures of the graph go to unrolled.dot, unrolled.svg, folded.svg.
"""
_EPILOG = """\
examples:
  minigrad bptt                                   the packaged text, every closed form
  minigrad bptt notes.txt --chars 50 --hidden 16 --out pictures
  cat notes.txt | minigrad bptt - --convention huang-vector --json

exit codes: 0 every closed form agrees to 1e-10 relative, 1 one does not, 2 the input can't be used
"""


def run(arguments: argparse.Namespace) -> int:
    """Do it; 0 if every closed form agrees, else 1."""
    names = ("file", "chars", "hidden", "batch", "seed", "out", "convention")
    result = run_job(Request(**{name: getattr(arguments, name) for name in names}))
    emit(as_json(result) + "\n" if arguments.json else rendered(report(result)))
    return 0 if result.ok else 1


def add(commands: Any) -> None:
    """Add the command to a parser's commands."""
    bptt = commands.add_parser(
        "bptt",
        help="back-propagation through time on a text, against the textbooks' formulas",
        description=_DESCRIPTION,
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    bptt.add_argument(
        "file", nargs="?", metavar="FILE", help="UTF-8 text, - for standard input; default: a packaged text"
    )
    default = Request()
    bptt.add_argument("--chars", type=int, metavar="N", help="characters to use, at least 2 (default: 31)")
    bptt.add_argument(
        "--hidden", type=int, metavar="H", default=default.hidden, help="hidden units (default: %(default)s)"
    )
    bptt.add_argument(
        "--batch",
        type=int,
        metavar="N",
        help="cut the characters into N streams that run side by side (default: 1; 3 for huang-batch)",
    )
    bptt.add_argument(
        "--seed",
        type=int,
        metavar="S",
        default=default.seed,
        help="of the random parameters and h(0) (default: %(default)s)",
    )
    bptt.add_argument(
        "--out", metavar="DIR", default=default.out, help="folder for the pictures (default: the current one)"
    )
    bptt.add_argument(
        "--convention",
        choices=[*FORMS, "all"],
        default=default.convention,
        help="whose closed form (default: %(default)s)",
    )
    bptt.add_argument("--json", action="store_true", help="print the tables as JSON and nothing else")
    bptt.set_defaults(run=run)
