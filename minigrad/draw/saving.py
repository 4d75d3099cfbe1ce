"""A picture's file is written whole or not at all."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path

from minigrad.draw.errors import DrawingError


def replace(path: Path, content: bytes) -> None:
    """Put `content` in the place of a file, in one step.

    Raises:
        DrawingError: if the file can't be written; what was there before is there still.
    """
    temporary: Path | None = None
    try:
        final = Path(os.path.realpath(path))
        if final.is_dir():
            msg = f"can't write {str(path)!r}: it is a folder"
            raise DrawingError(msg)
        temporary = final.with_name(f".{secrets.token_hex(8)}.tmp")
        with temporary.open("xb") as file:
            file.write(content)
        temporary.replace(final)
    except (OSError, ValueError) as error:
        msg = f"can't write {str(path)!r}: {getattr(error, 'strerror', None) or error}"
        raise DrawingError(msg) from error
    finally:
        if temporary is not None:
            with contextlib.suppress(OSError, ValueError):
                temporary.unlink()
