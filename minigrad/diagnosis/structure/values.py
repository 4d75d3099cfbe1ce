"""Nodes looked up by their value."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cache

import numpy as np

from minigrad.diagnosis.structure.wiring import Array
from minigrad.tensor import Tensor


def close(a: Array, b: Array) -> bool:
    """Whether two arrays of one shape are equal up to rounding in the type that is the narrower."""
    exact = min(np.finfo(a.dtype).precision, np.finfo(b.dtype).precision)
    tolerance = 1e-12 if exact > np.finfo(np.float32).precision else 1e-5
    return bool(np.all(np.abs(a - b) <= tolerance * (1e-2 + np.abs(b))))


@cache
def _weights(size: int) -> Array:
    return np.random.default_rng(size).uniform(0.5, 1.0, size)


def _signature(flat: Array) -> float:
    return float(flat @ _weights(flat.size))


class Values:
    """An index of nodes by size and value, whatever their shape.

    Args:
        nodes: what can be found; those that are empty or not finite cannot.

    Example:
        >>> x = Tensor([[1.0, 2.0]])
        >>> [node is x for node in Values([x]).equal(np.array([1.0, 2.0]))]
        [True]
    """

    def __init__(self, nodes: Iterable[Tensor]) -> None:
        known: dict[int, list[tuple[float, int, Tensor]]] = {}
        for node in nodes:
            flat = node.value.reshape(-1)
            if flat.size and np.isfinite(flat).all():
                known.setdefault(flat.size, []).append((_signature(flat), node.order, node))
        self._known = {size: sorted(found, key=lambda entry: entry[:2]) for size, found in known.items()}
        self._keys = {size: [entry[0] for entry in found] for size, found in self._known.items()}

    def equal(self, flat: Array, *, after: int = -1) -> Iterator[Tensor]:
        """The nodes with this value, read row by row, that were made after number `after`, in order."""
        if flat.size not in self._known or not np.isfinite(flat).all():
            return
        s, keys = _signature(flat), self._keys[flat.size]
        margin = (
            1e-4 * (1e-2 + float(np.abs(flat).sum())) if flat.dtype == np.float32 else 1e-9 * (1 + abs(s))
        )
        low, high = bisect_left(keys, s - margin), bisect_left(keys, s + margin)
        for _, _, node in sorted(self._known[flat.size][low:high], key=lambda entry: entry[1]):
            if node.order > after and close(node.value.reshape(-1), flat):
                yield node
