"""Layers of a graph without time steps: what is computed from a node stands in a layer above it."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

from minigrad.draw.part import Item, Link, Part

OFTEN = 3
"""A parameter that is used more often is drawn as a small copy at each use."""
SWEEPS = 8


@dataclass(eq=False, slots=True)
class Slot:
    """A place in a layer: of a node, or of an edge that passes through.

    Attributes:
        layer: counted from below.
        width: in points.
        item: the node, None for an edge.
        below: the slots of the layer below that lead here.
        above: those above that lead on from here.
        x: the middle.
    """

    layer: int
    width: float
    item: Item | None
    below: list[Slot] = field(repr=False)
    above: list[Slot] = field(repr=False)
    x: float = 0.0


def levels(part: Part) -> dict[Item, int]:
    """The layer of each item: the longest path to it; a leaf stands just below its first use.

    Example:
        >>> from minigrad.draw.choose import choose
        >>> from minigrad.tensor import Tensor
        >>> x, b = Tensor(1.0, name="x"), Tensor(1.0, name="b")
        >>> part = choose([(x * x).named("y") + b])
        >>> [(item.name, level) for item, level in levels(part).items()]
        [('x', 0), ('b', 1), ('y', 1), ('+', 2)]
    """
    level = dict.fromkeys(part.items, 0)
    for link in part.links:
        level[link.target] = max(level[link.target], level[link.source] + 1)
    lowest: dict[Item, int] = {}
    for link in part.links:
        if link.source.leaf:
            lowest[link.source] = min(lowest.get(link.source, level[link.target]), level[link.target])
    return level | {item: above - 1 for item, above in lowest.items()}


def with_copies(part: Part, *, every: bool = False) -> None:
    """Give parameters that are used often, and nodes that are used far above them, copies at their uses.

    Args:
        part: what is drawn; changed.
        every: whether each further use of a parameter gets a copy.
    """
    level = levels(part)
    uses: dict[Item, int] = {}
    for link in part.links:
        uses[link.source] = uses.get(link.source, 0) + 1
    longest = _longest(part, level)
    links: list[Link] = []
    made: dict[tuple[Item, Item], Item] = {}
    masters: set[Item] = set()
    for link in part.links:
        source, target = link.source, link.target
        often = source.role == "parameter" and (uses[source] > OFTEN or (every and uses[source] > 1))
        far = level[target] - level[source] > longest
        if often and source not in masters and not far:
            masters.add(source)
            made[source, target] = source
        if often or far:
            if (source, target) not in made:
                made[source, target] = _copy(source, target, len(made))
            link.source = made[source, target]
        links.append(link)
    part.links = links
    copies = [item for (source, _), item in made.items() if item is not source]
    unused = {item for item in part.items if item.leaf and item in uses} - {link.source for link in links}
    part.items = sorted([*(i for i in part.items if i not in unused), *copies], key=lambda item: item.order)


def _copy(source: Item, target: Item, number: int) -> Item:
    order = target.order - 0.25
    item = Item(f"c{number}", source.name, source.step, source.axis, order, source.tensor, source.constant)
    item.role, item.master = source.role, source
    return item


def _longest(part: Part, level: dict[Item, int]) -> int:
    """How many layers an edge may span, so that the slots of passing edges stay few."""
    spans = sorted(level[link.target] - level[link.source] for link in part.links)
    room = 4 * len(part.items) + 200
    for span in spans:
        room -= max(span - 1, 0)
        if room < 0:
            return max(span - 1, 2)
    return spans[-1] if spans else 1


def slots(part: Part) -> tuple[list[list[Slot]], dict[Item, Slot], dict[Link, list[Slot]]]:
    """The layers, their slots in an order of few crossings; the slot of each item; the way of each link."""
    level = levels(part)
    layers: list[list[Slot]] = [[] for _ in range(max(level.values(), default=0) + 1)]
    of: dict[Item, Slot] = {}
    for item in part.items:
        of[item] = Slot(level[item], item.size[0], item, [], [])
        layers[level[item]].append(of[item])
    ways: dict[Link, list[Slot]] = {}
    for link in part.links:
        way = [of[link.source]]
        for layer in range(level[link.source] + 1, level[link.target]):
            way.append(Slot(layer, 10.0, None, [], []))
            layers[layer].append(way[-1])
        way.append(of[link.target])
        for a, b in pairwise(way):
            a.above.append(b)
            b.below.append(a)
        ways[link] = way
    _untangle(layers)
    return layers, of, ways


def _untangle(layers: list[list[Slot]]) -> None:
    """Order each layer by the means of its neighbours' places, upwards and downwards in turn."""
    for layer in layers:
        _number(layer)
    for sweep in range(SWEEPS):
        upwards = sweep % 2 == 0
        for layer in layers if upwards else reversed(layers):
            layer.sort(key=lambda slot: _mean(slot.below if upwards else slot.above, slot.x))  # used at once
            _number(layer)


def _number(layer: list[Slot]) -> None:
    """Places from −½ to ½, so that layers of different lengths compare."""
    for k, slot in enumerate(layer):
        slot.x = (k + 0.5) / len(layer) - 0.5


def _mean(neighbours: list[Slot], default: float) -> float:
    return sum(slot.x for slot in neighbours) / len(neighbours) if neighbours else default
