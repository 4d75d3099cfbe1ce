"""The user's own da(t) and dy(t), solved for from nothing but the finished gradients."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from minigrad.diagnosis.observed import Array, Observed
from minigrad.diagnosis.vanilla import sums
from minigrad.diagnosis.vanilla.scene import Scene, difference

_SAME = 1e-7
"""Solutions that differ by less are the same."""

_NOISE = 1e-12
"""What is solved for is known to this, relative to its largest entry."""

SOLVED = 1e-9
"""The equations that are left over agree to this, relative to the largest entry."""


@dataclass(frozen=True, eq=False)
class Recovered:
    """What the user's code must have had at each step.

    Attributes:
        da: the user's da(t), shape (T, B, H).
        right: the right da(t), shape (T, B, H).
        from_y: what enters dh(t) from y(t), shape (T, B, H).
        from_h: what the right rule makes of the user's own da(t+1), shape (T, B, H).
        local: the da(t) that the right rule makes of the user's own da(t+1), shape (T, B, H).
        agree: the roles whose gradients are right sums of this da(t).
        dy: the user's dy(t), shape (T, B, O); None if it cannot be solved for.
    """

    da: Array
    right: Array
    from_y: Array
    from_h: Array
    local: Array
    agree: tuple[str, ...]
    dy: Array | None = None

    @property
    def dh(self) -> Array:
        """What enters h(t) along both edges, of which the user's da(t) should be made, shape (T, B, H)."""
        return self.from_y + self.from_h

    @property
    def departure(self) -> int | None:
        """The step, counted from 1, where da first differs going backwards from T; None if it never does."""
        return last_different(self.da, self.right)


def last_different(one: Array, other: Array) -> int | None:
    """The last step, counted from 1, at which two arrays of shape (T, …) differ; None if at none.

    They differ by more than 1e-7 of the step's largest entry, and than the noise of what is solved for.

    Example:
        >>> last_different(np.array([1.0, 2.0, 3.0]), np.array([1.0, 0.0, 3.0]))
        2
    """
    sizes, off = (
        a.reshape(len(one), -1).max(axis=1) for a in (np.abs([one, other]).max(0), np.abs(one - other))
    )
    differs = off > np.maximum(_SAME * sizes, _NOISE * float(sizes.max(initial=0.0)))
    return int(np.flatnonzero(differs)[-1]) + 1 if differs.any() else None


def solve(scene: Scene, roles: tuple[str, ...], features: int) -> tuple[Array, float] | None:
    """The da(t) (or dy(t)) whose right sums are the user's gradients, and how badly the equations agree.

    Args:
        scene: the problem.
        roles: gradients to use, of "Wx", "Wh", "bh" for da, of "Wy", "by" for dy.
        features: H or O.

    Returns:
        an array of shape (T, B, features) and the residual; None where the gradients do not determine it.
    """
    columns = [
        sums.right_state(scene, role).reshape(scene.x.shape[0] * scene.x.shape[1], -1) for role in roles
    ]
    V = np.concatenate(columns, axis=1)
    G = np.concatenate([scene.manual[role].reshape(features, -1) for role in roles], axis=1)
    if min(V.shape) == 0 or V.shape[1] < len(V):
        return None
    inside = np.abs(G) < scene.bound * (1.0 - 1e-12)
    found = _unclipped(V, G) if inside.all() else _clipped(V, G, inside)
    if found is None:
        return None
    left = np.where(inside, found @ V - G, 0.0)
    size = float(np.max(np.abs(G), initial=0.0))
    array = found.T.reshape(*scene.x.shape[:2], features)
    return array, float(np.max(np.abs(left), initial=0.0)) / size if size else 0.0


def _unclipped(V: Array, G: Array) -> Array | None:
    values = np.linalg.svd(V, compute_uv=False)
    if values[-1] <= 1e-7 * values[0]:
        return None
    return np.asarray(G @ np.linalg.pinv(V))


def _clipped(V: Array, G: Array, inside: Array) -> Array | None:
    """Each row from its entries that are not clipped."""
    rows = []
    for row, kept in zip(G, inside, strict=True):
        if np.linalg.matrix_rank(V[:, kept], tol=1e-7) < len(V):
            return None
        rows.append(row[kept] @ np.linalg.pinv(V[:, kept]))
    return np.array(rows)


def solutions(scene: Scene) -> Iterator[tuple[Array, tuple[str, ...]]]:
    """Every da(t) that some of the gradients agree on, those of most gradients first."""
    roles = scene.roles(("Wx", "Wh", "bh"))
    found: list[Array] = []
    tapped = scene.observed.taps.get("da")
    if tapped is not None and tapped.shape == scene.new.shape and np.isfinite(tapped).all():
        found.append(np.asarray(tapped, dtype=float))
        yield found[0], ()
    for count in range(len(roles), 0, -1):
        for chosen in combinations(roles, count):
            solved = solve(scene, chosen, scene.sizes["H"])
            if solved and solved[1] <= SOLVED and _new(solved[0], found):
                found.append(solved[0])
                yield solved[0], chosen


def _new(array: Array, found: list[Array]) -> bool:
    return all(difference(array, old) > _SAME for old in found)


def recover_dy(scene: Scene) -> Array | None:
    """The user's dy(t) from dWy and dby, from either if they disagree, shape (T, B, O)."""
    roles = scene.roles(("Wy", "by"))
    for count in range(len(roles), 0, -1):
        for chosen in combinations(roles, count):
            solved = solve(scene, chosen, scene.sizes["O"])
            if solved is not None and solved[1] <= SOLVED:
                return solved[0]
    return None


def recover(observed: Observed) -> Recovered | None:
    """The user's da(t) as most of the gradients give it; None where they do not determine it.

    Example:
        >>> one = np.ones((1, 1, 1))
        >>> seen = Observed("tanh", one, np.zeros((2, 1, 1)), {"Wx": one[0], "Wh": one[0]},
        ...                 {"Wx": one[0]}, {"Wx": 3 * one[0]}, one)
        >>> found = recover(seen)
        >>> found.da, found.right, found.departure
        (array([[[3.]]]), array([[[1.]]]), 1)
    """
    scene = Scene.of(observed)
    best = next(solutions(scene), None)
    if best is None:
        return None
    da, agree = best
    from_h = np.concatenate([da[1:] @ scene.Wh, np.zeros_like(da[:1])])
    from_y = np.asarray(observed.upstream, dtype=float)
    right = np.zeros_like(da)
    for t in range(scene.T - 1, -1, -1):
        carried = right[t + 1] @ scene.Wh if t + 1 < scene.T else 0.0
        right[t] = scene.slope[t] * (from_y[t] + carried)
    local = scene.slope * (from_y + from_h)
    return Recovered(da, right, from_y, from_h, local, agree, recover_dy(scene))
