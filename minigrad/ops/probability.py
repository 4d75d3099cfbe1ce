"""Distributions over classes."""

from __future__ import annotations

from typing import Any

import numpy as np

from minigrad.op import Array, Op


class Softmax(Op):
    """y = eˣ / Σ eˣ along `axis`."""

    axis: int = -1

    def f(self, x: Array) -> Array:
        e = np.exp(x - x.real.max(self.axis, keepdims=True, initial=-np.inf))
        return e / np.add.reduce(e, self.axis, keepdims=True)

    def bprop_x(self, G: Array, y: Array, x: Array) -> Array:
        return y * (G - np.sum(G * y, axis=self.axis, keepdims=True))


class LogSoftmax(Op):
    """y = x - ln Σ eˣ along `axis`."""

    axis: int = -1

    def f(self, x: Array) -> Array:
        x = x - x.real.max(self.axis, keepdims=True, initial=-np.inf)
        with np.errstate(divide="ignore"):
            return x - np.log(np.exp(x).sum(self.axis, keepdims=True))

    def bprop_x(self, G: Array, y: Array, x: Array) -> Array:
        return G - np.exp(y) * np.sum(G, axis=self.axis, keepdims=True)


def softmax(x: Any, axis: int = -1) -> Array:
    """eˣ / Σ eˣ along `axis`, without overflow.

    Args:
        x: an array or tensor with at least one axis.
        axis: the axis of the classes.

    Example:
        >>> import numpy as np
        >>> softmax(np.log([1.0, 3.0])).round(6).tolist()
        [0.25, 0.75]
    """
    return Softmax(axis)(x)


def log_softmax(x: Any, axis: int = -1) -> Array:
    """ln softmax(x) along `axis`, also where softmax(x) is too small to be told from 0.

    Args:
        x: an array or tensor with at least one axis.
        axis: the axis of the classes.

    Example:
        >>> import numpy as np
        >>> log_softmax(np.array([0.0, 1000.0])).tolist()
        [-1000.0, 0.0]
    """
    return LogSoftmax(axis)(x)


SOFTMAX = Softmax()
