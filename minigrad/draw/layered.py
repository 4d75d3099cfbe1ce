"""The layout of a graph without time steps: layers from below, edges that swing between them."""

from __future__ import annotations

from itertools import pairwise

from minigrad.draw.curves import boundary, swung
from minigrad.draw.frame import spread
from minigrad.draw.layers import Slot, slots
from minigrad.draw.layout import Layout, Spline
from minigrad.draw.part import Item, Link, Part
from minigrad.draw.ports import REACH
from minigrad.draw.scene import Point

MARGIN, GAP = 20.0, 26.0
BAND, STEEPNESS, HIGHEST = 40.0, 0.12, 150.0
BESIDE = 3.2
PORT = 10.0
ROUNDS = 4

Ends = dict[tuple[Link, str], float]


def layered_layout(part: Part, *, backwards: bool = False) -> Layout:
    """Places and lines of any graph, inputs below what is computed from them.

    Args:
        part: what is drawn, with sizes.
        backwards: whether there shall be lines beside the edges for back-propagation.
    """
    layers, of, ways = slots(part)
    _across(layers)
    left = min((slot.x - slot.width / 2 for layer in layers for slot in layer), default=0.0)
    for layer in layers:
        for slot in layer:
            slot.x += MARGIN - left
    ports = _ports(ways)
    tops, bottoms = _down(layers, ways, backwards=backwards)
    made = Layout()
    for item, slot in of.items():
        made.at[item] = (slot.x, (tops[slot.layer] + bottoms[slot.layer]) / 2)
    for link, way in ways.items():
        back = backwards and link.contribution is not None
        by = BESIDE if back else 0.0
        made.lines[link] = _line(link, way, made.at, ports, (tops, bottoms), by)
        if back:
            made.backs[link] = tuple(reversed(_line(link, way, made.at, ports, (tops, bottoms), -by)))
    right = max((slot.x + slot.width / 2 for layer in layers for slot in layer), default=0.0)
    made.size = (right + MARGIN, bottoms[0] + MARGIN if bottoms else 2 * MARGIN)
    return made


def _across(layers: list[list[Slot]]) -> None:
    """Give each slot its x: near the mean of its neighbours, in the order of its layer."""
    for layer in layers:
        _settle(layer, [0.0 for _ in layer])
    for round_ in range(ROUNDS):
        for upwards in (True, False):
            for layer in layers if upwards else reversed(layers):
                both = round_ == ROUNDS - 1
                _settle(layer, [_wanted(slot, upwards=upwards, both=both) for slot in layer])


def _settle(layer: list[Slot], wanted: list[float]) -> None:
    for slot, x in zip(layer, spread(wanted, [slot.width for slot in layer], GAP), strict=True):
        slot.x = x


def _wanted(slot: Slot, *, upwards: bool, both: bool) -> float:
    near = slot.below + slot.above if both else slot.below if upwards else slot.above
    return sum(other.x for other in near) / len(near) if near else slot.x


def _ports(ways: dict[Link, list[Slot]]) -> Ends:
    """How far from the middle of its ends each link starts and ends."""
    sides: dict[tuple[Item, str], list[tuple[float, Link]]] = {}
    for link, way in ways.items():
        sides.setdefault((link.source, "top"), []).append((way[1].x, link))
        sides.setdefault((link.target, "bottom"), []).append((way[-2].x, link))
    found: Ends = {}
    for (item, side), links in sides.items():
        links.sort(key=lambda pair: pair[0])
        reach = REACH * item.size[0] / 2
        gap = min(PORT, 2 * reach / max(len(links) - 1, 1))
        for k, (_, link) in enumerate(links):
            found[link, side] = (k - (len(links) - 1) / 2) * gap
    return found


def _down(
    layers: list[list[Slot]], ways: dict[Link, list[Slot]], *, backwards: bool
) -> tuple[list[float], list[float]]:
    """The upper and lower edge of each layer; the first layer is lowest."""
    reach = [0.0] * (len(layers) + 1)
    for way in ways.values():
        for a, b in pairwise(way):
            reach[b.layer] = max(reach[b.layer], abs(a.x - b.x))
    tops, bottoms = [0.0] * len(layers), [0.0] * len(layers)
    y = MARGIN
    for k in range(len(layers) - 1, -1, -1):
        tops[k] = y
        y += max((slot.item.size[1] for slot in layers[k] if slot.item is not None), default=10.0)
        bottoms[k] = y
        y += min(BAND + 14.0 * backwards + STEEPNESS * reach[k], HIGHEST)
    return tops, bottoms


def _line(
    link: Link,
    way: list[Slot],
    at: dict[Item, Point],
    ports: Ends,
    edges: tuple[list[float], list[float]],
    by: float,
) -> Spline:
    """The spline of a link, `by` points to the right of its ends' places."""
    tops, bottoms = edges
    start = _meets(link.source, at, ports[link, "top"] + by, -1.0)
    end = _meets(link.target, at, ports[link, "bottom"] + by, 1.0)
    found: list[Point] = [start]
    for a, b in pairwise(way):
        x = end[0] if b.item is not None else b.x + by
        turn, back = (found[-1][0], tops[a.layer]), (x, bottoms[b.layer])
        last = end if b.item is not None else (x, tops[b.layer])
        found += swung(found[-1], turn, back, last)[1:]
    return tuple(found)


def _meets(item: Item, at: dict[Item, Point], offset: float, sign: float) -> Point:
    x, y = at[item]
    return (x + offset, y + sign * boundary(item.role, item.size[1] / 2, item.size[0] / 2, offset))
