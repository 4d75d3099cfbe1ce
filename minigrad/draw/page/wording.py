"""How the page writes names: as legible text, with their time steps, short enough for their place."""

from __future__ import annotations

import html

from minigrad.draw.label import safe
from minigrad.draw.scene import Mark

_SUPERSCRIPT = str.maketrans("0123456789-−+t", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁻⁺ᵗ")


def shortened(text: str, room: int) -> str:
    """`text`, with U+FFFD for what no document may hold, cut to `room` characters.

    Example:
        >>> shortened("hidden state", 7)
        'hidden…'
    """
    return safe(text if len(text) <= room else f"{text[: max(room - 1, 1)]}…")


def escaped(text: str) -> str:
    """`text`, safe, as the content of an element or of a quoted attribute.

    Example:
        >>> escaped('<a href="x">')
        '&lt;a href=&quot;x&quot;&gt;'
    """
    return html.escape(safe(text))


def label(mark: Mark) -> str:
    """The name of a node with its time step, as a sentence writes it.

    Example:
        >>> label(Mark("n1", "h", 3, "t", "hidden", (0.0, 0.0), (40.0, 40.0)))
        'h⁽³⁾'
    """
    name = shortened(mark.name, 40)
    return name if mark.step is None else f"{name}⁽{safe(str(mark.step)).translate(_SUPERSCRIPT)}⁾"


def spoken(mark: Mark) -> str:
    """A node as a screen reader says it.

    Example:
        >>> spoken(Mark("n1", "h", 3, "t", "hidden", (0.0, 0.0), (40.0, 40.0)))
        'h, t = 3, hidden'
    """
    step = "" if mark.step is None else f", {mark.axis} = {mark.step}"
    return f"{shortened(mark.name, 40)}{safe(step)}, {mark.role}"
