"""Which cell a set of gates makes: vanilla, LSTM or GRU, by the values of its states."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import permutations

import numpy as np

from minigrad.diagnosis.structure.activations import Activation
from minigrad.diagnosis.structure.affine import Affine, affine, holds, same, state_before
from minigrad.diagnosis.structure.gates import Gate, clusters, gates
from minigrad.diagnosis.structure.values import Values
from minigrad.diagnosis.structure.wiring import Array, UnrecognisedError, Wiring


@dataclass(frozen=True)
class Cell:
    """A recognised recurrent layer, over K steps of one sequence or of several, one behind the other.

    Attributes:
        kind: "tanh", "sigmoid", "relu", "lstm" or "gru".
        gates: by letter; the only one of a vanilla cell is "".
        affine: the parameters of each.
        before: the state before each step, shape (K, B, H).
        h: the state after it.
        follows: for each step whether its state before is the state after the last one, shape (K,).
        c_before: the cell state of an LSTM before each step, shape (K, B, H).
        c: the cell state after it.
        variant: of a GRU, as in `Observed`.
    """

    kind: str
    gates: dict[str, Gate]
    affine: dict[str, Affine]
    before: Array
    h: Array
    follows: Array
    c_before: Array | None = None
    c: Array | None = None
    variant: str = ""


@dataclass(frozen=True)
class _Scene:
    """What all cells are tried on."""

    gates: list[Gate]
    state: Array
    cells: list[Array]
    arrays: dict[int, Array] = field(repr=False)

    def of_kind(self, kind: str) -> list[Gate]:
        return [g for g in self.gates if g.kind == kind]


def recognise_cell(wiring: Wiring, found: Sequence[Activation], values: Values) -> Cell:
    """The cell whose equations hold to 1e-9 at every step.

    Raises:
        UnrecognisedError: if there is none.
    """
    stops = {a.after for a in found}
    groups = clusters(wiring, found)
    if not groups:
        msg = "no activation feeds back"
        raise UnrecognisedError(msg)
    parts = gates(wiring, groups, stops)
    recurrent = wiring.descendants(stops)
    ordered = sorted(parts, key=lambda gate: gate.kind != "sigmoid")
    state = next((s for g in ordered if (s := state_before(wiring, g, values, recurrent)) is not None), None)
    kinds = "".join(sorted(g.kind[0] for g in parts))
    if state is None or kinds not in _MAKERS:
        msg = f"no cell has gates of the kinds {kinds}"
        raise UnrecognisedError(msg)
    members = {m.after for group in groups for m in group.members}
    arrays = {order: wiring.nodes[order].value for order in wiring.leaves}
    cell = _MAKERS[kinds](_Scene(parts, state, _cell_states(wiring, found, members, parts), arrays))
    inputs = [a.x for a in cell.affine.values()]
    if not all(np.array_equal(x, inputs[0]) for x in inputs[1:]) or cell.follows.sum() < 1:
        msg = "the gates have different inputs"
        raise UnrecognisedError(msg)
    return cell


def _cell_states(
    wiring: Wiring, found: Sequence[Activation], members: set[int], parts: list[Gate]
) -> list[Array]:
    """What tanh is taken of beside the gates, each (B, H), where it has the size of a state."""
    places = next((g.layers[0] for g in parts if g.kind == "tanh"), parts[0].layers[0])
    rest = [a.before for a in found if a.kind == "tanh" and a.after not in members]
    flat = [wiring.nodes[order].value.reshape(-1) for order in rest]
    return [v[places] for v in flat if v.size == places.size == places.max() + 1]


def _follows(h: Array, before: Array) -> Array:
    """For each step whether its state before is h of the last step."""
    return np.array([False, *(same(b, a) for a, b in zip(h[:-1], before[1:], strict=True))])


def _proven(scene: _Scene, gate: Gate, state: Array, *, uneven: Array | None = None) -> Affine:
    """The gate's roles, after its equation was found to hold."""
    found = affine(gate, state, uneven)
    if not holds(gate, found, state, scene.arrays, 1.0 if uneven is None else uneven):
        msg = "a gate is not the affine function that its parameters suggest"
        raise UnrecognisedError(msg)
    return found


def _vanilla(scene: _Scene) -> Cell:
    (gate,) = scene.gates
    h = gate.after
    found = _proven(scene, gate, scene.state)
    return Cell(gate.kind, {"": gate}, {"": found}, scene.state, h, _follows(h, scene.state))


def _lstm(scene: _Scene) -> Cell:
    (g,) = scene.of_kind("tanh")
    if len(scene.cells) != len(g.after):
        msg = "an LSTM has one cell state at each step"
        raise UnrecognisedError(msg)
    c = np.stack(scene.cells)
    for i, f, o in permutations(scene.of_kind("sigmoid")):
        h = o.after * np.tanh(c)
        follows = _follows(h, scene.state)
        before = np.concatenate([c[:1], c[:-1]])
        first = ~follows
        before[first] = (c[first] - (i.after * g.after)[first]) / f.after[first]
        before[np.abs(before) < 1e-12] = 0  # noqa: PLR2004  # what rounding leaves of a zero
        if follows.any() and same(c, f.after * before + i.after * g.after):
            letters = {"i": i, "f": f, "o": o, "g": g}
            found = {k: _proven(scene, gate, scene.state) for k, gate in letters.items()}
            return Cell("lstm", letters, found, scene.state, h, follows, before, c)
    msg = "no order of the gates makes the cell states"
    raise UnrecognisedError(msg)


def _updates(scene: _Scene) -> Iterator[tuple[str, Gate, Gate, Array]]:
    """Both roles of the two gates, and both uses of the update gate."""
    (n,) = scene.of_kind("tanh")
    for z, r in permutations(scene.of_kind("sigmoid")):
        yield "z-old", z, r, z.after * scene.state + (1 - z.after) * n.after
        yield "z-new", z, r, (1 - z.after) * scene.state + z.after * n.after


def _gru(scene: _Scene) -> Cell:
    (n,) = scene.of_kind("tanh")
    for use, z, r, h in _updates(scene):
        follows = _follows(h, scene.state)
        if follows[1:].any():
            found = {"z": _proven(scene, z, scene.state), "r": _proven(scene, r, scene.state)}
            reset, found["n"] = _reset(scene, n, r)
            letters = {"z": z, "r": r, "n": n}
            return Cell("gru", letters, found, scene.state, h, follows, variant=f"{reset},{use}")
    msg = "no update makes the states"
    raise UnrecognisedError(msg)


def _reset(scene: _Scene, n: Gate, r: Gate) -> tuple[str, Affine]:
    """Where the reset gate multiplies, and the parameters of the candidate."""
    try:
        return "before", _proven(scene, n, r.after * scene.state)
    except UnrecognisedError:
        return "after", _proven(scene, n, scene.state, uneven=r.after)


_MAKERS = {"t": _vanilla, "s": _vanilla, "r": _vanilla, "ssst": _lstm, "sst": _gru}
