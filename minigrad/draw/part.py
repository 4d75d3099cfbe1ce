"""What of a graph a picture shows, before anything has a place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from minigrad.draw.scene import Point
from minigrad.op import Array
from minigrad.tensor import Tensor

INPUT, TARGET, NOTE = "input", "target", "note"


@dataclass(eq=False, slots=True)
class Item:
    """A node that is drawn.

    Attributes:
        key: an opaque id.
        name: its name, or the symbol of its op.
        step: its time step, None outside of time.
        axis: the time axis.
        order: the creation counter of its tensor; of anything else one between those of its neighbours.
        tensor: the node of the graph; None for a constant, a copy and what stands for omitted steps.
        constant: the array of a constant.
        role: one of `scene.NODE_ROLES`.
        size: width and height in points.
        master: of a copy of a parameter, the parameter.
        beside: of a copy or a remark, the node at whose foot it stands.
        omitted: of what stands for steps that are left out, how many there are.
        lines: small text below the name.
    """

    key: str
    name: str
    step: int | None
    axis: str
    order: float
    tensor: Tensor | None = None
    constant: Array = None
    role: str = "op"
    size: Point = (0.0, 0.0)
    master: Item | None = None
    beside: Item | None = None
    omitted: int = 0
    lines: tuple[str, ...] = ()

    @property
    def named(self) -> bool:
        """Whether it has a name of its own; a constant has that of its role."""
        return self.tensor is None or self.tensor.name is not None

    @property
    def leaf(self) -> bool:
        """Whether nothing computed it in the picture."""
        if self.master is not None:
            return True
        return not self.omitted and (self.tensor is None or self.tensor.op is None)

    @property
    def array(self) -> Array:
        """Its value, None where there is none."""
        if self.tensor is not None:
            return self.tensor.array
        return self.master.array if self.master is not None else self.constant


@dataclass(eq=False, slots=True)
class Link:
    """An edge that is drawn.

    Attributes:
        source: where it comes from.
        target: where it goes to.
        position: the position of the target's argument.
        argument: the name of that argument.
        through: the labels of the operations that were contracted into it.
        kind: one of `scene.EDGE_KINDS`.
        label: what is written beside it.
        contribution: what it adds to the gradient of its source.
    """

    source: Item
    target: Item
    position: int
    argument: str = ""
    through: tuple[str, ...] = ()
    kind: str = "forward"
    label: str = ""
    contribution: Array = None


@dataclass(eq=False, slots=True)
class Part:
    """What is drawn: items by creation, links by the creation of their targets.

    Attributes:
        items: the nodes.
        links: the edges.
        outputs: the tensors whose graph it is.
        notes: sentences about what is not seen in the picture.
    """

    items: list[Item]
    links: list[Link]
    outputs: Sequence[Tensor]
    notes: list[str] = field(default_factory=list)

    @property
    def timed(self) -> bool:
        """Whether anything was computed at a time step."""
        return any(item.step is not None and not item.leaf for item in self.items)
