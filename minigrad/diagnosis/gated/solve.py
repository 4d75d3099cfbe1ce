"""The user's own da(t), solved from finished gradients, which are linear in it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from minigrad.diagnosis.gated.past import Past
from minigrad.diagnosis.gated.scene import Scene
from minigrad.diagnosis.gated.term import pair, split
from minigrad.diagnosis.observed import Array

CONDITION = 1e7
"""Inputs that are nearer to dependent than this determine nothing to 1e-8."""

AGREES = 1e-7


def columns(scene: Scene, role: str) -> Array:
    """u(t) of a parameter for every step and sequence, shape (T·B, K)."""
    blank = Past(scene, scene.observed.upstream)
    dy = np.zeros((*scene.old.shape[:2], 1))
    u = pair(scene, blank, role, dy)[1]
    return np.asarray(u.reshape(-1, u.shape[-1]), dtype=float)


def solve(scene: Scene, roles: Sequence[str]) -> Array | None:
    """d(t) with Σ d(t) u(t)ᵀ = the user's gradients of some parameters, (T, B, ·); None if not unique.

    Args:
        scene: the problem.
        roles: parameters of the same gate whose sums share d.
    """
    u = np.concatenate([columns(scene, role) for role in roles], axis=1)
    G = np.concatenate([_matrix(scene, role) for role in roles], axis=1)
    if u.shape[0] > u.shape[1] or not np.all(np.isfinite(G)):
        return None
    sizes = np.linalg.svd(u, compute_uv=False)
    if sizes[-1] * CONDITION < sizes[0]:
        return None
    d = np.linalg.lstsq(u.T, G.T, rcond=None)[0]
    return np.asarray(d.reshape(*scene.old.shape[:2], -1))


def _matrix(scene: Scene, role: str) -> Array:
    G = np.asarray(scene.observed.manual[role], dtype=float)
    if scene.cell == "gru" and role == "Wh.n" and scene.after:
        return G
    return G[:, None] if G.ndim == 1 else G


def _unreset(scene: Scene, roles: Sequence[str], d: Array) -> Array:
    """A GRU whose reset comes after: dWh.n holds r∘da."""
    if list(roles) == ["Wh.n"] and scene.cell == "gru" and scene.after:
        return d / scene.act["r"]
    return d


def _alone(scene: Scene, roles: Sequence[str]) -> Array | None:
    present = [role for role in roles if role in scene.parameters]
    if len(present) < len(roles):
        return None
    if len(roles) > 1 and scene.cell == "gru" and scene.after and "Wh.n" in roles:
        return None
    d = solve(scene, roles)
    return None if d is None else _unreset(scene, roles, d)


def _residual(scene: Scene, role: str, d: Array) -> float:
    """How far the sum made of d is from the user's gradient of a parameter."""
    blank = Past(scene, scene.observed.upstream)
    g = split(role)[1]
    if g:
        blank.da[g][: scene.T] = d
    rows = pair(scene, blank, role, d)
    G = np.einsum("tbi,tbj->ij", *rows)
    return scene.error(role, G[:, 0] if scene.observed.manual[role].ndim == 1 else G)


def votes(scene: Scene, families: Sequence[str], g: str = "") -> list[tuple[Array, int]]:
    """Different d(t) that the parameters of a gate determine, with how many agree, most first.

    Args:
        scene: the problem.
        families: the parameters, such as ("Wx", "Wh", "b"), ("Wy", "by").
        g: the gate.
    """
    roles = [f"{family}.{g}" if g else family for family in families]
    sets = [[r] for r in roles] + [[a, b] for i, a in enumerate(roles) for b in roles[i + 1 :]] + [roles]
    found: list[tuple[Array, int]] = []
    for chosen in sets:
        d = _alone(scene, chosen)
        if d is None or any(_same(d, other) for other, _ in found):
            continue
        agreeing = sum(_residual(scene, r, d) < AGREES for r in roles if r in scene.parameters)
        found.append((d, agreeing))
    return sorted(found, key=lambda entry: -entry[1])


def _same(a: Array, b: Array) -> bool:
    return bool(np.max(np.abs(a - b)) <= AGREES * max(float(np.max(np.abs(a))), 1e-30))
