"""How the gradient of the loss enters: dy, and the edge from y(t) into h(t)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import numpy as np

from minigrad.diagnosis.gated.option import Option, earlier, later, throughout
from minigrad.diagnosis.gated.scene import Scene
from minigrad.diagnosis.observed import Array

Form: TypeAlias = Callable[[Array], Array]

_LOSS = "wrong-loss"


def _sum_to_come(a: Array) -> Array:
    return np.cumsum(a[::-1], axis=0)[::-1]


def _only(a: Array, index: int) -> Array:
    kept = np.zeros_like(a)
    kept[index] = a[index]
    return kept


def _all_but(a: Array, index: int) -> Array:
    return a - _only(a, index)


MOVES: tuple[tuple[str, str, Form, float], ...] = (
    ("repeated", "{q} of the last step stands at every step", throughout, 1.0),
    ("next", "{q}(t+1) stands for {q}(t)", later, 1.0),
    ("next zero", "{q}(t+1) stands for {q}(t), nothing at t=T", lambda a: later(a, "zero"), 1.0),
    ("next wrap", "{q}(t+1) stands for {q}(t), {q}(1) at t=T", lambda a: later(a, "wrap"), 1.2),
    ("previous", "{q}(t−1) stands for {q}(t), {q}(T) at t=1", earlier, 1.1),
    ("previous zero", "{q}(t−1) stands for {q}(t), nothing at t=1", lambda a: earlier(a, "zero"), 1.1),
    ("previous first", "{q}(t−1) stands for {q}(t), {q}(1) at t=1", lambda a: earlier(a, "first"), 1.2),
    ("summed", "{q} is added up over the steps t … T", _sum_to_come, 1.0),
    ("summed before", "{q} is added up over the steps 1 … t", lambda a: np.cumsum(a, axis=0), 1.3),
    ("total", "the sum of {q} over all steps stands at every step", lambda a: 0 * a + a.sum(0), 1.3),
    ("only last", "{q} enters at the last step only", lambda a: _only(a, -1), 1.0),
    (
        "total last",
        "the sum of {q} over all steps enters at the last",
        lambda a: _only(0 * a + a.sum(0), -1),
        1.3,
    ),
    ("only first", "{q} enters at the first step only", lambda a: _only(a, 0), 1.3),
    ("first", "{q} of the first step stands at every step", lambda a: throughout(a, 0), 1.3),
    ("but last", "{q} of the last step is left out", lambda a: _all_but(a, -1), 1.1),
    ("but first", "{q} of the first step is left out", lambda a: _all_but(a, 0), 1.1),
    ("turned", "{q} is read in the opposite order of the steps", lambda a: a[::-1], 1.3),
)


def moves(site: str, words: str) -> list[Option]:
    """Upstream gradients of other steps; values are f(scene, array) → array of its shape (T, B, ·)."""
    found = []
    for name, did, form, weight in MOVES:

        def value(_scene: Scene, a: Array, form: Form = form) -> Array:
            return np.asarray(form(a))

        fix = f"use {words}(t) at step t"
        found.append(Option(site, name, "output-step", did.format(q=words), fix, value, weight, f"{name} dy"))
    return found


def _jacobian(s: Scene, a: Array) -> Array:
    """Softmax's Jacobian times a, shape (T, B, O)."""
    y = _y(s)
    return np.asarray(y * (a - np.sum(y * a, axis=-1, keepdims=True)))


def _y(s: Scene) -> Array:
    return np.asarray(s.observed.y, dtype=float)


def _targets(s: Scene) -> Array:
    return np.asarray(s.observed.targets, dtype=float)


def _o(s: Scene) -> Array:
    return np.asarray(s.observed.o, dtype=float)


def _ratio(s: Scene) -> Array:
    with np.errstate(all="ignore"):
        return np.nan_to_num(-_targets(s) / _y(s), posinf=0.0, neginf=0.0)


_OTHER: tuple[tuple[str, str, Callable[[Scene, Array], Array], float], ...] = (
    (
        "difference",
        "dy is y − target, without the slope of the output",
        lambda s, _d: _y(s) - _targets(s),
        1.0,
    ),
    (
        "squared",
        "dy is that of a squared error through the softmax",
        lambda s, _d: _jacobian(s, _y(s) - _targets(s)),
        1.0,
    ),
    ("sigmoid", "dy has a factor y(1 − y) more", lambda s, d: d * _y(s) * (1 - _y(s)), 1.0),
    ("tanh", "dy has a factor 1 − y² more", lambda s, d: d * (1 - _y(s) ** 2), 1.1),
    ("y", "the target is not subtracted from y", lambda s, _d: _y(s), 1.1),
    ("target", "dy is minus the target", lambda s, _d: -_targets(s), 1.2),
    ("ratio", "dy is −target/y, without the softmax's Jacobian", lambda s, _d: _ratio(s), 1.0),
    ("scores", "dy is o − target, before the softmax", lambda s, _d: _o(s) - _targets(s), 1.1),
    ("signs", "dy is the sign of y − target", lambda s, _d: np.sign(_y(s) - _targets(s)), 1.2),
    ("jacobian", "dy is multiplied by the softmax's Jacobian twice", _jacobian, 1.1),
    ("true", "only the entry of the target is kept", lambda s, d: d * (_targets(s) != 0), 1.2),
    ("false", "the entry of the target is left out", lambda s, d: d * (_targets(s) == 0), 1.2),
    ("other y", "dy has a factor y more", lambda s, d: d * _y(s), 1.3),
    ("over y", "dy is divided by y", lambda s, d: d / np.where(_y(s) == 0, np.inf, _y(s)), 1.3),
    (
        "cross",
        "dy is that of a cross-entropy through a sigmoid",
        lambda s, _d: 1 / (1 + np.exp(-_o(s))) - _targets(s),
        1.2,
    ),
)


def losses(scene: Scene) -> list[Option]:
    """dy of other losses, as far as y, o and the targets are known; values are f(scene, dy) → (T, B, O)."""
    seen = scene.observed
    if seen.dy is None or seen.y is None or seen.o is None or seen.targets is None:
        return []
    fix = "write the gradient of the loss with respect to o(t)"
    return [Option("dy", name, _LOSS, did, fix, form, weight) for name, did, form, weight in _OTHER]


def _turned(s: Scene, u: Array) -> Array:
    Wy = s.observed.params["Wy"]
    return np.asarray(u + np.asarray(s.observed.dy) @ (Wy.T - Wy))


def edges(scene: Scene) -> list[Option]:
    """Wrong edges from the output into h(t); values are f(scene, upstream) → (T, B, H)."""
    words = "the gradient from the output"
    found = moves("upstream", words)
    wrong = "wrong-derivative"
    rows: list[tuple[str, str, str, Callable[[Scene, Array], Array], float]] = [
        ("tanh", wrong, "times 1 − h²", lambda s, u: u * (1 - s.new**2), 1.1),
        ("sigmoid", wrong, "times h(1 − h)", lambda s, u: u * s.new * (1 - s.new), 1.3),
        ("o", wrong, "times o(t)" if scene.cell == "lstm" else "times z(t)", _gated, 1.3),
        ("sign", "sign", "with the opposite sign", lambda _s, u: -u, 1.1),
        ("double", "scale", "twice", lambda _s, u: 2 * u, 1.2),
    ]
    Wy = scene.observed.params.get("Wy")
    if Wy is not None and scene.observed.dy is not None and Wy.shape[0] == Wy.shape[1]:
        rows.append(("plain", "local-rule", "as Wy dy(t), without the transpose", _turned, 1.0))
    fix = "write dh(t) = Wyᵀ dy(t) + what comes from t+1"
    for name, kind, did, form, weight in rows:
        found.append(Option("upstream", name, kind, f"{words} enters dh(t) {did}", fix, form, weight))
    return found


def _gated(s: Scene, u: Array) -> Array:
    return np.asarray(u * s.act["o" if s.cell == "lstm" else "z"])
