"""The text of somebody's file, whatever its encoding and line ends."""

from __future__ import annotations

import codecs
import io
import tokenize
from pathlib import Path

from minigrad.foreign.errors import ForeignError

LARGEST = 5 * 2**20
"""The most bytes of code that are read."""

LARGEST_NOTEBOOK = 64 * 2**20
"""The most bytes of a notebook, which also holds pictures."""


def read_text(path: Path) -> tuple[str, list[str]]:
    """The text of a file, its lines ended by a line feed, and what there is to note about its encoding.

    The encoding is the one that it states (PEP 263 or a byte order mark), else UTF-8, else Latin-1.

    Raises:
        ForeignError: if it can't be read, is empty, binary or too large, or is a web page.
    """
    data = _bytes(path)
    text, notes = _decoded(data, path)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        msg = "it is empty; wanted: a Python file"
        raise ForeignError(msg, path)
    if text.lstrip()[:15].lower().startswith(("<!doctype html", "<html")):
        msg = "it is a web page that shows a file, not the file itself; save the raw file"
        raise ForeignError(msg, path)
    return text, notes


def _bytes(path: Path) -> bytes:
    largest = LARGEST_NOTEBOOK if path.suffix.lower() == ".ipynb" else LARGEST
    try:
        if path.is_dir():
            msg = "it is a folder; wanted: one Python file or notebook"
            raise ForeignError(msg, path)
        if path.exists() and not path.is_file():
            msg = "it is a device or pipe; wanted: a file"
            raise ForeignError(msg, path)
        with path.open("rb") as file:
            data = file.read(largest + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        msg = f"it can't be read: {reason}"
        raise ForeignError(msg, path) from error
    if len(data) > largest:
        msg = f"it is larger than {largest // 2**20} MiB; cut the part with the gradient out of it first"
        raise ForeignError(msg, path)
    return data


def _decoded(data: bytes, path: Path) -> tuple[str, list[str]]:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", errors="replace"), ["it is in UTF-16"]
    if b"\0" in data:
        msg = "it is binary, not text; wanted: a Python file"
        raise ForeignError(msg, path)
    try:
        encoding = tokenize.detect_encoding(io.BytesIO(data).readline)[0]
        return data.decode(encoding), []
    except (SyntaxError, UnicodeDecodeError, LookupError):
        note = "it is not in the encoding that it states, nor in UTF-8: read as Latin-1"
        return data.decode("latin-1"), [note]
