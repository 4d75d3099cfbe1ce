"""Copies of a step side by side, and the edges within and between them, as a picture."""

from __future__ import annotations

from dataclasses import dataclass, field

from minigrad.draw.copies import LANE, LOSS, NODE, SMALL, Cell, Copy, Edge, Name, Place, width
from minigrad.draw.remark import with_note
from minigrad.draw.routes import Spline, cornered, curved, loop, rim, straight
from minigrad.draw.scene import Box, Line, Mark, Point, Scene
from minigrad.draw.trunks import Trunk, Trunks

SQUARE = 9.0
GAP, BUS, NEXT = 44.0, 42.0, 16.0
"""Between two rows, and what a line along the rows adds to that, the first and each further one."""
MARGIN = 26.0
LEAST = 300.0
"""How wide a picture is at least, for the notes below it."""
STUB = 13.0
"""How far from the middle of a node a line comes in that ran below its row."""
BETWEEN = 56.0
ROUND = frozenset({"hidden", "output", "loss", "op"})


@dataclass(eq=False)
class Sheet:
    """The copies from left to right and their edges.

    Attributes:
        copies: from left to right.
        edges: in any order.
        spaces: extra room to the left of a copy, by its index: for the arrow "unfold".
    """

    copies: list[Copy]
    edges: list[Edge]
    spaces: dict[int, float] = field(default_factory=dict)
    marks: list[Mark] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    y: list[float] = field(default_factory=list)
    lanes: dict[int, float] = field(default_factory=dict)

    def scene(self, notes: tuple[str, ...], title: str) -> Scene:
        """The picture."""
        self.ways = Trunks(self.copies, self.edges)
        right = self._columns()
        bottom = self._rows()
        for i, copy in enumerate(self.copies):
            for name, cell in copy.cells.items():
                self._cell(i, name, cell)
        self._joins()
        for trunk in self.ways.all:
            self._wires(trunk)
        forward = sorted(self.lines, key=lambda line: line.kind == "parameter")
        scene = Scene(tuple(self.marks), tuple(forward), self._boxes(), (right, bottom), title=title)
        for note in notes:
            scene = with_note(scene, note)
        return scene

    def at(self, place: Place) -> Point:
        """The centre of a node."""
        copy = self.copies[place[0]]
        return (copy.x + copy.panel.x[place[1]], self.y[copy.panel.row[place[1]]])

    def key(self, place: Place) -> str:
        """The id of a node."""
        return f"c{place[0]}n{list(self.copies[place[0]].cells).index(place[1])}"

    def _cell_at(self, place: Place) -> Cell:
        return self.copies[place[0]].cells[place[1]]

    def _columns(self) -> float:
        """Place the copies and the lanes between them; the width of the picture."""
        x = MARGIN
        for gap in range(len(self.copies) + 1):
            own = [trunk for trunk in self.ways.all if trunk.gap == gap]
            inner = 0 < gap < len(self.copies)
            # Of a lane left of what it serves the text stands to the left, so those come first.
            for trunk in sorted(own, key=self.ways.span, reverse=gap < len(self.copies)):
                text = width(_text_of(trunk)) + 10.0 if _text_of(trunk) else 0.0
                trunk.x = x + text + LANE / 2
                x += text + LANE
            x += max(0.0, BETWEEN - LANE * len(own)) if inner else LANE / 2
            self.lanes[gap] = x
            if gap < len(self.copies):
                x += self.spaces.get(gap, 0.0)
                copy = self.copies[gap]
                copy.x = x - copy.panel.left
                x = copy.x + copy.panel.right
        return self._centred(x + MARGIN)

    def _centred(self, right: float) -> float:
        """Move a narrow picture to the middle of what notes below it need; the width of the picture."""
        more = max(0.0, LEAST - right) / 2
        for copy in self.copies:
            copy.x += more
        for trunk in self.ways.all:
            trunk.x += more
        self.lanes = {gap: x + more for gap, x in self.lanes.items()}
        return right + 2 * more

    def _rows(self) -> float:
        """Place the rows, from above; the height of the picture."""
        count = max(copy.panel.rows for copy in self.copies)
        headed = any(copy.heading for copy in self.copies)
        y = MARGIN + LOSS / 2 + self._room(count)
        self.y = [0.0] * count
        for row in range(count - 1, -1, -1):
            self.y[row] = y
            y += NODE + GAP + self._room(row)
        below = self._room(0)
        return self.y[0] + NODE / 2 + below + MARGIN + 20.0 * headed

    def _room(self, row: int) -> float:
        """The room for the lines that run below a row."""
        count = len(self.ways.taken.get(row, ()))
        return BUS + NEXT * (count - 1) if count else 0.0

    def _boxes(self) -> tuple[Box, ...]:
        boxes = []
        for copy in self.copies:
            if copy.heading:
                left, right = copy.x + copy.panel.left - 4.0, copy.x + copy.panel.right + 4.0
                top, bottom = 8.0, self.y[0] + NODE / 2 + self._room(0) + 34.0
                boxes.append(Box(copy.heading, (left, top), (right - left, bottom - top), copy.step))
        return tuple(boxes)

    def _cell(self, i: int, name: Name, cell: Cell) -> None:
        """Enter a node with its parameters and loops."""
        place = (i, name)
        x, y = self.at(place)
        key = self.key(place)
        look = (cell.role, (x, y), cell.size)
        self.marks.append(Mark(key, cell.name, cell.step, cell.axis, *look, cell.op, cell.formula))
        for k, bias in enumerate(cell.biases):
            self._bias(key, bias, k, (x, y), cell.size)
        reach = {-1: cell.size[0] / 2, 1: cell.size[0] / 2}
        for side, text, delay, position, argument in cell.loops:
            reach[side] += NODE / 2 + 6.0
            points = loop((x, y), cell.size[1] / 2, reach[side], side)
            at = (x + side * (reach[side] + 10.0 + width(text) / 2), y)
            self._line(Edge(place, place, text, argument, position, delay, kind="recurrent"), points, at)
            self._square((x + side * reach[side], y))
            reach[side] += width(text) + 8.0

    def _bias(self, key: str, name: str, k: int, at: Point, size: Point) -> None:
        """A small box at the lower right of a node."""
        x, y = at
        down = 15.0 + k * (SMALL + 4.0)
        half = SMALL / 2
        left = x + size[0] / 2 + 9.0
        own = f"{key}b{k}"
        self.marks.append(Mark(own, name, None, "t", "parameter", (left + half, y + down), (SMALL, SMALL)))
        foot = min(down, size[1] / 2 - 6.0)
        end = (x + rim(size, foot, round_=True) * size[0] / size[1], y + foot)
        points = straight((left, y + down), end)
        self.lines.append(Line(f"e{len(self.lines)}", own, key, "parameter", "", 0, points, width=0.9))

    def _square(self, at: Point) -> None:
        self.marks.append(Mark(f"d{len(self.marks)}", "", None, "t", "delay", at, (SQUARE, SQUARE)))

    def _line(self, edge: Edge, points: Spline, at: Point | None) -> None:
        thick = 2.0 if edge.kind == "recurrent" else 1.2
        self.lines.append(
            Line(
                f"e{len(self.lines)}",
                self.key(edge.source),
                self.key(edge.target),
                edge.kind,
                edge.argument,
                edge.position,
                points,
                edge.text,
                at if edge.text else None,
                width=thick,
                delay=edge.delay,
                through=edge.through,
            )
        )

    def _joins(self) -> None:
        """Enter the edges within copies, those into one node side by side."""
        into: dict[Place, list[Edge]] = {}
        for edge in self.edges:
            if not edge.exit:
                into.setdefault(edge.target, []).append(edge)
        for target, edges in into.items():
            edges.sort(key=self._last_x)
            ways = [e for e in edges if self.ways.row(e.source) < self.ways.row(target)]
            apart = min(10.0, 34.0 / max(len(ways) - 1, 1))
            for k, edge in enumerate(ways):
                self._join(edge, (k - (len(ways) - 1) / 2) * apart, self._side(edge, k, len(ways)))
            for edge in edges:
                if edge not in ways:
                    self._join(edge, 0.0, 1)

    def _side(self, edge: Edge, k: int, count: int) -> int:
        """The side of the k-th edge into a node on which its text stands; 0 if it stands near its source."""
        free = {side: (edge.target, side) not in self.ways.stubs for side in (-1, 1)}
        if count > 1:
            side = {0: -1, count - 1: 1}.get(k, 0)
            bent = abs(self._last_x(edge) - self.copies[edge.target[0]].panel.x[edge.target[1]]) > NODE / 4
            alone = sum(e.source == edge.source and bool(e.text) for e in self.edges if not e.exit) == 1
            return side if side and free[side] and not (bent and alone) else 0
        from_right = self._last_x(edge) > self.copies[edge.target[0]].panel.x[edge.target[1]] + 1.0
        wanted = -1 if from_right and not self.ways.is_looped(edge.target, -1) and free[-1] else 1
        if free[wanted]:
            return wanted
        return -1 if free[-1] else 0

    def _last_x(self, edge: Edge) -> float:
        """Where an edge was one row before its target."""
        panel = self.copies[edge.source[0]].panel
        between = panel.paths.get((edge.source[1], edge.target[1]), [])
        return between[-1] if between else panel.x[edge.source[1]]

    def _join(self, edge: Edge, dx: float, side: int) -> None:
        copy = self.copies[edge.source[0]]
        (xs, ys), (xt, yt) = self.at(edge.source), self.at(edge.target)
        source, target = self._cell_at(edge.source), self._cell_at(edge.target)
        up = 1 if ys > yt else -1
        start = (xs, ys - up * source.size[1] / 2)
        foot = rim(target.size, dx, round_=target.role in ROUND)
        between = copy.panel.paths.get((edge.source[1], edge.target[1]), [])
        rows = range(copy.panel.row[edge.source[1]] + 1, copy.panel.row[edge.target[1]])
        middle: list[Point] = []
        for x, row in zip(between, rows, strict=False):
            middle += [(copy.x + x, self.y[row] + NODE / 2), (copy.x + x, self.y[row] - NODE / 2)]
        end = (xt + dx, yt + up * foot)
        away = 6.0 + width(edge.text) / 2
        stubbed = any((edge.target, k) in self.ways.stubs for k in (-1, 1))
        at = (end[0] + side * away, yt + up * (target.size[1] / 2 + (14.0 if stubbed else 19.0)))
        if not side:
            bend = -1 if [*middle, end][0][0] > xs else 1
            at = (xs + bend * away, start[1] - up * 13.0)
        self._line(edge, curved([start, *middle, end]), at)

    def _wires(self, trunk: Trunk) -> None:
        """Enter the edges of a trunk, and its square."""
        first = trunk.edges[0]
        (xs, ys), size = self.at(first.source), self._cell_at(first.source).size
        start: list[Point] = [(xs + first.exit * size[0] / 2, ys), (trunk.x, ys)]
        if trunk.up:
            above = self._bus(self.ways.row(first.source) + 1, trunk)
            start = [(xs, ys - size[1] / 2), (xs, above), (trunk.x, above)]
        levels = [self._wire(trunk, edge, start) for edge in trunk.edges]
        if first.marked:
            lowest = (min(levels) + start[-1][1]) / 2
            self._square((trunk.x, lowest))

    def _bus(self, row: int, trunk: Trunk) -> float:
        """The y of a line below a row."""
        if row < len(self.y):
            return self.y[row] + NODE / 2 + 34.0 + trunk.buses[row] * NEXT
        return self.y[-1] - LOSS / 2 - 10.0 - trunk.buses[row] * NEXT

    def _wire(self, trunk: Trunk, edge: Edge, start: list[Point]) -> float:
        """Enter one edge; the y at which it leaves the lane."""
        (x, y), size = self.at(edge.target), self._cell_at(edge.target).size
        w = width(edge.text) / 2
        if trunk.direct:
            side = 1 if trunk.x < x else -1
            ways = [*start, (trunk.x, y), (x - side * size[0] / 2, y)]
            flat = abs(start[0][1] - y) < 1.0 and not edge.marked
            at = (trunk.x - 9.0 - w, (start[-1][1] + y) / 2)
            if flat:
                at = ((start[0][0] + ways[-1][0]) / 2, y - 12.0)
            self._line(edge, straight(start[0], ways[-1]) if flat else cornered(ways), at)
            return y
        side = next(k for k in (-1, 1) if trunk in self.ways.stubs.get((edge.target, k), ()))
        own = self.ways.stubs[edge.target, side]
        away = STUB + 6.0 * own.index(trunk)
        level = self._bus(self.ways.row(edge.target), trunk)
        end = (x + side * away, y + rim(size, away, round_=self._cell_at(edge.target).role in ROUND))
        out = STUB + 6.0 * (len(own) - 1) + 5.0 + w
        at = (x + side * out, y + size[1] / 2 + 14.0 + 14.0 * own.index(trunk))
        self._line(edge, cornered([*start, (trunk.x, level), (end[0], level), end]), at)
        return level


def _text_of(trunk: Trunk) -> str:
    """What stands to the left of a lane."""
    return trunk.edges[0].text if trunk.direct else ""
