"""The command `minigrad`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from importlib import metadata
from typing import NoReturn

from minigrad.bptt import BadInputError
from minigrad.cli import bptt, check, draw
from minigrad.cli.terminal import complain
from minigrad.draw.errors import DrawingError, NoGraphvizError
from minigrad.foreign.errors import ForeignError

REFUSED, INTERRUPTED = 2, 130


class _Parser(argparse.ArgumentParser):
    """A parser whose errors are one line."""

    def error(self, message: str) -> NoReturn:
        raise BadInputError(f"{message} (see {self.prog} --help)")  # noqa: EM102, TRY003  # argparse words it


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command.

    Args:
        argv: its arguments; None for those of the process.

    Returns:
        0 if the gradients are right, 1 if one is not, 2 if the input can't be used, 130 if it was
        interrupted.
    """
    if sys.stdout is None:
        return _refuse("standard output is closed")
    try:
        arguments = _parser().parse_args(argv)
        code: int = arguments.run(arguments)
    except (BadInputError, NoGraphvizError, DrawingError, ForeignError) as error:
        return _refuse(str(error))
    except MemoryError as error:
        return _refuse(f"not enough memory: {error}; take a smaller problem (--hidden, --chars, --batch)")
    except KeyboardInterrupt:
        return INTERRUPTED
    return code


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="minigrad", description="Derive, draw and check gradients on NumPy.")
    parser.add_argument("--version", action="version", version=f"minigrad {_version()}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    bptt.add(commands)
    check.add(commands)
    draw.add(commands)
    return parser


def _version() -> str:
    try:
        return metadata.version("minigrad")
    except metadata.PackageNotFoundError:
        return "(not installed)"


def _refuse(message: str) -> int:
    complain(message)
    return REFUSED
