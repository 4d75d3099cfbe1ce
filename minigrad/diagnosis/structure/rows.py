"""Which entries of which parameter feed each unit of a layer, and what they are multiplied by."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

import numpy as np

from minigrad.diagnosis.structure.wiring import Array, Wiring


@dataclass(frozen=True)
class Rows:
    """A parameter as a matrix with one row for each unit.

    Attributes:
        leaf: its creation counter.
        entries: shape (U, C), the places in the flat parameter that feed each unit.
        even: whether all units have the same multipliers.
    """

    leaf: int
    entries: Array
    even: bool


@dataclass(frozen=True)
class Units:
    """One layer at one step: B × U entries of a node, each an affine function of a row of parameters.

    Attributes:
        places: shape (B, U), the flat places of the entries in the node.
        rows: the parameters whose entries are known, by creation counter.
        multipliers: of each reached parameter an array (B, C), what the row of unit b mod U is multiplied by.
    """

    places: Array
    rows: dict[int, Rows]
    multipliers: dict[int, Array]


def as_matrix(shape: tuple[int, ...]) -> tuple[int, int]:
    """The two sizes of a parameter without its axes of length one; a vector is a column."""
    sizes = [n for n in shape if n != 1]
    if len(sizes) < 2:  # noqa: PLR2004  # a vector
        return (sizes[0] if sizes else 1, 1)
    return int(np.prod(sizes[:-1])), sizes[-1]


def arrangements(shape: tuple[int, ...]) -> Iterator[Array]:
    """The ways to read a node as B × U: a vector, rows of a batch, columns of a batch."""
    sizes = [n for n in shape if n != 1]
    if len(sizes) == 1:
        yield np.arange(sizes[0])[None]
    elif len(sizes) == 2:  # noqa: PLR2004  # a batch
        yield (places := np.arange(sizes[0] * sizes[1]).reshape(sizes))
        yield places.T


def units(
    wiring: Wiring, order: int, stops: Collection[int], within: Collection[int] | None = None
) -> Units | None:
    """The layer that a node is, or None if no parameter feeds it row by row.

    Args:
        wiring: the graph.
        order: the creation counter of the node.
        stops: the nodes that count as independent of the parameters.
        within: the nodes through which parameters are reached; None is all.
    """
    node = wiring.nodes[order]
    for places in arrangements(node.shape):
        n = places.shape[1]
        ones, numbers = np.zeros(node.size), np.zeros(node.size)
        ones[places[0]], numbers[places[0]] = 1.0, 1.0 + np.arange(n)
        first, second = (wiring.pull(order, seed, stops, within) for seed in (ones, numbers))
        found = {
            leaf: rows
            for leaf in first
            if leaf in wiring.leaves and leaf not in stops
            for rows in [_rows(leaf, wiring.nodes[leaf].shape, first[leaf], second.get(leaf), n)]
            if rows is not None
        }
        if found:
            return Units(places, found, {})
    return None


def _rows(leaf: int, shape: tuple[int, ...], first: Array, second: Array | None, n: int) -> Rows | None:
    """The rows of a parameter from its gradients for the seeds 1, 1 … and 1, 2 … n: their ratio counts."""
    if second is None or n < 2:  # noqa: PLR2004  # a single unit can't be told from a single input
        return None
    one, two = (g.reshape(as_matrix(shape)).astype(float) for g in (first, second))
    where = np.nonzero(one)
    ratio = two[where] / one[where]
    unit = np.rint(ratio).astype(int) - 1
    rough = 1e-3 if first.dtype == np.float32 else 1e-6
    if not np.all(np.abs(ratio - unit - 1) < rough) or set(unit.tolist()) != set(range(n)):
        return None
    for axis in (0, 1):
        lines = np.full(n, -1)
        lines[unit] = where[axis]
        if np.array_equal(lines[unit], where[axis]) and len(set(lines.tolist())) == n:
            places = np.arange(one.size).reshape(one.shape)
            table, known = (places, one) if axis == 0 else (places.T, one.T)
            used = known[lines]
            return Rows(leaf, table[lines], bool(np.allclose(used, used[:1], rtol=rough, atol=0)))
    return None


def multipliers(
    wiring: Wiring,
    order: int,
    layer: Units,
    rows: dict[int, Rows],
    stops: Collection[int],
    within: Collection[int] | None = None,
) -> Units:
    """The layer with what each row is multiplied by; `rows` are known from all the steps together."""
    B, n = layer.places.shape
    kind = wiring.nodes[order].dtype
    found = {leaf: np.zeros((B, known.entries.shape[1]), kind) for leaf, known in rows.items()}
    for start in range(0, B, n):
        batch = np.arange(start, min(start + n, B))
        seed = np.zeros(layer.places.size)
        seed[layer.places[batch, batch - start]] = 1.0
        pulled = wiring.pull(order, seed, stops, within)
        for leaf in found.keys() & pulled.keys():
            found[leaf][batch] = pulled[leaf].reshape(-1)[rows[leaf].entries[batch - start]]
    return Units(layer.places, rows, found)
