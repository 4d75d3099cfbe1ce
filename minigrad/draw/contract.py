"""Unnamed nodes are contracted into the edges between those that are drawn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from minigrad import graph
from minigrad.message import describe
from minigrad.op import Op
from minigrad.tensor import Tensor

MOST_SHARED = 64
"""How many unnamed nodes that several others use may hide below one; with more it is drawn."""
MOST_LABELS = 8


class Origin(NamedTuple):
    """Where an edge of the picture comes from.

    Attributes:
        source: a node that is drawn or left out, or what a constant is an operand of.
        position: the position of the argument of the node that is drawn.
        through: the labels of the contracted operations between the two, at most 8.
        constant: the position of the constant among the operands of `source`, else −1.
    """

    source: Tensor
    position: int
    through: tuple[str, ...]
    constant: int


def shown(nodes: Sequence[Tensor], outputs: Sequence[Tensor], detail: str) -> set[int]:
    """The creation numbers of the nodes to draw.

    With detail "ops" all; with "named" those that have a name, the leaves, the outputs, what one time step
    hands to another, and of the rest those that are shared by several others and have much below them, as
    the number of edges between the nodes around them would be the product of both.

    Example:
        >>> x = Tensor(1.0, name="x")
        >>> y = (x * x + x).named("y")
        >>> [len(shown(graph.nodes(y), [y], detail)) for detail in ("named", "ops")]
        [2, 3]
    """
    if detail == "ops":
        return {node.order for node in nodes}
    keep = {output.order for output in outputs}
    keep |= {node.order for node in nodes if node.name is not None or node.op is None}
    shared = _shared(nodes, keep)
    weight: dict[int, int] = {}
    for node in nodes:
        if node.order not in keep:
            below = sum(weight.get(edge.source.order, 0) for edge in graph.inputs(node))
            weight[node.order] = min(1 + below, MOST_SHARED + 1)
            if weight[node.order] > MOST_SHARED and node.order in shared:
                keep.add(node.order)
                del weight[node.order]
    return keep


def _shared(nodes: Sequence[Tensor], keep: set[int]) -> set[int]:
    """The nodes outside of `keep` that several others use; those that other steps use go into `keep`."""
    users: dict[int, int] = {}
    shared = set()
    for node in nodes:
        for edge in graph.inputs(node):
            order = edge.source.order
            if order in keep:
                continue
            if _crosses(edge.source, node):
                keep.add(order)
            elif users.setdefault(order, node.order) != node.order:
                shared.add(order)
    return shared


def _crosses(source: Tensor, consumer: Tensor) -> bool:
    """Whether a step hands a node on to another step, as it does with a state."""
    here, there = source.scope, consumer.scope
    return here[0] != there[0] and here[0] is not None and there[0] is not None and here[1] == there[1]


def origins(target: Tensor, ends: set[int]) -> Iterator[Origin]:
    """Where the edges that enter a node of the picture come from, by argument; each source once for each.

    Args:
        target: a node that is drawn.
        ends: the creation numbers of the nodes at which an edge may start.
    """
    for position in range(len(target.inputs)):
        stack: list[tuple[Tensor, int, tuple[str, ...]]] = [(target, position, ())]
        seen: set[int] = set()
        while stack:
            consumer, i, through = stack.pop()
            x = consumer.inputs[i]
            if not isinstance(x, Tensor):
                yield Origin(consumer, position, through, i)
                continue
            source = x if x.order < consumer.order else x.seen_by(consumer)
            if source.order in seen:
                continue
            seen.add(source.order)
            if source.order in ends:
                yield Origin(source, position, through, -1)
                continue
            label = source.op.label if isinstance(source.op, Op) else describe(source)
            longer = (label, *through)[:MOST_LABELS]
            stack += [(source, k, longer) for k in range(len(source.inputs) - 1, -1, -1)]
