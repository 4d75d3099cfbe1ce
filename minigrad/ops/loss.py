"""Losses: a number for how far a prediction is from its target."""

from __future__ import annotations

from typing import Any

import numpy as np

from minigrad.op import Array, Op
from minigrad.ops.broadcasting import SIZE_RATIO
from minigrad.ops.exponential import sigmoid
from minigrad.ops.probability import SOFTMAX, log_softmax

REDUCTIONS = ("sum", "mean", "none")


class Residual(Op):
    """y = softmax(o) - target, with softmax(o) weighted by the sum of a target that is a distribution.

    The loss of a single item, ln Σ eᵒ - o[target], has normalised it already.
    """

    def f(self, o: Array, target: Array, loss: Array) -> Array:
        if type(target) is int and loss < np.inf:
            y = np.exp((o - o[target]) - loss)
            y[target] -= 1
            return y
        y = SOFTMAX.f(o)
        if not _names_classes(o, target):
            return y * np.sum(target, -1, keepdims=True) - target
        y[_entries(target)] -= 1
        return y

    def bprop_o(self, G: Array, y: Array, o: Array, target: Array, loss: Array) -> Array:
        p = SOFTMAX(o)
        slope = p * (G - np.sum(G * p, -1, keepdims=True))
        return slope if _names_classes(o, target) else slope * np.sum(target, -1, keepdims=True)

    def bprop_target(self, G: Array, y: Array, o: Array, target: Array, loss: Array) -> Array:
        return np.sum(G * SOFTMAX(o), -1, keepdims=True) - G

    def bprop_loss(self, G: Array, y: Array, o: Array, target: Array, loss: Array) -> None:
        return None


class Loss(Op):
    """A loss of one number for each item, added up, averaged or left alone by `reduction`."""

    reduction: str = "sum"

    def __post_init__(self) -> None:
        if self.reduction not in REDUCTIONS:
            msg = f"reduction={self.reduction!r}: choose one of {', '.join(REDUCTIONS)}"
            raise ValueError(msg)

    def reduced(self, losses: Array) -> Array:
        """`losses`, one for each item, as `reduction` says."""
        if self.reduction == "none" or losses.ndim == 0:
            return losses
        return np.sum(losses) if self.reduction == "sum" else np.mean(losses)


class CrossEntropy(Loss):
    """y = -Σ target ln softmax(o) over the last axis, with the gradient softmax(o) - target."""

    def f(self, o: Array, target: Array) -> Array:
        o = o - o.real.max(-1, keepdims=True)
        log_sum = np.log(np.add.reduce(np.exp(o), -1))
        if _names_classes(o, target):
            return self.reduced(log_sum - o[_entries(target)])
        # A class of no probability may have a score of −∞.
        scores = np.where(target == 0, 0, target * o)
        return self.reduced(np.sum(target, -1) * log_sum - np.sum(scores, -1))

    def bprop_o(self, G: Array, y: Array, o: Array, target: Array) -> Array:
        return self._cotangent(G, o) * RESIDUAL(o, target, y)

    def bprop_target(self, G: Array, y: Array, o: Array, target: Array) -> Array:
        return self._cotangent(G, o) * -log_softmax(o)

    def _cotangent(self, G: Array, o: Array) -> Array:
        if self.reduction == "none":
            return G[..., None]
        return G if self.reduction == "sum" else G * SIZE_RATIO(o[(0,) * (o.ndim - 1)], o)


class SquaredError(Loss):
    """y = (o - target)², averaged, added up, or entry by entry."""

    def f(self, o: Array, target: Array) -> Array:
        d = o - target
        return self.reduced(d * d)

    def bprop_o(self, G: Array, y: Array, o: Array, target: Array) -> Array:
        if self.reduction == "mean":
            G = G * SIZE_RATIO(y, o)
        return G * (2 * (o - target))

    def bprop_target(self, G: Array, y: Array, o: Array, target: Array) -> Array:
        return -self.bprop_o(G, y, o, target)


class BinaryCrossEntropy(Loss):
    """y = -target ln σ(o) - (1 - target) ln(1 - σ(o)), averaged, added up, or entry by entry."""

    def f(self, o: Array, target: Array) -> Array:
        right = np.real(o) >= 0
        softplus = np.where(right, o, 0) + np.log1p(np.exp(np.where(right, -o, o)))
        return self.reduced(softplus - target * o)

    def bprop_o(self, G: Array, y: Array, o: Array, target: Array) -> Array:
        return self._cotangent(G, y, o) * (sigmoid(o) - target)

    def bprop_target(self, G: Array, y: Array, o: Array, target: Array) -> Array:
        return self._cotangent(G, y, o) * -o

    def _cotangent(self, G: Array, y: Array, o: Array) -> Array:
        return G * SIZE_RATIO(y, o) if self.reduction == "mean" else G


def cross_entropy(o: Any, y: Any, *, reduction: str = "sum") -> Array:
    """-Σ y ln softmax(o), in nats (Goodfellow 10.18 is its gradient).

    Args:
        o: scores before the softmax, shape (…, K).
        y: integer classes of shape (…), or a distribution for each item of shape (…, K).
        reduction: "sum" or "mean" over the items, or "none" for one loss each, of shape (…).

    Raises:
        ValueError: if the shapes do not fit or `reduction` is not one of the three.
        TypeError: if y has fewer axes than o and holds no integers.
        IndexError: if a class is not in 0 … K−1.

    Example:
        >>> import numpy as np
        >>> o = np.log([[1.0, 3.0], [1.0, 1.0]])
        >>> cross_entropy(o, [1, 0], reduction="none").round(4).tolist()
        [0.2877, 0.6931]
    """
    o = o if hasattr(o, "shape") else np.asarray(o)
    if type(y) is not int or len(o.shape) != 1 or not 0 <= y < o.shape[0]:
        y = y if hasattr(y, "shape") else np.asarray(y)
        _check_target(o.shape, y)
        if y.shape == o.shape and y.dtype.kind in "iu":
            y = y.astype(o.dtype)
    return (_CROSS_ENTROPY.get(reduction) or CrossEntropy(reduction))(o, y)


def mean_squared_error(o: Any, y: Any, *, reduction: str = "mean") -> Array:
    """The mean of (o - y)² over all entries.

    Args:
        o: predictions.
        y: targets of the same shape.
        reduction: "mean", "sum", or "none" for one number per entry.

    Raises:
        ValueError: if the shapes differ or `reduction` is not one of the three.

    Example:
        >>> import numpy as np
        >>> float(mean_squared_error(np.array([1.0, 2.0]), np.array([1.0, 4.0])))
        2.0
    """
    _same_shape("mean_squared_error", o, y)
    return SquaredError(reduction)(o, y)


def binary_cross_entropy(o: Any, y: Any, *, reduction: str = "mean") -> Array:
    """-y ln σ(o) - (1 - y) ln(1 - σ(o)), in nats, from scores before the sigmoid.

    Args:
        o: scores, any shape.
        y: targets in [0, 1], the same shape.
        reduction: "mean", "sum", or "none" for one number per entry.

    Raises:
        ValueError: if the shapes differ or `reduction` is not one of the three.

    Example:
        >>> import numpy as np
        >>> o, y = np.array([0.0, 800.0]), np.array([1.0, 0.0])
        >>> binary_cross_entropy(o, y, reduction="none").round(4).tolist()
        [0.6931, 800.0]
    """
    _same_shape("binary_cross_entropy", o, y)
    return BinaryCrossEntropy(reduction)(o, y)


def _names_classes(o: Array, target: Array) -> bool:
    """Whether the targets are integers, one for each item, rather than a distribution for each."""
    return type(target) is int or bool(target.ndim < o.ndim)


def _entries(target: Array) -> Any:
    """The index of the entry that each integer target names."""
    if type(target) is int or target.ndim == 0:
        return target
    if target.ndim == 1:
        return (np.arange(len(target)), target)
    return (*np.indices(np.shape(target), sparse=True), target)


def _check_target(shape: tuple[int, ...], y: Any) -> None:
    if y.shape == shape and shape:
        return
    if y.shape != shape[:-1] or not shape:
        msg = (
            f"cross_entropy wants y of shape {shape[:-1]} (classes) or {shape} (distributions) for o of "
            f"shape {shape}; given: y of shape {y.shape}"
        )
        raise ValueError(msg)
    if y.dtype.kind not in "iu":
        msg = f"cross_entropy wants classes as integers; given: y of {y.dtype} and shape {y.shape}"
        raise TypeError(msg)
    if y.size and not 0 <= y.min() <= y.max() < shape[-1]:
        msg = f"cross_entropy wants classes in 0 … {shape[-1] - 1}; given: {y.min()} … {y.max()}"
        raise IndexError(msg)


def _same_shape(name: str, o: Any, y: Any) -> None:
    if np.shape(o) != np.shape(y):
        msg = f"{name} wants a target of the shape of the prediction, {np.shape(o)}; given: {np.shape(y)}"
        raise ValueError(msg)


RESIDUAL = Residual()
_CROSS_ENTROPY = {reduction: CrossEntropy(reduction) for reduction in REDUCTIONS}
