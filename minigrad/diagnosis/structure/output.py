"""The output layer of a recurrent network: o = Wy h + by, its gradient, its activation, its targets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations

import numpy as np

from minigrad.diagnosis.structure.activations import sigmoid
from minigrad.diagnosis.structure.affine import same
from minigrad.diagnosis.structure.rows import as_matrix
from minigrad.diagnosis.structure.values import Values
from minigrad.diagnosis.structure.wiring import Array, UnrecognisedError, Wiring
from minigrad.ops.probability import SOFTMAX


@dataclass(frozen=True)
class Output:
    """o = Wy h + by at every step.

    Attributes:
        entries: the places of "Wy" (O, H) and "by" (O,) in their parameters, with the counter of each.
        o: shape (K, B, O).
        dy: ∂L/∂o, of that shape.
    """

    entries: dict[str, tuple[int, Array]]
    o: Array
    dy: Array


def output(
    wiring: Wiring,
    h: Array,
    upstream: Array,
    leaves: Sequence[int],
    gradients: Mapping[int, Array],
    values: Values,
) -> Output:
    """The output layer whose parameters are `leaves`: one matrix and at most one vector.

    Args:
        wiring: the graph.
        h: the states, shape (K, B, H).
        upstream: their gradients along the edges that lead here, of that shape.
        leaves: the creation counters of the parameters.
        gradients: ∂L/∂node by creation counter, of the nodes that depend on the states.
        values: the nodes by value.

    Raises:
        UnrecognisedError: if there is no such layer.
    """
    for entries in _candidates(wiring, leaves, h.shape[-1]):
        array = {role: wiring.nodes[leaf].value.reshape(-1)[e] for role, (leaf, e) in entries.items()}
        o = h @ array["Wy"].T + array.get("by", 0.0)
        dy = _gradient(o.astype(wiring.loss.dtype), upstream, gradients, values)
        if dy is not None and same(dy @ array["Wy"], upstream):
            return Output(entries, o, dy)
    msg = "the parameters between states and loss are no single linear layer"
    raise UnrecognisedError(msg)


def _candidates(wiring: Wiring, leaves: Sequence[int], H: int) -> Iterator[dict[str, tuple[int, Array]]]:
    """The ways to read the parameters as Wy and by."""
    shapes = {leaf: as_matrix(wiring.nodes[leaf].shape) for leaf in leaves}
    for matrix in leaves:
        rest = [leaf for leaf in leaves if leaf != matrix]
        places = np.arange(wiring.nodes[matrix].size).reshape(shapes[matrix])
        for table in (places, places.T):
            n_out = table.shape[0]
            if table.shape[1] != H or len(rest) > 1:
                continue
            found = {"Wy": (matrix, table)}
            if not rest:
                yield found
            elif wiring.nodes[rest[0]].size in {1, n_out}:
                bias = np.zeros(n_out, int) if wiring.nodes[rest[0]].size == 1 else np.arange(n_out)
                yield found | {"by": (rest[0], bias)}


def _gradient(o: Array, upstream: Array, gradients: Mapping[int, Array], values: Values) -> Array | None:
    """∂L/∂o from the nodes that hold o, step by step or all steps in one."""
    for axes in permutations(range(3)):
        for node in values.equal(o.transpose(axes).reshape(-1)):
            if node.order in gradients:
                shape = [o.shape[axis] for axis in axes]
                return gradients[node.order].reshape(shape).transpose(np.argsort(axes))
    dy = np.zeros_like(o)
    left = dict(gradients)
    for k, step in enumerate(o):
        found = _one_step(step, left, values)
        if found is not None:
            dy[k] = found
        elif upstream[k].any():
            return None
    return dy


def _one_step(o: Array, left: dict[int, Array], values: Values) -> Array | None:
    """∂L/∂o of one step, shape (B, O), from the first node that holds o; it is not used for another step."""
    for turned in (False, True):
        for node in values.equal((o.T if turned else o).reshape(-1)):
            if node.order in left:
                g = left.pop(node.order)
                return g.reshape(o.shape[::-1]).T if turned else g.reshape(o.shape)
    return None


def activated(wiring: Wiring, o: Array, dy: Array) -> Array:
    """The output after its activation: softmax(o) or σ(o) where the graph has it, else o itself.

    A loss that is fused with the softmax is known by its gradient, whose entries add up to zero.
    """
    values = Values(wiring.nodes.values())
    for y in (SOFTMAX.f(o), sigmoid(o)):
        whole = [y.transpose(axes).reshape(-1) for axes in permutations(range(3))]
        steps = [v.reshape(-1) for v in (y[-1], y[-1].T)]
        if any(next(values.equal(v), None) is not None for v in (*whole, *steps)):
            return y
    if o.shape[-1] > 1 and dy.any() and np.abs(dy.sum(-1)).max() <= 1e-9 * np.abs(dy).max():
        return np.asarray(SOFTMAX.f(o))
    return o


def targets(wiring: Wiring, y: Array, dy: Array, *, probabilities: bool) -> Array | None:
    """The targets, if dy = s (y − target) for a usual s, and their entries are one-hot or in the graph.

    Steps without a loss get their own output as target. None if nothing fits.
    """
    K, B, n_out = y.shape
    lost = np.abs(dy).max(axis=-1, keepdims=True) > 0
    known = _constants(wiring)
    sizes = {n * m for n in (1, K) for m in (1, 2, B, n_out, B * n_out)}
    for size in sorted({n / m for n in (1.0, 2.0) for m in sizes} | {float(n) for n in sizes}):
        for slope in (1.0, y * (1 - y)) if probabilities else (1.0,):
            with np.errstate(all="ignore"):
                found = np.where(lost, y - dy / (size * slope), y)
            if np.isfinite(found).all() and _plausible(found, lost, known):
                return found
    return None


def _plausible(found: Array, lost: Array, known: Array) -> bool:
    """Whether the entries are one-hot, or occur in the graph."""
    entries = found[np.broadcast_to(lost, found.shape)]
    exact = 1e-4 if found.dtype == np.float32 else 1e-9
    binary = np.minimum(np.abs(entries), np.abs(entries - 1)) < exact
    sums = found.sum(-1)[lost[..., 0]]
    if binary.all() and entries.size and (found.shape[-1] == 1 or np.allclose(sums, 1.0)):
        return True
    place = np.clip(np.searchsorted(known, entries), 1, max(1, known.size - 1))
    if known.size < 2 or not entries.size:  # noqa: PLR2004  # nothing to find
        return False
    near = np.minimum(np.abs(known[place] - entries), np.abs(known[place - 1] - entries))
    return bool(np.all(near <= exact * (1 + np.abs(entries))))


def _constants(wiring: Wiring) -> Array:
    """The numbers that stand in the graph as constants or named leaves, sorted."""
    found = [np.zeros(1)]
    for order, node in wiring.nodes.items():
        positions = set(wiring.uses[order][0])
        found += [
            np.asarray(v, float).reshape(-1)
            for k, v in enumerate(node.values)
            if k not in positions and np.asarray(v).dtype.kind in "fiub"
        ]
    found += [wiring.nodes[order].value.astype(float).reshape(-1) for order in wiring.leaves]
    numbers: Array = np.unique(np.concatenate(found))
    return numbers[np.isfinite(numbers)]
