"""Where the nodes of an unrolled graph stand: columns are time steps, rows are roles."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from minigrad.graph import Edge
from minigrad.tensor import Tensor

COLUMN = 150.0
ROW = 85.0
SMALL_ROW = 45.0

Role = tuple[str, int]


@dataclass(frozen=True, eq=False)
class Grid:
    """Positions in points, y upwards.

    Attributes:
        at: (x, y) by the creation number of the node.
        columns: x by time step.
    """

    at: dict[int, tuple[float, float]]
    columns: dict[int, float]


def grid(nodes: list[Tensor], edges: list[Edge]) -> Grid:
    """Place `nodes`: leaves outside of time to the left, then a column a step, then the rest.

    A role, the name of a node or the k-th unnamed one of its op within a step, has a row of its own;
    what a step computes stands above what it computes it from, a parameter below its first consumer.

    Args:
        nodes: inputs before their consumers.
        edges: the edges between them.

    Example:
        >>> from minigrad import graph
        >>> x = Tensor(3.0, name="x")
        >>> y = (x * x).named("y")
        >>> sorted(grid(graph.nodes(y), list(graph.edges(y))).at.values())
        [(0.0, 0.0), (150.0, 85.0)]
    """
    roles = _roles(nodes)
    heights = _heights(nodes, edges, roles)
    steps = sorted({n.step for n in nodes if n.step is not None})
    columns = {step: COLUMN * (i + 1) for i, step in enumerate(steps)}
    after = COLUMN * (len(steps) + 1)
    # The column of what is left out stands between the last step and what comes after all steps.
    late = after + (COLUMN if steps else 0.0)
    at = {}
    for node in nodes:
        outside = 0.0 if node.op is None else late
        x = outside if node.step is None else columns[node.step]
        at[node.order] = (x, heights[roles[node.order]])
    return Grid(at, columns)


def _roles(nodes: list[Tensor]) -> dict[int, Role]:
    """The role of each node: same role, same row."""
    count: Counter[tuple[int | None, str]] = Counter()
    roles = {}
    for node in nodes:
        name = node.name if node.name is not None else f"\0{node.op.label if node.op else ''}"
        if node.step is None:
            name = f"\0\0{name}"
        count[node.step, name] += 1
        roles[node.order] = (name, count[node.step, name])
    return roles


def _heights(nodes: list[Tensor], edges: list[Edge], roles: dict[int, Role]) -> dict[Role, float]:
    """The height of each role."""
    depth = _depths(nodes, edges)
    level: dict[Role, float] = {}
    for node in nodes:
        key = roles[node.order]
        level[key] = max(level.get(key, 0.0), depth[node.order])
    first: dict[Role, int] = {}
    for node in nodes:
        first.setdefault(roles[node.order], node.order)
    heights: dict[Role, float] = {}
    y = 0.0
    previous: float | None = None
    for key in sorted(level, key=lambda key: (level[key], first[key])):
        if previous is not None:
            y += SMALL_ROW if previous % 1 or level[key] % 1 else ROW
        heights[key] = y
        previous = level[key]
    return heights


def _depths(nodes: list[Tensor], edges: list[Edge]) -> dict[int, float]:
    """The longest path to each node within its step; a parameter stands half a row below its use."""
    depth: dict[int, float] = dict.fromkeys((n.order for n in nodes), 0.0)
    for source, consumer, _ in edges:
        if source.step == consumer.step or consumer.step is None:
            depth[consumer.order] = max(depth[consumer.order], depth[source.order] + 1)
    uses: dict[int, float] = {}
    for source, consumer, _ in edges:
        if source.op is None and source.step is None and consumer.step is not None:
            uses[source.order] = min(uses.get(source.order, float("inf")), depth[consumer.order])
    return depth | {order: use - 0.5 for order, use in uses.items()}
