"""Somebody's file read as the Python that it is or was meant to be, line for line."""

from __future__ import annotations

import ast
import re
import warnings
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from minigrad.foreign import notebook, python2
from minigrad.foreign.decoding import read_text
from minigrad.foreign.division import rounded_down
from minigrad.foreign.errors import ForeignError
from minigrad.foreign.pieces import first_lines

_SPACES = "\u00a0\u2002\u2003\u2009\u202f\u3000"
_INVISIBLE = "\u200b\ufeff"
_ODD = str.maketrans(_SPACES, " " * len(_SPACES), _INVISIBLE)
_SHELL = re.compile(r"[ \t]*(?:[!%?]|get_ipython\(\)|[^\W\d][\w.]*\?{1,2}[ \t]*$|[\w, ]+=[ \t]*[!%][\w(])")


@dataclass(frozen=True)
class Source:
    """A file as Python 3 reads it.

    Attributes:
        text: its text; a line of a .py keeps its number, whatever was repaired.
        tree: what it says.
        path: where it lies.
        notes: what had to be changed or left out to read it, one sentence each.
        first_lines: the line of `text` at which each code cell of a notebook begins; (1,) for a .py.
    """

    text: str
    tree: ast.Module
    path: Path
    notes: tuple[str, ...] = ()
    first_lines: tuple[int, ...] = (1,)

    def place(self, line: int) -> str:
        """How a message speaks of a line: by its number, in a notebook within its cell.

        Example:
            >>> Source("", ast.parse(""), Path("net.ipynb"), first_lines=(1, 8)).place(9)
            'code cell 2, line 2'
        """
        if len(self.first_lines) == 1 and self.path.suffix != ".ipynb":
            return f"line {line}"
        cell = max(1, bisect_right(self.first_lines, line))
        return f"code cell {cell}, line {line - self.first_lines[cell - 1] + 1}"


def read_source(path: str | Path) -> Source:
    """Read a .py in any encoding, or the code cells of an .ipynb; Python 2 and pasted text are repaired.

    Args:
        path: the file, which is only read.

    Returns:
        The source, of which `notes` tells what was repaired.

    Raises:
        ForeignError: if it is missing, a folder, empty, binary or too large, or is no Python even then.
    """
    path = Path(path)
    text, notes = read_text(path)
    if path.suffix.lower() == ".ipynb":
        return _from_cells(path, notebook.code_cells(text, path), notes)
    try:
        text, more = _repaired(text)
    except SyntaxError as error:
        raise ForeignError(_complaint(error), path, error.lineno) from error
    tree = _parsed(text)
    if not tree.body:
        msg = "it holds no code, only comments or nothing at all; wanted: a Python file"
        raise ForeignError(msg, path)
    return Source(text, tree, path, (*notes, *more))


def _from_cells(path: Path, cells: list[str], notes: list[str]) -> Source:
    """The cells one under the other; those that can't be read are left out, and noted."""
    texts, first_lines, line = [], [], 1
    failed: list[SyntaxError] = []
    for number, cell in enumerate(cells, 1):
        try:
            text, more = _repaired(notebook.without_future(cell))
        except SyntaxError as error:
            more = [f"left out, as {_complaint(error)} in its line {error.lineno}"]
            text = "\n" * cell.count("\n")
            failed.append(error)
        texts.append(text)
        first_lines.append(line)
        notes += [f"code cell {number}: {note}" for note in more]
        line += text.count("\n") + 1
    text = "\n".join(texts)
    tree = _parsed(text)
    if not tree.body:
        msg = _complaint(failed[0]) if failed else "none of its cells holds Python code"
        raise ForeignError(msg, path)
    return Source(text, tree, path, tuple(notes), tuple(first_lines))


def _parsed(text: str) -> ast.Module:
    """The tree of a text that can also be compiled; whatever is wrong is a SyntaxError."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            tree = ast.parse(text)
            compile(tree, "<file>", "exec", dont_inherit=True)
        except (RecursionError, MemoryError) as error:
            msg = "nested too deeply to be parsed"
            raise SyntaxError(msg) from error
    return tree


def _repaired(text: str) -> tuple[str, list[str]]:
    """The text, repaired as far as it must be to be Python, and what was done.

    Raises:
        SyntaxError: if it isn't Python even then; it is that of the repair which could be read furthest.
    """
    notes: list[str] = []
    errors: list[SyntaxError] = []
    for note, repair in _REPAIRS:
        new = repair(text)
        if new == text and errors:
            continue
        text = new
        notes += [note] if note else []
        try:
            tree = _parsed(text)
        except SyntaxError as error:
            errors.append(error)
        else:
            return (text, notes) if not python2.is_python2(tree) else _modern(text, notes, errors)
    return _modern(text, notes, errors)


def _modern(text: str, notes: list[str], errors: list[SyntaxError]) -> tuple[str, list[str]]:
    """A text in Python 2, converted."""
    for tab in (8, 4):
        new = python2.convert(text, tab)
        try:
            tree = _parsed(new)
        except SyntaxError as error:
            errors.append(error)
        else:
            new, changed, left = rounded_down(new, tree)
            notes = [*notes, "it is Python 2: statements and names were converted"]
            notes += _lines("`/` between integers became `//`", changed)
            return new, notes + _lines(
                "`/` may divide integers, which Python 2 rounded down; it was left", left
            )
    raise max(errors, key=lambda error: error.lineno or 0)


def _lines(note: str, lines: list[int]) -> list[str]:
    shown = ", ".join(map(str, lines[:8])) + (", …" if lines[8:] else "")
    return [f"{note} (line {shown})"] if lines else []


def without_shell(text: str) -> str:
    r"""A text without the lines that only a notebook understands; `pass` stands in their place.

    Example:
        >>> without_shell("%matplotlib inline\nx = (5\n  % 3)")
        'pass\nx = (5\n  % 3)'
    """
    lines = text.split("\n")
    if re.match(r"\s*%%(?!time|capture|prun|timeit)", text):
        return "\n" * (len(lines) - 1)
    for i in first_lines(text):
        if _SHELL.match(lines[i]):
            indent = lines[i][: len(lines[i]) - len(lines[i].lstrip())]
            lines[i] = f"{indent}pass"
    return "\n".join(lines)


def dedented(text: str) -> str:
    r"""A text whose first line of code is indented, as one that was cut out, brought to the margin.

    Example:
        >>> dedented("  def f():\n    return 1")
        'def f():\n  return 1'
    """
    lines = text.expandtabs(8).split("\n")
    indents = [len(x) - len(x.lstrip()) for x in lines if x.strip() and not x.lstrip().startswith("#")]
    if not indents or not min(indents):
        return text
    return "\n".join(line[min(*indents, len(line) - len(line.lstrip())) :] for line in lines)


def _complaint(error: SyntaxError) -> str:
    said = (error.text or "").strip()
    shown = f": {said[:60]!r}" if said else ""
    blank = " (an exercise's blank to be filled in?)" if re.search(r"[=(,]\s*(#.*)?$", said) else ""
    return f"this is no Python, {error.msg}{shown}{blank}"


_REPAIRS: list[tuple[str, Callable[[str], str]]] = [
    ("", str),
    ("odd spaces, as of text copied from a page, were replaced", lambda text: text.translate(_ODD)),
    ("lines for the notebook's shell (%, !, ?) were dropped", without_shell),
    ("the indentation of the whole text was removed", dedented),
]
"""What is done to a text in turn until it can be read."""
