"""A folded graph as data: classes of nodes, and what a node of a class is computed from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from minigrad.tensor import Tensor

RULE, INITIAL, BOUNDARY = "rule", "initial", "boundary"


@dataclass(frozen=True)
class Input:
    """Where one argument of a class comes from.

    Attributes:
        position: of the argument.
        argument: its name.
        source: the index of the class it comes from; None for a constant.
        delay: how many steps earlier the source is: 0 in the same step, negative for a later one; None
            for what is outside of time or on another axis.
        at: for a source on another axis, its step there.
    """

    position: int
    argument: str
    source: int | None
    delay: int | None = None
    at: int | None = None


@dataclass(frozen=True)
class Piece:
    """Steps at which the nodes of a class are computed in one way: first, first + stride, …, last.

    Attributes:
        first: the first of the steps.
        last: the last.
        stride: from one to the next.
        op: the operation, of the first of them; None for leaves.
        inputs: what it is applied to.
        kind: "rule" for what repeats, "initial" for a state that no step computes, "boundary" for steps
            at the ends that differ.
    """

    first: int
    last: int
    stride: int
    op: Any
    inputs: tuple[Input, ...]
    kind: str = RULE

    @property
    def steps(self) -> range:
        """The steps, ascending."""
        return range(self.first, self.last + 1, self.stride)


@dataclass(frozen=True, eq=False)
class Class:
    """The nodes that are one node of the folded graph.

    Attributes:
        index: its place in `Folded.classes`.
        name: the name of its nodes, or None.
        occurrence: 1 for the second class of that name in one step, and so on.
        axis: the time axis of its nodes; None outside of time.
        place: what a message calls it: its name, or the path to it from a name: "h.a.b".
        nodes: its nodes by step; outside of time one node, under None.
        pieces: how they are computed, by ascending first step; empty outside of time.
    """

    index: int
    name: str | None
    occurrence: int
    axis: str | None
    place: str
    nodes: Mapping[int | None, Tensor] = field(repr=False)
    pieces: tuple[Piece, ...] = ()

    @property
    def rules(self) -> tuple[Piece, ...]:
        """The pieces that repeat: one, or one for each phase of a longer period."""
        return tuple(piece for piece in self.pieces if piece.kind == RULE)

    @property
    def op(self) -> Any:
        """The operation that computes it; None for leaves."""
        if self.axis is None:
            return self.nodes[None].op
        return self.rules[0].op

    @property
    def label(self) -> str:
        """The name, or the label of the operation."""
        if self.name is not None:
            return self.name
        return str(self.op.label) if self.op is not None else "constant"


@dataclass(frozen=True)
class Axis:
    """A time axis of a folded graph: its steps first … last, and after how many the pattern repeats."""

    name: str
    first: int
    last: int
    period: int = 1


@dataclass(frozen=True)
class Taken:
    """What a node outside of time takes of a class: at steps first … last, or outside of time."""

    source: int
    first: int | None = None
    last: int | None = None


@dataclass(frozen=True)
class Outside:
    """A node outside of time that is computed: of what, and through which operations.

    Attributes:
        index: of its class.
        takes: the classes it is computed from, unnamed nodes outside of time passed through.
        through: the labels of the operations, without repetition.
    """

    index: int
    takes: tuple[Taken, ...]
    through: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Folded:
    """An unrolled graph folded over time.

    `folded["h"]` is the class of the nodes named h; the gradients of a recorded back-propagation have
    names such as ∇h and fold in the same way.

    Attributes:
        classes: the nodes of the folded graph, in the order in which their first members were made.
        axes: the time axes.
        outside: the computed nodes outside of time.
        notes: what differs at the ends of time, in sentences.
    """

    classes: tuple[Class, ...]
    axes: tuple[Axis, ...]
    outside: tuple[Outside, ...]
    notes: tuple[str, ...]

    def __getitem__(self, name: str) -> Class:
        found = [c for c in self.classes if c.name == name]
        inside = [c for c in found if c.axis is not None] or found
        if not inside:
            names = ", ".join(dict.fromkeys(c.name for c in self.classes if c.name is not None))
            msg = f"no class {name!r} in the folded graph; the names are {names or 'none'}"
            raise KeyError(msg)
        return inside[0]

    @property
    def parameters(self) -> tuple[Class, ...]:
        """The leaves outside of time."""
        return tuple(c for c in self.classes if c.axis is None and c.op is None)

    def axis(self, name: str) -> Axis:
        """The axis of that name."""
        return next(axis for axis in self.axes if axis.name == name)

    def __repr__(self) -> str:
        spans = "; ".join(f"{a.name} = {a.first} … {a.last}" for a in self.axes)
        return f"Folded({spans}: {', '.join(c.place for c in self.classes)})"
