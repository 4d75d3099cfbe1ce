"""What probabilities were computed from: the logits before a softmax or a sigmoid, found by their values."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from minigrad import graph
from minigrad.tensor import Tensor

Array: TypeAlias = NDArray[Any]

_CLOSE = 1e-9


def are_probabilities(y: Array) -> bool:
    """Whether all numbers are between 0 and 1, as after a softmax or a sigmoid.

    Example:
        >>> are_probabilities(np.array([0.25, 0.75])), are_probabilities(np.array([-0.5, 1.5]))
        (True, False)
    """
    return bool(y.size and np.min(y) > 0 and np.max(y) < 1)


def logits(y: Tensor, G: Any) -> list[tuple[Tensor, Array]] | None:
    """The nodes before the softmax or sigmoid that gave `y`, each with its part of the gradient `G`.

    Args:
        y: probabilities, of one step or of all steps in one array.
        G: a gradient of their number of entries.
    """
    gradient = np.asarray(G).reshape(y.shape)
    nodes = [node for node in graph.nodes(y) if node.order < y.order and node.size > 1]
    whole = next((node for node in nodes if _gives(node.array, y.array)), None)
    if whole is not None:
        return [(whole, gradient.reshape(whole.shape))]
    for axis in range(y.ndim):
        found = []
        for t in range(y.shape[axis]):
            part = np.take(y.array, t, axis)
            node = next((node for node in nodes if _gives(node.array, part)), None)
            if node is not None:
                found.append((node, np.take(gradient, t, axis).reshape(node.shape)))
        if len(found) == y.shape[axis]:
            return found
    return None


def _gives(x: Array, y: Array) -> bool:
    """Whether `y` is the softmax or the sigmoid of `x`, but for axes of length 1."""
    if x.size != y.size or np.squeeze(x).shape != np.squeeze(y).shape or y.size < 2:  # noqa: PLR2004  # a pair
        return False
    a, b = np.squeeze(x), np.squeeze(y)
    with np.errstate(all="ignore"):
        if np.allclose(1 / (1 + np.exp(-a)), b, rtol=_CLOSE, atol=0):
            return True
        e = np.exp(a - np.max(a))
        return any(
            np.allclose(e / e.sum(axis, keepdims=True), b, rtol=_CLOSE, atol=0) for axis in range(a.ndim)
        )
