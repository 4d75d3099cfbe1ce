"""The shapes and colours of the roles that nodes and edges have in a picture."""

from __future__ import annotations

from minigrad.draw.quoting import attributes
from minigrad.tensor import Tensor

Look = dict[str, str | float]

INK = "#1F2328"
NOTES = "#6B7280"
_SQUARE: Look = {"width": 0.55, "height": 0.5}
_ROUND: Look = {"width": 0.72, "height": 0.72}
_NODES: dict[str, Look] = {
    "input": {"shape": "box", "style": "filled,rounded", "fillcolor": "#DCEAF7", "color": "#1F5FA8"},
    "parameter": {"shape": "box", "style": "filled", "fillcolor": "#FBE8C6", "color": "#A86200"},
    "state": {"shape": "circle", "style": "filled", "fillcolor": "#E2F2E6", "color": "#1B7A43"},
    "output": {"shape": "circle", "style": "filled", "fillcolor": "#FFFFFF", "color": "#4A4F57"},
    "loss": {"shape": "doublecircle", "style": "filled", "fillcolor": "#FBE3E1", "color": "#B3261E"},
    "op": {"shape": "ellipse", "style": "filled", "fillcolor": "#F3F4F6", "color": "#6B7280"},
}
_EDGES: dict[str, Look] = {
    "forward": {"color": "#3A3F47", "penwidth": 1.2},
    "recurrent": {"color": "#1B7A43", "penwidth": 2},
    "parameter": {"color": "#B98A3A", "penwidth": 0.9, "arrowsize": 0.6},
}
DEFAULTS = (
    f'  node [fontname="Times-Italic", fontsize="17", fontcolor="{INK}", margin="0.06,0.03"];\n'
    f'  edge [fontname="Helvetica", fontsize="10", fontcolor="{NOTES}", arrowsize="0.8"];\n'
)


def role(node: Tensor, outputs: frozenset[int], states: frozenset[int]) -> str:
    """What a node is in the picture.

    Args:
        node: the node.
        outputs: the creation numbers of the final losses and of the terms that they add up.
        states: those of the nodes that a later time step uses.
    """
    if node.order in outputs:
        return "loss"
    if node.order in states:
        return "state"
    if node.name is None:
        return "op"
    if node.op is not None:
        return "output"
    return "parameter" if node.step is None else "input"


def node_look(kind: str, **extra: str | float) -> str:
    """The DOT attributes of a node of role `kind`.

    Example:
        >>> "doublecircle" in node_look("loss", label="L")
        True
    """
    size: Look = {}
    if kind != "op":
        size = _SQUARE if kind in ("input", "parameter") else _ROUND
    font: Look = {"fontname": "Helvetica", "fontsize": 10} if kind == "op" else {}
    return attributes(**(_NODES[kind] | size | font | extra))


def edge_look(kind: str, **extra: str | float) -> str:
    """The DOT attributes of an edge: "forward", "recurrent" or "parameter".

    Example:
        >>> edge_look("forward")
        '[color="#3A3F47", penwidth="1.2"]'
    """
    return attributes(**(_EDGES[kind] | extra))


def edge_kind(source: Tensor, consumer: Tensor) -> str:
    """Which kind of edge leads from `source` to `consumer`."""
    if source.step is None and source.op is None:
        return "parameter"
    later = source.step is not None and consumer.step is not None
    return "recurrent" if later and source.step != consumer.step else "forward"
