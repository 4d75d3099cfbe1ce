"""The part of a graph that a picture shows: steps left out, unnamed nodes contracted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from minigrad import graph
from minigrad.draw.collapse import Gap, gaps
from minigrad.draw.contract import Origin, origins, shown
from minigrad.draw.errors import TooLargeError
from minigrad.draw.numbers import short
from minigrad.draw.part import INPUT, NOTE, TARGET, Item, Link, Part
from minigrad.draw.symbols import symbol
from minigrad.ops.linear import Lookup
from minigrad.ops.loss import Loss
from minigrad.tensor import Tensor

LEAF = "leaf"


@dataclass(eq=False, slots=True)
class _Chooser:
    """The items made so far: nodes by creation number, constants, and what stands for omitted nodes."""

    skipped: dict[str, Gap]
    keys: Any = field(default_factory=count)
    nodes: dict[int, Item] = field(default_factory=dict)
    constants: dict[tuple[int, int], Item] = field(default_factory=dict)
    rests: dict[tuple[str, str], Item] = field(default_factory=dict)
    links: list[Link] = field(default_factory=list)

    def omits(self, node: Tensor) -> bool:
        step, axis = node.scope[:2]
        gap = self.skipped.get(axis)
        return gap is not None and step is not None and gap.first <= step <= gap.last

    def node(self, node: Tensor) -> Item:
        name = node.name
        if name is None:
            name = _unnamed(node)
        step, axis = node.scope[:2]
        item = self.nodes[node.order] = Item(f"n{next(self.keys)}", name, step, axis, node.order, node)
        return item

    def rest(self, node: Tensor) -> Item:
        """What stands for the node at all the steps that are left out."""
        gap = self.skipped[node.axis]
        name = node.name or _unnamed(node)
        if (node.axis, name) not in self.rests:
            item = Item(f"n{next(self.keys)}", name, gap.first, node.axis, node.order, role=NOTE)
            item.omitted = gap.count
            self.rests[node.axis, name] = item
        return self.rests[node.axis, name]

    def constant(self, origin: Origin) -> Item | None:
        """A target or a token, which are arrays in the graph; other constants are not drawn."""
        op, i = origin.source.op, origin.constant
        if not isinstance(op, Loss | Lookup) or op.argument(i) not in ("target", "index"):
            return None
        place = (origin.source.order, i)
        if place not in self.constants:
            name, role = ("y", TARGET) if isinstance(op, Loss) else ("x", INPUT)
            step, axis = origin.source.scope[:2]
            item = Item(f"n{next(self.keys)}", name, step, axis, origin.source.order - 0.5, role=role)
            item.constant = origin.source.inputs[i]
            self.constants[place] = item
        return self.constants[place]

    def source(self, origin: Origin) -> Item | None:
        if origin.constant >= 0:
            return self.constant(origin)
        return self.nodes.get(origin.source.order) or self.rest(origin.source)


def _unnamed(node: Tensor) -> str:
    """What is written for a node that has no name."""
    if node.op is not None:
        return symbol(node.op)
    return short(node.array.item()) if node.size == 1 else LEAF


def choose(
    outputs: Sequence[Tensor], *, detail: str = "named", collapse: bool | None = None, max_nodes: int = 20_000
) -> Part:
    """What to draw of the graph of `outputs`, in O(nodes + edges) and without recursion.

    Args:
        outputs: the tensors whose graph is drawn.
        detail: "named" or "ops".
        collapse: as in `collapse.gaps`.
        max_nodes: how many nodes there may be.

    Raises:
        TooLargeError: if there are more.

    Example:
        >>> x = Tensor(3.0, name="x")
        >>> part = choose([(x * x + 1.0).named("L")])
        >>> [item.name for item in part.items], [link.through for link in part.links]
        (['x', 'L'], [('multiply',)])
    """
    nodes = graph.nodes(*outputs)
    chooser = _Chooser(gaps(nodes, collapse))
    kept = [n for n in nodes if not chooser.omits(n)] if chooser.skipped else nodes
    drawn = shown(kept, [x for x in outputs if not chooser.omits(x)], detail)
    _check_size(len(drawn), max_nodes, detail)
    for node in kept:
        if node.order in drawn:
            chooser.node(node)
    ends = drawn
    if chooser.skipped:
        ends = drawn | {n.order for n in nodes if chooser.omits(n)}
    for node in kept:
        if node.order in drawn and node.op is not None:
            _enter_links(chooser, node, ends)
    if chooser.skipped:
        _enter_leaving(chooser, nodes)
    items = [*chooser.nodes.values(), *chooser.constants.values(), *chooser.rests.values()]
    items.sort(key=lambda item: item.order)
    return Part(items, chooser.links, outputs, _notes(chooser.skipped))


def _enter_links(chooser: _Chooser, node: Tensor, ends: set[int]) -> None:
    """The links into one node."""
    target = chooser.nodes[node.order]
    entered: set[str] = set()
    for origin in origins(node, ends):
        source = chooser.source(origin)
        # One edge stands for those from all the steps that are left out.
        if source is not None and source.key not in entered:
            if source.omitted:
                entered.add(source.key)
            op: Any = node.op
            argument = op.argument(origin.position)
            chooser.links.append(Link(source, target, origin.position, argument, origin.through))


def _enter_leaving(chooser: _Chooser, nodes: list[Tensor]) -> None:
    """A link from each node that an omitted one uses to what stands for it at the omitted steps."""
    timed = {order: item for order, item in chooser.nodes.items() if item.step is not None}
    found: dict[int, Item] = {}
    for node in nodes:
        if chooser.omits(node):
            for x in node.inputs:
                if isinstance(x, Tensor):
                    source = x if x.order < node.order else x.seen_by(node)
                    if source.order in timed:
                        found[source.order] = timed[source.order]
    for order in sorted(found):
        item = found[order]
        rest = chooser.rests.get((item.axis, item.name))
        if rest is not None:
            chooser.links.append(Link(item, rest, 0))


def _notes(skipped: dict[str, Gap]) -> list[str]:
    return [
        f"Steps {axis} = {gap.first} … {gap.last} are left out: collapse=False draws them."
        for axis, gap in skipped.items()
    ]


def _check_size(number: int, max_nodes: int, detail: str) -> None:
    if number <= max_nodes:
        return
    cures = ["name the nodes that matter and take detail='named'"] if detail == "ops" else []
    cures += ["let collapse leave out the steps in the middle", f"pass max_nodes={number}"]
    msg = f"there are {number} nodes to draw, more than max_nodes={max_nodes}: {', or '.join(cures)}"
    raise TooLargeError(msg)
