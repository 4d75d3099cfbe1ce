"""The gradients of what goes in: the inputs and the initial states."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from minigrad.diagnosis.gated.carry import right_carry
from minigrad.diagnosis.gated.local import right_keep
from minigrad.diagnosis.gated.option import Option
from minigrad.diagnosis.gated.past import Past
from minigrad.diagnosis.gated.scene import Scene
from minigrad.diagnosis.observed import Array

ROLES = ("x", "h0", "c0")
"""Roles that are no parameters."""


def _inputs(scene: Scene, past: Past, letters: Sequence[str]) -> Array:
    params = scene.observed.params
    parts = [past.da[g][: scene.T] @ params[f"Wx.{g}"] for g in letters if f"Wx.{g}" in params]
    return np.asarray(sum(parts, np.zeros(scene.observed.x.shape)))


def _chain(scene: Scene, past: Past, role: str) -> Array:
    """What the chain rule makes of the user's own da(1) and state gradient."""
    kept = right_keep(scene, past, -1)
    if role == "c0":
        return kept
    through = right_carry(scene, past, -1)
    return through + kept if scene.cell == "gru" else through


def guess(scene: Scene, past: Past, role: str, options: Sequence[Option]) -> Array:
    """The gradient of x, shape (T, B, D), or of h(0) or c(0), shape (B, H)."""
    if options:
        return np.asarray(options[0].value(scene, past))
    if role == "x":
        return _inputs(scene, past, scene.letters)
    if role == "c0":
        return np.asarray(past.kept[-1])
    return np.asarray(past.carry[-1] + past.kept[-1] if scene.cell == "gru" else past.carry[-1])


def options(scene: Scene, role: str) -> list[Option]:
    """Wrong gradients of x, h(0) or c(0); values are f(scene, past) → array of its shape."""
    if role not in ROLES:
        return []
    q = f"d{scene.name(role)}"
    rows: list[tuple[str, str, str, Callable[[Scene, Past], Array]]]
    rows = [("zero", "zero", f"{q} is exactly zero", lambda s, p: np.zeros_like(guess(s, p, role, ())))]
    if role == "x":
        rows += [
            (f"no {g}", "carry-missing", f"{q} lacks the path of gate {g}", _lacking(g))
            for g in scene.letters
        ]
        rows += [
            (f"only {g}", "overwritten", f"{q} has the path of gate {g} only", _having(g))
            for g in scene.letters
        ]
    else:
        state = "dh(1)" if role == "h0" else "dc(1)"
        rows += [
            ("first", "initial-state", f"{q} is {state}, one step short", _first(role)),
            (
                "chain",
                "initial-state",
                f"{q} is made by another rule than dh(t)",
                lambda s, p: _chain(s, p, role),
            ),
            ("carry", "carry-missing", f"{q} lacks the part along the state", lambda _s, p: p.carry[-1]),
            ("kept", "carry-missing", f"{q} lacks the part through the gates", lambda _s, p: p.kept[-1]),
        ]
    fix = {
        "x": "write Σ Wx.gᵀ da.g(t)",
        "h0": "go on to t=0 with the rule of dh(t)",
        "c0": "write dc(1)∘f(1)",
    }[role]
    return [Option(f"add.{role}", name, kind, did, fix, value, 1.0) for name, kind, did, value in rows]


def _lacking(g: str) -> Callable[[Scene, Past], Array]:
    return lambda s, p: _inputs(s, p, [other for other in s.letters if other != g])


def _having(g: str) -> Callable[[Scene, Past], Array]:
    return lambda s, p: _inputs(s, p, [g])


def _first(role: str) -> Callable[[Scene, Past], Array]:
    return lambda _s, p: p.dh[0] if role == "h0" else p.dc[0]
