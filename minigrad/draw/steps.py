"""The nodes and edges of one copy of the step that a folded graph repeats."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from minigrad.draw.copies import LOSS, NODE, Cell, Copy
from minigrad.draw.label import label as typeset
from minigrad.draw.panel import panel
from minigrad.draw.roles import LOSSES, TARGETS
from minigrad.draw.symbols import symbol
from minigrad.fold import Folded
from minigrad.fold.folded import INITIAL, Axis, Class, Outside
from minigrad.fold.named import Link, drawn, links, representative
from minigrad.fold.notes import formula, is_sum, moment

WIDEST = 84.0
ROOM = 12.0


class Steps:
    """What is drawn of a folded graph.

    Args:
        folded: the graph.

    Attributes:
        of: the graph.
        shown: the classes in time that are drawn.
        results: the computed nodes outside of time that are drawn.
    """

    def __init__(self, folded: Folded) -> None:
        self.of = folded
        self.shown = drawn(folded)
        self.results = [o for o in folded.outside if self._is_drawn(o)]
        self._links: dict[tuple[str, int], list[Link]] = {}
        everything = [e for axis in folded.axes for k in range(axis.period) for e in self.links(axis, k)]
        self._crossing = {e.source for e in everything if e.delay not in {0, None}}

    def title(self, how: str) -> str:
        """What the picture shows, for readers who do not see it."""
        names = ", ".join(dict.fromkeys(self.of.classes[i].label for i in sorted(self.shown)))
        return f"The graph of {names}, {how}."

    def _is_drawn(self, o: Outside) -> bool:
        """Whether a node outside of time is made of what is in time; a sum over time is told in a note."""
        timed = any(self.of.classes[t.source].axis is not None for t in o.takes)
        return timed and not is_sum(o, self.of.classes)

    def links(self, axis: Axis, phase: int) -> list[Link]:
        """The edges into the nodes of an axis at a phase of its period."""
        key = (axis.name, phase)
        if key not in self._links:
            own = links(self.of, self.shown, {axis.name: phase})
            self._links[key] = [e for e in own if self.of.classes[e.target].axis == axis.name]
        return self._links[key]

    def role(self, c: Class) -> str:
        """What a node of a class is in the picture."""
        if c.op is None:
            inside = "target" if c.label in TARGETS else "input"
            return inside if c.axis is not None else "parameter"
        if c.name is None:
            return "op"
        if c.name in LOSSES and next(iter(c.nodes.values())).size == 1:
            return "loss"
        state = c.index in self._crossing or any(piece.kind == INITIAL for piece in c.pieces)
        return "hidden" if state else "output"

    def cell(self, c: Class, step: str | None = None) -> Cell:
        """The node of a class."""
        role = self.role(c)
        least, room = (LOSS, 2 * ROOM) if role == "loss" else (NODE, ROOM)
        text = formula(c.rules[0], self.of.classes) if c.rules and c.op is not None else ""
        op = "" if c.op is None else str(c.op.label)
        name = symbol(c.op) if role == "op" and c.op is not None else c.label
        size = max(least, min(typeset(name, step).width + room, WIDEST))
        return Cell(name, role, step, c.axis or "t", op, text, size=(size, least))

    def _is_rare(self, c: Class, axis: Axis) -> bool:
        """Whether a class is there at one step alone, as a loss at the last one: not at t−1, t and t+1."""
        return sum(len(rule.steps) for rule in c.rules) == 1 < axis.last - axis.first

    def copy(self, axis: Axis, phase: int, step: str | None, *, loops: bool) -> Copy:
        """A copy of the step of an axis.

        Args:
            axis: the axis.
            phase: which step of its period.
            step: what stands beside the names, "t−1"; None for nothing.
            loops: whether what a node takes of itself at another step is a loop.
        """
        found = self.links(axis, phase)
        cells: dict[Hashable, Cell] = {}
        for index in sorted(self.shown):
            c = self.of.classes[index]
            here = c.axis == axis.name and representative(self.of, c, {axis.name: phase}) is not None
            if here and (loops or step is None or not self._is_rare(c, axis)):
                cells[index] = self.cell(c, step)
        found = [e for e in found if e.target in cells]
        for e in found:
            if e.kind == "parameter":
                cells[e.target].biases.append(str(e.source))
            elif e.kind == "constant" and e.source not in cells:
                # First in its row, as leaves are.
                role = "target" if e.source == "y" else "input"
                cells = {e.source: Cell(str(e.source), role, step, axis.name)} | cells
            elif loops and e.source == e.target and e.delay:
                _enter_loop(cells[e.target], e)
        edges = [(e.source, e.target) for e in found if e.delay == 0 and e.source in cells]
        states = {e.source for e in found if e.delay} & set(cells)
        room = {name: cell.extents() for name, cell in cells.items()}
        return Copy(cells, panel(room, edges, _above(cells, edges), states))


def _above(cells: dict[Hashable, Cell], edges: Sequence[tuple[Hashable, int]]) -> dict[Hashable, Hashable]:
    """The targets, which stand above the loss that alone uses them."""
    found: dict[Hashable, Hashable] = {}
    for name, cell in cells.items():
        uses = [b for a, b in edges if a == name]
        if cell.role == "target" and uses and all(cells[b].role == "loss" for b in uses):
            found[name] = uses[0]
    return found


def _enter_loop(cell: Cell, e: Link) -> None:
    delay = e.delay or 0
    cell.loops.append((-1 if delay > 0 else 1, written(e, cell.axis), delay, e.position, e.argument))


def written(e: Link, axis: str) -> str:
    """What stands beside an edge from another step: its parameters, and a delay that is not 1."""
    delay = "" if e.delay in {0, 1, None} else f"from {moment(axis, e.delay or 0).replace('-', '−')}"
    return ", ".join(filter(None, [*e.parameters, delay]))
