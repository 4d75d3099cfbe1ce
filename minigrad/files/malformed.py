"""What a file must not be."""

from __future__ import annotations

import re

MOST_CONTENTS = 1 << 20
"""Bytes of the table of contents of a file, beside its arrays."""

_LONGEST_NAME = 500


class FormatError(ValueError):
    """A file that is malformed, holds more than arrays of numbers, or is larger than the limit."""


def check_name(name: object) -> str:
    """`name` if it can be the name of an array in any file.

    Raises:
        FormatError: if it is no string, or reads as a place outside of a folder.

    Example:
        >>> check_name("encoder/W")
        'encoder/W'
    """
    if not isinstance(name, str):
        msg = f"the name of an array is a string, not {name!r}"
        raise FormatError(msg)
    printable = 0 < len(name) <= _LONGEST_NAME and name.isprintable()
    if not printable or "\\" in name or name.startswith("/") or re.match(r"[A-Za-z]:/", name):
        msg = (
            f"{name[:60]!r} can't be the name of an array: wanted are 1 to {_LONGEST_NAME} printable "
            "characters without backslash, and no drive or / at the start"
        )
        raise FormatError(msg)
    if not {".", "..", ""}.isdisjoint(name.split("/")):
        msg = f"{name!r} can't be the name of an array: between slashes stand names, not '', '.' or '..'"
        raise FormatError(msg)
    return name
