"""Which gradient a rule starts from, and what goes back along the state itself, as people write it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import numpy as np

from minigrad.diagnosis.gated.option import Option
from minigrad.diagnosis.gated.past import Past
from minigrad.diagnosis.gated.scene import Scene
from minigrad.diagnosis.observed import Array

Rule: TypeAlias = Callable[[Scene, Past, int], Array]
Row: TypeAlias = tuple[str, str, str, Rule, float]

_MISSING, _RULE = "carry-missing", "local-rule"


def _at(t: int) -> int:
    """h(0) has no gate of its own step: the first one's stands there."""
    return max(t, 0)


def right_keep(scene: Scene, past: Past, t: int) -> Array:
    """dc(t+1)∘f(t+1) of an LSTM; dh(t+1) times the kept share of a GRU; shape (B, H)."""
    if scene.cell == "lstm":
        return np.asarray(past.dc[t + 1] * past.ahead["f"][t + 1])
    return np.asarray(past.dh[t + 1] * _share(scene, past, t + 1))


def _share(scene: Scene, past: Past, k: int) -> Array:
    z = past.ahead["z"][k]
    return np.asarray(z if "new" not in scene.observed.variant else 1.0 - z)


def _state(scene: Scene, past: Past) -> Array:
    return past.dc if scene.cell == "lstm" else past.dh


def _times(letter: str, offset: int) -> Rule:
    """The gradient of the state of t+1 times another gate, or a gate of another step."""

    def rule(s: Scene, p: Past, t: int) -> Array:
        return np.asarray(_state(s, p)[t + 1] * p.ahead[letter][_at(min(t + offset, s.T))])

    return rule


def _constant(s: Scene, p: Past, t: int) -> Array:
    return right_keep(s, p, t) if t >= s.T - 2 else p.kept[s.T - 2]


def _from(start: int) -> Rule:
    return lambda s, p, t: right_keep(s, p, t) if t >= s.T - 1 - start else 0 * p.dh[0]


def keeps(scene: Scene) -> list[Option]:
    """Wrong ways back along the state; values are f(scene, past, t) → (B, H)."""
    lstm = scene.cell == "lstm"
    q, gate = ("dc(t+1)", "f(t+1)") if lstm else ("dh(t+1)", "the kept share of h(t)")
    rows: list[Row] = [
        ("missing", _MISSING, f"the part of {q} that goes on to t is missing",
         lambda _s, p, t: 0 * p.dh[t], 0.9),
        ("bare", _RULE, f"{q} goes on without {gate}", lambda s, p, t: _state(s, p)[t + 1], 0.9),
        ("sign", "sign", f"the part of {q} is subtracted", lambda s, p, t: -right_keep(s, p, t), 1.1),
        ("double", "scale", f"the part of {q} counts twice", lambda s, p, t: 2 * right_keep(s, p, t), 1.2),
        ("half", "scale", f"half of the part of {q} is used", lambda s, p, t: 0.5 * right_keep(s, p, t), 1.2),
        ("constant", _MISSING, f"the part of {q} is never updated after t=T", _constant, 1.0),
        ("added", "carry-accumulated", f"the part of {q} is never reset and adds up",
         lambda s, p, t: right_keep(s, p, t) + p.kept[t + 1], 1.1),
    ]  # fmt: skip
    rows += _lstm_keeps(scene) if lstm else _gru_keeps(scene)
    rows += [
        (f"first {k}", "truncated", f"the part of {q} is used {k} times only", _from(k), 1.2)
        for k in range(1, min(scene.T - 1, 6))
    ]
    fix = "write dc(t) = dh(t)∘o(t)∘(1 − tanh(c(t))²) + dc(t+1)∘f(t+1)" if lstm else f"add {q} times {gate}"
    return [_named("keep", row, fix) for row in rows]


def _lstm_keeps(scene: Scene) -> list[Row]:
    rows: list[Row] = [
        ("own step", _RULE, "f(t) stands for f(t+1) in dc(t)", _times("f", 0), 0.9),
        ("two on", _RULE, "f(t+2) stands for f(t+1) in dc(t)", _times("f", 2), 1.3),
        ("local", _MISSING, "only the part of dc(t+1) from h(t+1) goes on: dc is not kept",
         lambda _s, p, t: p.local[t + 1] * p.ahead["f"][t + 1], 1.0),
        ("dh", _RULE, "dh(t+1) stands for dc(t+1)", lambda _s, p, t: p.dh[t + 1] * p.ahead["f"][t + 1], 1.2),
        ("c", _RULE, "c(t) stands for f(t+1) in dc(t)", lambda s, p, t: p.dc[t + 1] * s.c[t + 1], 1.2),
        ("complement", _RULE, "1 − f(t+1) stands for f(t+1) in dc(t)",
         lambda _s, p, t: p.dc[t + 1] * (1 - p.ahead["f"][t + 1]), 1.3),
        ("slope", _RULE, "f(1 − f) stands for f(t+1) in dc(t)",
         lambda _s, p, t: p.dc[t + 1] * p.ahead["f"][t + 1] * (1 - p.ahead["f"][t + 1]), 1.2),
        ("last f", _RULE, "f(T) stands for f(t+1) in dc(t)",
         lambda _s, p, t: p.dc[t + 1] * p.ahead["f"][-2], 1.1),
    ]  # fmt: skip
    others = [g for g in scene.letters if g != "f"]
    return rows + [
        (g, _RULE, f"{g}(t+1) stands for f(t+1) in dc(t)", _times(g, 1), 1.2 if g != "i" else 1.1)
        for g in others
    ]


def _gru_keeps(scene: Scene) -> list[Row]:
    del scene
    return [
        ("complement", _RULE, "the share of the candidate stands for that of h(t)",
         lambda s, p, t: p.dh[t + 1] * (1 - _share(s, p, t + 1)), 0.9),
        ("own step", _RULE, "the update gate of t stands for that of t+1",
         lambda s, p, t: p.dh[t + 1] * _share(s, p, _at(min(t, s.T - 1))), 1.0),
        ("two on", _RULE, "the update gate of t+2 stands for that of t+1",
         lambda s, p, t: p.dh[t + 1] * _share(s, p, min(t + 2, s.T)), 1.3),
        ("last", _RULE, "the update gate of T stands for that of t+1",
         lambda s, p, t: p.dh[t + 1] * _share(s, p, s.T - 1), 1.1),
        ("slope", _RULE, "z(1 − z) stands for the kept share",
         lambda _s, p, t: p.dh[t + 1] * p.ahead["z"][t + 1] * (1 - p.ahead["z"][t + 1]), 1.2),
        ("r", _RULE, "r(t+1) stands for the kept share", _times("r", 1), 1.2),
        ("upstream", _MISSING, "only what enters at t+1 is kept, not all of dh(t+1)",
         lambda s, p, t: (p.up[t + 1] if t + 1 < s.T else 0 * p.dh[0]) * _share(s, p, t + 1), 1.1),
    ]  # fmt: skip


def bases(scene: Scene, letter: str) -> list[Option]:
    """Wrong gradients to start a gate's rule (under "c", dc) from; values are f(scene, past, t) → (B, H)."""
    if scene.cell == "gru":
        rows, right = _gru_bases(scene, letter)
    elif letter in {"o", "c"}:
        right = "dh(t), the sum of both edges"
        rows = [
            ("upstream", _MISSING, "only what enters at t", lambda _s, p, t: p.up[t], 1.0),
            ("carry", _RULE, "only what comes from t+1", lambda _s, p, t: p.carry[t], 1.2),
        ]
    else:
        right = "dc(t), the sum of both edges"
        rows = [
            (
                "local",
                _MISSING,
                "dc(t) before what comes from t+1 is added",
                lambda _s, p, t: p.local[t],
                1.0,
            ),
            ("dh", "wrong-array", "dh(t)", lambda _s, p, t: p.dh[t], 1.0),
            ("kept", _RULE, "only the part that comes from t+1", lambda _s, p, t: p.kept[t], 1.2),
        ]
    quantity = "dc" if letter == "c" else f"da.{letter}"
    return [_based(quantity, letter, row, right) for row in rows]


def _based(quantity: str, letter: str, row: Row, right: str) -> Option:
    name, kind, given, rule, weight = row
    full: Row = (name, kind, f"{quantity} starts from {given} where {right} belongs", rule, weight)
    return _named(f"base.{letter}", full, f"start from {right}")


def right_base(scene: Scene, past: Past, letter: str, t: int | slice) -> Array:
    """The gradient that a gate's rule starts from, shape (B, H), or (T, B, H) for a slice of steps."""
    if scene.cell == "lstm":
        return np.asarray(past.dh[t] if letter in {"o", "c"} else past.dc[t])
    if letter != "r":
        return np.asarray(past.dh[t])
    return np.asarray(past.fed["n"][t] if scene.after else past.fed["n"][t] @ scene.Wh["n"])


def _gru_bases(scene: Scene, letter: str) -> tuple[list[Row], str]:
    if letter != "r":
        return [
            ("upstream", _MISSING, "only what enters at t", lambda _s, p, t: p.up[t], 1.0),
        ], "dh(t)"
    W = scene.Wh["n"]
    if scene.after:
        return [
            ("pre", "wrong-derivative", "dn(t), before its slope", lambda _s, p, t: p.pre["n"][t], 1.0),
            ("dh", "wrong-array", "dh(t)", lambda _s, p, t: p.dh[t], 1.1),
            ("reset", _RULE, "da.n(t)∘r(t)", lambda s, p, t: p.fed["n"][t] * s.act["r"][t], 1.0),
            ("z", "wrong-array", "da.z(t)", lambda _s, p, t: p.fed["z"][t], 1.2),
        ], "da.n(t)"
    return [
        ("plain", "carry-not-transposed", "Wh.n da.n(t)", lambda _s, p, t: p.fed["n"][t] @ W.T, 1.0),
        ("bare", _RULE, "da.n(t), without Wh.nᵀ", lambda _s, p, t: p.fed["n"][t], 1.0),
        ("pre", "wrong-derivative", "Wh.nᵀ dn(t), before its slope", lambda _s, p, t: p.pre["n"][t] @ W, 1.0),
        ("dh", "wrong-array", "dh(t)", lambda _s, p, t: p.dh[t], 1.1),
        ("Wh r", "wrong-array", "Wh.rᵀ da.n(t)", lambda s, p, t: p.fed["n"][t] @ s.Wh["r"], 1.1),
        ("Wh dh", _RULE, "Wh.nᵀ dh(t)", lambda _s, p, t: p.dh[t] @ W, 1.2),
        ("z", "wrong-array", "Wh.nᵀ da.z(t)", lambda _s, p, t: p.fed["z"][t] @ W, 1.2),
    ], "Wh.nᵀ da.n(t)"


def _named(site: str, row: Row, fix: str) -> Option:
    name, kind, did, rule, weight = row
    return Option(site, name, kind, did, fix, rule, weight)
