"""What somebody's file reads: files that are there, or what is made up for those that are not."""

from __future__ import annotations

import io
import os
import pickle
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import numpy as np

from minigrad.foreign.arrays import traced
from minigrad.foreign.texts import pickled_for, table, text_for

_OPEN = open
_READING = {"r", "rb", "rt", "U", "rU", "br", "r+", "rb+", "r+b"}
_SEPARATOR = " "


class Reading:
    """The files that one run reads.

    Args:
        folder: where the user's file lies.

    Attributes:
        made_up: the absent files that were read, for which there was a content of ours.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.made_up: list[str] = []

    def open(self, file: Any, mode: str = "r", *args: Any, **kwargs: Any) -> Any:
        """As Python's open: reads what is there or a content of ours, and writes nowhere."""
        if not isinstance(file, (str, bytes, os.PathLike)):
            return _OPEN(file, mode, *args, **kwargs)
        if mode not in _READING:
            return io.BytesIO() if "b" in mode else io.StringIO()
        name = os.fsdecode(file)
        path = self.present(name)
        if path is not None:
            if "b" in mode:
                return _OPEN(path, "rb")
            return _OPEN(path, "r", **{"encoding": "utf-8", "errors": "replace", **kwargs})
        return self._made_up(name, binary="b" in mode)

    def present(self, name: str) -> Path | None:
        """The file of that name beside the user's file, or where Python was started."""
        paths = (folder / name for folder in (self.folder, Path.cwd()))
        return next((path for path in paths if path.is_file()), None)

    def _made_up(self, name: str, *, binary: bool) -> Any:
        content = pickled_for(name) if binary else None
        text = text_for(name) if content is None else None
        if content is None and text is None:
            raise FileNotFoundError(2, "No such file, and its content can't be made up", name)
        self.made_up.append(name)
        if content is not None:
            return io.BytesIO(content)
        return io.BytesIO((text or "").encode()) if binary else io.StringIO(text)

    def load(self, file: Any, *args: Any, **kwargs: Any) -> Any:
        """As np.load."""
        with self.open(file, "rb") if isinstance(file, (str, os.PathLike)) else nullcontext(file) as opened:
            found = np.load(opened, *args, **kwargs)
            return traced(dict(found)) if hasattr(found, "files") else traced(found)

    def table(self, real: Callable[..., Any]) -> Callable[..., Any]:
        """np.loadtxt or np.genfromtxt; an absent file is a table of ours."""

        def read(fname: Any, *args: Any, **kwargs: Any) -> Any:
            if isinstance(fname, (str, os.PathLike)):
                fname = self._rows(os.fspath(fname), kwargs.get("delimiter"))
            return traced(real(fname, *args, **kwargs))

        return read

    def _rows(self, name: str, separator: Any) -> Any:
        path = self.present(name)
        if path is not None:
            return io.StringIO(path.read_text(encoding="utf-8", errors="replace"))
        self.made_up.append(name)
        return io.StringIO(table(separator if isinstance(separator, str) else _SEPARATOR))

    def numpy(self) -> dict[str, Any]:
        """NumPy's functions that read files."""
        return {"load": self.load, "loadtxt": self.table(np.loadtxt), "genfromtxt": self.table(np.genfromtxt)}


def pickled(obj: Any, file: Any, *_: Any, **__: Any) -> None:
    """As pickle.dump."""
    file.write(to_bytes(obj))


def to_bytes(obj: Any, *_: Any, **__: Any) -> bytes:
    """As pickle.dumps."""
    return pickle.dumps(obj)


def unpickled(file: Any, **kwargs: Any) -> Any:
    """As pickle.load."""
    return traced(pickle.load(file, **kwargs))  # noqa: S301  # the file's own data


def from_bytes(data: Any, **kwargs: Any) -> Any:
    """As pickle.loads."""
    return traced(pickle.loads(data, **kwargs))  # noqa: S301  # as above
