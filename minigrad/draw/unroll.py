"""The layout of an unrolled graph: columns are time steps, rows are roles, edges run between them."""

from __future__ import annotations

from minigrad.draw.collapse import heading
from minigrad.draw.curves import boundary, shifted, spline, swung
from minigrad.draw.frame import (
    FOOT_RISE,
    PAD,
    Frame,
    Spacing,
    extent,
    foot_places,
    frame,
    lane_at,
    rails,
    spread,
)
from minigrad.draw.lanes import Lanes
from minigrad.draw.layout import Layout, Spline
from minigrad.draw.part import Item, Link, Part
from minigrad.draw.places import Places, places
from minigrad.draw.plan import BAND, BEND, GUTTER, Planner, Route
from minigrad.draw.ports import Ports, keys
from minigrad.draw.scene import Box, Point

MARGIN = 20.0
BESIDE = 3.2
"""How far from the middle between them a forward and a backward line run."""
_AXIS = {"top": 0, "bottom": 0, "left": 1, "right": 1}
_SIGN = {"top": -1.0, "bottom": 1.0, "left": -1.0, "right": 1.0}


class _Grid:
    """An unrolled graph while it is laid out."""

    def __init__(self, part: Part, *, backwards: bool) -> None:
        self.places = places(part)
        planner = Planner(self.places, part.links)
        self.routes = [planner.route(link) for link in part.links]
        self.backwards = backwards
        labels = any(link.label for link in part.links)
        self.spacing = Spacing(14.0, 54.0) if backwards else Spacing(band=54.0) if labels else Spacing()
        self.lanes = Lanes()
        self.ports = Ports(4 * BESIDE + 1 if backwards else 10.0)
        for route in self.routes:
            self._want(route)
        self.lanes.give()
        self.ports.give()
        self.frame, self.at, self.turns = self._coordinates()

    def _want(self, route: Route) -> None:
        """Ask for the lanes and ports of a route."""
        link = route.link
        source, target = self._cell(link.source), self._cell(link.target)
        ends = [source, target]
        # Where it turns, on the scale of the cells.
        turns = [(c - 0.5, kind) for kind, c in route.channels]
        for k, (kind, index) in enumerate(route.channels):
            if kind == BEND or (kind == GUTTER and route.net is not None and route.net[0] == "rail"):
                continue
            along = 1 if kind == BAND else 0
            before = turns[k - 1][0] if k else ends[0][along]
            after = turns[k + 1][0] if k + 1 < len(turns) else ends[1][along]
            self.lanes.want((kind, index), route.net or link, before, after)
        first, last = keys(route)
        straight = not route.channels
        pulls = [(a[1] - b[1], b[0] - a[0]) for a, b in ((target, source), (source, target))]
        if link.source in self.places.cells or link.source.beside is not None:
            pull = pulls[0][_AXIS[route.leaves]]
            self.ports.want(link.source, route.leaves, first, pull, straight=straight)
        if link.target.beside is None:
            pull = self._foot_pull(link) or pulls[1][_AXIS[route.enters]]
            if link.source in self.places.masters:
                pull = 0.0
            self.ports.want(link.target, route.enters, last, pull, straight=straight)

    def _foot_pull(self, link: Link) -> float:
        """How far to the side what stands at a node's foot is; 0 for anything else."""
        if link.source.beside is None:
            return 0.0
        feet = self.places.feet[link.source.beside]
        return foot_places(feet)[feet.index(link.source)]

    def _cell(self, item: Item) -> tuple[float, float]:
        if item in self.places.cells:
            return self.places.cells[item]
        return self.places.cells[item.beside] if item.beside is not None else (0.0, -1.0)

    def _coordinates(self) -> tuple[Frame, dict[Item, Point], dict[Item, float]]:
        """The frame, the middle of each item, and where the line of each master turns."""
        masters = self.places.masters
        widest = max((item.size[0] for item in masters), default=0.0)
        left = MARGIN + widest + (8.0 + 7.0 * len(masters) if masters else 0.0)
        made = frame(self.places, self.lanes, self.spacing, left)
        wanted: dict[Item, float] = {}
        for route in self.routes:
            if route.net is not None and route.net[0] == "rail":
                y = self._lane_y(made, route)
                wanted[route.link.source] = min(wanted.get(route.link.source, y), y)
        order = sorted(masters, key=lambda item: wanted.get(item, 0.0))
        lanes_at = [wanted.get(item, 0.0) for item in order]
        middles = spread(lanes_at, [item.size[1] for item in order], 10.0)
        turns = rails(MARGIN + widest + 10.0, lanes_at, middles, 7.0)
        at = {item: (MARGIN + widest - item.size[0] / 2, y) for item, y in zip(order, middles, strict=True)}
        for item, (row, column) in self.places.cells.items():
            at[item] = (made.x[column], made.y[row])
        for item, feet in self.places.feet.items():
            row, column = self.places.cells[item]
            for foot, dx in zip(feet, foot_places(feet), strict=True):
                at[foot] = (made.x[column] + dx, made.feet[row])
        return made, at, {item: x for item, (x, _) in zip(order, turns, strict=True)}

    def _lane_y(self, made: Frame, route: Route) -> float:
        kind, index = route.channels[-1]
        lane = self.lanes.lane((kind, index), route.net or route.link)
        return lane_at(made.bands[index], lane, self.lanes.counts[kind, index], self.spacing)

    def points(self, route: Route) -> list[Point]:
        """Start, corners and end of a route, on the middles of its ends' sides."""
        link = route.link
        first, last = keys(route)
        start = self._end(link.source, route.leaves, first)
        end = self._end(link.target, route.enters, last)
        found = [start]
        x, y = start
        for kind, index in route.channels:
            if kind == GUTTER:
                x = self._gutter_x(route, index)
                found.append((x, y))
                y = end[1]
            else:
                y = sum(self.bend(route)) / 2 if kind == BEND else self._lane_y(self.frame, route)
                if found[-1][0] != x or len(found) == 1:
                    found.append((x, y))
                else:
                    found.append((x, y))
                x = end[0]
                found.append((x, y))
        if route.channels and route.channels[-1][0] == GUTTER:
            found.append((x, end[1]))
        return [*found, end]

    def _gutter_x(self, route: Route, index: int) -> float:
        if route.net is not None and route.net[0] == "rail":
            return self.turns[route.link.source]
        lane = self.lanes.lane((GUTTER, index), route.net or route.link)
        return lane_at(self.frame.gutters[index], lane, self.lanes.counts[GUTTER, index], self.spacing)

    def bend(self, route: Route) -> tuple[float, float]:
        """The heights between which a bend swings, the one nearer to its source first."""
        row = route.channels[0][1]
        upper, lower = self.frame.bands[row]
        if route.link.source.beside is not None:
            foot = self.frame.feet[row] - route.link.source.size[1] / 2
            upper, lower = foot - FOOT_RISE, foot
        return (lower, upper) if route.leaves == "top" else (upper, lower)

    def _end(self, item: Item, side: str, key: object) -> Point:
        offset = 0.0
        if item in self.places.cells or (item.beside is not None and side == "top"):
            offset = self.ports.offset(item, side, key)
        return self.meets(item, side, offset)

    def meets(self, item: Item, side: str, offset: float) -> Point:
        """Where an edge meets a side of an item, `offset` beside the middle of that side."""
        x, y = self.at[item]
        along = _AXIS[side]
        out = boundary(item.role, item.size[1 - along] / 2, item.size[along] / 2, offset) * _SIGN[side]
        return (x + offset, y + out) if along == 0 else (x + out, y + offset)

    def beside(self, route: Route, points: list[Point], by: float) -> list[Point]:
        """A route moved to its left, with its ends on the nodes again."""
        moved = shifted(points, by)
        for k, item, side in ((0, route.link.source, route.leaves), (-1, route.link.target, route.enters)):
            along = _AXIS[side]
            moved[k] = self.meets(item, side, moved[k][along] - self.at[item][along])
        return moved

    def curve(self, route: Route, points: list[Point]) -> Spline:
        """The spline of a route."""
        if route.channels and route.channels[0][0] == BEND:
            turn, back = self.bend(route)
            return swung(points[0], (points[0][0], turn), (points[-1][0], back), points[-1])
        return spline(points)

    def back(self, route: Route, points: list[Point]) -> Spline:
        """The spline from the target back; of a net its own part alone."""
        if route.shared == "source":
            own = [points[-2], points[-1]]
            x = own[1][0] + 2 * BESIDE
            end = self.meets(route.link.target, route.enters, x - self.at[route.link.target][0])
            return spline([end, (x, own[0][1])])
        if route.shared == "target":
            moved = shifted(points[:2], 2 * BESIDE)
            along = _AXIS[route.leaves]
            offset = moved[0][along] - self.at[route.link.source][along]
            return spline([moved[1], self.meets(route.link.source, route.leaves, offset)])
        moved = self.beside(route, points, BESIDE)
        forward = self.curve(route, moved)
        return tuple(reversed(forward))


def unrolled_layout(part: Part, *, backwards: bool = False) -> Layout:
    """Places and lines of an unrolled graph.

    Args:
        part: what is drawn, with roles and sizes.
        backwards: whether there shall be lines beside the edges for back-propagation.
    """
    grid = _Grid(part, backwards=backwards)
    made = Layout(at=grid.at)
    for route in grid.routes:
        points = grid.points(route)
        link = route.link
        back = backwards and link.contribution is not None
        if route.shared:
            made.own[link] = spline(points[-2:] if route.shared == "source" else points[:2])
        if back and not route.shared:
            made.lines[link] = grid.curve(route, grid.beside(route, points, -BESIDE))
        else:
            made.lines[link] = grid.curve(route, points)
        if back:
            made.backs[link] = grid.back(route, points)
    made.boxes = _boxes(grid.places, grid.frame)
    right = max(extent(grid.frame, g)[1] for g in grid.places.groups)
    made.size = (right + MARGIN, grid.frame.bottom)
    _into_view(made)
    return made


def _boxes(found: Places, made: Frame) -> list[Box]:
    boxes = []
    for group in found.groups:
        if group.step is None or not (group.framed or group.omitted):
            continue
        left, right = extent(made, group)
        text = heading(group.omitted) if group.omitted else f"{group.axis} = {group.step}".replace("-", "−")
        size = (right - left, made.bottom - made.top)
        boxes.append(Box(text, (left, made.top), size, group.step, group.omitted))
    return boxes


def _into_view(made: Layout) -> None:
    """Move everything down so that the uppermost item is in the picture."""
    top = min([0.0, *(y - item.size[1] / 2 for item, (_, y) in made.at.items())])
    low = max([made.size[1], *(y + item.size[1] / 2 for item, (_, y) in made.at.items())])
    by = MARGIN - top
    made.at = {item: (x, y + by) for item, (x, y) in made.at.items()}
    for lines in (made.lines, made.backs, made.own):
        for link, points in lines.items():
            lines[link] = tuple([(x, y + by) for x, y in points])
    made.boxes = [
        Box(b.heading, (b.corner[0], b.corner[1] + by), b.size, b.step, b.collapsed) for b in made.boxes
    ]
    made.size = (made.size[0], low + by + PAD)
