"""How the gradient of a parameter is summed over time, as people write it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import numpy as np

from minigrad.diagnosis.gated import slope
from minigrad.diagnosis.gated.option import Option, earlier, later, throughout
from minigrad.diagnosis.gated.past import Past
from minigrad.diagnosis.gated.scene import Scene
from minigrad.diagnosis.observed import Array

Pair: TypeAlias = tuple[Array, Array]
"""Rows d(t), (T, B, H), and u(t), (T, B, K), of which the gradient is Σ d(t) u(t)ᵀ."""

Change: TypeAlias = Callable[[Scene, Past, str, Pair], Pair]
Row: TypeAlias = tuple[str, str, str, Change, float]

_STATE, _ARRAY = "wrong-state", "wrong-array"


def split(role: str) -> tuple[str, str]:
    """The family of a parameter and its gate: "Wh.f" is ("Wh", "f"), "Wy" is ("Wy", "").

    Example:
        >>> split("Wh.f"), split("by")
        (('Wh', 'f'), ('by', ''))
    """
    family, _, gate = role.partition(".")
    return family, gate


def pair(scene: Scene, past: Past, role: str, dy: Array) -> Pair:
    """The right rows of a parameter."""
    family, g = split(role)
    ones = np.ones((*scene.old.shape[:2], 1))
    if family in {"Wy", "by"}:
        return dy, scene.new if family == "Wy" else ones
    d = past.da[g][: scene.T]
    if family == "Wh" and scene.cell == "gru" and g == "n":
        return (scene.act["r"] * d, scene.old) if scene.after else (d, scene.reset)
    return d, {"Wx": scene.observed.x, "Wh": scene.old, "b": ones}[family]


def total(rows: Pair) -> Array:
    """Σ d(t) u(t)ᵀ, shape (H, K)."""
    d, u = (a.reshape(-1, a.shape[-1]) for a in rows)
    return np.asarray(d.T @ u)


def shaped(a: Array, role: str) -> Array:
    """A bias's sum as a vector."""
    return a[:, 0] if split(role)[0] in {"b", "by"} and a.ndim == 2 else a  # noqa: PLR2004


def _other(form: Callable[[Scene], Array]) -> Change:
    """Another array in the place of u, kept where its size fits."""
    return lambda s, _p, _role, rows: (rows[0], form(s))


def _started(s: Scene, first: Array) -> Array:
    return np.concatenate([first[None], s.old[1:]])


_CELL = {"c", "c old", "squashed"}
"""Names of the arrays that only an LSTM has."""

_INITIAL = "initial-state"
STATES: tuple[tuple[str, str, str, Callable[[Scene], Array], float], ...] = (
    ("now", _STATE, "h(t) stands for h(t−1)", lambda s: s.new, 0.9),
    ("zero start", _INITIAL, "at t=1 0 stands for h(0), or the step t=1 is skipped",
     lambda s: _started(s, 0 * s.old[0]), 0.9),
    ("wrapped", _INITIAL, "at t=1 h(T) stands for h(0): the index wraps round",
     lambda s: _started(s, s.new[-1]), 0.9),
    ("first", _INITIAL, "at t=1 h(1) stands for h(0)", lambda s: _started(s, s.new[0]), 1.1),
    ("end", _STATE, "h(T) stands for h(t−1)", lambda s: throughout(s.new), 1.0),
    ("before end", _STATE, "h(T−1) stands for h(t−1)", lambda s: throughout(s.old), 1.2),
    ("start", _STATE, "h(0) stands for h(t−1)", lambda s: throughout(s.old, 0), 1.1),
    ("older", _STATE, "h(t−2) stands for h(t−1)", lambda s: earlier(s.old, "first"), 1.0),
    ("older zero", _STATE, "h(t−2) stands for h(t−1)", lambda s: earlier(s.old, "zero"), 1.0),
    ("older wrap", _STATE, "h(t−2) stands for h(t−1)", lambda s: earlier(s.old), 1.1),
    ("older end", _STATE, "h(t−2) stands for h(t−1)",
     lambda s: np.concatenate([s.new[-1:], s.old[:-1]]), 1.1),
    ("next", _STATE, "h(t+1) stands for h(t−1)", lambda s: later(s.new), 1.2),
    ("next zero", _STATE, "h(t+1) stands for h(t−1)", lambda s: later(s.new, "zero"), 1.2),
    ("c", _ARRAY, "c(t) stands for h(t−1)", lambda s: s.c[1:], 1.2),
    ("c old", _ARRAY, "c(t−1) stands for h(t−1)", lambda s: s.c[:-1], 1.1),
    ("squashed", _ARRAY, "tanh(c(t)) stands for h(t−1)", lambda s: np.tanh(s.c[1:]), 1.3),
)  # fmt: skip
_OUTPUT: tuple[Row, ...] = (
    ("old", _STATE, "h(t−1) stands for h(t)", _other(lambda s: s.old), 0.9),
    ("old wrap", _STATE, "h(t−1) stands for h(t), h(T) for h(0)", _other(lambda s: earlier(s.new)), 1.2),
    ("next", _STATE, "h(t+1) stands for h(t)", _other(lambda s: later(s.new)), 1.0),
    (
        "next zero",
        _STATE,
        "h(t+1) stands for h(t), nothing at t=T",
        _other(lambda s: later(s.new, "zero")),
        1.1,
    ),
    ("next wrap", _STATE, "h(t+1) stands for h(t), h(1) at t=T", _other(lambda s: later(s.new, "wrap")), 1.2),
    ("end", _STATE, "h(T) stands for h(t)", _other(lambda s: throughout(s.new)), 1.0),
    ("c", _ARRAY, "c(t) stands for h(t)", _other(lambda s: s.c[1:]), 1.1),
    ("squashed", _ARRAY, "tanh(c(t)) stands for h(t)", _other(lambda s: np.tanh(s.c[1:])), 1.2),
)
_INPUT: tuple[Row, ...] = (
    ("next", _STATE, "x(t+1) stands for x(t)", _other(lambda s: later(s.observed.x)), 1.0),
    ("next zero", _STATE, "x(t+1) stands for x(t)", _other(lambda s: later(s.observed.x, "zero")), 1.1),
    ("next wrap", _STATE, "x(t+1) stands for x(t)", _other(lambda s: later(s.observed.x, "wrap")), 1.1),
    ("previous", _STATE, "x(t−1) stands for x(t)", _other(lambda s: earlier(s.observed.x)), 1.0),
    ("previous zero", _STATE, "x(t−1) stands for x(t)", _other(lambda s: earlier(s.observed.x, "zero")), 1.1),
    (
        "previous first",
        _STATE,
        "x(t−1) stands for x(t)",
        _other(lambda s: earlier(s.observed.x, "first")),
        1.2,
    ),
    ("end", _STATE, "x(T) stands for x(t)", _other(lambda s: throughout(s.observed.x)), 1.0),
    ("first", _STATE, "x(1) stands for x(t)", _other(lambda s: throughout(s.observed.x, 0)), 1.1),
    ("h", _ARRAY, "h(t−1) stands for x(t)", _other(lambda s: s.old), 1.2),
)


def _recurrent(scene: Scene, g: str) -> list[Row]:
    rows: list[Row] = []
    for name, kind, did, form, weight in STATES:
        if name in _CELL and scene.cell == "gru":
            continue

        def change(s: Scene, _p: Past, role: str, rows: Pair, form: Callable[[Scene], Array] = form) -> Pair:
            h = form(s)
            return rows[0], s.act["r"] * h if s.cell == "gru" and role == "Wh.n" and not s.after else h

        rows.append((name, kind, did, change, weight))
    rows.append(("x", _ARRAY, "x(t) stands for h(t−1)", _other(lambda s: s.observed.x), 1.2))
    if scene.cell == "gru" and g == "n":
        unreset: Change = lambda s, p, _role, _rows: (p.da["n"][: s.T], s.old)  # noqa: E731
        both: Change = lambda s, p, _role, _rows: (s.act["r"] * p.da["n"][: s.T], s.act["r"] * s.old)  # noqa: E731
        rows.append(("no reset", "local-rule", "r(t) is missing", unreset, 0.9))
        rows.append(("reset now", "local-rule", "r(t)∘h(t) stands for r(t)∘h(t−1)", _now, 1.2))
        rows.append(("reset twice", "local-rule", "r(t) stands twice", both, 1.2))
        rows.append(("z", "local-rule", "z(t) stands for r(t)", _gated_by_z, 1.2))
    elif scene.cell == "gru":
        rows.append(
            (
                "reset",
                "local-rule",
                "r(t)∘h(t−1) stands for h(t−1)",
                _other(lambda s: s.act["r"] * s.old),
                1.0,
            )
        )
    return rows


def _now(s: Scene, p: Past, _role: str, _rows: Pair) -> Pair:
    return p.da["n"][: s.T], s.act["r"] * s.new


def _gated_by_z(s: Scene, p: Past, _role: str, _rows: Pair) -> Pair:
    return p.da["n"][: s.T], s.act["z"] * s.old


def _reset_too(change: Change) -> Change:
    """In dWh.n of a GRU whose reset comes after, r(t) multiplies whatever stands for da."""

    def value(s: Scene, p: Past, role: str, rows: Pair) -> Pair:
        d, u = change(s, p, role, rows)
        return (s.act["r"] * d, u) if role == "Wh.n" and s.cell == "gru" and s.after else (d, u)

    return value


def _deltas(scene: Scene, g: str) -> list[Row]:
    """Other arrays in the place of da."""
    q = f"da.{g}(t)"
    rows: list[Row] = [
        ("pre", "wrong-derivative", f"d{g}(t), without the slope of the gate, stands for {q}", _pre, 0.9),
        ("again", "wrong-derivative", f"the slope of the gate stands twice in {q}", _again, 1.2),
        ("delta next", _STATE, f"da.{g}(t+1) stands for {q}", lambda _s, p, _r, x: (p.da[g][1:], x[1]), 1.2),
        (
            "delta last",
            _STATE,
            f"da.{g}(T) stands for {q}",
            lambda _s, _p, _r, x: (throughout(x[0]), x[1]),
            1.2,
        ),
        ("dh", _ARRAY, f"dh(t) stands for {q}", lambda s, p, _r, x: (p.dh[: s.T], x[1]), 1.1),
    ]
    if scene.cell == "lstm":
        rows.append(("dc", _ARRAY, f"dc(t) stands for {q}", lambda s, p, _r, x: (p.dc[: s.T], x[1]), 1.1))
    rows += [
        (f"da {other}", _ARRAY, f"da.{other}(t) stands for {q}", _delta_of(other), 1.0)
        for other in scene.letters
        if other != g
    ]
    fresh = {"pre", "delta next", "dh"}
    return [(n, k, w, _reset_too(f) if n in fresh or n[:3] == "da " else f, c) for n, k, w, f, c in rows]


def _delta_of(other: str) -> Change:
    return lambda s, p, _role, rows: (p.da[other][: s.T], rows[1])


def _pre(s: Scene, p: Past, role: str, rows: Pair) -> Pair:
    return p.pre[split(role)[1]][: s.T], rows[1]


def _again(s: Scene, _p: Past, role: str, rows: Pair) -> Pair:
    g = split(role)[1]
    return rows[0] * slope.right(s.functions[g], s.act[g]), rows[1]


def changes(scene: Scene, role: str) -> list[Option]:
    """Wrong rows of a parameter's sum; values are f(scene, past, role, rows) → rows."""
    family, g = split(role)
    if family == "Wy":
        rows = [row for row in _OUTPUT if row[0] not in _CELL or scene.cell == "lstm"]
    elif family == "Wx":
        rows = [*_INPUT, *_deltas(scene, g)]
    elif family == "Wh":
        rows = [*_recurrent(scene, g), *_deltas(scene, g)]
    else:
        rows = _deltas(scene, g) if family == "b" else []
    fix = formula(scene, role)
    return [
        Option(
            f"sum.{role}",
            name,
            kind,
            did,
            f"add {fix} at every step",
            change,
            weight,
            _group(family, g, name),
        )
        for name, kind, did, change, weight in rows
    ]


def formula(scene: Scene, role: str) -> str:
    """What a step adds to the gradient of a parameter, in words."""
    if role == "Wh.n" and scene.cell == "gru":
        return "(r(t)∘da.n(t)) h(t−1)ᵀ" if scene.after else "da.n(t) (r(t)∘h(t−1))ᵀ"
    forms = {"Wy": "dy(t) h(t)ᵀ", "Wx": "da(t) x(t)ᵀ", "Wh": "da(t) h(t−1)ᵀ", "b": "da(t)", "by": "dy(t)"}
    return forms[split(role)[0]]


def _group(family: str, g: str, name: str) -> str:
    """One line makes the same mistake in every gate, or with one gate's da in every sum."""
    return f"{g} {name}" if name.startswith(("da ", "delta")) else f"{family} {name}"
