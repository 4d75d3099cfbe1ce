"""`minigrad check`: what a gradient in somebody's file is worth, and what is wrong with it."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from minigrad.bptt import BadInputError
from minigrad.cli.terminal import complain, emit, rendered
from minigrad.foreign.draft import draft
from minigrad.foreign.examine import Options
from minigrad.foreign.verdict import check_file

_DESCRIPTION = """\
Run a file with a hand-written gradient, unchanged, on tensors; compare its gradients with the automatic
ones; say what is wrong, at which time step, and which mistake gives exactly these numbers. The file may
be a script that trains, a module, a class, a notebook; it is not changed and writes nothing.
"""
_EPILOG = """\
examples:
  minigrad check my_rnn.py
  minigrad check my_rnn.py::lossFun --params Wxh,Whh,Why,bh,by --forward loss
  minigrad check --draft my_rnn.py          writes my_rnn_case.py, to say how its functions are called

A case file stands beside the file and is found by its name:
  def case(m, rng):                         # m: the module, rng: a seeded generator
      net = m.Net(3, 4, 2)
      x = [rng.normal(size=(3, 1)) for _ in range(5)]
      y = net.forward(x)
      return dict(loss=((y[-1] - 1) ** 2).sum(), params=net, call=lambda: net.backward(2 * (y[-1] - 1)))
loss is a number, a function that returns it, or ("upstream", output, G); params an object, a dict, a list of
names, or nothing; grads, if they aren't found, a dict by the parameters' names or a function of what call
returns. What the file imports and isn't there is given by name: given = {"Layer": object, "utils": module}.

exit codes: 0 every gradient is right, 1 one is wrong, 2 nothing can be said
"""


def run(arguments: argparse.Namespace) -> int:
    """Do it; 0 if every gradient is right, else 1."""
    name, _, function = arguments.file.partition("::")
    path = Path(name)
    options = Options(
        function=function or None,
        params=tuple(p.strip() for p in arguments.params.split(",") if p.strip()),
        forward=arguments.forward,
        case=None if arguments.case is None else Path(arguments.case),
        seconds=arguments.time,
    )
    if arguments.draft:
        written = draft(path, options)
        emit(f"{written} says how {path.name} is called: complete it, then run minigrad check {path}\n")
        return 0
    report = check_file(path, options)
    if arguments.html is not None:
        _write(Path(arguments.html), report.to_html())
    emit(
        json.dumps(report.to_dict(), indent=2, ensure_ascii=False) + "\n"
        if arguments.json
        else rendered(report)
    )
    return 0 if report.ok else 1


def _write(path: Path, page: str) -> None:
    try:
        path.write_text(page, encoding="utf-8")
    except OSError as error:
        msg = f"can't write {path}: {error.strerror}"
        raise BadInputError(msg) from error
    complain(f"the report stands in {path}")


def add(commands: Any) -> None:
    """Add the command to a parser's commands."""
    check = commands.add_parser(
        "check",
        help="a hand-written gradient in a file of yours, against the automatic one",
        description=_DESCRIPTION,
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    check.add_argument(
        "file", metavar="FILE[::FUNCTION]", help="Python file or notebook, and its gradient function"
    )
    check.add_argument(
        "--params", default="", metavar="NAMES", help="the parameters, by commas (default: found)"
    )
    check.add_argument(
        "--forward", metavar="NAME", help="the loss, or the function that returns it (default: found)"
    )
    check.add_argument(
        "--case", metavar="FILE", help="the case file (default: NAME_case.py beside it, if it is there)"
    )
    check.add_argument("--draft", action="store_true", help="write a case file as far as can be, and stop")
    check.add_argument("--json", action="store_true", help="print the report as JSON and nothing else")
    check.add_argument("--html", metavar="FILE", help="write the report as a page too")
    check.add_argument(
        "--time",
        type=float,
        default=Options().seconds,
        metavar="S",
        help="seconds that one run may take (default: %(default)s)",
    )
    check.set_defaults(run=run)
