"""The format `.safetensors`, by the library of that name."""

from __future__ import annotations

import importlib
import json
from collections.abc import Mapping
from typing import Any, BinaryIO

import numpy as np

from minigrad.files.malformed import MOST_CONTENTS, FormatError, check_name

_TYPES = ("f2", "f4", "f8", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "b1", "c8")
_METADATA = "__metadata__"


def write(file: BinaryIO, arrays: Mapping[str, Any]) -> None:
    """Write `arrays` by name; the byte order of those that are not little-endian is noted beside them."""
    library = _library("safetensors.numpy")
    orders = {}
    for name, x in arrays.items():
        if x.dtype.str[1:] not in _TYPES or name == _METADATA:
            msg = f"safetensors has no arrays of {x.dtype} named {name!r}: use a file that ends with .npz"
            raise TypeError(msg)
        if x.dtype.str[0] == ">":
            orders[_order_of(name)] = x.dtype.str
    # The library writes memory as it lies, and wants C order and little-endian numbers.
    plain = {name: np.asarray(x, x.dtype.newbyteorder("<"), order="C") for name, x in arrays.items()}
    file.write(library.save(plain, metadata=orders or None))


def read(content: bytes, limit: int) -> dict[str, Any]:
    """The arrays of a file, of at most `limit` bytes in all.

    Raises:
        FormatError: if the file is damaged, or holds anything else or more.
    """
    damage = _library("safetensors").SafetensorError
    try:
        header = _header(content, limit)
        loaded = _library("safetensors.numpy").load(content)
        notes = header.pop(_METADATA, None) or {}
        return {
            check_name(name): _ordered(np.array(loaded.pop(name)), notes.get(_order_of(name)))
            for name in header
        }
    except FormatError:
        raise
    except (damage, ValueError, KeyError, TypeError, OverflowError, RecursionError, MemoryError) as error:
        msg = f"it is no intact file of numbers: {error!r}"
        raise FormatError(msg) from error


def _header(content: bytes, limit: int) -> Any:
    """The table of contents of a file, of reasonable size and without two entries of one name."""
    length = int.from_bytes(content[:8], "little")
    if length > MOST_CONTENTS or len(content) - length > limit + 8:
        msg = (
            f"it has {length} bytes of contents (at most {MOST_CONTENTS}) and {len(content)} bytes in all "
            f"(at most {limit} of arrays): pass limit= to load more"
        )
        raise FormatError(msg)
    return json.loads(content[8 : 8 + length], object_pairs_hook=_without_duplicates)


def _without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        msg = f"a name is there twice among {[key for key, _ in pairs][:8]}"
        raise FormatError(msg)
    return found


def _order_of(name: str) -> str:
    return f"dtype of {name}"


def _ordered(x: Any, code: Any) -> Any:
    """`x` in the byte order that is noted for it."""
    big = x.dtype.newbyteorder(">")
    return x.astype(big) if code == big.str else x


def _library(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError as error:
        msg = (
            "files that end with .safetensors need the library safetensors: "
            "pip install 'minigrad[safetensors]', or use a file that ends with .npz"
        )
        raise ImportError(msg) from error
