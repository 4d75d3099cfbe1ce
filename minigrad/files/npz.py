"""The format `.npz`: a zip archive with one `.npy` member for each array."""

from __future__ import annotations

import io
import math
import re
import struct
import zipfile
import zlib
from collections.abc import Mapping
from typing import Any, BinaryIO

import numpy as np

from minigrad.files.malformed import MOST_CONTENTS, FormatError, check_name

_SUFFIX = ".npy"
_PIECE = 1 << 18
_LONGEST_HEADER = 10_000
_MAGIC = b"\x93NUMPY"
_LENGTHS = {b"\x01\x00": "<H", b"\x02\x00": "<I"}
"""The version of a member, and how the length of its header is written."""

# What numpy.save writes; nothing is evaluated.
_HEADER = re.compile(
    rb"\{\s*'descr':\s*'([<>|=]?[biufc]\d{1,2})',\s*'fortran_order':\s*(True|False),"
    rb"\s*'shape':\s*\(([\d,\s]*)\),?\s*\}\s*"
)
_DAMAGE = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, ValueError, TypeError, OverflowError,
    RuntimeError, OSError, MemoryError,
)  # fmt: skip
"""What Python's readers raise where an archive is damaged."""


class _Source(io.BytesIO):
    """The bytes of an archive; its table of contents is read in one piece, which has an upper bound."""

    def read(self, size: int | None = -1, /) -> bytes:
        if size is not None and size > MOST_CONTENTS:
            msg = f"its table of contents takes {size} bytes; at most {MOST_CONTENTS} are read"
            raise FormatError(msg)
        return super().read(size)


def write(file: BinaryIO, arrays: Mapping[str, Any]) -> None:
    """Write `arrays` by name, so that numpy.load reads them too."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for name, array in arrays.items():
            # Without the time of writing the same arrays give the same bytes.
            info = zipfile.ZipInfo(name + _SUFFIX)
            with archive.open(info, "w", force_zip64=True) as member:
                np.lib.format.write_array(member, array, allow_pickle=False)


def read(content: bytes, limit: int) -> dict[str, Any]:
    """The arrays of an archive, of at most `limit` bytes in all.

    Raises:
        FormatError: if the archive is damaged, or holds anything else or more.
    """
    try:
        with zipfile.ZipFile(_Source(content)) as archive:
            members = _members(archive, limit)
            return {name: _array(archive, info) for name, info in members.items()}
    except FormatError:
        raise
    except _DAMAGE as error:
        msg = f"it is no intact archive: {error}"
        raise FormatError(msg) from error


def _members(archive: zipfile.ZipFile, limit: int) -> dict[str, zipfile.ZipInfo]:
    """The members by the names of their arrays, once their sizes are known to be within the limit."""
    found: dict[str, zipfile.ZipInfo] = {}
    for info in archive.infolist():
        name = check_name(info.orig_filename.removesuffix(_SUFFIX))
        if info.filename != name + _SUFFIX:
            msg = f"its member {info.orig_filename!r} is no array, which ends with {_SUFFIX}"
            raise FormatError(msg)
        if name in found:
            msg = f"it has two arrays named {name!r}"
            raise FormatError(msg)
        if info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            msg = f"{name!r} is compressed by method {info.compress_type}; known are 0 and 8"
            raise FormatError(msg)
        found[name] = info
    size = sum(info.file_size for info in found.values())
    if size > limit + MOST_CONTENTS:
        msg = f"its arrays take {size} bytes; the limit is {limit}: pass limit= to load more"
        raise FormatError(msg)
    return found


def _array(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Any:
    with archive.open(info) as member:
        start = member.read(8)
        code = _LENGTHS.get(start[6:])
        if start[:6] != _MAGIC or code is None:
            msg = f"{info.filename!r} does not start as an array of format 1.0 or 2.0 does"
            raise FormatError(msg)
        (length,) = struct.unpack(code, member.read(struct.calcsize(code)))
        if length > _LONGEST_HEADER:
            msg = f"{info.filename!r} has a header of {length} bytes; at most {_LONGEST_HEADER} are read"
            raise FormatError(msg)
        dtype, order, shape = _header(info.filename, member.read(length))
        size = info.file_size - 8 - struct.calcsize(code) - length
        if size != math.prod(shape) * dtype.itemsize:
            msg = f"{info.filename!r} has {size} bytes for shape {shape} of {dtype}"
            raise FormatError(msg)
        return _bytes(member, size).view(dtype).reshape(shape, order=order)


def _header(name: str, text: bytes) -> tuple[np.dtype[Any], Any, tuple[int, ...]]:
    """Type, order of the axes in memory, and shape."""
    parts = _HEADER.fullmatch(text)
    if parts is None:
        msg = (
            f"{name!r} is no array of real or complex numbers, integers or truth values; "
            f"objects are never loaded, as that can run code (its header: {text[:80]!r})"
        )
        raise FormatError(msg)
    descr, fortran, lengths = parts.groups()
    shape = tuple(int(n) for n in lengths.split(b",") if n.strip())
    return np.dtype(descr.decode()), "F" if fortran == b"True" else "C", shape


def _bytes(member: Any, size: int) -> Any:
    """The rest of a member, at whose end its sum is checked."""
    y = np.empty(size, np.uint8)
    view: Any = y.data
    done = 0
    while done < size:
        count = member.readinto(view[done : done + _PIECE])
        if not count:
            msg = f"{member.name!r} ends after {done} of {size} bytes"
            raise FormatError(msg)
        done += count
    return y
