"""Activations found by value: nodes that are tanh, σ or max(0, ·) of an earlier node, however written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import islice
from typing import NamedTuple

import numpy as np

from minigrad.diagnosis.structure.values import Values, close
from minigrad.diagnosis.structure.wiring import Array, Wiring
from minigrad.ops.arithmetic import Identity
from minigrad.ops.broadcasting import BroadcastLike, BroadcastTo
from minigrad.ops.indexing import Indexed
from minigrad.ops.joining import Concatenate, Stack
from minigrad.ops.shaping import Cast, ReshapeLike
from minigrad.ops.turning import Roll
from minigrad.ops.viewing import View, WriteBack

REARRANGING = (
    BroadcastLike, BroadcastTo, Cast, Concatenate, Identity, Indexed, ReshapeLike, Roll, Stack, View,
    WriteBack,
)  # fmt: skip
"""Ops whose entries are entries of their inputs."""


def sigmoid(a: Array) -> Array:
    """1 / (1 + e⁻ᵃ)."""
    y: Array = np.asarray(0.5 + 0.5 * np.tanh(0.5 * a), a.dtype)
    return y


def positive(a: Array) -> Array:
    """max(0, a)."""
    y: Array = np.maximum(a, 0)
    return y


FUNCTIONS: dict[str, Callable[[Array], Array]] = {"tanh": np.tanh, "sigmoid": sigmoid, "relu": positive}


class Activation(NamedTuple):
    """Node `after` is the function `kind` of node `before`, by creation counters."""

    kind: str
    before: int
    after: int


def activations(wiring: Wiring) -> list[Activation]:
    """Every activation in the graph, in the order of the results, one for each result.

    A result depends on the leaves through what it is an activation of alone.
    """
    values = Values(wiring.nodes.values())
    found: dict[int, Activation] = {}
    for order, node in wiring.nodes.items():
        if node.size < 2 or not wiring.uses[order][0]:  # noqa: PLR2004  # a single number is no layer
            continue
        flat = node.value.reshape(-1)
        for kind, f in FUNCTIONS.items():
            after = _result(wiring, values, order, f(flat))
            if after is not None and (after not in found or found[after].kind == kind):
                found[after] = Activation(kind, order, after)
    return [found[after] for after in sorted(found) if not _is_made_of_another(wiring, found, found[after])]


def _is_made_of_another(wiring: Wiring, found: Mapping[int, Activation], one: Activation) -> bool:
    """Whether it is computed from another activation alone.

    1 - σ(a) is the σ of -a, a gate times one its own positive part, and a gate times zero that of what is
    negative; none of them is a gate of its own.
    """
    if one.kind == "tanh":
        return False
    relu = one.kind == "relu"
    return any(
        other == one.before
        or wiring.dominated(one.after, other)
        or (relu and wiring.dominated(one.before, other))
        for other, activation in found.items()
        if other < one.after and (relu or (activation.kind == "sigmoid" and other > one.before))
    )


def _result(wiring: Wiring, values: Values, before: int, flat: Array) -> int | None:
    """The node that has this value and depends on the leaves through `before` alone.

    Of several the first that the later ones are made of; branches that are put together come before it.
    """
    unchanged = close(flat, wiring.nodes[before].value.reshape(-1))
    found: int | None = None
    # More than a few equal values are all zero or all one, and then the first of them are enough.
    for node in islice(values.equal(flat, after=before), 8):
        copied = unchanged and isinstance(node.op, REARRANGING)
        if copied or not wiring.dominated(node.order, before):
            continue
        if found is None or not wiring.dominated(node.order, found):
            found = node.order
    return found
