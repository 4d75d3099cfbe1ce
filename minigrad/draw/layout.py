"""Places and lines of a picture, in points."""

from __future__ import annotations

from dataclasses import dataclass, field

from minigrad.draw.part import Item, Link
from minigrad.draw.scene import Box, Point

Spline = tuple[Point, ...]


@dataclass(eq=False, slots=True)
class Layout:
    """Where everything is drawn.

    Attributes:
        at: the middle of each item.
        lines: the spline of each link, from its source to its target.
        backs: the spline that lies beside it, from its target back to its source.
        own: of a link that shares its way with others, the part that it has for itself.
        boxes: frames of the time steps.
        size: the right and lower edge.
    """

    at: dict[Item, Point] = field(default_factory=dict)
    lines: dict[Link, Spline] = field(default_factory=dict)
    backs: dict[Link, Spline] = field(default_factory=dict)
    own: dict[Link, Spline] = field(default_factory=dict)
    boxes: list[Box] = field(default_factory=list)
    size: Point = (0.0, 0.0)
