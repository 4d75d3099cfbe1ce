"""The gates of a recurrent layer: for each its parameters, multipliers and values at every step."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

import numpy as np

from minigrad.diagnosis.structure.activations import Activation
from minigrad.diagnosis.structure.rows import Rows, Units, multipliers, units
from minigrad.diagnosis.structure.wiring import Array, UnrecognisedError, Wiring


@dataclass
class Cluster:
    """The activations that apply the same rows of the same parameters, one for each step, in order."""

    kind: str
    leaves: set[int]
    rows: dict[int, Rows]
    layers: list[Units] = field(default_factory=list)
    members: list[Activation] = field(default_factory=list)

    def fits(self, activation: Activation, layer: Units, leaves: set[int]) -> bool:
        """Whether an activation of `leaves` is the next step of this cluster.

        Where an input or a state is zero the rows that multiply it are not known at that step.
        """
        common = self.rows.keys() & layer.rows.keys()
        return (
            activation.kind == self.kind
            and layer.places.shape == self.layers[0].places.shape
            and (bool(common) or self.leaves == leaves)
            and all(np.array_equal(self.rows[leaf].entries, layer.rows[leaf].entries) for leaf in common)
        )


@dataclass(frozen=True)
class Gate:
    """One gate of H units over K steps and a batch of B.

    Attributes:
        kind: "tanh", "sigmoid" or "relu".
        before: shape (K, B, H), what it is an activation of.
        after: shape (K, B, H), its value.
        entries: of each parameter the places (H, C) that feed the units.
        multipliers: of each parameter what they are multiplied by, shape (K, B, C).
        probed: shape (B,), the unit whose multipliers those are, where they differ.
        even: of each parameter whether the multipliers are the same for all units.
        layers: for each step the flat places (B, H) of the values.
        orders: for each step the creation counter of the value.
    """

    kind: str
    before: Array
    after: Array
    entries: dict[int, Array]
    multipliers: dict[int, Array]
    probed: Array
    even: dict[int, bool]
    layers: list[Array]
    orders: list[int]


def clusters(wiring: Wiring, found: Sequence[Activation]) -> list[Cluster]:
    """The activations of affine functions of parameters by the parameters, those that feed back alone."""
    stops = {a.after for a in found}
    inner = stops | {a.before for a in found}
    known: list[Cluster] = []
    within = wiring.leading_to_leaves(stops)
    for activation in found:
        layer = units(wiring, activation.before, stops, within)
        if layer is None or _is_sum_of_products(wiring, activation, layer, stops, inner):
            continue
        leaves = wiring.reached(activation.before, stops | wiring.leaves.keys()) - stops
        home = next((c for c in known if c.fits(activation, layer, leaves)), None)
        if home is None:
            known.append(home := Cluster(activation.kind, leaves, {}))
        home.members.append(activation)
        home.layers.append(layer)
        for leaf, rows in layer.rows.items():
            old = home.rows.get(leaf, rows)
            home.rows[leaf] = Rows(leaf, rows.entries, rows.even and old.even)
    return _fed_back(wiring, found, known, stops)


def _is_sum_of_products(
    wiring: Wiring, activation: Activation, layer: Units, stops: set[int], inner: set[int]
) -> bool:
    """Whether it is like an LSTM's cell state, made of two activations or more unit by unit.

    Of the leaves it can only depend on the initial one, which has its size.
    """
    size, places = wiring.nodes[activation.before].size, layer.places[0]
    if activation.kind != "tanh" or any(wiring.nodes[leaf].size != size for leaf in layer.rows):
        return False
    ones, numbers = np.zeros(size), np.zeros(size)
    ones[places], numbers[places] = 1.0, 1.0 + np.arange(places.size)
    one, two = (wiring.pull(activation.before, seed, inner) for seed in (ones, numbers))
    whole = 0
    for order in one.keys() & two.keys() & stops:
        where = np.nonzero(one[order])
        ratio = two[order][where] / one[order][where]
        whole += bool(np.all(np.abs(ratio - np.rint(ratio)) < 1e-6)) and where[0].size >= places.size  # noqa: PLR2004  # rounding
    return whole > 1


def _fed_back(
    wiring: Wiring, found: Sequence[Activation], known: list[Cluster], stops: set[int]
) -> list[Cluster]:
    """The clusters whose values lead to a later step of one that does so, too."""
    before = {a.after: a.before for a in found}
    parents = {a.after: wiring.reached(before[a.after], stops) for a in found}
    while True:
        used: set[int] = set()
        stack = [member.after for cluster in known for member in cluster.members]
        while stack:
            fresh = parents[stack.pop()] - used
            used |= fresh
            stack += fresh
        kept = [c for c in known if any(m.after in used for m in c.members)]
        if len(kept) == len(known):
            return kept
        known = kept


def gates(wiring: Wiring, groups: Sequence[Cluster], stops: Collection[int]) -> list[Gate]:
    """The gates of equal size that clusters consist of; a cluster may hold several, one behind the other.

    Raises:
        UnrecognisedError: if the clusters don't have the same number of steps, or don't divide.
    """
    sizes = [g.layers[0].places.shape for g in groups]
    lengths = {len(g.members) for g in groups}
    H = min(n for _, n in sizes)
    batches = {B for B, _ in sizes}
    if len(lengths) != 1 or lengths == {1} or len(batches) != 1 or any(n % H for _, n in sizes):
        msg = "the gates differ in the number of steps or units"
        raise UnrecognisedError(msg)
    return [gate for group in groups for gate in _gates(wiring, group, H, stops)]


def _gates(wiring: Wiring, group: Cluster, H: int, stops: Collection[int]) -> list[Gate]:
    within = wiring.leading_to_leaves(stops)
    layers = [
        multipliers(wiring, m.before, layer, group.rows, stops, within)
        for m, layer in zip(group.members, group.layers, strict=True)
    ]
    B, n = layers[0].places.shape
    before, after = (
        np.stack([wiring.nodes[order].value.reshape(-1)[layer.places] for order, layer in pairs])
        for pairs in (
            [(m.before, layer) for m, layer in zip(group.members, layers, strict=True)],
            [(m.after, layer) for m, layer in zip(group.members, layers, strict=True)],
        )
    )
    table = {leaf: np.stack([layer.multipliers[leaf] for layer in layers]) for leaf in group.rows}
    return [
        Gate(
            group.kind,
            before[..., start : start + H],
            after[..., start : start + H],
            {leaf: rows.entries[start : start + H] for leaf, rows in group.rows.items()},
            table,
            np.arange(B) % n,
            {leaf: rows.even for leaf, rows in group.rows.items()},
            [layer.places[:, start : start + H] for layer in layers],
            [m.after for m in group.members],
        )
        for start in range(0, n, H)
    ]
