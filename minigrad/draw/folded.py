"""The folded graph as DOT: one node for each name, a loop for what crosses time steps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from minigrad import graph
from minigrad.draw.look import DEFAULTS, edge_kind, edge_look, node_look, role
from minigrad.tensor import Tensor

Class = tuple[str, bool]
Link = tuple[Class, Class, int]


def folded_dot(*outputs: Tensor) -> str:
    """The graph of `outputs` folded over time, as DOT text.

    Nodes of one name, at all steps, are one node; unnamed ones are passed through. An edge that
    crosses time steps is labelled with its delay in steps.

    Args:
        outputs: the tensors whose graph is drawn, a loss for example.

    Raises:
        ValueError: if there is nothing to draw.

    Example:
        >>> import minigrad as mg, numpy as np
        >>> run = mg.nn.unroll(lambda x, h: np.tanh(h + x), np.ones((4, 2)), np.zeros(2))
        >>> "delay 1" in folded_dot(run["h", 4])
        True
    """
    if not outputs:
        msg = "folded_dot wants at least one tensor; given: none"
        raise ValueError(msg)
    last = frozenset(x.order for x in outputs)
    shown = [n for n in graph.nodes(*outputs) if n.name is not None or n.order in last]
    members = {_class(node): node for node in reversed(shown)}
    links, examples = _links(shown, last)
    ids = {key: f"n{i}" for i, key in enumerate(sorted(members, key=lambda k: members[k].order))}
    states = frozenset(members[source].order for source, _, delay in links if delay)
    return "".join(
        [
            "digraph folded {\n",
            '  graph [layout="dot", rankdir="BT", bgcolor="white", pad="0.2", nodesep="0.5"];\n',
            DEFAULTS,
            *_nodes(members, ids, outputs, states),
            *_edges(links, examples, ids),
            "}\n",
        ]
    )


def _class(node: Tensor) -> Class:
    """What a node is folded into: its name, and whether it is inside of time."""
    name = node.name if node.name is not None else node.op.label if node.op else "constant"
    return name, node.step is not None


def _links(
    shown: list[Tensor], last: frozenset[int]
) -> tuple[Counter[Link], dict[Link, tuple[Tensor, Tensor]]]:
    """The edges between classes, as often as one node has them to another, with an example of each."""
    links: Counter[Link] = Counter()
    examples: dict[Link, tuple[Tensor, Tensor]] = {}
    for consumer in shown:
        sources = list(_sources(consumer, last))
        uses = Counter(source.order for _, source in sources)
        for _, source in sources:
            link = (_class(source), _class(consumer), _delay(source, consumer))
            links[link] = max(links[link], uses[source.order])
            examples.setdefault(link, (source, consumer))
    return links, examples


def _sources(consumer: Tensor, last: frozenset[int]) -> Iterator[tuple[int, Tensor]]:
    """The named nodes that a node is computed from, with the argument through which they come."""
    for edge in graph.inputs(consumer):
        stack, seen = [edge.source], {edge.source.order}
        while stack:
            node = stack.pop()
            if node.name is not None or node.order in last:
                yield edge.position, node
                continue
            for before in graph.inputs(node):
                if before.source.order not in seen:
                    seen.add(before.source.order)
                    stack.append(before.source)


def _delay(source: Tensor, consumer: Tensor) -> int:
    if source.step is None or consumer.step is None:
        return 0
    return consumer.step - source.step


def _nodes(
    members: dict[Class, Tensor],
    ids: dict[Class, str],
    outputs: tuple[Tensor, ...],
    states: frozenset[int],
) -> list[str]:
    losses = frozenset(
        node.order for key, node in members.items() if key[0] in {_class(x)[0] for x in outputs}
    )
    lines = []
    for key, identity in ids.items():
        label = f"{key[0]}⁽ᵗ⁾" if key[1] else key[0]
        lines.append(f"  {identity} {node_look(role(members[key], losses, states), label=label)};\n")
    return lines


def _edges(
    links: Counter[Link], examples: dict[Link, tuple[Tensor, Tensor]], ids: dict[Class, str]
) -> list[str]:
    lines = []
    for link, count in links.items():
        source, consumer, delay = link
        if delay:
            look = edge_look("recurrent", label=f" delay {delay}", constraint="false")
        else:
            look = edge_look(edge_kind(*examples[link]))
        lines += [f"  {ids[source]} -> {ids[consumer]} {look};\n"] * count
    return lines
