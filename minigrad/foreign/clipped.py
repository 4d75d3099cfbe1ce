"""Clipping at the end of a gradient function, which is no part of the derivation."""

from __future__ import annotations

from typing import Any

import numpy as np

from minigrad.tensor import Tensor


def unclipped(node: Any) -> tuple[Any, int | None]:
    """The values of a gradient before it was clipped at the very end, and how many entries that changed.

    Example:
        >>> g = Tensor([7.0, 1.0]) * 1.0
        >>> unclipped(np.clip(g, -5, 5))
        (array([7., 1.]), 1)
    """
    if not isinstance(node, Tensor):
        return np.asarray(node), None
    inner, entries = node, None
    while (source := _before(inner)) is not None:
        if type(inner.op).__name__ == "Clip":
            entries = int(np.sum(source.array != inner.array))
        inner = source
    return (inner.array, entries) if entries is not None else (node.array, None)


def _before(node: Tensor) -> Tensor | None:
    """What a node was clipped or copied from as a whole, None for other nodes."""
    name = type(node.op).__name__
    source = None
    if name == "SetItem" and getattr(node.op, "pattern", None) == (Ellipsis,):
        source = node.inputs[1]
    elif name == "Clip" and _is_symmetric(node):
        source = node.inputs[0]
    return source.seen_by(node) if isinstance(source, Tensor) else None


def _is_symmetric(node: Tensor) -> bool:
    low, high = (np.asarray(v) for v in node.values[1:3])
    return bool(low.size == 1 and high.size == 1 and float(low) == -float(high))
