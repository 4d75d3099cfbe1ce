"""A recorded graph as wires: what each node was made of, and gradients that stop where they are told."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from heapq import heappop, heappush
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from minigrad import graph
from minigrad.edge import contributions
from minigrad.tensor import Tensor

Array: TypeAlias = NDArray[Any]


class UnrecognisedError(Exception):
    """The graph is not of the kind that was looked for."""


class Wiring:
    """The nodes of a loss that depend on named leaves; everything else is a constant.

    Args:
        loss: a scalar tensor.
        leaves: tensors by name.

    Attributes:
        loss: the loss.
        nodes: the nodes that depend on a leaf, and the leaves themselves, by creation counter, ascending.
        uses: for each of them the positions and the counters of its inputs that are such nodes, too.
        leaves: the names of the leaves that the loss depends on, by creation counter.
    """

    def __init__(self, loss: Tensor, leaves: Mapping[str, Tensor]) -> None:
        every = {node.order: node for node in graph.nodes(loss)}
        named = {v.order: name for name, x in leaves.items() for v in x.versions()}
        self.loss = loss
        self.leaves = {order: name for order, name in named.items() if order in every}
        self.nodes: dict[int, Tensor] = {}
        self.uses: dict[int, tuple[list[int], list[int]]] = {}
        for order, node in every.items():
            edges = [] if order in self.leaves else list(graph.inputs(node))
            edges = [e for e in edges if e.source.order in self.nodes]
            if edges or order in self.leaves:
                self.nodes[order] = node
                self.uses[order] = ([e.position for e in edges], [e.source.order for e in edges])

    def pull(
        self, start: int, seed: Any, stops: Collection[int] = (), within: Collection[int] | None = None
    ) -> dict[int, Array]:
        """The gradient of ⟨seed, node⟩ along the paths that end at the first of `stops`, or at a leaf.

        Args:
            start: the counter of the node.
            seed: of the shape of the node.
            stops: counters of nodes that count as independent; `start` may be among them.
            within: the nodes that are of interest; None is all.

        Returns:
            The gradients of the stops and leaves that are reached with a gradient that is not zero.
        """
        node = self.nodes[start]
        pending: dict[int, Array] = {start: np.asarray(seed, node.dtype).reshape(node.shape)}
        found: dict[int, Array] = {}
        heap = [-start]
        while heap:
            order = -heappop(heap)
            G = pending.pop(order)
            positions, sources = self.uses[order]
            if not positions or (order in stops and order != start):
                found[order] = G
                continue
            for source, g in zip(sources, contributions(self.nodes[order], positions, G), strict=True):
                if g is None or (within is not None and source not in within) or not g.any():
                    continue
                if source in pending:
                    pending[source] = pending[source] + g
                else:
                    pending[source] = g
                    heappush(heap, -source)
        return found

    def leading_to_leaves(self, stops: Collection[int]) -> set[int]:
        """The nodes that depend on a leaf by a path without `stops`; the leaves are among them."""
        found: set[int] = set()
        for order, (positions, sources) in self.uses.items():
            if not positions or any(s in found and s not in stops for s in sources):
                found.add(order)
        return found

    def dominated(self, order: int, by: int) -> bool:
        """Whether every path from a leaf to a node leads through the node `by`."""
        seen, stack, reached = {order}, [order], False
        while stack:
            for source in self.uses[stack.pop()][1]:
                if source == by:
                    reached = True
                elif source < by or not self.uses[source][0]:
                    return False
                elif source not in seen:
                    seen.add(source)
                    stack.append(source)
        return reached

    def reached(self, order: int, stops: Collection[int]) -> set[int]:
        """The stops that a node depends on directly."""
        seen, stack, found = {order}, [order], set()
        while stack:
            for source in self.uses[stack.pop()][1]:
                if source in stops:
                    found.add(source)
                elif source not in seen:
                    seen.add(source)
                    stack.append(source)
        return found

    def descendants(self, orders: Collection[int]) -> set[int]:
        """The nodes that depend on one of `orders`, and those themselves."""
        found = set(orders)
        for order, (_, sources) in self.uses.items():
            if any(s in found for s in sources):
                found.add(order)
        return found
