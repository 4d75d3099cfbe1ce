"""What the commands write: tables as wide as the terminal, and one line where they refuse."""

from __future__ import annotations

import io
import os
import shutil
import sys
from typing import Any

from rich.console import Console

from minigrad.bptt import BadInputError

WIDTH = 100


def rendered(content: Any) -> str:
    """Anything that rich prints, as text for standard output: with colours only in a terminal."""
    terminal = sys.stdout.isatty()
    console = Console(
        file=io.StringIO(),
        width=shutil.get_terminal_size().columns if terminal else WIDTH,
        force_terminal=terminal,
        no_color=None if terminal else True,
        legacy_windows=False,
    )
    with console.capture() as captured:
        console.print(content)
    return "\n".join(line.rstrip() for line in captured.get().splitlines()) + "\n"


def emit(text: str) -> None:
    """Write to standard output, which may lack letters or be closed by `head`."""
    try:
        try:
            sys.stdout.write(text)
        except UnicodeEncodeError:
            encoding = sys.stdout.encoding
            sys.stdout.write(text.encode(encoding, "replace").decode(encoding))
        sys.stdout.flush()
    except BrokenPipeError:
        # What is left in the buffer would fail once more when the interpreter ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        msg = f"can't write to standard output: {error.strerror}"
        raise BadInputError(msg) from error


def complain(message: str) -> None:
    """Write one line to standard error."""
    sys.stderr.write(f"minigrad: {' '.join(message.split())}\n")
