"""Where the rows, columns and channels of a grid lie, in points."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise

from minigrad.draw.lanes import Lanes
from minigrad.draw.part import Item
from minigrad.draw.places import Group, Places
from minigrad.draw.plan import BAND, GUTTER
from minigrad.draw.scene import Point

PITCH = 132.0
INNER = 30.0
PAD = 14.0
HEADING = 22.0
FOOT_SIDE, FOOT_GAP, FOOT_RISE = 22.0, 5.0, 16.0
"""What stands at a node's foot leaves this much free below the node's middle, between two, and above."""


@dataclass(frozen=True)
class Spacing:
    """Distances that depend on what is shown.

    Attributes:
        lane: between two lanes.
        band: the least height between two rows.
    """

    lane: float = 10.0
    band: float = 38.0


@dataclass(eq=False, slots=True)
class Frame:
    """The middle of each row and column, and the edges of each channel.

    Attributes:
        x: the middle of each column.
        y: the middle of each row, downwards.
        half: half of each column's width.
        gutters: left and right edge of each gutter.
        bands: upper and lower edge of the free part of each band.
        feet: the middle of what stands at the foot of each row.
        top: the upper edge of the frames of the steps.
        bottom: their lower edge.
    """

    x: list[float] = field(default_factory=list)
    y: list[float] = field(default_factory=list)
    half: list[float] = field(default_factory=list)
    gutters: list[tuple[float, float]] = field(default_factory=list)
    bands: list[tuple[float, float]] = field(default_factory=list)
    feet: list[float] = field(default_factory=list)
    top: float = 0.0
    bottom: float = 0.0


def frame(places: Places, lanes: Lanes, spacing: Spacing, left: float) -> Frame:
    """The coordinates of a grid whose first gutter starts at `left` and whose frames start at y = 0."""
    made = Frame()
    made.half = [w / 2 for w in _widths(places)]
    x = left
    for c, gap in enumerate(_gutters(places, lanes, spacing, made.half)):
        made.gutters.append((x, x + gap))
        x += gap
        if c < len(made.half):
            made.x.append(x + made.half[c])
            x += 2 * made.half[c]
    _rows(made, places, lanes, spacing)
    return made


def foot_places(feet: Sequence[Item]) -> list[float]:
    """How far to the right of its node's middle each item at the foot stands; half of them stand left."""
    found = []
    ends = [FOOT_SIDE, FOOT_SIDE]
    for k, item in enumerate(feet):
        side = k % 2
        found.append((ends[side] + item.size[0] / 2) * (1 if side else -1))
        ends[side] += item.size[0] + FOOT_GAP
    return found


def _widths(places: Places) -> list[float]:
    """The width of each column; the same for the same place in every framed step of an axis."""
    widths = [0.0] * places.columns
    for item, (_, column) in places.cells.items():
        feet = places.feet.get(item, [])
        reach = [abs(dx) + foot.size[0] / 2 for dx, foot in zip(foot_places(feet), feet, strict=True)]
        widths[column] = max(widths[column], item.size[0], 2 * max(reach, default=0.0))
    widest: dict[tuple[str, int], float] = {}
    framed = [group for group in places.groups if group.framed and not group.omitted]
    for group in framed:
        for k in range(group.width):
            key = (group.axis, k)
            widest[key] = max(widest.get(key, 0.0), widths[group.first + k])
    for group in framed:
        for k in range(group.width):
            widths[group.first + k] = widest[group.axis, k]
    return widths


def _gutters(places: Places, lanes: Lanes, spacing: Spacing, half: list[float]) -> list[float]:
    """The width of each gutter; the same at the same place in every step of an axis."""
    count = [lanes.counts.get((GUTTER, g), 0) for g in range(places.columns + 1)]
    found = [PAD + n * spacing.lane for n in count]
    inner: dict[tuple[str, int], float] = {}
    outer: dict[str, float] = {}
    for group in places.groups:
        for k in range(1, group.width):
            empty = not half[group.first + k - 1] or not half[group.first + k]
            size = (0.0 if empty and group.step is not None else INNER) + count[
                group.first + k
            ] * spacing.lane
            key = (group.axis, k) if group.framed else (f"{group.first}", k)
            inner[key] = max(inner.get(key, 0.0), size)
        if group.first:
            size = 3 * PAD + (count[group.first] + 1) * spacing.lane
            if group.width == 1:
                size = max(size, PITCH - 2 * half[group.first])
            outer[group.axis] = max(outer.get(group.axis, 0.0), size)
    for group in places.groups:
        for k in range(1, group.width):
            found[group.first + k] = inner[(group.axis, k) if group.framed else (f"{group.first}", k)]
        if group.first:
            found[group.first] = outer[group.axis]
    return found


def _rows(made: Frame, places: Places, lanes: Lanes, spacing: Spacing) -> None:
    """The heights, from the top down."""
    heights = [30.0] * places.rows
    strips = [0.0] * (places.rows + 1)
    for item, (row, _) in places.cells.items():
        heights[row] = max(heights[row], item.size[1])
        for foot in places.feet.get(item, []):
            strips[row] = max(strips[row], foot.size[1] + FOOT_RISE)
    made.y, made.feet = [0.0] * places.rows, [0.0] * places.rows
    made.bands = [(0.0, 0.0)] * (places.rows + 1)
    y = PAD + 0.0
    for row in range(places.rows, -1, -1):
        count = lanes.counts.get((BAND, row), 0)
        free = (count + 1) * spacing.lane + 6.0 if count else 0.0
        if 0 < row < places.rows:
            free = max(free, spacing.band)
        if row < places.rows and strips[row]:
            made.feet[row] = y + FOOT_RISE + (strips[row] - FOOT_RISE) / 2
            y += strips[row]
        made.bands[row] = (y, y + free)
        y += free
        if row:
            made.y[row - 1] = y + heights[row - 1] / 2
            y += heights[row - 1]
    made.bottom = y + HEADING


def lane_at(edges: tuple[float, float], lane: int, count: int, spacing: Spacing) -> float:
    """Where a lane of a channel lies: in the middle of a row of pixels, as lines may lie on one another."""
    return math.floor(sum(edges) / 2 + (lane - (count - 1) / 2) * spacing.lane) + 0.5


def extent(made: Frame, group: Group) -> tuple[float, float]:
    """The left and right edge of the frame around a group of columns."""
    first, last = group.first, group.first + group.width - 1
    return made.x[first] - made.half[first] - PAD, made.x[last] + made.half[last] + PAD


def spread(wanted: Sequence[float], heights: Sequence[float], gap: float) -> list[float]:
    """Middles as near to the wanted ones, which ascend, as heights and gaps allow.

    Example:
        >>> spread([10.0, 12.0], [20.0, 20.0], 2.0)
        [0.0, 22.0]
    """
    if not wanted:
        return []
    room = [0.0, *((a + b) / 2 + gap for a, b in pairwise(heights))]
    offset = list(accumulate(room))
    free = [w - o for w, o in zip(wanted, offset, strict=True)]
    # The nearest ascending sequence, by pooling neighbours that are out of order.
    pools: list[tuple[float, int]] = []
    for value in free:
        pools.append((value, 1))
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            (a, n), (b, m) = pools[-2:]
            pools[-2:] = [((a * n + b * m) / (n + m), n + m)]
    middles = [value for value, n in pools for _ in range(n)]
    found = [m + o for m, o in zip(middles, offset, strict=True)]
    return [float(round(f)) if abs(f - round(f)) < 1e-9 else f for f in found]  # noqa: PLR2004  # rounding


def rails(first: float, lanes_at: Sequence[float], masters_at: Sequence[float], gap: float) -> list[Point]:
    """Where the line of each master turns from its own height to that of its lane, without crossing.

    Args:
        first: the x of the first turn.
        lanes_at: the height of each lane, ascending.
        masters_at: the height of each master, ascending.
        gap: between two turns.
    """
    down = [k for k, (lane, at) in enumerate(zip(lanes_at, masters_at, strict=True)) if lane > at]
    # Of lines that go down the upper one turns last, of those that go up the lower one.
    order = [*reversed(down), *(k for k in range(len(lanes_at)) if k not in set(down))]
    place = {k: n for n, k in enumerate(order)}
    return [(math.floor(first) + 0.5 + place[k] * gap, lanes_at[k]) for k in range(len(lanes_at))]
