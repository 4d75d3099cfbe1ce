"""What each edge of a picture adds to the gradient of its source."""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from typing import Any

import numpy as np

from minigrad import graph
from minigrad.draw.part import Link, Part
from minigrad.edge import contributions
from minigrad.gradtable import GradTable, UnknownTensorError
from minigrad.message import describe
from minigrad.op import Array
from minigrad.tensor import Tensor


def gradients(part: Part, grads: GradTable) -> dict[int, Array]:
    """The gradients that are known of the nodes of a picture, by creation number.

    Raises:
        ValueError: if `grads` belongs to another graph.
    """
    found: dict[int, Array] = {}
    for item in part.items:
        if item.tensor is not None:
            try:
                G = grads[item.tensor]
            except UnknownTensorError:
                continue
            found[item.tensor.order] = G.array if isinstance(G, Tensor) else G
    orders = {node.order for node in graph.nodes(*part.outputs)}
    if grads.loss.order not in orders:
        msg = (
            f"grads= is the gradient of {describe(grads.loss)}, which is no node of the graph that is drawn: "
            "pass backprop(…) of that graph's own loss"
        )
        raise ValueError(msg)
    return found


def enter_contributions(part: Part, found: dict[int, Array]) -> None:
    """Give each link what it contributes, by the rules of the operations that it stands for.

    Args:
        part: what is drawn.
        found: the gradients of `gradients`.

    Example:
        >>> from minigrad.backprop import backprop
        >>> from minigrad.draw.choose import choose
        >>> x = Tensor(3.0, name="x")
        >>> L = (x * x).named("L")
        >>> part = choose([L])
        >>> enter_contributions(part, gradients(part, backprop(L)))
        >>> [float(link.contribution) for link in part.links]
        [3.0, 3.0]
    """
    drawn = {item.tensor.order for item in part.items if item.tensor is not None}
    into: dict[int, list[Link]] = {}
    for link in part.links:
        target = link.target.tensor
        if target is not None and target.order in found and link.source.tensor is not None:
            into.setdefault(target.order, []).append(link)
    with np.errstate(all="ignore"):
        for order, links in into.items():
            _enter(links, found[order], drawn)


def _enter(links: Sequence[Link], G: Array, drawn: set[int]) -> None:
    """The contributions of the links into one node."""
    node: Any = links[0].target.tensor
    positions = sorted({link.position for link in links})
    first = dict(zip(positions, contributions(node, positions, G), strict=True))
    sources = {edge.position: edge.source for edge in graph.inputs(node)}
    spread: dict[int, dict[int, Array]] = {}
    for link in links:
        i = link.position
        source: Any = link.source.tensor
        if source.order == sources[i].order:
            link.contribution = _known(first[i], source)
            continue
        if i not in spread:
            spread[i] = _through(sources[i], first[i], drawn)
        link.contribution = _known(spread[i].get(source.order), source)


def _known(g: Array, source: Tensor) -> Array:
    """A contribution; zero along an edge without a slope."""
    return np.zeros_like(source.array) if g is None else g


def _through(start: Tensor, g: Array, drawn: set[int]) -> dict[int, Array]:
    """What reaches the drawn nodes below `start`, an unnamed node, if it receives `g`."""
    reached: dict[int, Array] = {} if g is None else {start.order: g}
    nodes = {start.order: start}
    waiting = [-start.order]
    while waiting:
        node = nodes[-heapq.heappop(waiting)]
        G = reached.get(node.order)
        if G is None:
            continue
        edges = list(graph.inputs(node))
        for edge, part in zip(edges, contributions(node, [e.position for e in edges], G), strict=True):
            order = edge.source.order
            if part is not None:
                reached[order] = reached[order] + part if order in reached else part
            if order not in nodes:
                nodes[order] = edge.source
                if order not in drawn:
                    heapq.heappush(waiting, -order)
    return reached
