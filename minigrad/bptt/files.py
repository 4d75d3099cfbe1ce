"""Files that are written whole or not at all."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from minigrad.bptt.problem import BadInputError


def check_folder(folder: str, names: list[str]) -> None:
    """Make sure, without changing anything, that files can be written into a folder.

    Args:
        folder: a folder that exists or can be made.
        names: the files that are to be written.

    Raises:
        BadInputError: says why not.
    """
    try:
        path = Path(folder).absolute()
        there = next(p for p in (path, *path.parents) if p.exists())
        taken = [name for name in names if (path / name).is_dir()]
    except (OSError, ValueError) as error:
        raise _problem(folder, getattr(error, "strerror", None) or str(error)) from error
    if not there.is_dir():
        raise _problem(folder, f"{there.name!r} is no folder")
    if not os.access(there, os.W_OK | os.X_OK):
        raise _problem(folder, "permission denied")
    if taken:
        raise _problem(folder, f"{taken[0]!r} is a folder there")


def write_files(folder: str, contents: Mapping[str, bytes]) -> list[str]:
    """Write files into a folder, which is made if need be; none of them if one can't be written.

    Args:
        folder: where.
        contents: what, by file name.

    Returns:
        The paths.

    Raises:
        BadInputError: if the folder or a file can't be written.
    """
    written: dict[Path, Path] = {}
    try:
        path = Path(folder)
        path.mkdir(parents=True, exist_ok=True)
        for name, content in contents.items():
            written[_temporary(path, content)] = path / name
        for temporary, final in written.items():
            temporary.replace(final)
    except (OSError, ValueError) as error:
        raise _problem(folder, getattr(error, "strerror", None) or str(error)) from error
    finally:
        for temporary in written:
            temporary.unlink(missing_ok=True)
    return [str(final) for final in written.values()]


def _temporary(folder: Path, content: bytes) -> Path:
    """A new file beside the final one, so that it can take its place in one step."""
    number, name = tempfile.mkstemp(dir=folder, prefix=".minigrad-")
    path = Path(name)
    try:
        with os.fdopen(number, "wb") as file:
            file.write(content)
        path.chmod(0o666 & ~_umask())
    except OSError:
        with contextlib.suppress(OSError):
            path.unlink()
        raise
    return path


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _problem(folder: str, reason: str) -> BadInputError:
    return BadInputError(f"can't write into the folder {folder!r}: {reason}")
