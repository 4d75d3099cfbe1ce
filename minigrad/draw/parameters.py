"""Shared parameters as rails, as labels of the edges that they are used on, or as a copy at each use."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from minigrad import graph
from minigrad.draw.part import NOTE, Item, Link, Part
from minigrad.tensor import Tensor

STYLES = ("rails", "labels", "copies")
PRODUCTS = ("matmul", "linear", "affine", "dot", "multiply")


def as_copies(part: Part, keep: frozenset[Item] = frozenset()) -> None:
    """Put a copy of a parameter at the foot of each node that uses it, tied to the parameter.

    Args:
        part: what is drawn; changed.
        keep: parameters that are left as they are.
    """
    links: list[Link] = []
    made: dict[tuple[Item, Item], Item] = {}
    for link in part.links:
        if link.kind != "parameter" or link.source in keep or link.target.omitted:
            links.append(link)
            continue
        place = (link.source, link.target)
        if place not in made:
            master, user = place
            key = f"c{len(made)}"
            made[place] = Item(key, master.name, user.step, user.axis, user.order - 0.25, master.tensor)
            made[place].role, made[place].master, made[place].beside = "parameter", master, user
            links.append(Link(master, made[place], 0, kind="tie"))
        link.source = made[place]
        links.append(link)
    part.links = links
    part.items = sorted([*part.items, *made.values()], key=lambda item: item.order)


def as_labels(part: Part) -> None:
    """Write each parameter on the edge that it is multiplied with, or beside the node if there is none.

    Args:
        part: what is drawn; changed.
    """
    into: dict[tuple[Item, Tensor], list[Link]] = {}
    for link in part.links:
        if link.kind != "parameter" and link.source.tensor is not None:
            into.setdefault((link.target, link.source.tensor), []).append(link)
    links: list[Link] = []
    remarks: dict[Item, list[Item]] = {}
    for link in part.links:
        if link.kind != "parameter":
            links.append(link)
            continue
        partner = _partner(link, into)
        if partner is not None:
            partner.label = f"{partner.label}, {link.source.name}" if partner.label else link.source.name
        elif not link.target.omitted:
            _remark(link, remarks.setdefault(link.target, []))
    gone = {item for item in part.items if item.role == "parameter" and item.leaf and item.step is None}
    part.links = links
    part.items = [item for item in part.items if item not in gone]
    for target, own in remarks.items():
        part.items += own
        part.links += [Link(item, target, 0, kind="parameter") for item in own]
    part.items.sort(key=lambda item: item.order)
    part.links.sort(key=lambda link: link.target.order)


def _remark(link: Link, own: list[Item]) -> None:
    user = link.target
    if all(item.name != link.source.name for item in own):
        key = f"r{user.key}x{len(own)}"
        item = Item(key, link.source.name, None, user.axis, user.order - 0.25, role=NOTE)
        item.beside = user
        own.append(item)


def _partner(link: Link, into: dict[tuple[Item, Tensor], list[Link]]) -> Link | None:
    """The edge into the same node whose source is multiplied with the parameter."""
    parameter = link.source.tensor
    for x in _multiplied(link.target, parameter):
        found = into.get((link.target, x))
        if found:
            return found[0]
    return None


def _multiplied(target: Item, parameter: Tensor | None) -> Iterator[Tensor]:
    """What a parameter is multiplied with on its way to a node, through unnamed nodes alone."""
    stack = [target.tensor] if target.tensor is not None else []
    seen: set[int] = set()
    while stack:
        node = stack.pop()
        edges = list(graph.inputs(node))
        for edge in edges:
            if parameter is not None and edge.source.order == parameter.order:
                yield from _beside(node, edge.position, edges)
            elif edge.source.name is None and edge.source.op is not None and edge.source.order not in seen:
                seen.add(edge.source.order)
                stack.append(edge.source)


def _beside(node: Tensor, position: int, edges: list[graph.Edge]) -> Iterator[Tensor]:
    op: Any = node.op
    if op.label not in PRODUCTS or (op.label == "affine" and position == 0):
        return
    other = position - 1 if op.label == "affine" else 1 - position
    for edge in edges:
        if edge.position == other:
            yield from _named(edge.source)


def _named(start: Tensor) -> Iterator[Tensor]:
    """The named nodes that an operand is computed from."""
    stack, seen = [start], {start.order}
    while stack:
        node = stack.pop()
        if node.name is not None or node.op is None:
            yield node
            continue
        for edge in graph.inputs(node):
            if edge.source.order not in seen:
                seen.add(edge.source.order)
                stack.append(edge.source)
