"""What an absent file that somebody's code opens holds instead: a text, names, or numbers of ours."""

from __future__ import annotations

import json
import math
import pickle
import re
import string
from itertools import islice, product
from pathlib import PurePath

_LINES = """\
the sea is near and the sand is hot in the noon.
a seal rests on a stone and sees a small ship.
it sails east to an island that no one has seen.
the men on it sit in the shade and eat.
then the tide turns and the ship nears land.
all the men hail it and hasten to the sail.
on the land are tall trees and a thin stream.
the stream starts at the hill and ends in the sea.
a late rain lets it rise and tear at its sides.
still none of the men doth dread the rain.
a lad sits on the sail and sets his hands to it.
he sees that the seal is at the side of the ship.
into the mist it swims and is not seen then.
"""
_STRIDES = (1, 3, 5, 8)
_SYLLABLES = ("la", "mo", "ter", "ni", "sel", "ha", "ro", "den")
_ROWS, _COLUMNS = 120, 5

_SUFFIXES = """
.npy .npz .mat .h5 .hdf5 .pkl .pickle .p .pk .joblib .pt .pth .ckpt .bin .model .parquet .feather .tfrecord
.png .jpg .jpeg .gif .bmp .pgm .tif .tiff .wav .mp3 .mid .midi .flac .mp4 .avi .pdf .xls .xlsx .db .sqlite
.zip .gz .bz2 .xz .tar .tgz .rar .7z
"""
_BINARY = frozenset(_SUFFIXES.split())
_TABLES = {".csv": ",", ".tsv": "\t", ".data": ","}
_PICKLES = {".pkl", ".pickle", ".p", ".pk"}
_OF_VOCABULARIES = re.compile(r"vocab|(char|word|token|ch|w).?(2|to)_?i|mapping|dict")
_WIDE = 80
"""How many characters the book has that many exercises read."""

_OF_NAMES = re.compile(r"name|dino|word|vocab|dict|pokemon|cities|town")


def text_for(file: str) -> str | None:
    """A text to read in the place of an absent file, by its name; None if it would have to be binary.

    A table is numbers in 5 columns without a header, JSON an object with a text, sentences and numbers,
    a file of names or words has one on each line, and any other is a text of few different letters.

    Args:
        file: its name as the code has it.

    Example:
        >>> text_for("data/input.txt")[:28]
        'the sea is near and the sand'
        >>> text_for("dinos.txt").split()[:3]
        ['lalala', 'lalamo', 'lalater']
        >>> text_for("weights.npy") is None
        True
    """
    name = PurePath(file.replace("\\", "/")).name.lower()
    suffix = PurePath(name).suffix
    if suffix in _BINARY or re.search(r"-ubyte|data_batch", name):
        return None
    if suffix in _TABLES:
        return table(_TABLES[suffix])
    if suffix in {".json", ".jsonl"}:
        return json.dumps(_record())
    if "goblet" in name:
        return wide()
    return names() if _OF_NAMES.search(name) else prose()


def pickled_for(file: str) -> bytes | None:
    """What to read in the place of an absent pickle: of a vocabulary, the number of each letter.

    Example:
        >>> pickle.loads(pickled_for("char_vocab.pkl"))["a"]
        3
    """
    path = PurePath(file.replace("\\", "/").lower())
    if path.suffix not in _PICKLES or not _OF_VOCABULARIES.search(path.name):
        return None
    return pickle.dumps({letter: i for i, letter in enumerate(sorted(set(prose())))})


def wide() -> str:
    """Sentences, and then words of further letters, in all of 80 different characters."""
    text = prose()
    further = [c for c in string.printable if c not in text][: _WIDE - len(set(text))]
    return text + " ".join("".join(further[i:] + further[:i]) for i in range(0, len(further), 7)) + text


def prose() -> str:
    """Sentences, one on each line, of a few letters, at least 2,000 characters."""
    lines = _LINES.splitlines(keepends=True)
    order = (i * stride % len(lines) for stride in _STRIDES for i in range(len(lines)))
    return "".join(lines[i] for i in order)


def names() -> str:
    """Words of three syllables, one on each line; at least 2,000 characters."""
    words = ("".join(syllables) for syllables in product(_SYLLABLES, repeat=3))
    return "".join(f"{word}\n" for word in islice(words, 400))


def table(separator: str = ",") -> str:
    """Smooth series of numbers between -1 and 1, a row for each time, the last column 0 or 1."""
    rows = []
    for t in range(_ROWS):
        entries = [f"{math.sin(0.1 * (t + 1) * (k + 1)):.6f}" for k in range(_COLUMNS - 1)]
        rows.append(separator.join([*entries, str(t * t % 3 % 2)]) + "\n")
    return "".join(rows)


def _record() -> dict[str, object]:
    values = [float(row.partition(",")[0]) for row in table().splitlines()]
    return {"text": prose(), "sentences": _LINES.splitlines(), "data": values}
