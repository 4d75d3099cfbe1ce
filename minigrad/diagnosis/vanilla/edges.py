"""What enters dh(t) from o(t), Wyᵀ dy(t), as people write it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from minigrad.diagnosis.observed import Array
from minigrad.diagnosis.vanilla.factors import FACTORS
from minigrad.diagnosis.vanilla.option import (
    Choice,
    Option,
    earlier,
    later,
    only,
    throughout,
    to_come,
    without,
)
from minigrad.diagnosis.vanilla.scene import Scene

RIGHT = Choice(lambda scene, dy: dy @ scene.Wy + scene.rest)
"""Wyᵀ dy(t) as it is."""

_STEPS: tuple[tuple[str, str, str, Callable[[Array], Array], float], ...] = (
    ("last throughout", "output-step", "that of the last step, at every step", throughout, 1.0),
    ("first throughout", "output-step", "that of step 1, at every step", lambda a: throughout(a, 0), 1.2),
    ("later", "output-step", "that of step t+1", later, 1.0),
    ("later last", "output-step", "that of step t+1, the last one twice", lambda a: later(a, "last"), 1.1),
    ("later wrap", "output-step", "that of step t+1, wrapping to step 1", lambda a: later(a, "wrap"), 1.1),
    ("earlier", "output-step", "that of step t−1", earlier, 1.0),
    (
        "earlier first",
        "output-step",
        "that of step t−1, the first one twice",
        lambda a: earlier(a, "first"),
        1.2,
    ),
    ("earlier wrap", "output-step", "that of step t−1, wrapping to T", lambda a: earlier(a, "wrap"), 1.1),
    ("reversed", "output-step", "that of step T+1−t", lambda a: a[::-1], 1.1),
    ("to come", "output-step", "the sum of those of all steps s ≥ t", to_come, 1.1),
    ("so far", "output-step", "the sum of those of all steps s ≤ t", lambda a: np.cumsum(a, axis=0), 1.3),
    ("sum", "output-step", "the sum of those of all steps", lambda a: throughout(np.cumsum(a, axis=0)), 1.2),
    (
        "mean",
        "output-step",
        "the mean of those of all steps",
        lambda a: throughout(a.mean(0, keepdims=True)),
        1.4,
    ),
    ("last alone", "output-step", "there at the last step only", lambda a: only(a, -1), 1.0),
    ("last missing", "missing-edge", "missing at the last step", lambda a: without(a, -1), 1.1),
    ("first missing", "missing-edge", "missing at step 1", lambda a: without(a, 0), 1.1),
    ("missing", "missing-edge", "missing", np.zeros_like, 0.95),
)

_FIX = "add {Wy}ᵀ dy(t) of the same step to dh(t)"


def edges(scene: Scene) -> list[Choice]:
    """What enters from o(t), right and then every other way; values are f(scene, dy) → (T, B, H)."""
    found = [RIGHT]
    for name, kind, words, shift, weight in _STEPS:

        def value(scene: Scene, dy: Array, shift: Callable[[Array], Array] = shift) -> Array:
            moved = shift(RIGHT.value(scene, dy))
            return np.broadcast_to(moved, scene.new.shape)

        option = Option("edge", name, kind, f"what enters dh(t) from y(t) is {words}", _FIX, weight)
        found.append(Choice(value, (option,)))
    found += _scaled()
    return found + (_products(scene) if scene.sizes["O"] else [])


def _scaled() -> list[Choice]:
    found = []
    for text in ("2", "1/2", "T", "1/T", "B", "1/B", "T·B", "1/(T·B)", "O", "1/O"):
        did, weight = f"what enters dh(t) from y(t) is multiplied by {text}", 1.2
        option = Option("edge", f"times {text}", "scale", did, "leave the factor out", weight)

        def value(scene: Scene, dy: Array, text: str = text) -> Array:
            return np.asarray(FACTORS[text](scene.sizes) * RIGHT.value(scene, dy))

        found.append(Choice(value, (option,)))
    did = "what enters dh(t) from y(t) has the opposite sign"
    sign = Option("edge", "sign", "sign", did, _FIX, 1.1, factor=-1.0)
    return [*found, Choice(lambda scene, dy: -RIGHT.value(scene, dy), (sign,))]


def _products(scene: Scene) -> list[Choice]:
    wrong, seen = "wrong-array", scene.observed
    table: list[tuple[str, str, str, Callable[[Scene, Array], Array], float]] = [
        ("right dy", wrong, "made of ∂L/∂o(t), not of the dy(t) of d{Wy}", lambda n, _dy: n.dy @ n.Wy, 1.2),
        ("dWy", wrong, "made with d{Wy} so far, not with {Wy}", _running, 1.2),
        ("dWy whole", wrong, "made with d{Wy}, not with {Wy}", _gradient, 1.2),
    ]
    if seen.y is not None:
        table.append(("y", wrong, "made of y(t), not of dy(t)", lambda n, _dy: n.observed.y @ n.Wy, 1.2))
    if seen.o is not None:
        table.append(("o", wrong, "made of o(t), not of dy(t)", lambda n, _dy: n.observed.o @ n.Wy, 1.3))
    if seen.targets is not None:
        table.append(
            ("t", wrong, "made of the targets, not of dy(t)", lambda n, _dy: n.observed.targets @ n.Wy, 1.3)
        )
    if scene.sizes["O"] == scene.sizes["H"]:
        square = "made with {Wy}, which is not transposed"
        table.append(("not transposed", "transposed", square, lambda n, dy: dy @ n.Wy.T, 1.0))
        table.append(("no matrix", wrong, "dy(t) itself, without {Wy}", lambda _n, dy: dy, 1.2))
    found = []
    for name, kind, words, form, weight in table:
        option = Option("edge", name, kind, f"what enters dh(t) from y(t) is {words}", _FIX, weight)

        def value(scene: Scene, dy: Array, form: Callable[[Scene, Array], Array] = form) -> Array:
            return np.nan_to_num(form(scene, dy)) + scene.rest

        found.append(Choice(value, (option,)))
    return found


def _running(scene: Scene, dy: Array) -> Array:
    terms = np.swapaxes(dy, 1, 2) @ scene.new
    return dy @ to_come(terms)


def _gradient(scene: Scene, dy: Array) -> Array:
    return np.asarray(dy @ np.sum(np.swapaxes(dy, 1, 2) @ scene.new, axis=0))
