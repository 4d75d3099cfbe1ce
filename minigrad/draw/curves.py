"""Lines of horizontal and vertical pieces as smooth splines, and where they meet a node."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from minigrad.draw.scene import Point

RADIUS = 11.0
# A quarter of a circle by a cubic.
_KAPPA = 0.5523
BOXES = ("input", "target", "parameter")


def boundary(role: str, half: float, reach: float, offset: float) -> float:
    """How far from a node's centre an edge meets its side, `offset` beside the middle of that side.

    Args:
        role: of the node.
        half: half of the node's size across the side.
        reach: half of its size along the side.
        offset: along the side.

    Example:
        >>> boundary("hidden", 5.0, 5.0, 3.0), boundary("input", 5.0, 5.0, 3.0)
        (4.0, 5.0)
    """
    if role in BOXES or role in ("note", "delay") or not reach:
        return half
    return half * math.sqrt(max(1.0 - (offset / reach) ** 2, 0.0))


def shifted(points: Sequence[Point], by: float) -> list[Point]:
    """A line of horizontal and vertical pieces moved to its own left by `by`, both ends included.

    Example:
        >>> shifted([(0.0, 0.0), (9.0, 0.0), (9.0, 9.0)], 2.0)
        [(0.0, -2.0), (11.0, -2.0), (11.0, 9.0)]
    """
    moves = []
    for (x0, y0), (x1, y1) in pairwise(points):
        length = math.hypot(x1 - x0, y1 - y0)
        moves.append(((y1 - y0) / length * by, -(x1 - x0) / length * by) if length else None)
    known = [move for move in moves if move is not None] or [(0.0, 0.0)]
    found = []
    for k, (x, y) in enumerate(points):
        before = moves[k - 1] if k else None
        after = moves[k] if k < len(moves) else None
        sides = [move for move in (before, after) if move is not None] or [known[0]]
        # Two pieces of one direction move together, a corner moves with both.
        dx, dy = (max((s[axis] for s in sides), key=abs) for axis in (0, 1))
        found.append((x + dx, y + dy))
    return found


def spline(points: Sequence[Point], *, swing: bool = False) -> tuple[Point, ...]:
    """A line of horizontal and vertical pieces with round corners.

    Args:
        points: start, corners, end.
        swing: whether the two middle corners of four are one swing from piece to piece.

    Returns:
        A start, then two control points and an end for each piece.

    Example:
        >>> spline([(0.0, 0.0), (3.0, 0.0)])
        ((0.0, 0.0), (1.0, 0.0), (2.0, 0.0), (3.0, 0.0))
    """
    line = _without_repeats(points)
    if len(line) == 1:
        line = [line[0], line[0]]
    found = [line[0]]
    for k in range(1, len(line) - 1):
        corner = line[k]
        r = min(RADIUS, _length(line[k - 1], corner) / 2, _length(corner, line[k + 1]) / 2)
        if swing:
            r = min(_length(line[k - 1], corner), _length(corner, line[k + 1])) / 2
        a, b = _towards(corner, line[k - 1], r), _towards(corner, line[k + 1], r)
        _straight(found, a)
        found += [_towards(a, corner, r * _KAPPA), _towards(b, corner, r * _KAPPA), b]
    _straight(found, line[-1])
    return tuple(found)


def swung(start: Point, turn: Point, back: Point, end: Point) -> tuple[Point, ...]:
    """From a vertical line to another one: straight to `turn`, over to `back`, straight to the end."""
    middle = (turn[1] + back[1]) / 2
    found = [start]
    _straight(found, turn)
    if abs(turn[0] - back[0]) < 0.05:  # noqa: PLR2004  # it is the same line
        found = [start]
    else:
        found += [(turn[0], middle), (back[0], middle), back]
    _straight(found, end)
    return tuple(found)


def at(points: Sequence[Point], piece: int, t: float) -> Point:
    """The point at `t`, from 0 to 1, of a piece of a spline."""
    p0, p1, p2, p3 = points[3 * piece : 3 * piece + 4]
    s = 1.0 - t
    a, b, c, d = s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t
    return (
        a * p0[0] + b * p1[0] + c * p2[0] + d * p3[0],
        a * p0[1] + b * p1[1] + c * p2[1] + d * p3[1],
    )


def shortened(points: Sequence[Point], by: float) -> tuple[Point, ...]:
    """A spline that ends about `by` points before its end, where an arrowhead begins.

    Example:
        >>> [round(x, 6) for x, _ in shortened(spline([(0.0, 0.0), (30.0, 0.0)]), 6.0)]
        [0.0, 8.0, 16.0, 24.0]
    """
    pieces = (len(points) - 1) // 3
    p0, p1, p2, p3 = points[-4:]
    length = _length(p0, p3)
    if length <= by and pieces > 1:
        return shortened(points[:-3], max(by - length, 0.01))
    low, high = 0.0, 1.0
    if _length(p1, _mix(p0, p3, 1 / 3)) < 1e-6 and length > by:  # noqa: PLR2004  # it is straight
        low = high = 1.0 - by / length
    for _ in range(12 if low < high else 0):
        t = (low + high) / 2
        low, high = (t, high) if _length(at(points, pieces - 1, t), p3) > by else (low, t)
    t = (low + high) / 2
    a, b, c = _mix(p0, p1, t), _mix(p1, p2, t), _mix(p2, p3, t)
    d, e = _mix(a, b, t), _mix(b, c, t)
    return (*points[:-4], p0, a, d, _mix(d, e, t))


def _straight(found: list[Point], end: Point) -> None:
    start = found[-1]
    if start != end:
        found += [_mix(start, end, 1 / 3), _mix(start, end, 2 / 3), end]


def _without_repeats(points: Sequence[Point]) -> list[Point]:
    found = [points[0]]
    for point in points[1:]:
        if _length(point, found[-1]) > 0.05:  # noqa: PLR2004  # less is the same place
            found.append(point)
    return found


def _length(a: Point, b: Point) -> float:
    return math.hypot(a[0] - b[0], a[1] - b[1])


def _towards(a: Point, b: Point, distance: float) -> Point:
    length = _length(a, b)
    return _mix(a, b, distance / length) if length else a


def _mix(a: Point, b: Point, t: float) -> Point:
    return (a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t)
