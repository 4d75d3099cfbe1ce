"""Where the nodes of one copy of a step stand, in rows by the longest path to them."""

from __future__ import annotations

from collections.abc import Container, Hashable, Iterable, Mapping
from dataclasses import dataclass, field

Name = Hashable
SWEEPS = 8
SLOT = 16.0
"""The width of an edge that passes a row."""


@dataclass(eq=False)
class Panel:
    """A copy of a step.

    Attributes:
        x: of each node, the middle of the panel being 0.
        row: of each node, from below.
        paths: of each edge over several rows, the x at which it passes the rows between.
        left: how far it reaches to the left.
        right: to the right.
        rows: how many there are.
    """

    x: dict[Name, float] = field(default_factory=dict)
    row: dict[Name, int] = field(default_factory=dict)
    paths: dict[tuple[Name, Name], list[float]] = field(default_factory=dict)
    left: float = 0.0
    right: float = 0.0
    rows: int = 0

    def outermost(self, node: Name, side: int) -> bool:
        """Whether nothing stands further out in the row of a node, to the left (−1) or right (+1)."""
        mates = [other for other, row in self.row.items() if row == self.row[node]]
        return all(side * self.x[other] <= side * self.x[node] for other in mates)


def panel(
    extents: Mapping[Name, tuple[float, float]],
    edges: Iterable[tuple[Name, Name]],
    above: Mapping[Name, Name],
    states: Container[Name] = (),
) -> Panel:
    """Lay out nodes and the edges between them within a step.

    Args:
        extents: how much room each node needs to its left and right, in order of creation.
        edges: from source to target, without cycles.
        above: nodes that stand in the row above another, as targets do above the loss.
        states: nodes that get a row of their own, as other steps use them.

    Example:
        >>> room = dict.fromkeys("xho", (30.0, 30.0))
        >>> made = panel(room, [("x", "h"), ("h", "o"), ("x", "o")], {})
        >>> made.row, len(made.paths["x", "o"])
        ({'x': 0, 'h': 1, 'o': 2}, 1)
    """
    made = Panel()
    pairs = list(dict.fromkeys((a, b) for a, b in edges if a not in above))
    made.row = _split(_rows(list(extents), pairs, above), states)
    made.rows = max(made.row.values(), default=-1) + 1
    room = dict(extents)
    rows: list[list[Name]] = [[n for n in extents if made.row[n] == k] for k in range(made.rows)]
    hops = [*((made_above, node) for node, made_above in above.items())]
    for a, b in pairs:
        way: list[Name] = [a]
        for k in range(made.row[a] + 1, made.row[b]):
            slot = (a, b, k)
            room[slot] = (SLOT / 2, SLOT / 2)
            rows[k].append(slot)
            way.append(slot)
        hops += zip(way, [*way[1:], b], strict=True)
    x = _columns(rows, hops, room)
    for a, b in pairs:
        between = range(made.row[a] + 1, made.row[b])
        made.paths[a, b] = [x[a, b, k] for k in between]
    made.x = {node: x[node] for node in extents}
    made.left = min((x[n] - room[n][0] for n in x), default=0.0)
    made.right = max((x[n] + room[n][1] for n in x), default=0.0)
    return made


def _rows(nodes: list[Name], edges: list[tuple[Name, Name]], above: Mapping[Name, Name]) -> dict[Name, int]:
    """The row of each node: inputs just below what uses them, others by the longest path to them."""
    after: dict[Name, list[Name]] = {}
    missing = dict.fromkeys(nodes, 0)
    for a, b in edges:
        after.setdefault(a, []).append(b)
        missing[b] += 1
    leaves = {n for n in nodes if not missing[n] and n not in above}
    level = dict.fromkeys(nodes, 0)
    ready = [n for n in nodes if not missing[n]]
    for node in ready:
        for b in after.get(node, ()):
            level[b] = max(level[b], level[node] + 1)
            missing[b] -= 1
            if not missing[b]:
                ready.append(b)
    for node in leaves:
        level[node] = min((level[b] - 1 for b in after.get(node, ())), default=level[node])
    for node, below in above.items():
        level[node] = level[below] + 1
    return level


def _split(level: Mapping[Name, int], states: Container[Name]) -> dict[Name, int]:
    """The rows from 0 on, where states of one level stand one above the other."""
    row: dict[Name, int] = {}
    base = 0
    for height in sorted(set(level.values())):
        here = [n for n in level if level[n] == height]
        plain = [n for n in here if n not in states]
        row |= dict.fromkeys(plain, base)
        base += bool(plain)
        for n in here:
            if n in states:
                row[n] = base
                base += 1
    return {n: row[n] for n in level}


def _columns(
    rows: list[list[Name]], hops: list[tuple[Name, Name]], room: Mapping[Name, tuple[float, float]]
) -> dict[Name, float]:
    """The x of everything, each as near to its neighbours as its row leaves room for."""
    below: dict[Name, list[Name]] = {}
    over: dict[Name, list[Name]] = {}
    for a, b in hops:
        below.setdefault(b, []).append(a)
        over.setdefault(a, []).append(b)
    x: dict[Name, float] = {}
    for row in rows:
        _spread(row, dict.fromkeys(row, 0.0), room, x)
    for _ in range(SWEEPS):
        for row in reversed(rows):
            _follow(row, over, room, x)
        for row in rows:
            _follow(row, below, room, x)
    for row in reversed(rows):
        if not any(n in below for n in row):
            _follow(row, over, room, x)
    return x


def _follow(
    row: list[Name],
    near: Mapping[Name, list[Name]],
    room: Mapping[Name, tuple[float, float]],
    x: dict[Name, float],
) -> None:
    """Move a row to the middle of what each of it is joined to."""
    wanted = {n: sum(x[m] for m in near[n]) / len(near[n]) if n in near else x[n] for n in row}
    row.sort(key=wanted.__getitem__)
    _spread(row, wanted, room, x)


def _spread(
    row: list[Name],
    wanted: Mapping[Name, float],
    room: Mapping[Name, tuple[float, float]],
    x: dict[Name, float],
) -> None:
    """Put a row, in its order, where it is wanted, no two too near: least squares under the distances."""
    offset = 0.0
    offsets = []
    for k, n in enumerate(row):
        offset += room[row[k - 1]][1] + room[n][0] if k else 0.0
        offsets.append(offset)
    blocks: list[tuple[float, int]] = []
    for n, o in zip(row, offsets, strict=True):
        total, count = wanted[n] - o, 1
        while blocks and blocks[-1][0] / blocks[-1][1] >= total / count:
            before = blocks.pop()
            total, count = total + before[0], count + before[1]
        blocks.append((total, count))
    values = [total / count for total, count in blocks for _ in range(count)]
    for n, o, value in zip(row, offsets, values, strict=True):
        x[n] = value + o
