"""What is computed outside of time, and of what."""

from __future__ import annotations

from collections import defaultdict

from minigrad import graph
from minigrad.tensor import Tensor


def shown(nodes: list[Tensor], outputs: list[Tensor], taken: set[int]) -> list[Tensor]:
    """The nodes outside of time that stand for themselves: leaves, named ones, outputs, what time takes.

    Args:
        nodes: those outside of time.
        outputs: of the graph.
        taken: the creation counters of those that something in time takes.
    """
    ends = {x.order for x in outputs} | taken
    return [n for n in nodes if n.op is None or n.name is not None or n.order in ends]


def taken(
    nodes: list[Tensor], classes: list[Tensor], of: dict[int, int]
) -> list[tuple[Tensor, dict[int, list[int | None]], list[str]]]:
    """Of each computed one of `classes` the numbers of what it takes with their steps, and through what ops.

    Unnamed nodes outside of time are passed through.

    Args:
        nodes: those outside of time, inputs before consumers.
        classes: the nodes outside of time that stand for themselves.
        of: the number of each node's class.
    """
    own = {node.order for node in classes}
    owners: defaultdict[int, set[int]] = defaultdict(set)
    sources: defaultdict[int, dict[int, list[int | None]]] = defaultdict(dict)
    through: defaultdict[int, dict[str, None]] = defaultdict(dict)
    for node in reversed(nodes):
        if node.op is None:
            continue
        mine = {node.order} if node.order in own else owners.pop(node.order, set())
        for order in mine:
            through[order][node.op.label] = None
        for edge in graph.inputs(node):
            source = edge.source
            if source.step is None and source.order not in own:
                owners[source.order] |= mine
            else:
                for order in mine:
                    sources[order].setdefault(of[source.order], []).append(source.step)
    return [(n, sources[n.order], list(through[n.order])) for n in classes if n.op is not None]
