"""Calls of somebody's functions: on copies, with the line that stopped them, and what they changed."""

from __future__ import annotations

import copy
import linecache
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

_NOT_THEIRS = (str(Path(__file__).resolve().parent.parent), str(Path(copy.__file__).parent), "site-packages")
"""Parts of the names of files that are not the user's: ours, Python's, other people's."""


class ManualError(ValueError):
    """The functions under check can't be run, or give something that can't be compared.

    Attributes:
        line: the line of the user's code that stopped it, 0 if there is none.
    """

    def __init__(self, message: str, line: int = 0) -> None:
        super().__init__(message)
        self.line = line


class Called(NamedTuple):
    """What a call gave.

    Attributes:
        value: what it returned.
        changed: the arguments that it changed, with what they were before and are now.
    """

    value: Any
    changed: dict[str, tuple[Any, Any]]


NAMES = ("params", "xs", "h0", "targets")


def call(function: Callable[..., Any], what: str, arguments: tuple[Any, ...]) -> Called:
    """function(*copies of the arguments).

    Args:
        function: the user's.
        what: its role, for messages: "manual" or "forward".
        arguments: params, xs, h0 and targets.

    Raises:
        ManualError: if it raises, with file and line.
    """
    given = copy.deepcopy(arguments)
    value = run(function, what, given)
    pairs = zip(NAMES, arguments, given, strict=True)
    changed = {name: (before, after) for name, before, after in pairs if not same(before, after)}
    return Called(value, changed)


def run(function: Callable[..., Any], what: str, arguments: tuple[Any, ...]) -> Any:
    """function(*arguments), whose exception becomes a `ManualError`."""
    try:
        with np.errstate(all="ignore"):
            return function(*arguments)
    except ManualError:
        raise
    except (Exception, SystemExit) as error:
        raise _told(error, what) from error


def same(a: Any, b: Any) -> bool:
    """Whether two arguments hold the same numbers, and nothing else.

    Example:
        >>> same({"W": np.ones(2)}, {"W": np.ones(2)}), same([1.0], [2.0])
        (True, False)
    """
    if isinstance(a, Mapping):
        return isinstance(b, Mapping) and list(a) == list(b) and all(same(a[k], b[k]) for k in a)
    if isinstance(a, (list, tuple)):
        return isinstance(b, (list, tuple)) and len(a) == len(b) and all(map(same, a, b))
    x, y = np.asarray(a), np.asarray(b)
    return (
        x.shape == y.shape
        and x.dtype == y.dtype
        and bool(np.array_equal(x, y, equal_nan=x.dtype.kind == "f"))
    )


def _told(error: BaseException, what: str) -> ManualError:
    """The error with the line of the user's own code that led to it."""
    frames = traceback.extract_tb(error.__traceback__)
    theirs = [f for f in frames if not any(part in f.filename for part in _NOT_THEIRS)]
    kind = type(error).__name__
    if not theirs:
        return ManualError(f"{what} raised {kind}: {error}")
    frame = theirs[-1]
    line = frame.lineno or 0
    source = linecache.getline(frame.filename, line).strip()
    shown = f": `{source}`" if source else ""
    where = f"{Path(frame.filename).name}, line {line}"
    return ManualError(f"{what} raised {kind} ({where}{shown}): {error}", line)
