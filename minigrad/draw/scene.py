"""A picture as data: nodes and edges with places, roles and numbers, which every writer only reads."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

Point: TypeAlias = tuple[float, float]

NODE_ROLES = ("input", "parameter", "hidden", "output", "loss", "target", "op", "delay", "note")
EDGE_KINDS = ("forward", "recurrent", "parameter", "backward", "tie")
STATES = ("computed", "zero", "not-finite", "not-computed")


@dataclass(frozen=True)
class Numbers:
    """What is shown of an array.

    Attributes:
        shape: its shape.
        entries: all of its entries, row by row, if there are at most 8, else none.
        norm: the Euclidean norm.
        low: the smallest entry.
        high: the largest entry.
        heat: for a larger array at most 12 × 12 block means, each in [−1, 1] of the largest |entry|.
    """

    shape: tuple[int, ...]
    entries: tuple[float, ...]
    norm: float
    low: float
    high: float
    heat: tuple[tuple[float, ...], ...] = ()


@dataclass(frozen=True)
class Mark:
    """A node of the picture.

    Attributes:
        key: an opaque id, unique in the scene, letters and digits only.
        name: what is written in it: the name of the node, or the label of its op.
        step: its time step, None outside of time; text such as "t−1" in a folded picture.
        axis: the time axis that the step counts on.
        role: one of `NODE_ROLES`.
        at: its centre, in points, x to the right and y downwards.
        size: its width and height.
        op: the operation that computed it, as text; empty for a leaf.
        formula: how it is computed, by the names in the picture: "tanh(a)".
        value: its value; None where nothing is known, as in a folded picture.
        gradient: ∂L/∂ it; None unless its state is "computed" or "zero".
        state: one of `STATES`.
        fill: the place on the gradient's ramp, 0 … 8; None if it is filled by its role.
        copies: for a copy of a parameter, the key of its master; else empty.
        lines: what is written below its name in small letters: its value, its shape, its gradient's norm.
    """

    key: str
    name: str
    step: int | str | None
    axis: str
    role: str
    at: Point
    size: Point
    op: str = ""
    formula: str = ""
    value: Numbers | None = None
    gradient: Numbers | None = None
    state: str = "not-computed"
    fill: int | None = None
    copies: str = ""
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class Line:
    """An edge of the picture.

    Attributes:
        key: an opaque id.
        source: the key of the node it comes from.
        target: the key of the node it goes to; a backward edge goes against the forward one.
        kind: one of `EDGE_KINDS`.
        argument: the name of the consumer's argument.
        position: its position; x * x has two edges.
        points: a cubic spline: start, then two control points and an end for each piece.
        label: what is written beside it: a parameter's name, a delay, the norm of a contribution.
        label_at: where, the middle of the text.
        norm: for an edge whose gradient contribution is known, its norm.
        width: of the line, in points.
        delay: how many time steps it spans in a folded picture.
        through: the labels of the operations that were contracted into it.
    """

    key: str
    source: str
    target: str
    kind: str
    argument: str
    position: int
    points: tuple[Point, ...]
    label: str = ""
    label_at: Point | None = None
    norm: float | None = None
    width: float = 1.2
    delay: int = 0
    through: tuple[str, ...] = ()


@dataclass(frozen=True)
class Box:
    """A dashed frame around a time step, with its heading: "t = 3", or "steps 4 … 9" of a collapsed one."""

    heading: str
    corner: Point
    size: Point
    step: int | None = None
    collapsed: int = 0


@dataclass(frozen=True)
class Bar:
    """One bar under the grid: ‖∇W⁽ᵗ⁾L‖ of a parameter at a step."""

    parameter: str
    step: int
    norm: float
    corner: Point
    size: Point
    fill: int


@dataclass(frozen=True)
class Legend:
    """The ramp of gradient norms.

    Attributes:
        title: what is measured.
        ticks: the norms at the borders of the ramp's colours, ascending.
        corner: its upper left corner.
    """

    title: str
    ticks: tuple[float, ...]
    corner: Point


@dataclass(frozen=True)
class Visit:
    """One step of back-propagation: a node whose gradient is complete.

    Attributes:
        node: the key of the node.
        lines: the keys of the edges whose contributions were added, in that order.
        sums: the norm of the running sum after each of them.
        formula: the sum as text: "∇h⁽³⁾ = ∂L/∂o⁽³⁾ · … + …".
    """

    node: str
    lines: tuple[str, ...]
    sums: tuple[float, ...]
    formula: str


@dataclass(frozen=True)
class Scene:
    """A picture as data.

    Attributes:
        nodes: the nodes.
        lines: the edges, forward ones first.
        boxes: the frames of the time steps.
        size: width and height of the picture, in points.
        order: the steps of back-propagation, in their order; empty without gradients.
        legend: the ramp, if nodes are filled by it.
        bars: the bars under the grid.
        notes: sentences under the picture: what is left out, which boundary step differs.
        title: what the picture shows, for readers who do not see it.
    """

    nodes: tuple[Mark, ...]
    lines: tuple[Line, ...]
    boxes: tuple[Box, ...]
    size: Point
    order: tuple[Visit, ...] = ()
    legend: Legend | None = None
    bars: tuple[Bar, ...] = field(default=())
    notes: tuple[str, ...] = ()
    title: str = ""
