"""Walking a graph: its nodes in order, its edges, the consumers of a node."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from minigrad.op import Op
from minigrad.tensor import Tensor


class Edge(NamedTuple):
    """One use of a node: argument `position` of what `consumer` computes."""

    source: Tensor
    consumer: Tensor
    position: int

    @property
    def argument(self) -> str:
        """The name of the argument of the consumer's op."""
        op = self.consumer.op
        return op.argument(self.position) if isinstance(op, Op) else ""


def nodes(*outputs: Tensor) -> list[Tensor]:
    """Every node that `outputs` depend on and themselves, inputs before their consumers.

    Takes O(nodes + edges) steps and no recursion. Of a tensor that was written to, each version that
    somebody used is a node of its own.

    Example:
        >>> import numpy as np
        >>> x = Tensor(2.0, name="x")
        >>> [node.name or node.op for node in nodes(x * x + 1.0)]
        ['x', Multiply(), Add()]
    """
    found = {output.order: output for output in outputs}
    stack = list(found.values())
    while stack:
        consumer = stack.pop()
        for x in consumer.inputs:
            if isinstance(x, Tensor):
                if x.order > consumer.order:
                    x = x.seen_by(consumer)  # noqa: PLW2901  # the version that was used
                if x.order not in found:
                    found[x.order] = x
                    stack.append(x)
    return [found[order] for order in sorted(found)]


def inputs(consumer: Tensor) -> Iterator[Edge]:
    """The edges that enter a node, by position; x * x has two."""
    for position, x in enumerate(consumer.inputs):
        if isinstance(x, Tensor):
            source = x if x.order < consumer.order else x.seen_by(consumer)
            yield Edge(source, consumer, position)


def edges(*outputs: Tensor) -> Iterator[Edge]:
    """Every edge of the graph of `outputs`, in the order in which consumers were made."""
    for node in nodes(*outputs):
        yield from inputs(node)


def consumers(node: Tensor, *outputs: Tensor) -> list[Edge]:
    """The edges that leave `node` in the graph of `outputs`."""
    return [edge for edge in edges(*outputs) if edge.source.order == node.order]


def steps(*outputs: Tensor, axis: str = "t") -> list[int]:
    """The time steps that occur on `axis`, ascending."""
    return sorted({n.step for n in nodes(*outputs) if n.step is not None and n.axis == axis})
