"""The command `minigrad`."""

from __future__ import annotations

import argparse
import io
import os
import shutil
import sys
from collections.abc import Sequence
from importlib import metadata
from typing import NoReturn

from rich.console import Console

from minigrad.bptt import BadInputError, Request, run_job
from minigrad.bptt.forms import FORMS
from minigrad.bptt.report import as_json, report
from minigrad.draw import DrawingError, NoGraphvizError

WIDTH = 100
AGREED, DISAGREED, REFUSED, INTERRUPTED = 0, 1, 2, 130

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


class _Parser(argparse.ArgumentParser):
    """A parser whose errors are one line."""

    def error(self, message: str) -> NoReturn:
        raise BadInputError(f"{message} (see {self.prog} --help)")  # noqa: EM102, TRY003  # argparse words it


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command.

    Args:
        argv: its arguments; None for those of the process.

    Returns:
        0 if every closed form agrees, 1 if one does not, 2 if the input can't be used, 130 if it was
        interrupted.
    """
    if sys.stdout is None:
        return _refuse("standard output is closed")
    try:
        arguments = _parser().parse_args(argv)
        return _bptt(arguments)
    except (BadInputError, NoGraphvizError, DrawingError) as error:
        return _refuse(str(error))
    except MemoryError as error:
        return _refuse(f"not enough memory: {error}; lower --hidden, --chars or --batch")
    except KeyboardInterrupt:
        return INTERRUPTED


def _bptt(arguments: argparse.Namespace) -> int:
    names = ("file", "chars", "hidden", "batch", "seed", "out", "convention")
    result = run_job(Request(**{name: getattr(arguments, name) for name in names}))
    if arguments.json:
        text = as_json(result) + "\n"
    else:
        terminal = sys.stdout.isatty()
        width = shutil.get_terminal_size().columns if terminal else WIDTH
        console = Console(
            file=io.StringIO(),
            width=width,
            force_terminal=terminal,
            no_color=None if terminal else True,
            legacy_windows=False,
        )
        with console.capture() as captured:
            console.print(report(result))
        text = "\n".join(line.rstrip() for line in captured.get().splitlines()) + "\n"
    _emit(text)
    return AGREED if result.ok else DISAGREED


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="minigrad", description="Derive, draw and check gradients on NumPy.")
    parser.add_argument("--version", action="version", version=f"minigrad {_version()}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
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
    return parser


def _version() -> str:
    try:
        return metadata.version("minigrad")
    except metadata.PackageNotFoundError:
        return "(not installed)"


def _emit(text: str) -> None:
    """Write to standard output, which may lack letters or be closed by `head`."""
    try:
        try:
            sys.stdout.write(text)
        except UnicodeEncodeError:
            encoding = sys.stdout.encoding
            sys.stdout.write(text.encode(encoding, "replace").decode(encoding))
        sys.stdout.flush()
    except BrokenPipeError:
        # What is left in the buffer would fail once more when the interpreter ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        msg = f"can't write to standard output: {error.strerror}"
        raise BadInputError(msg) from error


def _refuse(message: str) -> int:
    sys.stderr.write(f"minigrad: {' '.join(message.split())}\n")
    return REFUSED
