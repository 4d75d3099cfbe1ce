"""One edge of back-propagation: its rule applied, on arrays or on tensors, and the result checked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from minigrad import graph
from minigrad.message import call_text, locate
from minigrad.op import Array, Op
from minigrad.scope import SCOPE, Scope
from minigrad.tensor import Tensor


def contribution(node: Tensor, i: int, G: Array, record: bool) -> Any:  # noqa: FBT001  # called for every edge
    """What the edge from input `i` of `node` adds to ∂L/∂input for G = ∂L/∂node; None for nothing.

    Args:
        node: the consumer.
        i: the position of the input.
        G: shape of `node`; a tensor if `record`.
        record: whether the rule runs on tensors, so that its result is a node.

    Raises:
        TypeError: if the rule returns no array, or one of a type that no operand explains.
        ValueError: if the shape is not that of the input.
    """
    op: Any = node.op
    try:
        if record:
            g = within(node, i, op.bprop, i, G, node, *_operands(node))
        else:
            g = op.bprop(i, G, node.array, *node.values)
    except Exception as error:
        locate(error, _edge_text(node, i))
        raise
    x = node.values[i]
    if type(g) is np.ndarray and g.shape == x.shape and g.dtype is x.dtype:
        return g
    return None if g is None else _checked(g, node, i, record=record)


def within(node: Tensor, i: int | None, function: Callable[..., Any], *args: Any) -> Any:
    """function(*args), whose nodes belong to the step of `node` and to its edge `i`."""
    token = SCOPE.set(Scope(node.step, node.axis, (node, i)))
    try:
        return function(*args)
    finally:
        SCOPE.reset(token)


def _checked(g: Any, node: Tensor, i: int, *, record: bool) -> Any:
    """The contribution `g` if it has the shape of input `i`, in the type of that input."""
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
    return within(node, i, g.astype, x.dtype) if record else g.astype(x.dtype)


def _operands(node: Tensor) -> list[Any]:
    """What a recorded rule is applied to: constants, and tensors in the version that `node` saw."""
    operands = list(node.values)
    for edge in graph.inputs(node):
        operands[edge.position] = edge.source
    return operands


def _edge_text(node: Tensor, i: int) -> str:
    op = node.op or Op()
    return f"bprop_{op.argument(i)} of {call_text(op, node.inputs, node.step)}"
