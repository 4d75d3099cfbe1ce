"""The folded picture: one copy of the step that repeats, loops for what it hands to the next."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field, replace
from typing import Any

from minigrad.draw.copies import Cell, Copy, Edge
from minigrad.draw.panel import panel
from minigrad.draw.routes import straight
from minigrad.draw.scene import Line, Mark, Scene
from minigrad.draw.sheet import Sheet
from minigrad.draw.steps import Steps, written
from minigrad.draw.unfolding import unfold
from minigrad.fold import Folded, fold
from minigrad.fold.folded import Axis, Outside
from minigrad.fold.named import Link, parameter_names

ARROW = 96.0
"""The room for the word "unfold" and its arrow."""
HALF = 32.0


def folded_scene(what: Any) -> Scene:
    """One copy of the step that `what` repeats, in rows, with a loop and a black square for each delay.

    Parameters stand beside the edges on which they multiply, others in small boxes. A period of several
    steps has as many copies. Several time axes stand side by side. Notes say what differs at the ends.

    Args:
        what: a run, a tensor, or a `Folded`.

    Raises:
        FoldError: if it does not repeat.

    Example:
        >>> import minigrad as mg, numpy as np
        >>> W = mg.Tensor([[0.5]], "W")
        >>> run = mg.nn.unroll(lambda x, h: np.tanh(W @ h + x), np.ones((4, 1)), np.zeros(1))
        >>> scene = folded_scene(run)
        >>> [(mark.name, mark.role) for mark in scene.nodes]
        [('h', 'hidden'), ('', 'delay'), ('x', 'input')]
        >>> [(line.kind, line.label, line.delay) for line in scene.lines]
        [('recurrent', 'W', 1), ('forward', '', 0)]
    """
    steps = Steps(what if isinstance(what, Folded) else fold(what))
    sheet = Sheet([], [])
    _Folding(steps, sheet).enter()
    return sheet.scene(steps.of.notes, steps.title("folded over time"))


def beside_scene(what: Any) -> Scene:
    """The folded step, an arrow, and its copies at t−1, t and t+1 (Rossi, Fig. 1).

    Args:
        what: a run, a tensor, or a `Folded`.

    Raises:
        FoldError: if it does not repeat.

    Example:
        >>> import minigrad as mg, numpy as np
        >>> run = mg.nn.unroll(lambda x, h: np.tanh(h + x), np.ones((4, 1)), np.zeros(1))
        >>> [mark.step for mark in beside_scene(run).nodes if mark.role == "hidden"]
        [None, 't−1', 't', 't+1']
    """
    steps = Steps(what if isinstance(what, Folded) else fold(what))
    sheet = Sheet([], [])
    _Folding(steps, sheet).enter()
    first = len(sheet.copies)
    sheet.spaces[first] = ARROW
    for axis in steps.of.axes:
        unfold(steps, sheet, axis)
    scene = sheet.scene(steps.of.notes, steps.title("folded over time, and its steps beside it"))
    return _with_arrow(scene, sheet.lanes[first] + ARROW / 2 - 8.0, sum(sheet.y) / len(sheet.y))


def _with_arrow(scene: Scene, x: float, y: float) -> Scene:
    """The scene with the word "unfold" above an arrow."""
    places = [(x - HALF, y), (x + HALF, y)]
    ends = [Mark(f"u{k}", "", None, "t", "note", at, (0.0, 0.0)) for k, at in enumerate(places)]
    word = Mark("u2", "unfold", None, "t", "note", (x, y - 14.0), (40.0, 14.0))
    arrow = Line("u", "u0", "u1", "forward", "", 0, straight(*places), width=2.2)
    return replace(scene, nodes=(*scene.nodes, *ends, word), lines=(*scene.lines, arrow))


@dataclass(eq=False)
class _Folding:
    """The folded step on a sheet.

    Attributes:
        steps: what is drawn.
        sheet: to add to.
        phases: the copy of each axis and phase of its period.
        homes: the copy in which the node of a class stands; of several the last.
    """

    steps: Steps
    sheet: Sheet
    phases: dict[tuple[str, int], int] = field(default_factory=dict)
    homes: dict[int, int] = field(default_factory=dict)

    def enter(self) -> None:
        """Enter the phases of each axis, and what is made of them outside of time."""
        axes = self.steps.of.axes
        several = len(axes) > 1 or axes[0].period > 1
        for axis in axes:
            for phase in range(axis.period):
                copy = self.steps.copy(axis, phase, None, loops=axis.period == 1)
                copy.heading = _heading(axis, phase) if several else ""
                self.phases[axis.name, phase] = len(self.sheet.copies)
                self.homes |= {n: len(self.sheet.copies) for n in copy.cells if isinstance(n, int)}
                self.sheet.copies.append(copy)
            self._enter_results()
        for axis in axes:
            for phase in range(axis.period):
                for e in self.steps.links(axis, phase):
                    edge = self._edge(e, axis, phase)
                    if edge is not None:
                        self.sheet.edges.append(edge)

    def _enter_results(self) -> None:
        """Enter the nodes outside of time that are made of the axes so far, in a column."""
        ready = [
            o
            for o in self.steps.results
            if o.index not in self.homes and all(self._is_known(t.source) for t in o.takes)
        ]
        if not ready:
            return
        cells: dict[Hashable, Cell] = {}
        column = panel({}, [], {})
        for o in ready:
            cells[o.index] = cell = self.steps.cell(self.steps.of.classes[o.index])
            sources = [t.source for t in o.takes if t.source in self.homes]
            row = max(self.sheet.copies[self.homes[s]].panel.row[s] for s in sources)
            while row in column.row.values():
                row += 1
            column.x[o.index], column.row[o.index] = 0.0, row
            column.rows = max(column.rows, row + 1)
            left, right = cell.extents()
            column.left, column.right = min(column.left, -left), max(column.right, right)
        self.homes |= {o.index: len(self.sheet.copies) for o in ready}
        self.sheet.copies.append(Copy(cells, column))
        for o in ready:
            self._enter_taken(o)

    def _is_known(self, index: int) -> bool:
        leaf = self.steps.of.classes[index].axis is None and self.steps.of.classes[index].op is None
        return leaf or index in self.homes or bool(self._parameters(index))

    def _parameters(self, index: int) -> tuple[str, ...]:
        return parameter_names(self.steps.of, self.steps.of.classes[index])

    def _enter_taken(self, o: Outside) -> None:
        """Enter the edges into a node outside of time, with the steps at which it takes what."""
        target = (self.homes[o.index], o.index)
        for t in o.takes:
            if t.source not in self.homes:
                self.sheet.copies[target[0]].cells[o.index].biases += self._parameters(t.source)
                continue
            axis = self.steps.of.classes[t.source].axis
            steps = f"{t.first}" if t.first == t.last else f"{t.first} … {t.last}"
            text = f"{axis} = {steps}" if axis is not None else ""
            source = (self.homes[t.source], t.source)
            self.sheet.edges.append(Edge(source, target, text, through=o.through, exit=1))

    def _edge(self, e: Link, axis: Axis, phase: int) -> Edge | None:
        """One edge of the folded picture; None if it is drawn with its node."""
        here = self.phases[axis.name, phase]
        target = (here, e.target)
        edge = Edge(target, target, ", ".join(e.parameters), e.argument, e.position, e.delay or 0, e.through)
        if e.kind == "parameter" or (e.source == e.target and e.delay and axis.period == 1):
            return None
        if e.delay is None:
            return self._from_elsewhere(edge, e)
        edge.source = (here, e.source)
        if e.delay:
            place = phase - e.delay
            there = self.phases[axis.name, place % axis.period]
            edge.source, edge.kind = (there, e.source), "recurrent"
            edge.marked = not 0 <= place < axis.period
            edge.text = written(e, axis.name) if edge.marked else edge.text
            forward = 1 if e.delay > 0 else -1
            edge.exit = -forward if there == here else forward
        return edge

    def _from_elsewhere(self, edge: Edge, e: Link) -> Edge | None:
        """An edge from another axis or from outside of time; None for what is at one step of its own axis."""
        if not isinstance(e.source, int) or e.source not in self.homes:
            return None
        here, there = edge.target[0], self.homes[e.source]
        if here == there:
            return None
        edge.source, edge.exit = (there, e.source), 1 if there < here else -1
        if e.at is not None:
            at = f"{self.steps.of.classes[e.source].axis} = {e.at}"
            edge.text = ", ".join(filter(None, [edge.text, at]))
        return edge


def _heading(axis: Axis, phase: int) -> str:
    if axis.period > 1:
        return f"{axis.name} = {axis.first + phase}, {axis.first + phase + axis.period}, …"
    return f"{axis.name} = {axis.first} … {axis.last}"
