"""The unrolled graph as DOT, a column for each time step."""

from __future__ import annotations

from dataclasses import dataclass

from minigrad import graph
from minigrad.draw.grid import COLUMN, Grid, grid
from minigrad.draw.look import DEFAULTS, edge_kind, edge_look, node_look, role
from minigrad.draw.quoting import attributes
from minigrad.graph import Edge
from minigrad.message import describe
from minigrad.tensor import Tensor

# Positions are pinned and in points, so every engine that reads `layout` only routes the edges.
GRAPH = (
    '  graph [layout="neato", inputscale="72", splines="true", overlap="true", '
    'outputorder="edgesfirst", bgcolor="white", pad="0.2"];\n'
)


@dataclass(frozen=True, eq=False)
class Part:
    """The nodes of a picture, those of later steps left out.

    Attributes:
        nodes: the nodes to draw, inputs before their consumers.
        edges: the edges between them.
        cut: the edges between a node to draw and one that is left out.
        last: the last step that is drawn, None if nothing was left out.
        omitted: how many steps are left out.
    """

    nodes: list[Tensor]
    edges: list[Edge]
    cut: list[Edge]
    last: int | None
    omitted: int


def unrolled_dot(*outputs: Tensor, steps: int | None = None) -> str:
    """The graph of `outputs` as DOT text: columns are time steps, rows are names.

    Each edge of the graph is an edge of the picture, so x * x has two. Positions are fixed in the text;
    any engine of Graphviz that is called on it keeps them.

    Args:
        outputs: the tensors whose graph is drawn, a loss for example.
        steps: draw the first `steps` time steps above 0 alone, and say how many are left out; None: all.

    Raises:
        ValueError: if there is nothing to draw or `steps` is below 1.

    Example:
        >>> x = Tensor(3.0, name="x")
        >>> unrolled_dot((x * x).named("L")).count("->")
        2
    """
    if not outputs or (steps is not None and steps < 1):
        msg = f"unrolled_dot wants a tensor and steps ≥ 1 or None; given: {len(outputs)} and {steps}"
        raise ValueError(msg)
    part = _part(outputs, steps)
    places = grid(part.nodes, part.edges)
    lines = [
        "digraph unrolled {\n",
        GRAPH,
        DEFAULTS,
        *_nodes(part, places, outputs),
        *_headings(places),
        *(_edge(edge) for edge in part.edges),
        *_rest(part, places),
        "}\n",
    ]
    return "".join(lines)


def _part(outputs: tuple[Tensor, ...], steps: int | None) -> Part:
    nodes = graph.nodes(*outputs)
    edges = list(graph.edges(*outputs))
    times = sorted({n.step for n in nodes if n.step is not None and n.step > 0})
    if steps is None or len(times) <= steps:
        return Part(nodes, edges, [], None, 0)
    last = times[steps - 1]
    kept = {n.order for n in nodes if n.step is None or n.step <= last}
    ends = [(e, e.source.order in kept, e.consumer.order in kept) for e in edges]
    return Part(
        [n for n in nodes if n.order in kept],
        [e for e, source, consumer in ends if source and consumer],
        [e for e, source, consumer in ends if source != consumer and e.source.step is not None],
        last,
        len(times) - steps,
    )


def _nodes(part: Part, places: Grid, outputs: tuple[Tensor, ...]) -> list[str]:
    last = frozenset(x.order for x in outputs)
    terms = {e.source.order for e in part.edges if e.consumer.order in last and e.source.name}
    losses = last | {n.order for n in part.nodes if n.order in terms and n.name == outputs[0].name}
    later = [e for e in [*part.edges, *part.cut] if edge_kind(e.source, e.consumer) == "recurrent"]
    states = frozenset(e.source.order for e in later)
    lines = []
    for node in part.nodes:
        x, y = places.at[node.order]
        look = node_look(role(node, losses, states), label=_label(node), pos=f"{x:g},{y:g}!")
        lines.append(f"  n{node.order} {look};\n")
    return lines


def _label(node: Tensor) -> str:
    if node.name is None and node.op is not None:
        return node.op.label
    return describe(node) if node.name is not None else "constant"


def _headings(places: Grid) -> list[str]:
    """t = 1, t = 2 … under the columns."""
    return [
        f"  t{str(step).replace('-', 'm')} {_note(f't = {step}', x, -60.0)};\n"
        for step, x in places.columns.items()
    ]


def _edge(edge: Edge) -> str:
    kind = edge_kind(edge.source, edge.consumer)
    return f"  n{edge.source.order} -> n{edge.consumer.order} {edge_look(kind)};\n"


def _rest(part: Part, places: Grid) -> list[str]:
    """A node that stands for the steps that are left out, and the edges to and from it."""
    if part.last is None:
        return []
    links = {}
    heights = []
    for edge in part.cut:
        leaves = edge.source.order in places.at
        link = f"n{edge.source.order} -> rest" if leaves else f"rest -> n{edge.consumer.order}"
        links[link] = edge_look(edge_kind(edge.source, edge.consumer), style="dashed")
        if leaves:
            heights.append(places.at[edge.source.order][1])
    x = places.columns[part.last] + COLUMN
    y = sum(heights) / max(len(heights), 1)
    text = f"⋯ {part.omitted} more step{'s' if part.omitted > 1 else ''}"
    note = _note(text, x, y)
    return [f"  rest {note};\n", *(f"  {link} {look};\n" for link, look in links.items())]


def _note(text: str, x: float, y: float) -> str:
    """The attributes of a piece of text in the picture."""
    font: dict[str, str | float] = {"fontname": "Helvetica", "fontsize": 11}
    return attributes(label=text, shape="plaintext", pos=f"{x:g},{y:g}!", **font)
