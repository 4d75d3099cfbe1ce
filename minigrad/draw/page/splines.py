"""Splines as SVG path data that leave room for an arrow head."""

from __future__ import annotations

import math

from minigrad.draw.page.markup import coordinate
from minigrad.draw.scene import Point

_SHARE = 0.9


def path(points: tuple[Point, ...], head: float) -> str:
    """A cubic spline as path data, ended before its tip by most of an arrow head of length `head`.

    Points that are no start with three for each piece are joined by straight lines.

    Example:
        >>> path(((0.0, 0.0), (10.0, 0.0)), 5.0)
        'M0 0L5.5 0'
    """
    if not points:
        return ""
    start, *rest = [*points[:-1], _before_tip(points, head)]
    curve = "C" if rest and len(rest) % 3 == 0 else "L"
    written = [f"{coordinate(x)} {coordinate(y)}" for x, y in (start, *rest)]
    return f"M{written[0]}" + (f"{curve}{' '.join(written[1:])}" if rest else "")


def _before_tip(points: tuple[Point, ...], head: float) -> Point:
    tip_x, tip_y = points[-1]
    x, y = next((p for p in reversed(points) if p != points[-1]), points[0])
    length = math.hypot(tip_x - x, tip_y - y)
    part = min(_SHARE * head / length, 0.5) if length else 0.0
    return (tip_x - part * (tip_x - x), tip_y - part * (tip_y - y))
