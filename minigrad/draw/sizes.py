"""How large the node of each role is, so that its name and its numbers fit."""

from __future__ import annotations

from minigrad.draw.collapse import heading
from minigrad.draw.label import SMALL, label, width
from minigrad.draw.part import Item
from minigrad.draw.scene import Point

ROUND = 50.0
WIDEST = 104.0
LINE = 11.5
LEAST: dict[str, Point] = {
    "input": (46.0, 42.0),
    "target": (46.0, 42.0),
    "parameter": (38.0, 30.0),
    "hidden": (ROUND, ROUND),
    "output": (ROUND, ROUND),
    "loss": (56.0, 56.0),
    "op": (30.0, 30.0),
    "note": (40.0, 22.0),
    "delay": (9.0, 9.0),
}
COPY: Point = (30.0, 22.0)
OP_LETTERS, COPY_LETTERS = 11.0, 13.0


def letters(role: str, *, small: bool = False) -> float:
    """How large the letters of a node are at most."""
    if role == "op":
        return OP_LETTERS
    return COPY_LETTERS if small else 17.0


def size(item: Item) -> Point:
    """Width and height of an item with its name and its small lines.

    Example:
        >>> size(Item("n0", "h", 3, "t", 0, role="hidden"))
        (50.0, 50.0)
    """
    if item.omitted:
        return width(heading(item.omitted), OP_LETTERS), LEAST["note"][1]
    small = item.beside is not None
    least = COPY if small else LEAST[item.role]
    if small and item.role == "note":
        least = (14.0, 16.0)
    step = None if item.role in ("op", "note") else item.step
    text = label(item.name, step, size=letters(item.role, small=small)).width
    lines = [width(line, SMALL) for line in item.lines]
    wide = max(text, *lines, 0.0)
    round_side = item.role in ("hidden", "output", "loss", "op")
    wide = max(least[0], wide + (16.0 if round_side else 12.0))
    tall = least[1] + LINE * len(item.lines)
    if item.lines and round_side:
        # An ellipse is narrower where the lines are.
        wide, tall = wide * 1.15, tall + 6.0
    return min(wide, WIDEST + 30.0 * bool(item.lines)), tall
