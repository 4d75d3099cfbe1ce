"""What is said when somebody's file can't be read or run."""

from __future__ import annotations

from pathlib import Path


class ForeignError(Exception):
    """A file that can't be read, is no Python, or can't be run.

    Attributes:
        message: what is wrong and what to do.
        path: the file, if it is known.
        line: the line in it, counted from 1, if there is one to name.

    Example:
        >>> print(ForeignError("'break' outside loop", "my_rnn.py", 3))
        my_rnn.py, line 3: 'break' outside loop
    """

    def __init__(self, message: str, path: str | Path | None = None, line: int | None = None) -> None:
        super().__init__(message, path, line)
        self.message = message
        self.path = None if path is None else Path(path)
        self.line = line

    def __str__(self) -> str:
        line = None if self.line is None else f"line {self.line}"
        place = ", ".join(str(part) for part in (self.path, line) if part is not None)
        return f"{place}: {self.message}" if place else self.message
