"""The grid of an unrolled graph: groups of columns for time steps and for what is outside of time."""

from __future__ import annotations

from dataclasses import dataclass, field

from minigrad.draw.part import Item, Link, Part
from minigrad.draw.roles import base
from minigrad.draw.rows import Rows, rows
from minigrad.ops.arithmetic import Identity

Cell = tuple[int, int]
Stage = tuple[int, int]
"""How many time axes lie before something, and its step on the next one; −1 outside of time."""


@dataclass(eq=False, slots=True)
class Group:
    """Columns that belong together: a time step, or what lies between two time axes.

    Attributes:
        step: the step, None outside of time.
        axis: the time axis.
        first: the first column.
        width: how many columns there are.
        omitted: how many steps it stands for that are left out.
        framed: whether anything was computed at the step, so that it gets a frame.
    """

    step: int | None
    axis: str
    first: int
    width: int
    omitted: int = 0
    framed: bool = False


@dataclass(eq=False, slots=True)
class Places:
    """Where everything stands in the grid.

    Attributes:
        cells: the row, from below, and the column of each item in it.
        groups: from left to right.
        rows: how many rows there are.
        masters: the leaves outside of time, which stand to the left of the grid.
        feet: what stands at the foot of an item: copies of parameters and remarks.
    """

    cells: dict[Item, Cell]
    groups: list[Group]
    rows: int
    masters: list[Item]
    feet: dict[Item, list[Item]] = field(default_factory=dict)

    @property
    def columns(self) -> int:
        """How many columns there are."""
        return self.groups[-1].first + self.groups[-1].width if self.groups else 0


def places(part: Part) -> Places:
    """The cell of each item of an unrolled graph.

    Example:
        >>> import numpy as np
        >>> from minigrad.draw.choose import choose
        >>> from minigrad.nn.unroll import unroll
        >>> run = unroll(lambda x, h: np.tanh(h + x), np.ones((2, 3)), np.zeros(3))
        >>> found = places(choose([run["h", 2]]))
        >>> {(item.name, item.step): cell for item, cell in found.cells.items()}
        {('h', 0): (1, 0), ('x', 1): (0, 1), ('h', 1): (1, 1), ('x', 2): (0, 2), ('h', 2): (1, 2)}
    """
    grid = [item for item in part.items if item.beside is None]
    timed = [item for item in grid if item.step is not None]
    masters = [item for item in grid if item.step is None and item.leaf and item.role != "hidden"]
    lines = rows(timed, part.links)
    axes = list(dict.fromkeys(item.axis for item in timed))
    outside = _stages(part.links, grid, axes)
    heights = _heights(part.links, lines, outside)
    cells: dict[Item, Cell] = {}
    groups: list[Group] = []
    first = 0
    for k in range(len(axes) + 1):
        first = _enter_stage(cells, groups, [i for i, stage in outside.items() if stage == k], heights, first)
        if k < len(axes):
            own = [item for item in timed if item.axis == axes[k]]
            first = _enter_steps(cells, groups, own, lines, first)
    count = max((row for row, _ in cells.values()), default=0) + 1
    found = Places(cells, groups, count, masters)
    for item in part.items:
        if item.beside is not None:
            found.feet.setdefault(item.beside, []).append(item)
    return found


def _stages(links: list[Link], grid: list[Item], axes: list[str]) -> dict[Item, int]:
    """How many time axes lie before each computed item outside of time."""
    stage = {item: 0 for item in grid if item.step is None and (not item.leaf or item.role == "hidden")}
    for link in links:
        if link.source in stage and link.source.leaf and link.target.step is not None:
            stage[link.source] = axes.index(link.target.axis)
        elif link.target in stage and not (link.source.step is None and link.source.leaf):
            source = link.source
            lies = stage[source] if source in stage else axes.index(source.axis) + 1
            stage[link.target] = max(stage[link.target], lies)
    return stage


def _heights(links: list[Link], lines: Rows, outside: dict[Item, int]) -> dict[Item, int]:
    """The row of each item outside of time: that of what it is computed from, or one higher.

    The initial value of a state stands in the row of the state.
    """
    height = dict.fromkeys(outside, 0)
    states = {name: lines.row[axis, name, k] for axis, name, k in lines.row}
    for item in outside:
        if item.leaf:
            height[item] = states.get(item.name, states.get(base(item.name), 0))
    for link in links:
        if link.target in height:
            source = link.source
            if source in lines.classes:
                below = lines.row[lines.classes[source]]
            elif source in height:
                below = height[source] + (outside[source] == outside[link.target])
            else:
                continue
            height[link.target] = max(height[link.target], below)
    return height


def _enter_stage(
    cells: dict[Item, Cell], groups: list[Group], members: list[Item], heights: dict[Item, int], first: int
) -> int:
    """Place what lies between two axes; the next free column."""
    if not members:
        return first
    taken: dict[int, int] = {}
    for item in members:
        row = heights[item]
        cells[item] = (row, first + taken.get(row, 0))
        taken[row] = taken.get(row, 0) + 1
    groups.append(Group(None, "", first, max(taken.values())))
    return first + groups[-1].width


def _enter_steps(
    cells: dict[Item, Cell], groups: list[Group], members: list[Item], lines: Rows, first: int
) -> int:
    """Place the steps of one axis; the next free column."""
    width = lines.widths[members[0].axis]
    found: dict[int | None, Group] = {}
    for step in sorted({item.step for item in members if item.step is not None}):
        found[step] = Group(step, members[0].axis, first, width)
        first += width
    for item in members:
        group = found[item.step]
        c = lines.classes[item]
        cells[item] = (lines.row[c], group.first + lines.column[c])
        group.omitted = max(group.omitted, item.omitted)
        group.framed = group.framed or not _is_initial(item)
    groups += found.values()
    return first


def _is_initial(item: Item) -> bool:
    """Whether it is a value to start from: a leaf, or the copy of a leaf that `unroll` makes of h⁽⁰⁾."""
    x = item.tensor
    return item.leaf or (x is not None and isinstance(x.op, Identity) and item.role == "hidden")
