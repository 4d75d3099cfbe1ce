"""The folded graph between its named classes: unnamed ones passed through, parameters beside the edges."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from minigrad.fold.folded import Class, Folded, Input, Piece
from minigrad.ops.linear import Lookup
from minigrad.ops.loss import Loss

PRODUCTS = frozenset({"matmul", "linear", "affine", "multiply", "divide", "outer", "einsum", "lookup"})
"""Where a parameter meets what it is multiplied with: it is written beside that edge."""
CONSTANTS = {"target": "y", "index": "x"}
"""The arrays that books draw as nodes: the targets of a loss, the tokens that are looked up."""


Names = tuple[str, ...]


@dataclass(frozen=True)
class Link:
    """An edge between two classes that are drawn.

    Attributes:
        source: the index of a class; the name of a parameter; "x" or "y" for tokens or targets, which are
            arrays in the graph.
        target: the index of a class.
        argument: the name of the argument of the target.
        position: its position.
        delay: how many steps earlier the source is, None if it is outside of time or on another axis.
        at: for a source on another axis or at one step, its step.
        parameters: the names of the parameters that it is multiplied with on its way.
        through: the labels of the operations passed through.
        kind: "node", "parameter" or "constant": what the source is.
    """

    source: int | str
    target: int
    argument: str
    position: int
    delay: int | None
    at: int | None = None
    parameters: tuple[str, ...] = ()
    through: tuple[str, ...] = ()
    kind: str = "node"


@dataclass(eq=False)
class _Walk:
    """The way back from one piece of a class."""

    folded: Folded
    shown: frozenset[int]
    target: Class
    step: int
    links: dict[Link, None] = field(default_factory=dict)
    seen: set[Any] = field(default_factory=set)

    def enter(self, piece: Piece, found: Names, through: Names, end: Input | None) -> None:
        """Follow the inputs of a piece.

        Args:
            piece: of the target, or of an unnamed class on the way to it.
            found: the parameters met so far.
            through: the operations passed so far.
            end: the argument of the target through which the way leads; None at the target itself.
        """
        names = [self.parameter(i) for i in piece.inputs]
        for i in piece.inputs:
            at, mine = end or i, names[i.position]
            if mine:
                if not self._has_partner(piece, names, i.position):
                    for name in mine:
                        link = Link(name, self.target.index, at.argument, at.position, None, kind="parameter")
                        self.links.setdefault(link)
                continue
            met = tuple(dict.fromkeys([*_partners(piece, names, i.position), *found]))
            self._follow(piece, i, at, met, through)

    def _follow(self, piece: Piece, i: Input, at: Input, met: Names, through: Names) -> None:
        if i.source is None:
            if _is_drawn(piece, i):
                name = CONSTANTS[i.argument]
                end = (self.target.index, at.argument, at.position)
                self.links.setdefault(Link(name, *end, 0, None, met, through, "constant"))
            return
        there = self.folded.classes[i.source]
        if there.index in self.shown or i.delay != 0:
            link = Link(i.source, self.target.index, at.argument, at.position, i.delay, i.at, met, through)
            self.links.setdefault(link)
            return
        key = (there.index, met, at.position)
        if key not in self.seen:
            self.seen.add(key)
            inner = piece_at(there, self.step)
            self.enter(inner, met, (inner.op.label, *through) if inner.op else through, at)

    def _has_partner(self, piece: Piece, names: list[Names], position: int) -> bool:
        """Whether a parameter has a factor beside which it can be written."""
        return any(
            names[position][0] in _partners(piece, names, i.position)
            for i in piece.inputs
            if not names[i.position] and (i.source is not None or _is_drawn(piece, i))
        )

    def parameter(self, i: Input, depth: int = 8) -> Names:
        """The names of the parameters, if an argument is made of nothing else."""
        if i.source is None or depth == 0:
            return ()
        there = self.folded.classes[i.source]
        if there.axis is None:
            return parameter_names(self.folded, there)
        if there.name is not None or there.index in self.shown or i.delay != 0 or there.op is None:
            return ()
        piece = piece_at(there, self.step)
        inner = [(k, self.parameter(k, depth - 1)) for k in piece.inputs]
        if any(not names and (k.source is not None or _is_drawn(piece, k)) for k, names in inner):
            return ()
        return tuple(dict.fromkeys(name for _, names in inner for name in names))


def _is_drawn(piece: Piece, i: Input) -> bool:
    """Whether an array is drawn as a node."""
    return i.source is None and isinstance(piece.op, (Loss, Lookup)) and i.argument in CONSTANTS


def _partners(piece: Piece, names: list[Names], position: int) -> Names:
    """The parameters that an argument of an operation is multiplied with."""
    if piece.op is None or piece.op.label not in PRODUCTS:
        return ()
    if piece.op.label == "affine":
        if position == 0:
            return ()
        return names[position + 1] if position % 2 else names[position - 1]
    return tuple(name for k, mine in enumerate(names) if k != position for name in mine)


def piece_at(c: Class, step: int) -> Piece:
    """The rule of a class at a step, or its first one."""
    fitting = (r for r in c.rules if r.first <= step <= r.last and (step - r.first) % r.stride == 0)
    return next(fitting, c.rules[0])


def parameter_names(folded: Folded, c: Class) -> Names:
    """The names of what a node outside of time is made of, if those are leaves alone; else nothing."""
    if c.op is None or c.name is not None:
        made = next((o for o in folded.outside if o.index == c.index), None)
        timed = made is not None and any(folded.classes[t.source].axis is not None for t in made.takes)
        return () if timed or c.name is None else (c.place,)
    made = next(o for o in folded.outside if o.index == c.index)
    inner = [folded.classes[t.source] for t in made.takes]
    if any(c.axis is not None for c in inner):
        return ()
    return tuple(dict.fromkeys(name for other in inner for name in parameter_names(folded, other)))


def drawn(folded: Folded) -> frozenset[int]:
    """The classes in time that stand for themselves: named ones, and unnamed ones that other steps take."""
    crossing = {
        i.source
        for c in folded.classes
        for piece in c.rules
        for i in piece.inputs
        if i.source is not None and (i.delay != 0 or folded.classes[i.source].axis != c.axis)
    }
    taken = {t.source for o in folded.outside for t in o.takes}
    used = {i.source for c in folded.classes for piece in c.pieces for i in piece.inputs}
    return frozenset(
        c.index
        for c in folded.classes
        if c.axis is not None
        and (c.name is not None or c.index in crossing or c.index in taken or c.index not in used)
    )


def links(folded: Folded, shown: frozenset[int], phase: dict[str, int]) -> list[Link]:
    """The edges into the classes that are drawn, by their rules.

    Args:
        folded: the folded graph.
        shown: the classes that are drawn.
        phase: which of the steps of a longer period to look at, by axis: 0, 1, …

    Example:
        >>> import minigrad as mg, numpy as np
        >>> from minigrad.fold import fold
        >>> W = mg.Tensor([[0.5]], "W")
        >>> folded = fold(mg.nn.unroll(lambda x, h: np.tanh(W @ h + x), np.ones((4, 1)), np.zeros(1)))
        >>> found = links(folded, drawn(folded), {})
        >>> [(folded.classes[e.source].place, e.delay, e.parameters, e.through) for e in found]
        [('h', 1, ('W',), ('matmul', 'add')), ('x', 0, (), ('add',))]
    """
    found: list[Link] = []
    for index in sorted(shown):
        c = folded.classes[index]
        step = representative(folded, c, phase)
        if step is not None:
            walk = _Walk(folded, shown, c, step)
            walk.enter(piece_at(c, step), (), (), None)
            found += walk.links
    return found


def representative(folded: Folded, c: Class, phase: dict[str, int]) -> int | None:
    """A step at which a class is computed by its rule, in a phase of the period; None if there is none."""
    axis = folded.axis(c.axis or "")
    wanted = phase.get(axis.name, 0)
    if axis.period == 1:
        steps = c.rules[0].steps
        return steps[len(steps) // 2]
    for rule in c.rules:
        for step in rule.steps[: axis.period]:
            if (step - axis.first) % axis.period == wanted:
                return step
    return None
