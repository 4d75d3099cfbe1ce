"""In which row of the grid, and in which column within its step, each class of nodes stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from minigrad.draw.part import Item, Link
from minigrad.draw.roles import crossing

Class = tuple[str, str, int]
"""The time axis, the name or op, and the how-manieth of it within a step."""


@dataclass(eq=False, slots=True)
class Rows:
    """Rows from below, and columns within a step, by class.

    Attributes:
        classes: the class of each item at a time step.
        row: the row of each class.
        column: the column of each class within its step.
        widths: how many columns a step has, by axis.
        count: how many rows there are.
    """

    classes: dict[Item, Class]
    row: dict[Class, int] = field(default_factory=dict)
    column: dict[Class, int] = field(default_factory=dict)
    widths: dict[str, int] = field(default_factory=dict)
    count: int = 0


def rows(items: list[Item], links: list[Link]) -> Rows:
    """The rows of the items at time steps: by the longest path to them within their step.

    What other steps use has a row of its own; other nodes of one level stand side by side. The same role
    stands in the same place at every step.

    Args:
        items: those at time steps, by creation.
        links: all links, by the creation of their targets.
    """
    made = Rows(_classes(items))
    levels = _levels(made.classes, links)
    states = {made.classes[link.source] for link in crossing(links) if link.source in made.classes}
    axes = list(dict.fromkeys(axis for axis, _, _ in made.classes.values()))
    stacks = {axis: _stacks([c for c in levels if c[0] == axis], levels, states) for axis in axes}
    depth = {
        level: max(len(stacks[axis].get(level, [])) for axis in axes)
        for level in sorted(set(levels.values()))
    }
    base = 0
    for level, height in depth.items():
        for axis in axes:
            for k, members in enumerate(stacks[axis].get(level, [])):
                made.row |= dict.fromkeys(members, base + k)
        base += height
    made.count = base
    before = _before(made.classes, links)
    for axis in axes:
        _columns(made, axis, before)
    return made


def _classes(items: Iterable[Item]) -> dict[Item, Class]:
    count: Counter[tuple[str, int | None, str]] = Counter()
    found: dict[Item, Class] = {}
    for item in items:
        if not item.omitted:
            tag = item.name if item.named else f"\0{item.name}"
            count[item.axis, item.step, tag] += 1
            found[item] = (item.axis, tag, count[item.axis, item.step, tag])
    known = set(found.values())
    for item in items:
        if item.omitted:
            own = (item.axis, item.name, 1)
            found[item] = own if own in known else (item.axis, f"\0{item.name}", 1)
    return found


def _levels(classes: dict[Item, Class], links: list[Link]) -> dict[Class, int]:
    """The level of each class: that of its highest member; leaves stand just below what uses them."""
    level: dict[Item, int] = {item: 1 for item in classes if not item.leaf and not item.omitted}
    within = [k for k in links if k.source in classes and k.target in level and _together(k)]
    for link in within:
        if link.source in level:
            level[link.target] = max(level[link.target], level[link.source] + 1)
    found: dict[Class, int] = {}
    for item, height in level.items():
        found[classes[item]] = max(found.get(classes[item], 0), height)
    leaves: dict[Class, int] = {}
    for link in within:
        own = classes[link.source]
        if link.source.leaf and own not in found:
            above = found[classes[link.target]]
            wanted = above + 1 if link.source.role == "target" else above - 1
            leaves[own] = min(leaves.get(own, wanted), wanted)
    # In the order of creation, which is that of `classes`.
    return {c: found.get(c, leaves.get(c, 0)) for c in dict.fromkeys(classes.values())}


def _together(link: Link) -> bool:
    return link.source.step == link.target.step and link.source.axis == link.target.axis


def _stacks(
    members: list[Class], levels: dict[Class, int], states: set[Class]
) -> dict[int, list[list[Class]]]:
    """The rows of each level: one for all that no other step uses, one for each that others use."""
    stacks: dict[int, list[list[Class]]] = {}
    for level in {levels[c] for c in members}:
        here = [c for c in members if levels[c] == level]
        plain = [c for c in here if c not in states]
        stacks[level] = ([plain] if plain else []) + [[c] for c in here if c in states]
    return stacks


def _before(classes: dict[Item, Class], links: list[Link]) -> dict[Class, list[Class]]:
    """The classes that each is computed from within its step; a target counts as computed from its use."""
    found: dict[Class, dict[Class, None]] = {}
    for link in links:
        if link.source in classes and link.target in classes and _together(link):
            source, target = classes[link.source], classes[link.target]
            found.setdefault(target, {})[source] = None
            if link.source.role == "target":
                found.setdefault(source, {})[target] = None
    return {c: list(sources) for c, sources in found.items()}


def _columns(made: Rows, axis: str, before: dict[Class, list[Class]]) -> None:
    """Give each class of an axis its column: below its row's neighbours, around the middle of the step."""
    lines: dict[int, list[Class]] = {}
    for c in made.row:
        if c[0] == axis:
            lines.setdefault(made.row[c], []).append(c)
    most = max(map(len, lines.values()))
    # An odd number, so that there is a middle.
    width = most + 1 - most % 2
    made.widths[axis] = width
    middle = width // 2
    for row in sorted(lines):
        wanted = {c: _wanted(made, before.get(c, []), middle) for c in lines[row]}
        members = sorted(lines[row], key=lambda c: wanted[c])
        if len(members) == 1:
            made.column[members[0]] = round(wanted[members[0]])
            continue
        for c, column in zip(members, _spread(len(members), middle), strict=True):
            made.column[c] = column


def _wanted(made: Rows, sources: list[Class], middle: int) -> float:
    """The column of what a node is computed from, if that is one; else the middle."""
    known = {made.column[c] for c in sources if c in made.column}
    return (
        float(known.pop())
        if len(known) == 1
        else sum(known) / len(known)
        if len(known) > 1
        else float(middle)
    )


def _spread(count: int, middle: int) -> list[int]:
    """`count` columns around the middle one, which an even number leaves free."""
    half = count // 2
    sides = [*range(middle - half, middle), *range(middle + 1, middle + half + 1)]
    return sorted([*sides, middle] if count % 2 else sides)
