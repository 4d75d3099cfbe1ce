"""Text in a picture: names with their indices, how wide they are, what of them fits."""

from __future__ import annotations

import re
from dataclasses import dataclass

LARGEST, SMALLEST = 17.0, 9.0
INDEX = 0.68
"""How large an index is against its letter."""
SMALL = 9.0
LONGEST = 60

_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
_NUMBERED = re.compile(r"(.*[^\W\d])(\d+)", re.DOTALL)


@dataclass(frozen=True)
class Label:
    """A name as it is set.

    Attributes:
        base: its letter or word.
        below: its index below, as in a_f.
        above: its step.
        size: of the letters of the base, in points.
    """

    base: str
    below: str
    above: str
    size: float

    @property
    def width(self) -> float:
        """About how wide it is, in points."""
        indices = width(self.below, INDEX * self.size) + width(self.above, INDEX * self.size)
        return width(self.base, self.size) + indices


def safe(text: str) -> str:
    """`text` with U+FFFD for characters that no SVG may hold or that change the direction of writing."""
    return _UNSAFE.sub("\ufffd", text)


def label(name: str, step: int | str | None, room: float | None = None, size: float = LARGEST) -> Label:
    """A name with its step, smaller or cut where there is no room for all of it.

    Args:
        name: any text; what follows its first underscore, or a number at its end, is set as an index.
        step: the time step.
        room: how many points wide it may be; None: as wide as it is.
        size: how large letters may be.

    Example:
        >>> label("a_f", 3)
        Label(base='a', below='f', above='(3)', size=17.0)
    """
    text = safe(name)
    text = text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
    base, below = _split(text)
    above = "" if step is None else f"({str(step).replace('-', '−')})"
    made = Label(base, below, above, size)
    if room is None or made.width <= room:
        return made
    made = Label(base, below, above, max(SMALLEST, size * room / made.width))
    while made.width > room and len(made.base) + len(made.below) > len("x…"):
        cut, kept = (made.base[:-2] + "…", made.below) if len(made.base) > len("x…") else (made.base, "")
        made = Label(cut, kept, above, made.size)
    return made


def _split(text: str) -> tuple[str, str]:
    base, _, below = text.partition("_")
    if base and below:
        return base, below
    numbered = _NUMBERED.fullmatch(text)
    return (numbered[1], numbered[2]) if numbered else (text, "")


def width(text: str, size: float) -> float:
    """About how many points wide a text is.

    Example:
        >>> width("h", 10.0)
        5.0
    """
    return size * sum(_advance(character) for character in text)


def _advance(character: str) -> float:
    if character in "iljt.,:;'|!()[] ⁽⁾":
        return 0.33
    if character in "mwMW@—∇⋯…":
        return 0.85
    if character >= "\u1100" and character not in "∘∂Σ‖∞−":
        return 1.05
    return 0.68 if character.isupper() else 0.5
