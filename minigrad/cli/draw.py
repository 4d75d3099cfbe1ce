"""`minigrad draw`: the unrolled graph of a recurrent network, as a picture or a page."""

from __future__ import annotations

import argparse
import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from minigrad.backprop import backprop
from minigrad.bptt import BadInputError
from minigrad.bptt.text import read_text
from minigrad.cli.terminal import emit
from minigrad.draw.drawing import tensors
from minigrad.draw.figure import FORMATS, draw
from minigrad.draw.options import DETAILS, SHOWN, THEMES
from minigrad.draw.parameters import STYLES
from minigrad.nn.gru import GRU
from minigrad.nn.lstm import LSTM
from minigrad.nn.network import Network
from minigrad.nn.rnn import RNN
from minigrad.nn.unroll import Run, unroll
from minigrad.tensor import Tensor

CELLS: dict[str, Callable[..., Network]] = {"rnn": RNN, "lstm": LSTM, "gru": GRU}
STEPS, HIDDEN = 5, 4
_DESCRIPTION = """\
Unroll a recurrent network over the first characters of a text, each predicting the next one, and draw
its graph: columns are time steps, rows are roles. A page (.html) steps through back-propagation.
"""
_EPILOG = """\
examples:
  minigrad draw -o rnn.svg                          the vanilla network over 5 steps
  minigrad draw notes.txt --steps 8 --cell lstm --grads -o lstm.html
  minigrad draw --cell my_cell.py:cell --params copies -o cell.pdf
  minigrad draw                                     as text

A cell of your own is a function cell(x, h) or cell(x, h, y) of one step, a network of minigrad.nn, or a
run, a loss or a list of tensors that the file has made.

exit codes: 0 drawn, 2 the input can't be used
"""


def run(arguments: argparse.Namespace) -> int:
    """Do it."""
    if arguments.steps < 1 or arguments.hidden < 1:
        msg = f"--steps {arguments.steps} and --hidden {arguments.hidden}: wanted are numbers of at least 1"
        raise BadInputError(msg)
    what = _what(arguments)
    try:
        table = _gradients(what) if arguments.grads or _asks_for_gradients(arguments) else None
        figure = draw(
            what,
            params=arguments.params,
            detail=arguments.detail,
            show=tuple(arguments.show),
            grads=table,
            folded="beside" if arguments.beside else arguments.folded,
            theme=arguments.theme,
            collapse=False if arguments.all else None,
        )
        if arguments.output is None:
            emit(figure.text() + "\n")
        else:
            emit(f"Wrote {figure.save(arguments.output)}\n")
    except (TypeError, ValueError) as error:
        raise BadInputError(str(error)) from error
    return 0


def _asks_for_gradients(arguments: argparse.Namespace) -> bool:
    return bool({"grad", "bars"} & set(arguments.show))


def _gradients(what: Any) -> Any:
    """The gradients of the loss that is drawn."""
    outputs = tensors(what)
    if len(outputs) != 1:
        msg = f"--grads wants one loss; there are {len(outputs)} outputs: let the cell return a loss as 'L'"
        raise BadInputError(msg)
    return backprop(outputs[0])


def _what(arguments: argparse.Namespace) -> Any:
    """What is drawn: a network on the text, or what a file has made."""
    text = read_text(arguments.file)
    count = min(arguments.steps + 1, len(text.characters))
    tokens = text.tokens(count, 1)[:, 0]
    K = len(text.alphabet)
    xs, ys = np.eye(K)[tokens[:-1]], tokens[1:]
    if arguments.cell in CELLS:
        return CELLS[arguments.cell](K, arguments.hidden, K, seed=arguments.seed).unroll(xs, ys)
    made = _from_file(arguments.cell)
    if isinstance(made, (Run, Tensor, list, tuple)):
        return made
    if isinstance(made, Network):
        return made.unroll(xs, ys)
    if not callable(made):
        msg = f"--cell {arguments.cell}: it is of type {type(made).__name__}; wanted: a function of one step"
        raise BadInputError(msg)
    return _unrolled(made, xs, ys, arguments)


def _unrolled(cell: Callable[..., Any], xs: Any, ys: Any, arguments: argparse.Namespace) -> Run:
    """A user's cell over the text; whatever it raises is said in one line."""
    h0 = np.zeros(arguments.hidden)
    code: Any = getattr(cell, "__code__", None)
    takes_target = code is None or code.co_argcount > len(("x", "h"))
    try:
        return unroll(cell, xs, h0, ys if takes_target else None)
    except Exception as error:
        msg = (
            f"--cell {arguments.cell} failed on x of shape {xs.shape[1:]} and h of shape {h0.shape} "
            f"(--hidden): {type(error).__name__}: {error}"
        )
        raise BadInputError(msg) from error


def _from_file(place: str) -> Any:
    """What a name in a file means; the file is run."""
    file, _, name = place.rpartition(":")
    if not file or not name:
        msg = f"--cell {place!r} is unknown; wanted: {', '.join(CELLS)}, or FILE.py:NAME"
        raise BadInputError(msg)
    path = Path(file)
    spec = importlib.util.spec_from_file_location(path.stem, path) if path.is_file() else None
    if spec is None or spec.loader is None:
        msg = f"--cell {place}: there is no Python file {file!r}"
        raise BadInputError(msg)
    module = importlib.util.module_from_spec(spec)
    sys.path.insert(0, str(path.parent.absolute()))
    try:
        spec.loader.exec_module(module)
    except Exception as error:
        msg = f"--cell {place}: {file} can't be run: {type(error).__name__}: {error}"
        raise BadInputError(msg) from error
    finally:
        sys.path.remove(str(path.parent.absolute()))
    if not hasattr(module, name):
        msg = f"--cell {place}: {file} has no {name!r}"
        raise BadInputError(msg)
    return getattr(module, name)


def add(commands: Any) -> None:
    """Add the command to a parser's commands."""
    parser = commands.add_parser(
        "draw",
        help="the unrolled graph of a recurrent network, as a picture or a page",
        description=_DESCRIPTION,
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument(
        "file", nargs="?", metavar="FILE", help="UTF-8 text, - for standard input; default: a packaged text"
    )
    parser.add_argument(
        "--steps", type=int, default=STEPS, metavar="T", help="time steps (default: %(default)s)"
    )
    parser.add_argument(
        "--hidden", type=int, default=HIDDEN, metavar="H", help="hidden units (default: %(default)s)"
    )
    parser.add_argument(
        "--seed", type=int, default=0, metavar="S", help="of the parameters (default: %(default)s)"
    )
    parser.add_argument(
        "--cell", default="rnn", metavar="CELL", help="rnn, lstm, gru or FILE.py:NAME (default: rnn)"
    )
    parser.add_argument("--params", choices=STYLES, default=STYLES[0], help="how shared parameters are drawn")
    parser.add_argument(
        "--detail", choices=DETAILS, default=DETAILS[0], help="named nodes alone, or every operation"
    )
    parser.add_argument(
        "--show", choices=SHOWN, action="append", default=[], help="more to show; may be repeated"
    )
    parser.add_argument("--grads", action="store_true", help="colours and edges for the gradients")
    fold = parser.add_mutually_exclusive_group()
    fold.add_argument("--folded", action="store_true", help="one copy of the repeated step")
    fold.add_argument("--beside", action="store_true", help="that copy and its unfolding side by side")
    parser.add_argument("--theme", choices=THEMES, default=THEMES[0], help="light, dark or the reader's own")
    parser.add_argument("--all", action="store_true", help="leave out no steps, however many there are")
    parser.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        help=f"ends with {', '.join(FORMATS)}; default: text to the terminal",
    )
    parser.set_defaults(run=run)
