"""How each edge runs through the grid: which sides it leaves and enters by, and along which channels."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Literal

from minigrad.draw.part import Item, Link
from minigrad.draw.places import Places

Side = Literal["top", "bottom", "left", "right"]
BAND, GUTTER, BEND = "band", "gutter", "bend"


@dataclass(eq=False, slots=True)
class Route:
    """The way of one edge.

    Attributes:
        link: the edge.
        leaves: the side of its source.
        enters: the side of its target.
        channels: kinds and indices of the channels that it turns in, in this order; band r lies below
            row r, gutter c to the left of column c; in a bend it swings over without a lane of its own.
        net: edges of one net share lanes and an end.
        shared: which end they share: "source" or "target".
    """

    link: Link
    leaves: Side
    enters: Side
    channels: tuple[tuple[str, int], ...] = ()
    net: Any = None
    shared: str = ""


class Planner:
    """Plans routes that no node stands in.

    Args:
        places: the grid.
        links: the edges that it will be asked for.
    """

    def __init__(self, places: Places, links: list[Link]) -> None:
        self._places = places
        self._masters = frozenset(places.masters)
        self._above, self._below = _neighbours(places, vertical=True)
        self._right, self._left = _neighbours(places, vertical=False)
        self._group: dict[int, int] = {}
        for k, group in enumerate(places.groups):
            self._group |= dict.fromkeys(range(group.first, group.first + group.width), k)
        self._buses = Counter(bus for link in links if (bus := self._bus(link)) is not None)
        self._collectors = Counter(link.target for link in links if self._collected(link))

    def route(self, link: Link) -> Route:
        """The route of one edge."""
        source, target = link.source, link.target
        if source in self._masters:
            return self._rail(link)
        if source.beside is not None:
            return Route(link, "top", "bottom", ((BEND, self._row(source.beside)),))
        if self._collectors[target] > 1 and self._collected(link):
            return self._collector(link)
        bus = self._bus(link)
        if bus is not None and self._buses[bus] > 1:
            return self._bussed(link, bus)
        if self._group_of(source) == self._group_of(target):
            return self._within(link)
        return self._across(link)

    def _row(self, item: Item) -> int:
        return self._places.cells[item][0]

    def _column(self, item: Item) -> int:
        return self._places.cells[item][1]

    def _group_of(self, item: Item) -> int:
        return self._group[self._column(item)]

    def _rail(self, link: Link) -> Route:
        """From a leaf outside of time: along a rail below the row of its use."""
        at = link.target.beside or link.target
        channels = ((GUTTER, 0), (BAND, self._row(at)))
        return Route(link, "right", "bottom", channels, ("rail", link.source), "source")

    def _collected(self, link: Link) -> bool:
        """Whether it leads from a time step to what lies outside of time."""
        return (
            link.source.step is not None
            and link.target.step is None
            and link.source in self._places.cells
            and link.target in self._places.cells
        )

    def _collector(self, link: Link) -> Route:
        source, target = self._row(link.source), self._row(link.target)
        net = ("collector", link.target)
        if source == target:
            return Route(link, "top", "top", ((BAND, source + 1),), net, "target")
        channels = ((GUTTER, self._column(link.source) + 1), (BAND, target))
        return Route(link, "right", "bottom", channels, net, "target")

    def _bus(self, link: Link) -> Any:
        """What edges from one node to several of one row at another step have in common."""
        cells = self._places.cells
        if link.source not in cells or link.target not in cells:
            return None
        here, there = self._group_of(link.source), self._group_of(link.target)
        row = self._row(link.target)
        if self._between_axes(link):
            return link.source, link.target.axis, row
        return None if here == there or row == self._row(link.source) else (link.source, there, row)

    def _between_axes(self, link: Link) -> bool:
        """Whether it leads from one time axis, or from between two, to another."""
        source, target = link.source, link.target
        apart = source.step is None or source.axis != target.axis
        return target.step is not None and apart and self._right.get(source) is not target

    def _bussed(self, link: Link, bus: Any) -> Route:
        group = self._places.groups[self._group_of(link.target)]
        column, row = self._column(link.source), self._row(link.target)
        net = ("bus", bus)
        if row == self._row(link.source):
            return Route(link, "top", "top", ((BAND, row + 1),), net, "source")
        if self._between_axes(link):
            return Route(link, "right", "bottom", ((GUTTER, column + 1), (BAND, row)), net, "source")
        rightwards = group.first > column
        far = group.first if rightwards else group.first + group.width
        near = column + 1 if rightwards else column
        clear = self._next(link.source, rightwards=rightwards)
        reaches = clear is None or (clear >= far if rightwards else clear < far)
        channels = ((GUTTER, far if reaches else near), (BAND, row))
        return Route(link, "right" if rightwards else "left", "bottom", channels, net, "source")

    def _next(self, item: Item, *, rightwards: bool) -> int | None:
        """The column of the next node in the same row."""
        found = (self._right if rightwards else self._left).get(item)
        return None if found is None else self._column(found)

    def _within(self, link: Link) -> Route:
        """Inside of one step."""
        source, target = link.source, link.target
        (r0, c0), (r1, c1) = self._places.cells[source], self._places.cells[target]
        if r0 == r1:
            return self._level(link)
        if self._above.get(source) is target:
            return Route(link, "top", "bottom")
        if self._below.get(source) is target:
            return Route(link, "bottom", "top")
        if c0 == c1:
            return Route(link, "right", "right", ((GUTTER, c0 + 1),))
        bend = self._bend_up(source, target) if r1 > r0 else self._bend_down(source, target)
        if bend is not None:
            sides: tuple[Side, Side] = ("top", "bottom") if r1 > r0 else ("bottom", "top")
            return Route(link, *sides, ((BEND, bend),))
        return self._around(link)

    def _bend_up(self, source: Item, target: Item) -> int | None:
        """The band in which an edge can swing from the column of its source to that of its target."""
        r0, r1 = self._row(source), self._row(target)
        above, below = self._above.get(source), self._below.get(target)
        if above is None or self._row(above) >= r1:
            return r1
        return r0 + 1 if below is None or self._row(below) <= r0 else None

    def _bend_down(self, source: Item, target: Item) -> int | None:
        r0, r1 = self._row(source), self._row(target)
        above, below = self._above.get(target), self._below.get(source)
        if above is None or self._row(above) >= r0:
            return r0
        return r1 + 1 if below is None or self._row(below) <= r1 else None

    def _level(self, link: Link) -> Route:
        """Between two nodes of one row."""
        source, target = link.source, link.target
        if self._right.get(source) is target:
            return Route(link, "right", "left")
        if self._left.get(source) is target:
            return Route(link, "left", "right")
        return Route(link, "top", "top", ((BAND, self._row(source) + 1),))

    def _around(self, link: Link) -> Route:
        """By the next gutter and the band below the target, which is always free."""
        rightwards = self._column(link.target) >= self._column(link.source)
        gutter = self._column(link.source) + rightwards
        channels = ((GUTTER, gutter), (BAND, self._row(link.target)))
        return Route(link, "right" if rightwards else "left", "bottom", channels)

    def _across(self, link: Link) -> Route:
        """From one step to another."""
        source, target = link.source, link.target
        (r0, c0), (r1, c1) = self._places.cells[source], self._places.cells[target]
        if r0 == r1:
            return self._level(link)
        rightwards = c1 > c0
        sides: tuple[Side, Side] = ("right", "left") if rightwards else ("left", "right")
        ahead, back = self._next(source, rightwards=rightwards), self._next(target, rightwards=not rightwards)
        if ahead is None or (ahead >= c1 if rightwards else ahead <= c1):
            return Route(link, *sides, ((GUTTER, c1 if rightwards else c1 + 1),))
        if back is None or (back <= c0 if rightwards else back >= c0):
            return Route(link, *sides, ((GUTTER, c0 + 1 if rightwards else c0),))
        return self._around(link)


def _neighbours(places: Places, *, vertical: bool) -> tuple[dict[Item, Item], dict[Item, Item]]:
    """The next node of each in its column upwards and downwards, or in its row to the right and left."""
    lines: dict[int, list[tuple[int, Item]]] = {}
    for item, (row, column) in places.cells.items():
        along, across = (row, column) if vertical else (column, row)
        lines.setdefault(across, []).append((along, item))
    after: dict[Item, Item] = {}
    before: dict[Item, Item] = {}
    for line in lines.values():
        ordered = [item for _, item in sorted(line, key=lambda pair: pair[0])]
        for a, b in pairwise(ordered):
            after[a], before[b] = b, a
    return after, before
