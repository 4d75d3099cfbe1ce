"""What comes into dh(t) from the gates of step t+1, as people write it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import numpy as np

from minigrad.diagnosis.gated.option import Option
from minigrad.diagnosis.gated.past import Past
from minigrad.diagnosis.gated.scene import Scene
from minigrad.diagnosis.observed import Array

Path: TypeAlias = Callable[[Scene, Past, str, int], Array]
Whole: TypeAlias = Callable[[Scene, Past, int], Array]
Flow: TypeAlias = Callable[[Scene, Past, int, Array], Array]

_MISSING, _RULE = "carry-missing", "local-rule"


def through(scene: Scene, past: Past, g: str, k: int, d: Array) -> Array:
    """Whᵀ d of step k, with the reset gate of a GRU's candidate, shape (B, H)."""
    if scene.cell == "gru" and g == "n":
        r = past.ahead["r"][k]
        return np.asarray((r * d) @ scene.Wh["n"] if scene.after else r * (d @ scene.Wh["n"]))
    return d @ scene.Wh[g]


def right_path(scene: Scene, past: Past, g: str, k: int) -> Array:
    """The contribution of gate g of step k to dh of step k − 1, shape (B, H)."""
    return through(scene, past, g, k, past.fed[g][k])


def _plain(scene: Scene, past: Past, g: str, k: int) -> Array:
    d = past.fed[g][k]
    if scene.cell == "gru" and g == "n":
        r = past.ahead["r"][k]
        return np.asarray((r * d) @ scene.Wh["n"].T if scene.after else r * (d @ scene.Wh["n"].T))
    return np.asarray(d @ scene.Wh[g].T)


def _buffer(scene: Scene, past: Past, g: str, k: int) -> Array:
    """Σ over steps ≥ k of da h(t−1)ᵀ, the gradient so far, in the place of Wh."""
    d, u = past.fed[g], scene.old
    candidate = scene.cell == "gru" and g == "n"
    if candidate:
        d, u = (past.ahead["r"] * d, u) if scene.after else (d, scene.reset)
    total = np.einsum("tbi,tbj->ij", d[k : scene.T], u[k:])
    through_it = d[k] @ total
    return np.asarray(past.ahead["r"][k] * through_it if candidate and not scene.after else through_it)


def _partner(other: str) -> Path:
    return lambda s, p, g, k: through(s, p, g, k, p.fed[other][k])


def _weights_of(other: str) -> Path:
    return lambda s, p, g, k: p.fed[g][k] @ s.Wh[other]


def _unreset(scene: Scene, past: Past, g: str, k: int) -> Array:
    return np.asarray(past.fed[g][k] @ scene.Wh[g])


def _other_reset(scene: Scene, past: Past, g: str, k: int) -> Array:
    r, d = past.ahead["r"][k], past.fed[g][k]
    return np.asarray(r * (d @ scene.Wh[g]) if scene.after else (r * d) @ scene.Wh[g])


def _late_reset(scene: Scene, past: Past, g: str, k: int) -> Array:
    r, d = past.ahead["r"][max(k - 1, 0)], past.fed[g][k]
    return np.asarray((r * d) @ scene.Wh[g] if scene.after else r * (d @ scene.Wh[g]))


def _rows(scene: Scene, g: str) -> list[tuple[str, str, str, Path, float]]:
    """Name, kind, what stands there, value, weight: options of one gate's path."""
    rows: list[tuple[str, str, str, Path, float]] = [
        ("missing", _MISSING, "the path of gate {g} is missing", lambda _s, p, _g, k: 0 * p.dh[k], 1.0),
        ("plain", "carry-not-transposed", "Wh.{g} stands without its transpose", _plain, 1.0),
        ("pre", "wrong-derivative", "d{g}, without the slope of the gate, goes through Wh.{g}", _pre, 1.1),
        ("buffer", "wrong-array", "dWh.{g} stands in the place of Wh.{g}", _buffer, 1.1),
        ("bare", _RULE, "da.{g}(t+1) is added without Wh.{g}ᵀ", lambda _s, p, g, k: p.fed[g][k], 1.2),
        (
            "sign",
            "sign",
            "the path of gate {g} has the opposite sign",
            lambda s, p, g, k: -right_path(s, p, g, k),
            1.1,
        ),
        (
            "double",
            "scale",
            "the path of gate {g} counts twice",
            lambda s, p, g, k: 2 * right_path(s, p, g, k),
            1.2,
        ),
    ]
    if scene.cell == "gru" and g == "n":
        rows += [
            ("no reset", _RULE, "r(t+1) is missing in the path of gate n", _unreset, 1.0),
            ("other reset", _RULE, "r(t+1) stands on the wrong side of Wh.nᵀ", _other_reset, 1.1),
            (
                "late reset",
                "derivative-step",
                "r(t) stands for r(t+1) in the path of gate n",
                _late_reset,
                1.2,
            ),
        ]
    for other in scene.letters:
        if other != g:
            rows.append(
                (f"da {other}", "wrong-array", f"Wh.{{g}}ᵀ multiplies da.{other}", _partner(other), 1.2)
            )
            rows.append(
                (f"Wh {other}", "wrong-array", f"Wh.{other} stands for Wh.{{g}}", _weights_of(other), 1.2)
            )
    return rows


def _pre(scene: Scene, past: Past, g: str, k: int) -> Array:
    return through(scene, past, g, k, past.pre[g][k])


def paths(scene: Scene, g: str) -> list[Option]:
    """Wrong paths of one gate; values are f(scene, past, t) → (B, H)."""
    found = []
    for name, kind, did, form, weight in _rows(scene, g):

        def value(scene: Scene, past: Past, t: int, form: Path = form) -> Array:
            return np.asarray(form(scene, past, g, t + 1))

        text = f"in what comes into dh(t) from t+1, {did.format(g=g)}"
        fix = f"write Wh.{g}ᵀ da.{g}(t+1)" if g != "n" else "write the path through r(t+1) and Wh.nᵀ"
        found.append(Option(f"carry.{g}", name, kind, text, fix, value, weight, f"path {name}"))
    return found


def right_carry(scene: Scene, past: Past, t: int) -> Array:
    """Σ_g Wh.gᵀ da.g(t+1), shape (B, H)."""
    return np.asarray(sum(right_path(scene, past, g, t + 1) for g in scene.letters))


def _all(form: Path) -> Whole:
    return lambda s, p, t: np.asarray(sum(form(s, p, g, t + 1) for g in s.letters))


def _only(g: str) -> Whole:
    return lambda s, p, t: right_path(s, p, g, t + 1)


def _two_on(s: Scene, p: Past, t: int) -> Array:
    return right_carry(s, p, min(t + 1, s.T - 1))


_CARRY = "write dh(t) = upstream + Σ Wh.gᵀ da.g(t+1), made anew at every step"


def wholes(scene: Scene) -> list[Option]:
    """Wrong sums over all gates; values are f(scene, past, t) → (B, H)."""
    rows: list[tuple[str, str, str, Whole, float]] = [
        ("missing", _MISSING, "nothing comes into dh(t) from t+1", lambda _s, p, t: 0 * p.dh[t], 0.9),
        (
            "plain",
            "carry-not-transposed",
            "Wh stands without its transpose for every gate",
            _all(_plain),
            0.9,
        ),
        (
            "pre",
            "derivative-one-edge",
            "the slopes of the gates are missing in what goes back to t",
            _all(_pre),
            1.0,
        ),
        ("buffer", "wrong-array", "dWh stands in the place of Wh", _all(_buffer), 1.0),
        ("two on", "wrong-state", "the gates of t+2 stand for those of t+1", _two_on, 1.3),
        (
            "bare",
            "carry-accumulated",
            "da(t+1) is added without Whᵀ",
            _all(lambda _s, p, g, k: p.fed[g][k]),
            1.1,
        ),
    ]
    rows += [
        (f"only {g}", _MISSING, f"only gate {g} has its path back: the others are overwritten", _only(g), 1.0)
        for g in scene.letters
    ]
    return [
        Option("carry", name, kind, did, _CARRY, value, weight, f"whole {name}")
        for name, kind, did, value, weight in rows
    ]


def _from(start: int) -> Flow:
    """The carry only where it comes from the last `start` steps."""
    return lambda s, _p, t, total: total if t >= s.T - 1 - start else 0 * total


def _constant(s: Scene, p: Past, t: int, total: Array) -> Array:
    return total if t >= s.T - 2 else p.carry[s.T - 2]


def flows(scene: Scene) -> list[Option]:
    """What becomes of the sum over all gates; values are f(scene, past, t, sum) → (B, H)."""
    rows: list[tuple[str, str, str, Flow, float]] = [
        ("sign", "sign", "what comes from t+1 is subtracted", lambda _s, _p, _t, a: -a, 1.1),
        ("double", "scale", "what comes from t+1 counts twice", lambda _s, _p, _t, a: 2 * a, 1.2),
        ("half", "scale", "half of what comes from t+1 is used", lambda _s, _p, _t, a: 0.5 * a, 1.2),
        ("constant", _MISSING, "what comes from t+1 is never updated after t=T", _constant, 1.0),
        ("added", "carry-accumulated", "what comes from t+1 is never reset and adds up",
         lambda _s, p, t, a: a + p.carry[t + 1], 1.0),
        ("dh", "carry-accumulated", "dh(t+1) itself is added, without Wh and the gates",
         lambda _s, p, t, _a: p.dh[t + 1], 1.0),
        ("and dh", "carry-accumulated", "dh(t+1) itself is added as well",
         lambda _s, p, t, a: a + p.dh[t + 1], 1.1),
    ]  # fmt: skip
    rows += [
        (f"first {k}", "truncated", f"what comes from t+1 is used {k} times only", _from(k), 1.1)
        for k in range(1, min(scene.T - 1, 6))
    ]
    return [Option("flow", name, kind, did, _CARRY, value, weight) for name, kind, did, value, weight in rows]
