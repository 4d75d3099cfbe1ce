"""The code cells of a notebook."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from minigrad.foreign.errors import ForeignError

_FUTURE = re.compile(r"^from __future__ import[^\n]*$", re.MULTILINE)


def code_cells(text: str, path: Path) -> list[str]:
    r"""The text of each code cell, in their order.

    Args:
        text: the notebook, JSON of format 3 or 4.
        path: where it lies, for messages.

    Raises:
        ForeignError: if it is no notebook, in another language than Python, or without code.

    Example:
        >>> code_cells('{"cells": [{"cell_type": "code", "source": ["a = 1\\n", "b"]}]}', Path("a.ipynb"))
        ['a = 1\nb']
    """
    try:
        notebook = json.loads(text)
    except (ValueError, RecursionError) as error:
        msg = "it is no notebook: not valid JSON"
        raise ForeignError(msg, path, getattr(error, "lineno", None)) from error
    language = _get(_get(_get(notebook, "metadata"), "kernelspec"), "language") or "python"
    if not str(language).lower().startswith(("python", "sage")):
        msg = f"it is a notebook in {language}; wanted: Python"
        raise ForeignError(msg, path)
    code = [_text(cell) for cell in _cells(notebook) if _get(cell, "cell_type") == "code"]
    if not any(cell.strip() for cell in code):
        msg = "it is a notebook without code cells"
        raise ForeignError(msg, path)
    return code


def without_future(cell: str) -> str:
    """A cell without its imports from `__future__`, which may stand only at the top of a file."""
    return _FUTURE.sub("pass", cell)


def _get(value: Any, key: str) -> Any:
    return value.get(key) if isinstance(value, dict) else None


def _cells(notebook: Any) -> list[Any]:
    """The cells; format 3 keeps them in worksheets."""
    sheets = _get(notebook, "worksheets") or [notebook]
    groups = [_get(sheet, "cells") for sheet in sheets] if isinstance(sheets, list) else []
    return [cell for group in groups if isinstance(group, list) for cell in group]


def _text(cell: Any) -> str:
    source = _get(cell, "source")
    if source is None:
        source = _get(cell, "input") or ""
    text = "".join(map(str, source)) if isinstance(source, list) else str(source)
    return text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n")
