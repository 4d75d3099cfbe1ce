"""The ways of edges that lead from one copy of a step to another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from minigrad.draw.copies import Copy, Edge, Place


@dataclass(eq=False)
class Trunk:
    """Edges from one node that leave its copy on one way, a vertical lane between two copies.

    Attributes:
        edges: of one source and one delay.
        gap: the lane is to the left of the copy of this index.
        direct: whether the lane runs beside the one target, so that the way leads straight into it.
        up: whether the way leaves the source from its top, as something stands beside it.
        x: where the lane is.
        buses: the rows below which the way runs along, and the how-manieth line there it is.
    """

    edges: list[Edge]
    gap: int
    direct: bool = False
    up: bool = False
    x: float = 0.0
    buses: dict[int, int] = field(default_factory=dict)


class Trunks:
    """The ways of all edges between copies.

    Args:
        copies: from left to right.
        edges: in any order; those with an exit lead from copy to copy.

    Attributes:
        all: the ways.
        taken: of each row, for each line below it, the copies that it passes.
        stubs: of each node and side the ways that come in from below there.
    """

    def __init__(self, copies: Sequence[Copy], edges: Sequence[Edge]) -> None:
        self.copies = copies
        self.taken: dict[int, list[set[int]]] = {}
        self.stubs: dict[tuple[Place, int], list[Trunk]] = {}
        found: dict[tuple[Place, int, int], Trunk] = {}
        for edge in edges:
            if edge.exit:
                gap = edge.source[0] + (edge.exit > 0)
                found.setdefault((edge.source, gap, edge.delay), Trunk([], gap)).edges.append(edge)
        self.all = list(found.values())
        for trunk in self.all:
            trunk.up = not self.is_free(trunk.edges[0].source, trunk.edges[0].exit)
            trunk.direct = len({e.target for e in trunk.edges}) == 1 and self._is_direct(trunk)
            _label_once(trunk)
            self._enter_lines(trunk)

    def row(self, place: Place) -> int:
        """The row of a node."""
        return self.copies[place[0]].panel.row[place[1]]

    def span(self, trunk: Trunk) -> int:
        """Over how many rows a way leads."""
        return max(abs(self.row(e.target) - self.row(e.source)) for e in trunk.edges)

    def is_free(self, place: Place, side: int) -> bool:
        """Whether nothing stands at a side of a node, out to the border of its copy."""
        return not self.is_looped(place, side) and self.copies[place[0]].panel.outermost(place[1], side)

    def is_looped(self, place: Place, side: int) -> bool:
        """Whether a node has a loop at a side."""
        return any(loop[0] == side for loop in self.copies[place[0]].cells[place[1]].loops)

    def _is_direct(self, trunk: Trunk) -> bool:
        """Whether the lane of a trunk runs beside its target, with nothing between."""
        copy, name = trunk.edges[0].target
        side = -1 if trunk.gap <= copy else 1
        return trunk.gap in {copy, copy + 1} and self.is_free((copy, name), side)

    def _enter_lines(self, trunk: Trunk) -> None:
        """Find each line of a way along a row a place below that row where no other runs."""
        rows: dict[int, list[int]] = {}
        if not trunk.direct:
            copies = [e.target[0] for e in trunk.edges]
            rows = {self.row(e.target): copies for e in trunk.edges}
            for target in dict.fromkeys(e.target for e in trunk.edges):
                side = -1 if trunk.gap <= target[0] else 1
                side = -side if self.is_looped(target, side) else side
                self.stubs.setdefault((target, side), []).append(trunk)
        if trunk.up:
            source = trunk.edges[0].source
            above = self.row(source) + 1
            rows[above] = [*rows.get(above, []), source[0]]
        for row, reached in rows.items():
            span = range(min([trunk.gap, *reached]), max([trunk.gap - 1, *reached]) + 1)
            taken = self.taken.setdefault(row, [])
            level = next((k for k, used in enumerate(taken) if used.isdisjoint(span)), len(taken))
            if level == len(taken):
                taken.append(set())
            taken[level] |= set(span)
            trunk.buses[row] = level


def _label_once(trunk: Trunk) -> None:
    """Write the texts of edges that run on one way together beside the first of them."""
    texts: dict[Place, list[Edge]] = {}
    for edge in trunk.edges:
        texts.setdefault(edge.target, []).append(edge)
    for same in texts.values():
        same[0].text = ", ".join(dict.fromkeys(e.text for e in same if e.text))
        for edge in same[1:]:
            edge.text = ""
