"""Where the small texts beside the edges stand, so that they cover neither a node nor one another."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence

from minigrad.draw.curves import at
from minigrad.draw.label import width
from minigrad.draw.layout import Layout
from minigrad.draw.part import Item
from minigrad.draw.scene import Point

CELL = 64.0
GAP, FAR = 3.0, 13.0
LONGEST = 250.0
Rectangle = tuple[float, float, float, float]
_ALONG = {
    "start": (0.2, 0.35, 0.5, 0.1, 0.65, 0.8, 0.9),
    "middle": (0.5, 0.35, 0.65, 0.2, 0.8, 0.1, 0.9),
    "end": (0.8, 0.65, 0.5, 0.9, 0.35, 0.2, 0.1),
}
Taken = dict[tuple[int, int], list[Rectangle]]


class Placer:
    """Finds free places for texts.

    Args:
        items: the nodes.
        layout: where they are.

    Attributes:
        omitted: how many texts found no place.
    """

    def __init__(self, items: Sequence[Item], layout: Layout) -> None:
        self.omitted = 0
        self._taken: Taken = {}
        self._crossed: Taken = {}
        for lines in (layout.lines, layout.backs):
            for points in lines.values():
                self._cross(points)
        for item in items:
            (x, y), (w, h) = layout.at[item], item.size
            self._take(self._taken, (x - w / 2 - 1, y - h / 2 - 1, x + w / 2 + 1, y + h / 2 + 1))

    def place(self, points: Sequence[Point], text: str, size: float, *, near: str = "middle") -> Point | None:
        """The middle of a text beside a line: where it covers nothing, else where it covers lines alone.

        Where there is no such place the text is left out, and counted in `omitted`.

        Args:
            points: the spline of the line.
            text: what is to stand there.
            size: of the letters.
            near: which part of the line it should be near, "start", "middle" or "end".
        """
        half = (width(text, size) / 2 + 1.0, size * 0.55)
        places = list(_candidates(points, half, near))
        found = [(x - half[0], y - half[1], x + half[0], y + half[1]) for x, y in places]
        free = [k for k, rectangle in enumerate(found) if _free(self._taken, rectangle)]
        clear = (k for k in free if _free(self._crossed, found[k]))
        if not free:
            self.omitted += 1
            return None
        best = next(clear, free[0])
        self._take(self._taken, found[best])
        return places[best]

    def _cross(self, points: Sequence[Point]) -> None:
        """Note the straight pieces of a line; long ones are rails, which anything may cross."""
        for k in range(0, len(points) - 1, 3):
            (x0, y0), (x1, y1) = points[k], points[k + 3]
            if math.dist((x0, y0), (x1, y1)) < LONGEST:
                low, high = (min(x0, x1) - 0.5, min(y0, y1) - 0.5), (max(x0, x1) + 0.5, max(y0, y1) + 0.5)
                if min(high[0] - low[0], high[1] - low[1]) <= 1.0:
                    self._take(self._crossed, (*low, *high))

    @staticmethod
    def _take(taken: Taken, r: Rectangle) -> None:
        for cell in _cells(r):
            taken.setdefault(cell, []).append(r)


def _cells(r: Rectangle) -> Iterator[tuple[int, int]]:
    for i in range(math.floor(r[0] / CELL), math.floor(r[2] / CELL) + 1):
        for j in range(math.floor(r[1] / CELL), math.floor(r[3] / CELL) + 1):
            yield i, j


def _free(taken: Taken, r: Rectangle) -> bool:
    for cell in _cells(r):
        for other in taken.get(cell, ()):
            if r[0] < other[2] and other[0] < r[2] and r[1] < other[3] and other[1] < r[3]:
                return False
    return True


def _candidates(points: Sequence[Point], half: Point, near: str) -> Iterator[Point]:
    """Places on both sides of a line, from the middle of its longest piece outwards, or from an end on."""
    pieces = (len(points) - 1) // 3
    order = sorted(range(pieces), key=lambda k: -math.dist(points[3 * k], points[3 * k + 3]))[:3]
    near = near if pieces > 1 else "middle"
    if near != "middle":
        order.sort(reverse=near == "end")
    for gap, piece in itertools.product((GAP, FAR), order):
        for t in _ALONG[near]:
            x, y = at(points, piece, t)
            ahead, behind = at(points, piece, min(t + 0.02, 1.0)), at(points, piece, max(t - 0.02, 0.0))
            dx, dy = ahead[0] - behind[0], ahead[1] - behind[1]
            length = math.hypot(dx, dy) or 1.0
            # Far enough to the side that the line misses the text's rectangle.
            away = (abs(dy) * half[0] + abs(dx) * half[1]) / length + gap
            for side in (-1, 1):
                yield (x - side * dy / length * away, y + side * dx / length * away)
