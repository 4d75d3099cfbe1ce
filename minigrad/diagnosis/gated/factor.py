"""What multiplies the gradient on its way into a gate, as people write it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import numpy as np

from minigrad.diagnosis.gated.option import Option, earlier, later, throughout
from minigrad.diagnosis.gated.scene import Scene, sigmoid
from minigrad.diagnosis.observed import Array

Form: TypeAlias = Callable[[Scene], Array]
Row: TypeAlias = tuple[str, str, str, Form, float]

RIGHT: dict[str, dict[str, tuple[str, Form]]] = {
    "lstm": {
        "o": ("tanh(c(t))", lambda s: s.squashed),
        "i": ("g(t)", lambda s: s.act["g"]),
        "f": ("c(t−1)", lambda s: s.c[:-1]),
        "g": ("i(t)", lambda s: s.act["i"]),
        "c": ("o(t)", lambda s: s.act["o"]),
    },
    "gru": {
        "n": ("the share of n(t) in h(t)", lambda s: 1.0 - s.keep),
        "z": ("h(t−1) − n(t) with its sign", lambda s: _update(s, s.old - s.act["n"])),
        "r": ("what r(t) multiplies", lambda s: s.reset if s.after else s.old),
    },
}
"""The right factor of each gate and, under "c", of dc from dh, with its words."""


def _update(s: Scene, value: Array) -> Array:
    """A factor of the update gate: z multiplies the old state, or the candidate."""
    return -value if "new" in s.observed.variant else value


def right(scene: Scene, letter: str) -> Array:
    """The right factor, shape (T, B, H)."""
    return np.asarray(RIGHT[scene.cell][letter][1](scene))


def _gates(*letters: str) -> list[Row]:
    """Another gate's value."""
    return [(g, "local-rule", f"{g}(t)", lambda s, g=g: s.act[g], 1.2) for g in letters]  # type: ignore[misc]


def _moved(words: str, form: Form) -> list[Row]:
    """The right factor at another step."""
    kind = "local-rule"
    return [
        ("last", kind, f"{words} of the last step", lambda s: throughout(form(s)), 1.1),
        ("before", kind, f"{words} of step t−1", lambda s: earlier(form(s)), 1.2),
        ("before zero", kind, f"{words} of step t−1", lambda s: earlier(form(s), "zero"), 1.4),
        ("after", kind, f"{words} of step t+1", lambda s: later(form(s)), 1.2),
        ("after zero", kind, f"{words} of step t+1", lambda s: later(form(s), "zero"), 1.4),
        ("first", kind, f"{words} of the first step", lambda s: throughout(form(s), 0), 1.3),
    ]


_ONE: Row = ("one", "local-rule", "nothing", lambda s: np.ones_like(s.new), 1.0)
_COMMON: list[Row] = [
    ("h", "local-rule", "h(t)", lambda s: s.new, 1.3),
    ("h old", "local-rule", "h(t−1)", lambda s: s.old, 1.3),
]


def _first(a: Array, replacement: Array) -> Array:
    return np.concatenate([replacement[None], a[1:]])


def _wrapped(s: Scene) -> Array:
    return _first(s.c[:-1], s.c[-1])


def _without(s: Scene) -> Array:
    return _first(s.c[:-1], np.zeros_like(s.c[0]))


_INITIAL = "initial-state"
_LSTM: dict[str, list[Row]] = {
    "o": [
        ("c", "local-rule", "c(t), without its tanh", lambda s: s.c[1:], 1.0),
        ("tanh tanh", "local-rule", "tanh(tanh(c(t)))", lambda s: np.tanh(s.squashed), 1.2),
        ("c old", "local-rule", "tanh(c(t−1))", lambda s: np.tanh(s.c[:-1]), 1.1),
        ("plain c old", "local-rule", "c(t−1)", lambda s: s.c[:-1], 1.3),
        ("sigmoid", "local-rule", "σ(c(t))", lambda s: sigmoid(s.c[1:]), 1.4),
        ("slope", "local-rule", "1 − tanh(c(t))²", lambda s: 1.0 - np.tanh(s.c[1:]) ** 2, 1.3),
        *_gates("i", "f", "g"),
    ],
    "i": [
        *_gates("i", "f", "o"),
        ("net", "local-rule", "a.g(t), before its tanh", lambda s: s.net["g"], 1.1),
        ("tanh", "local-rule", "tanh(g(t))", lambda s: np.tanh(s.act["g"]), 1.2),
        ("c", "local-rule", "c(t)", lambda s: s.c[1:], 1.3),
        ("c old", "local-rule", "c(t−1)", lambda s: s.c[:-1], 1.1),
    ],
    "f": [
        ("c", "local-rule", "c(t)", lambda s: s.c[1:], 1.0),
        ("without", _INITIAL, "0 for c(0) at t=1", _without, 1.0),
        ("wrapped", _INITIAL, "c(T) for c(0) at t=1", _wrapped, 1.0),
        ("last", "local-rule", "c(T)", lambda s: throughout(s.c[1:]), 1.2),
        ("initial", "local-rule", "c(0)", lambda s: throughout(s.c[:1].repeat(s.T, 0)), 1.3),
        ("before", "local-rule", "c(t−2)", lambda s: earlier(s.c[:-1], "first"), 1.2),
        ("before zero", "local-rule", "c(t−2)", lambda s: earlier(s.c[:-1], "zero"), 1.2),
        ("before wrap", "local-rule", "c(t−2)", lambda s: earlier(s.c[:-1], "wrap"), 1.3),
        ("tanh", "local-rule", "tanh(c(t−1))", lambda s: np.tanh(s.c[:-1]), 1.1),
        ("tanh new", "local-rule", "tanh(c(t))", lambda s: np.tanh(s.c[1:]), 1.3),
        *_gates("i", "g", "o", "f"),
    ],
    "g": [
        *_gates("g", "f", "o"),
        ("net", "local-rule", "a.i(t), before its σ", lambda s: s.net["i"], 1.2),
        ("complement", "local-rule", "1 − i(t)", lambda s: 1.0 - s.act["i"], 1.2),
        ("sigmoid", "local-rule", "σ(i(t))", lambda s: sigmoid(s.act["i"]), 1.3),
        ("c old", "local-rule", "c(t−1)", lambda s: s.c[:-1], 1.3),
    ],
    "c": [
        *_gates("i", "f", "g"),
        ("complement", "local-rule", "1 − o(t)", lambda s: 1.0 - s.act["o"], 1.3),
        ("slope", "local-rule", "o(1 − o)", lambda s: s.act["o"] * (1.0 - s.act["o"]), 1.2),
        ("net", "local-rule", "a.o(t), before its σ", lambda s: s.net["o"], 1.3),
    ],
}
_GRU: dict[str, list[Row]] = {
    "n": [
        ("swapped", "local-rule", "the share of h(t−1)", lambda s: s.keep, 1.0),
        *_gates("r", "n"),
        ("slope", "local-rule", "z(1 − z)", lambda s: s.act["z"] * (1.0 - s.act["z"]), 1.3),
    ],
    "z": [
        ("sign", "sign", "the opposite of it", lambda s: -_update(s, s.old - s.act["n"]), 1.0),
        ("only old", "local-rule", "h(t−1) alone", lambda s: _update(s, s.old), 1.0),
        ("only n", "local-rule", "n(t) alone", lambda s: _update(s, -s.act["n"]), 1.0),
        ("plus", "local-rule", "h(t−1) + n(t)", lambda s: s.old + s.act["n"], 1.1),
        ("minus plus", "local-rule", "−(h(t−1) + n(t))", lambda s: -s.old - s.act["n"], 1.4),
        ("only old minus", "local-rule", "−h(t−1) alone", lambda s: _update(s, -s.old), 1.3),
        (
            "only n minus",
            "local-rule",
            "n(t) alone, with the wrong sign",
            lambda s: _update(s, s.act["n"]),
            1.2,
        ),
        ("new", "local-rule", "h(t) − n(t)", lambda s: _update(s, s.new - s.act["n"]), 1.1),
        ("net", "local-rule", "h(t−1) − a.n(t)", lambda s: _update(s, s.old - s.net["n"]), 1.3),
        ("no start", _INITIAL, "0 for h(0) at t=1", lambda s: _update(s, _start(s) - s.act["n"]), 1.1),
        ("wrapped", _INITIAL, "h(T) for h(0) at t=1", lambda s: _update(s, _end(s) - s.act["n"]), 1.1),
        (
            "older",
            "local-rule",
            "h(t−2) − n(t)",
            lambda s: _update(s, earlier(s.old, "first") - s.act["n"]),
            1.3,
        ),
    ],
    "r": [
        ("new", "local-rule", "h(t) for h(t−1)", lambda s: _seen(s, s.new), 1.0),
        ("no start", _INITIAL, "0 for h(0) at t=1", lambda s: _seen(s, _start(s)), 1.1),
        ("wrapped", _INITIAL, "h(T) for h(0) at t=1", lambda s: _seen(s, _end(s)), 1.1),
        ("older", "local-rule", "h(t−2) for h(t−1)", lambda s: _seen(s, earlier(s.old, "first")), 1.3),
        ("again", "local-rule", "it times r(t)", lambda s: s.act["r"] * right(s, "r"), 1.0),
        ("turned", "local-rule", "Wh.nᵀ h(t−1)", lambda s: s.old @ s.Wh["n"], 1.1),
        ("plain", "local-rule", "h(t−1)", lambda s: s.old, 1.1),
        *_gates("n", "z", "r"),
    ],
}


def _start(s: Scene) -> Array:
    return _first(s.old, np.zeros_like(s.old[0]))


def _end(s: Scene) -> Array:
    return _first(s.old, s.new[-1])


def _seen(s: Scene, h: Array) -> Array:
    return h @ s.Wh["n"].T if s.after else h


def factors(scene: Scene, letter: str) -> list[Option]:
    """Wrong factors of a gate, or of dc under "c"; values are f(scene) → (T, B, H)."""
    words, form = RIGHT[scene.cell][letter]
    named = {} if letter in {"f", "z", "r"} else {r[0]: r for r in _moved(words, form)}
    rows = [_ONE, *(_LSTM if scene.cell == "lstm" else _GRU)[letter], *named.values(), *_COMMON]
    return [_option(letter, words, row) for row in rows]


def _option(letter: str, words: str, row: Row) -> Option:
    name, kind, given, form, weight = row
    quantity = "dc" if letter == "c" else f"da.{letter}"
    moved = name in {"last", "first", "before", "before zero", "after", "after zero"} and letter not in "fzr"
    group = f"at {name}" if moved else ""
    did = f"{quantity} is multiplied by {given} where {words} belongs"
    return Option(f"factor.{letter}", name, kind, did, f"multiply by {words}", form, weight, group)
