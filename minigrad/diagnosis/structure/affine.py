"""The columns of a gate's parameters by role: what multiplies the input, the state, and nothing."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from minigrad.diagnosis.structure.gates import Gate
from minigrad.diagnosis.structure.values import Values
from minigrad.diagnosis.structure.wiring import Array, UnrecognisedError, Wiring

Parts = list[tuple[int, Array]]
"""Pieces of parameters, side by side: the parameter's creation counter and places (H, C) in it."""


@dataclass(frozen=True)
class Affine:
    """before = Wx x + Wh m + b.

    Attributes:
        parts: of "Wx", "Wh" and "b" where they come from; those that don't exist are absent.
        x: the inputs, shape (K, B, D).
    """

    parts: dict[str, Parts]
    x: Array


def same(a: Array, b: Array) -> bool:
    """Whether two arrays agree to 1e-9 of the largest entry, or as well as their type allows."""
    rough = 1e-4 if np.float32 in (a.dtype, b.dtype) else 1e-9
    return a.shape == b.shape and bool(np.all(np.abs(a - b) <= rough * max(1e-3, np.abs(b).max(initial=0.0))))


def state_before(wiring: Wiring, gate: Gate, values: Values, recurrent: set[int]) -> Array | None:
    """What the gate multiplies by H columns of a parameter that is computed by the network: h(t−1).

    Returns:
        Shape (K, B, H), or None.
    """
    H = gate.after.shape[-1]
    for leaf in sorted(gate.multipliers):
        m = gate.multipliers[leaf]
        for start in range(m.shape[-1] - H + 1):
            last = m[-1, :, start : start + H].astype(wiring.loss.dtype)
            nodes = [n for flat in (last.reshape(-1), last.T.reshape(-1)) for n in values.equal(flat)]
            if any(n.order in recurrent and n.order < gate.orders[-1] for n in nodes):
                return m[..., start : start + H]
    return None


def affine(gate: Gate, state: Array, uneven: Array | None = None) -> Affine:
    """The roles of the gate's parameters.

    Args:
        gate: a gate.
        state: shape (K, B, H), what Wh multiplies.
        uneven: shape (K, B, H), what multiplies the product of Wh and the state; None for nothing.

    Raises:
        UnrecognisedError: if the parameters do not make that sum.
    """
    K, B, H = gate.after.shape
    factor = 1.0 if uneven is None else uneven[:, np.arange(B), gate.probed][..., None]
    place = _columns_equal(gate, factor * state, even=uneven is None)
    if place is None:
        msg = "no parameter multiplies the state"
        raise UnrecognisedError(msg)
    parts: dict[str, Parts] = {"Wh": [(place[0], gate.entries[place[0]][:, place[1] : place[1] + H])]}
    biases, rest, x = [], [], []
    for leaf in sorted(gate.entries):
        for column in range(gate.entries[leaf].shape[1]):
            if leaf == place[0] and place[1] <= column < place[1] + H:
                continue
            m = gate.multipliers[leaf][..., column]
            if np.all(np.abs(m - 1) < 1e-12) and _may_be_bias(gate, leaf, column):  # noqa: PLR2004  # rounding
                biases.append((leaf, gate.entries[leaf][:, column : column + 1]))
            else:
                rest.append((leaf, gate.entries[leaf][:, column : column + 1]))
                x.append(m)
    parts |= {"Wx": rest} if rest else {}
    parts |= {"b": biases} if biases else {}
    return Affine(parts, np.stack(x, -1) if x else np.zeros((K, B, 0)))


def _may_be_bias(gate: Gate, leaf: int, column: int) -> bool:
    """A vector, or the first or last column of a matrix where no vector is a bias."""
    columns = gate.entries[leaf].shape[1]
    vectors = any(e.shape[1] == 1 for e in gate.entries.values())
    return columns == 1 or (column in {0, columns - 1} and not vectors)


def _columns_equal(gate: Gate, wanted: Array, *, even: bool) -> tuple[int, int] | None:
    """The parameter, and the first of its columns, that has these multipliers."""
    H = wanted.shape[-1]
    for leaf in sorted(gate.multipliers):
        m = gate.multipliers[leaf]
        for start in range(m.shape[-1] - H + 1):
            if even <= gate.even[leaf] and same(m[..., start : start + H], wanted):
                return leaf, start
    return None


def gathered(parts: Parts, array_of: dict[int, Array]) -> Array:
    """The entries of a role, taken from arrays of the parameters, shape (H, C)."""
    return np.concatenate([array_of[leaf].reshape(-1)[entries] for leaf, entries in parts], axis=1)


def holds(
    gate: Gate, found: Affine, state: Array, array_of: dict[int, Array], outer: Array | float = 1.0
) -> bool:
    """Whether before = Wx x + outer ∘ (Wh state) + b at every step."""
    total = outer * (state @ gathered(found.parts["Wh"], array_of).T)
    if "Wx" in found.parts:
        total = total + found.x @ gathered(found.parts["Wx"], array_of).T
    if "b" in found.parts:
        total = total + gathered(found.parts["b"], array_of).sum(axis=1)
    return same(gate.before, total)
