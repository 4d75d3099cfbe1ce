"""Saving and loading, whatever the format."""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from minigrad.files import npz, safetensors
from minigrad.files.malformed import MOST_CONTENTS, FormatError, check_name
from minigrad.tensor import Tensor

_FORMATS: dict[str, Any] = {".npz": npz, ".safetensors": safetensors}
_NUMBERS = "biufc"


def save(path: str | os.PathLike[str], params: Mapping[str, Any]) -> None:
    """Write arrays to a file, which then is there as a whole or, after an error, as it was before.

    Args:
        path: a name that ends with `.npz`, or with `.safetensors` where that library is installed.
        params: tensors, arrays or numbers by name; tensors are saved as their values.

    Raises:
        ValueError: if `path` ends otherwise, or a name can't stand in a file.
        TypeError: if a value is no array of numbers or truth values.
        ImportError: for `.safetensors` without the library.
        OSError: if the file can't be written.

    Example:
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     save(f"{folder}/rnn.npz", {"W": Tensor([[1.0, 2.0]]), "t": 3})
        ...     load(f"{folder}/rnn.npz")
        {'W': array([[1., 2.]]), 't': array(3)}
    """
    form = _format(path)
    arrays = {check_name(name): _array(name, x) for name, x in params.items()}
    _replace(Path(os.path.realpath(path)), lambda file: form.write(file, arrays))


def load(path: str | os.PathLike[str], *, limit: int = 1 << 28) -> dict[str, Any]:
    """The arrays of a file, by name, with the bits, types, byte orders and shapes that were saved.

    Nothing in a file is ever executed, and sizes are checked before memory is taken. Files of
    numpy.savez and of other writers of safetensors load too.

    Args:
        path: a name that ends with `.npz` or `.safetensors`.
        limit: the number of bytes that the arrays may take, by default 256 MiB.

    Raises:
        FormatError: if the file is malformed in any way, holds objects, or exceeds the limit.
        ValueError: if `path` ends otherwise.
        ImportError: for `.safetensors` without the library.
        OSError: if the file can't be read.

    Example:
        See `save`.
    """
    form = _format(path)
    try:
        arrays: dict[str, Any] = form.read(_content(Path(path), limit), limit)
    except FormatError as error:
        msg = f"can't load {os.fspath(path)!r}: {error}"
        raise FormatError(msg) from error
    size = sum(array.nbytes for array in arrays.values())
    if size > limit:
        msg = (
            f"can't load {os.fspath(path)!r}: its arrays take {size} bytes; the limit is {limit}: pass limit="
        )
        raise FormatError(msg)
    return arrays


def _format(path: str | os.PathLike[str]) -> Any:
    suffix = Path(path).suffix
    if suffix not in _FORMATS:
        msg = f"{os.fspath(path)!r} ends with {suffix!r}; wanted: {' or '.join(_FORMATS)}"
        raise ValueError(msg)
    return _FORMATS[suffix]


def _array(name: str, x: Any) -> Any:
    """The value of `x` as an array of numbers."""
    known = isinstance(x, (Tensor, np.ndarray, np.generic, int, float))
    array = np.asarray(x.array if isinstance(x, Tensor) else x) if known else None
    if array is None or isinstance(x, np.ma.MaskedArray) or array.dtype.kind not in _NUMBERS:
        kind = type(x).__name__ if array is None else f"{type(x).__name__} of {array.dtype}"
        msg = f"{name!r} is of type {kind}; saved are tensors, arrays of numbers, and numbers"
        raise TypeError(msg)
    return array


def _content(path: Path, limit: int) -> bytes:
    """The bytes of a file, at most those of the arrays and of a table of contents."""
    if path.exists() and not path.is_file():
        msg = "it is no file"
        raise FormatError(msg)
    with path.open("rb") as file:
        size = os.fstat(file.fileno()).st_size
        if size > limit + MOST_CONTENTS:
            msg = f"it has {size} bytes; the limit is {limit}: pass limit= to load more"
            raise FormatError(msg)
        return file.read(size)


def _replace(path: Path, write: Callable[[BinaryIO], None]) -> None:
    """Put what `write` writes in the place of a file, in one step."""
    temporary = path.with_name(f".{secrets.token_hex(8)}.tmp")
    try:
        with temporary.open("xb") as file:
            write(file)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    finally:
        with contextlib.suppress(FileNotFoundError):
            temporary.unlink()
