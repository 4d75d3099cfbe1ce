"""The edges of one node in back-propagation: their rules applied and the results checked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from minigrad import graph
from minigrad.anomaly import ANOMALY, check_contributions
from minigrad.message import call_text, locate
from minigrad.op import Array
from minigrad.scope import SCOPE, Scope
from minigrad.tensor import Tensor

Uses = tuple[Tensor, list[int], list[Tensor]]
"""A node, and of its inputs that lead to a wanted gradient the positions and the nodes."""


def uses_of(nodes: list[Tensor], wanted: set[int] | None) -> list[Uses]:
    """Each node that has such inputs, after its inputs; `wanted` holds creation counters, None is all."""
    useful = None if wanted is None else set(wanted)
    uses = []
    for node in nodes:
        positions, sources = [], []
        for i, x in enumerate(node.inputs):
            if isinstance(x, Tensor):
                source = x if x.order < node.order else x.seen_by(node)
                if useful is None or source.order in useful:
                    positions.append(i)
                    sources.append(source)
        if positions:
            uses.append((node, positions, sources))
            if useful is not None:
                useful.add(node.order)
    return uses


def contributions(node: Tensor, positions: Sequence[int], G: Array) -> list[Any]:
    """What the edges from some inputs of `node` add to ∂L/∂input for G = ∂L/∂node; None for nothing.

    Args:
        node: the consumer.
        positions: of the inputs.
        G: an array of the shape of `node`.

    Raises:
        TypeError: if a rule returns no array, or one of a type that no operand explains.
        ValueError: if the shape is not that of the input.
    """
    op: Any = node.op
    values = node.values
    try:
        found: list[Any] = op.bprops(G, node.array, values, positions)
    except Exception as error:
        locate(error, f"the rules of {call_text(op, node.inputs, node.step)}")
        raise
    for k, i in enumerate(positions):
        g, x = found[k], values[i]
        if type(g) is not np.ndarray or g.shape != x.shape or g.dtype is not x.dtype:
            found[k] = _checked(g, node, i)
    lines = ANOMALY.get()
    if lines is not None:
        check_contributions(node, positions, G, found, lines)
    return found


def record_contributions(node: Tensor, positions: Sequence[int], G: Tensor) -> list[Any]:
    """As `contributions`, with the rules run on tensors, so that what they return are nodes."""
    op: Any = node.op
    operands = list(node.values)
    for edge in graph.inputs(node):
        operands[edge.position] = edge.source
    try:
        found = [within(node, i, op.bprops, G, node, operands, (i,))[0] for i in positions]
    except Exception as error:
        locate(error, f"the rules of {call_text(op, node.inputs, node.step)}")
        raise
    found = [_checked(g, node, i) for g, i in zip(found, positions, strict=True)]
    lines = ANOMALY.get()
    if lines is not None:
        check_contributions(node, positions, G, found, lines)
    return found


def within(node: Tensor, i: int | None, function: Callable[..., Any], *args: Any) -> Any:
    """function(*args), whose nodes belong to the step of `node` and to its edge `i`."""
    token = SCOPE.set(Scope(node.step, node.axis, (node, i)))
    try:
        return function(*args)
    finally:
        SCOPE.reset(token)


def _checked(g: Any, node: Tensor, i: int) -> Any:
    """The contribution `g` if it has the shape of input `i`, in the type of that input."""
    if g is None:
        return None
    x = node.values[i]
    if not isinstance(g, (np.ndarray, np.generic, Tensor)):
        msg = f"{_edge_text(node, i)} returned {g!r}; wanted: an array of shape {x.shape}, or None"
        raise TypeError(msg)
    if g.shape != x.shape:
        msg = f"{_edge_text(node, i)} returned shape {g.shape}; wanted: {x.shape}"
        raise ValueError(msg)
    if g.dtype == x.dtype:
        return g
    if node.dtype == x.dtype:
        msg = f"{_edge_text(node, i)} returned {g.dtype}; wanted: {x.dtype}"
        raise TypeError(msg)
    # The op itself promoted its input to a wider type, so the way back narrows.
    return within(node, i, g.astype, x.dtype)


def argument_name(node: Tensor, i: int) -> str:
    """The name of the argument that input `i` of a computed node is."""
    op: Any = node.op
    name: str = op.argument(i)
    return name


def _edge_text(node: Tensor, i: int) -> str:
    op: Any = node.op
    return f"bprop_{argument_name(node, i)} of {call_text(op, node.inputs, node.step)}"
