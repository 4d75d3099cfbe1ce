"""Where values leave the graph while somebody's file runs: the line, and what took them out."""

from __future__ import annotations

import sys
from collections.abc import Container, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from minigrad.foreign.errors import ForeignError
from minigrad.tensor import Tensor


@dataclass(frozen=True)
class Door:
    """One way out of the graph.

    Attributes:
        path: the file.
        line: the line in it.
        how: what took the value out.
        node: the node whose value was taken.
    """

    path: str
    line: int
    how: str
    node: Tensor


def place(files: Container[str]) -> tuple[str, int]:
    """The file and the line of the user's code that runs now, ("", 0) if it does not."""
    frame: Any = sys._getframe(1)  # noqa: SLF001  # whose line is to be told
    while frame is not None and frame.f_code.co_filename not in files:
        frame = frame.f_back
    return (frame.f_code.co_filename, frame.f_lineno) if frame is not None else ("", 0)


@dataclass
class Doors:
    """The ways out of the graph that one run has used.

    Attributes:
        files: the files that belong to the user.
        found: the doors, each place once.
    """

    files: set[str] = field(default_factory=set)
    found: dict[tuple[str, int, str], Door] = field(default_factory=dict)

    def record(self, how: str, tensor: Tensor) -> None:
        """Note that the value of `tensor` is used outside of the graph at the present line."""
        path, line = place(self.files)
        self.found.setdefault((path, line, how), Door(path, line, how, tensor.frozen()))


DOORS: ContextVar[Doors | None] = ContextVar("minigrad doors", default=None)
"""The record of the file that is running, if one is."""


def note(how: str, tensor: Tensor) -> None:
    """Record a way out, if anybody is watching."""
    doors = DOORS.get()
    if doors is not None:
        doors.record(how, tensor)


def plain_array() -> ForeignError:
    """The error that says that a tensor can't be written to an array, and where."""
    doors = DOORS.get()
    path, line = place(doors.files) if doors is not None else ("", 0)
    msg = (
        "a computed value is to be written here to an array that NumPy's functions in this file have not "
        "made, and which would lose how it was computed; write np.array(…) around that array where it is made"
    )
    return ForeignError(msg, path or None, line or None)


@contextmanager
def watching(doors: Doors) -> Iterator[Doors]:
    """Record the ways out in `doors`."""
    token = DOORS.set(doors)
    try:
        yield doors
    finally:
        DOORS.reset(token)
