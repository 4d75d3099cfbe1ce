"""Slopes of activations, as people write them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from minigrad.diagnosis.gated.option import Option, earlier, later, throughout
from minigrad.diagnosis.gated.scene import ACTIVATIONS, Scene, sigmoid
from minigrad.diagnosis.observed import Array

RIGHT: dict[str, Callable[[Array], Array]] = {
    "sigmoid": lambda y: y * (1.0 - y),
    "tanh": lambda y: 1.0 - y * y,
    "identity": np.ones_like,
}
"""The slope of each function by its value."""

_WORDS = {"sigmoid": "{y}(1 − {y})", "tanh": "1 − {y}²", "identity": "1"}


def right(function: str, y: Array) -> Array:
    """The slope of a function where its value is y, shape of y."""
    return np.asarray(RIGHT[function](y))


def _forms(function: str) -> list[tuple[str, str, str, Callable[[Array, Array], Array], float]]:
    """Name, kind, formula, value from (y, a), weight."""
    s, other = RIGHT[function], "sigmoid" if function == "tanh" else "tanh"
    activated = ACTIVATIONS["tanh" if function == "identity" else function]
    wrong, again = "wrong-derivative", "derivative-of-activated"
    words = {"tanh": "1 − tanh({y})²", "sigmoid": "σ({y})(1 − σ({y}))", "identity": "1 − tanh({y})²"}[
        function
    ]
    rest = "σ({y})(1 − σ({y}))" if function == "tanh" else "1 − tanh({y})²"
    forms = [
        ("activated", again, words, lambda y, _a: s(activated(y)), 1.0),
        ("none", wrong, "1", lambda y, _a: np.ones_like(y), 1.0),
        ("other", wrong, _WORDS[other], lambda y, _a: RIGHT[other](y), 1.1),
        ("other at a", wrong, _WORDS[other].replace("{y}", "f({a})"), lambda _y, a: _at(other, a), 1.5),
        ("other activated", again, rest, lambda y, _a: _at(other, y), 1.3),
        ("complement", wrong, "1 − {y}", lambda y, _a: 1.0 - y, 1.1),
        ("value", wrong, "{y}", lambda y, _a: y, 1.3),
        ("of a", wrong, _WORDS[function].replace("{y}", "{a}"), lambda _y, a: s(a), 1.1),
        ("other of a", wrong, _WORDS[other].replace("{y}", "{a}"), lambda _y, a: RIGHT[other](a), 1.5),
        ("twice", wrong, "the slope twice", lambda y, _a: s(y) ** 2, 1.1),
        ("plus", wrong, "{y}(1 + {y})", lambda y, _a: y * (1.0 + y), 1.4),
        ("one plus", wrong, "1 + {y}²", lambda y, _a: 1.0 + y * y, 1.4),
        ("one plus y", wrong, "1 + {y}", lambda y, _a: 1.0 + y, 1.6),
        ("root", wrong, "√(1 − {y}²)", lambda y, _a: np.sqrt(np.maximum(1.0 - y * y, 0.0)), 1.6),
        ("absolute", wrong, "1 − |{y}|", lambda y, _a: 1.0 - np.abs(y), 1.6),
        ("doubled", wrong, "2 times the slope", lambda y, _a: 2.0 * s(y), 1.2),
        ("halved", wrong, "half of the slope", lambda y, _a: 0.5 * s(y), 1.2),
        ("sign", "sign", "minus the slope", lambda y, _a: -s(y), 1.1),
        ("square", wrong, "{y}²", lambda y, _a: y * y, 1.6),
        ("square less one", "sign", "{y}² − 1", lambda y, _a: y * y - 1.0, 1.4),
    ]
    return [form for form in forms if function != "identity" or form[0] != "none"]


def _at(function: str, a: Array) -> Array:
    y = np.tanh(a) if function == "tanh" else sigmoid(a)
    return right(function, y)


_SHIFTS: tuple[tuple[str, str, Callable[[Array], Array], float], ...] = (
    ("last", "the last step", throughout, 1.0),
    ("before", "step t−1", earlier, 1.1),
    ("before zero", "step t−1", lambda y: earlier(y, "zero"), 1.3),
    ("before first", "step t−1", lambda y: earlier(y, "first"), 1.3),
    ("after", "step t+1", later, 1.1),
    ("after zero", "step t+1", lambda y: later(y, "zero"), 1.3),
    ("after wrap", "step t+1", lambda y: later(y, "wrap"), 1.3),
    ("first", "the first step", lambda y: throughout(y, 0), 1.2),
)


def values(scene: Scene, letter: str) -> tuple[str, Array, Array]:
    """The function of a gate, or of the cell state under "c", its value y and its argument a, by step."""
    if letter == "c":
        return scene.functions["c"], scene.squashed, scene.c[1:]
    return scene.functions[letter], scene.act[letter], scene.net[letter]


def slopes(scene: Scene, letter: str) -> list[Option]:
    """Wrong slopes of a gate (for "c", of the tanh of the cell state); values are f(scene) → (T, B, H)."""
    function, site = values(scene, letter)[0], f"slope.{letter}"
    symbol = "tanh(c)" if letter == "c" else letter
    instead = _WORDS[function].format(y=symbol)
    where = "∂ tanh(c)" if letter == "c" else f"the slope of gate {letter}"
    found = []
    for name, kind, words, form, weight in _forms(function):
        text = words.format(y=symbol, a="c" if letter == "c" else f"a.{letter}")

        def value(scene: Scene, form: Callable[[Array, Array], Array] = form) -> Array:
            return np.asarray(form(*values(scene, letter)[1:]))

        found.append(
            Option(site, name, kind, f"{where} is written as {text}", f"write {instead}", value, weight, name)
        )
    return found + _shifted(site, where, instead, letter)


def _shifted(site: str, where: str, instead: str, letter: str) -> list[Option]:
    found = []
    for name, words, shift, weight in _SHIFTS:

        def value(scene: Scene, shift: Callable[[Array], Array] = shift) -> Array:
            function, y, _ = values(scene, letter)
            return right(function, shift(y))

        did, fix = f"{where} is taken at {words}", f"write {instead} with the values of step t"
        found.append(Option(site, name, "derivative-step", did, fix, value, weight, f"at {name}"))
    return found
