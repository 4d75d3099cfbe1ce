"""The splines of edges: straight, curved between rows, with rounded corners, looped."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import hypot, sqrt

from minigrad.draw.scene import Point

CORNER = 9.0

Spline = tuple[Point, ...]


def straight(a: Point, b: Point) -> Spline:
    """A straight line as a spline."""
    return (a, _toward(a, b, 1 / 3), _toward(a, b, 2 / 3), b)


def curved(points: Sequence[Point]) -> Spline:
    """A smooth way through points, vertical at each of them.

    Example:
        >>> curved([(0.0, 30.0), (10.0, 0.0)])
        ((0.0, 30.0), (0.0, 15.0), (10.0, 15.0), (10.0, 0.0))
    """
    found = [points[0]]
    for a, b in pairwise(points):
        middle = (a[1] + b[1]) / 2
        found += [(a[0], middle), (b[0], middle), b]
    return tuple(found)


def cornered(points: Sequence[Point]) -> Spline:
    """A way of straight pieces with rounded corners."""
    ways = [p for k, p in enumerate(points) if k == 0 or hypot(*_minus(p, points[k - 1])) > 1e-6]  # noqa: PLR2004
    found: list[Point] = [ways[0]]
    for before, corner, after in zip(ways, ways[1:], ways[2:], strict=False):
        near = min(CORNER, hypot(*_minus(corner, before)) / 2, hypot(*_minus(after, corner)) / 2)
        start = _at(corner, before, near)
        stop = _at(corner, after, near)
        found += straight(found[-1], start)[1:]
        found += [_toward(start, corner, 0.6), _toward(stop, corner, 0.6), stop]
    found += straight(found[-1], ways[-1])[1:]
    return tuple(found)


def loop(center: Point, radius: float, reach: float, side: int) -> Spline:
    """A loop from the top of a circle round to its foot; side −1 is the left; it reaches out so far."""
    x, y = center
    out = x + side * reach
    near, turn = x + side * 0.62 * radius, 1.75 * radius
    return (
        (near, y - 0.785 * radius),
        (x + side * 1.0 * radius, y - turn),
        (out, y - turn),
        (out, y),
        (out, y + turn),
        (x + side * 1.0 * radius, y + turn),
        (near, y + 0.785 * radius),
    )


def rim(size: Point, dx: float, *, round_: bool) -> float:
    """How far above or below its centre the border of a node is at a distance of dx."""
    if not round_:
        return size[1] / 2
    part = min(1.0, abs(dx) / (size[0] / 2))
    return size[1] / 2 * sqrt(1 - part * part)


def _minus(a: Point, b: Point) -> Point:
    return (a[0] - b[0], a[1] - b[1])


def _toward(a: Point, b: Point, part: float) -> Point:
    return (a[0] + part * (b[0] - a[0]), a[1] + part * (b[1] - a[1]))


def _at(a: Point, b: Point, distance: float) -> Point:
    """The point at a distance from a on the way to b."""
    length = hypot(*_minus(b, a))
    return _toward(a, b, distance / length) if length else a
