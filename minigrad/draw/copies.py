"""What is drawn of a folded graph, before it has a place: copies of the step, their nodes and edges."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field

from minigrad.draw.label import label as typeset
from minigrad.draw.panel import Panel
from minigrad.draw.scene import Point

Name = Hashable
Place = tuple[int, Name]
"""The index of a copy, and a node in it."""

NODE, LOSS, SMALL = 52.0, 60.0, 20.0
LANE = 16.0
TEXT = 13.0


@dataclass(eq=False)
class Cell:
    """A node of the picture, before it has a place.

    Attributes:
        name: what is written in it.
        role: one of `scene.NODE_ROLES`.
        step: its step as text, or None.
        axis: its time axis.
        op: what computes it, as text.
        formula: how.
        biases: the parameters that stand at its side.
        loops: the edges from other steps to itself: the side, what is written there, the delay.
    """

    name: str
    role: str
    step: str | None = None
    axis: str = "t"
    op: str = ""
    formula: str = ""
    biases: list[str] = field(default_factory=list)
    loops: list[tuple[int, str, int, int, str]] = field(default_factory=list)
    size: Point = (NODE, NODE)

    def extents(self) -> tuple[float, float]:
        """How much room it needs to its left and right."""
        left = right = self.size[0] / 2 + LANE
        if self.biases:
            right += SMALL + 2.0
        for side, text, *_ in self.loops:
            more = self.size[0] / 2 + 14.0 + width(text)
            left, right = (left + more, right) if side < 0 else (left, right + more)
        return left, right


@dataclass(eq=False)
class Copy:
    """A copy of a step, or a column of what is outside of time."""

    cells: dict[Name, Cell]
    panel: Panel
    heading: str = ""
    step: int | None = None
    x: float = 0.0


@dataclass(eq=False)
class Edge:
    """An edge, between two nodes of one copy or from one copy to another.

    Attributes:
        source: the index of the copy and the node in it.
        target: likewise.
        text: what is written beside it.
        argument: of the target.
        position: of that argument.
        delay: how many steps it spans.
        through: the operations contracted into it.
        exit: the side of the source on which it leaves its copy; 0 within a copy.
        marked: whether it carries the square of a delay.
        kind: one of `scene.EDGE_KINDS`.
    """

    source: Place
    target: Place
    text: str = ""
    argument: str = ""
    position: int = 0
    delay: int = 0
    through: tuple[str, ...] = ()
    exit: int = 0
    marked: bool = False
    kind: str = "forward"


def width(text: str) -> float:
    """How wide a text beside an edge is."""
    return typeset(text, None, size=TEXT).width if text else 0.0
