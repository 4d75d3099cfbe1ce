"""Where on the side of a node each edge starts or ends."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from minigrad.draw.part import Item
from minigrad.draw.plan import Route

WIDEST = 10.0
REACH = 0.72
"""How far from the middle of a side, of the half of it, the outermost edge may be."""


@dataclass(eq=False, slots=True)
class _Port:
    key: Any
    pull: float
    straight: bool


class Ports:
    """Places on the sides of nodes: an edge to the left stands left of one to the right.

    Straight edges stand in the middle, so that both of their ends have one place.
    """

    def __init__(self, gap: float = WIDEST) -> None:
        self._gap = gap
        self._sides: dict[tuple[Item, str], dict[Any, _Port]] = {}
        self._offset: dict[tuple[Item, str, Any], float] = {}

    def want(self, item: Item, side: str, key: Any, pull: float, *, straight: bool = False) -> None:
        """Ask for a place; `pull` is negative for an edge that comes from the left or from above."""
        self._sides.setdefault((item, side), {}).setdefault(key, _Port(key, pull, straight))

    def give(self) -> None:
        """Give everything its place."""
        for (item, side), found in self._sides.items():
            length = item.size[0] if side in ("top", "bottom") else item.size[1]
            for key, offset in _offsets(list(found.values()), REACH * length / 2, self._gap).items():
                self._offset[item, side, key] = offset

    def offset(self, item: Item, side: str, key: Any) -> float:
        """How far from the middle of the side a place is, to the right or downwards."""
        return self._offset[item, side, key]


def keys(route: Route) -> tuple[Any, Any]:
    """The keys of both ends of a route."""
    own = route.link
    return route.net if route.shared == "source" else own, route.net if route.shared == "target" else own


def _offsets(ports: list[_Port], reach: float, gap: float) -> dict[Any, float]:
    straight = [port for port in ports if port.straight]
    rest = sorted((port for port in ports if not port.straight), key=lambda port: port.pull)
    if not straight:
        gap = min(gap, 2 * reach / max(len(rest) - 1, 1))
        return {port.key: (k - (len(rest) - 1) / 2) * gap for k, port in enumerate(rest)}
    if len(straight) == len(ports):
        gap = min(gap, 2 * reach / max(len(straight), 1))
    inner = min((len(straight) - 1) / 2 * gap, reach / 2)
    step = 2 * inner / max(len(straight) - 1, 1)
    found = {port.key: k * step - inner for k, port in enumerate(straight)}
    before, after = _halves(rest)
    for side, sign in ((before, -1.0), (after, 1.0)):
        room = min(gap, (reach - inner) / max(len(side), 1))
        found |= {port.key: sign * (inner + (k + 1) * room) for k, port in enumerate(side)}
    return found


def _halves(ports: list[_Port]) -> tuple[list[_Port], list[_Port]]:
    """Those before the middle and those after it, each from the inside; what pulls nowhere evens them out."""
    before = [port for port in reversed(ports) if port.pull < 0]
    after = [port for port in ports if port.pull > 0]
    for port in ports:
        if port.pull == 0:
            (before if len(before) <= len(after) else after).append(port)
    return before, after
