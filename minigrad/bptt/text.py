"""A text, read and cut into streams of tokens over its own alphabet."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from minigrad.bptt.problem import BadInputError

PACKAGED = "the packaged text"
LARGEST = 64 * 2**20
"""The most bytes that are read."""


@dataclass(frozen=True)
class Text:
    """A text and where it came from.

    Attributes:
        source: what messages call it.
        characters: the whole text.
        alphabet: its different characters, sorted; K of them, at least 2.
    """

    source: str
    characters: str
    alphabet: str

    def tokens(self, chars: int, streams: int) -> NDArray[np.int64]:
        """The first `chars` characters as numbers in the alphabet, cut into streams that follow each other.

        Args:
            chars: how many characters of the text are used.
            streams: N, how many streams they are cut into; what is left over is not used.

        Returns:
            An array of shape `(chars // N, N)`.

        Raises:
            BadInputError: if the text is shorter, or a stream would have less than 2 characters.

        Example:
            >>> read_text().tokens(9, 2).shape
            (4, 2)
        """
        if chars > len(self.characters):
            msg = f"--chars {chars} is more than {self.source} has: {len(self.characters)} characters"
            raise BadInputError(msg)
        length = chars // streams
        if length < 2:  # noqa: PLR2004  # a character and the one that follows it
            msg = (
                f"{streams} stream{'s' if streams > 1 else ''} of {chars} characters would have {length} "
                "each; wanted: at least 2 (raise --chars or lower --batch)"
            )
            raise BadInputError(msg)
        number = {character: i for i, character in enumerate(self.alphabet)}
        flat = [number[character] for character in self.characters[: length * streams]]
        return np.array(flat).reshape(streams, length).T


def read_text(file: str | None = None) -> Text:
    """The text of `file` in UTF-8, of standard input for "-", or the packaged one for None.

    Raises:
        BadInputError: if it can't be read or decoded, is larger than 64 MiB, is empty, or repeats a
            single character.

    Example:
        >>> read_text().source
        'the packaged text'
    """
    source = PACKAGED if file is None else "standard input" if file == "-" else repr(file)
    try:
        data = _read(file)
        characters = "" if len(data) > LARGEST else data.decode("utf-8")
    except UnicodeDecodeError as error:
        msg = f"{source} is no text in UTF-8: byte {error.start} can't be decoded"
        raise BadInputError(msg) from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        msg = f"can't read {source}: {reason}"
        raise BadInputError(msg) from error
    if len(data) > LARGEST:
        msg = f"{source} is larger than {LARGEST // 2**20} MiB; cut a piece out of it first"
        raise BadInputError(msg)
    alphabet = "".join(sorted(set(characters)))
    if len(alphabet) < 2:  # noqa: PLR2004  # there is something to predict
        given = f"nothing but {alphabet!r}" if alphabet else "empty"
        msg = f"{source} is {given}; wanted: a text of at least 2 different characters"
        raise BadInputError(msg)
    return Text(source, characters, alphabet)


def _read(file: str | None) -> bytes:
    """At most one byte more than the largest text has."""
    if file is None:
        return resources.files("minigrad.bptt").joinpath("text.txt").read_bytes()
    if file == "-":
        stream: Any = getattr(sys.stdin, "buffer", None)
        if stream is None:
            msg = "it is closed"
            raise OSError(msg)
        data: bytes = stream.read(LARGEST + 1)
        return data
    with Path(file).open("rb") as opened:
        return opened.read(LARGEST + 1)
