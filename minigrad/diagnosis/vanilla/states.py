"""What people write in the place of h(t−1), x(t) or h(t) in the sum of a weight's gradient."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from minigrad.diagnosis.observed import Array
from minigrad.diagnosis.vanilla.option import Choice, earlier, later, throughout
from minigrad.diagnosis.vanilla.scene import Scene
from minigrad.diagnosis.vanilla.sums import option

_Row = tuple[str, Callable[[Scene], Array], float]
_WRONG, _START, _ARRAY = "wrong-state", "initial-state", "wrong-array"


def _after(first: Array, rest: Array) -> Array:
    return np.concatenate([first, rest[:-1]])


_STATES: dict[tuple[str, str], tuple[_Row, ...]] = {
    ("Wh", _START): (
        ("h(t−1), which at t = 1 is h(T): the index wraps round,", lambda n: earlier(n.new, "wrap"), 1.0),
        ("h(t−1) with 0 for h(0)", lambda n: earlier(n.new, "zero"), 1.0),
        ("h(t−1) with h(1) for h(0), which was overwritten,", lambda n: earlier(n.new, "first"), 1.0),
        ("h(t−1) with h(T) for h(0), which was overwritten,", lambda n: _after(n.h[-1:], n.new), 1.1),
        ("h(t−1) with 1 for h(0)", lambda n: _after(np.ones_like(n.h[:1]), n.new), 1.3),
    ),
    ("Wh", _WRONG): (
        ("h(t)", lambda n: n.new, 1.0),
        ("h(t−2)", lambda n: earlier(n.old, "first"), 1.0),
        ("h(t−2), 0 before h(0),", lambda n: earlier(n.old), 1.0),
        ("h(t−2), which wraps round to h(T),", lambda n: _after(n.h[-1:], n.old), 1.0),
        ("h(t−2), which wraps round to h(T−1) and h(T),", lambda n: np.roll(n.new, 2, 0), 1.1),
        ("h(t−2), which wraps round to h(T−1),", lambda n: earlier(n.old, "wrap"), 1.1),
        ("h(t−2), 0 for h(0) and before,", lambda n: earlier(earlier(n.new)), 1.2),
        ("h(t+1), h(T) at t = T,", lambda n: later(n.new, "last"), 1.1),
        ("h(t+1), 0 at t = T,", lambda n: later(n.new), 1.1),
        ("h(T)", lambda n: throughout(n.new), 1.0),
        ("h(T−1)", lambda n: throughout(n.old), 1.0),
        ("h(0)", lambda n: throughout(n.old, 0), 1.1),
        ("h(1)", lambda n: throughout(n.new, 0), 1.2),
        ("h(T−t)", lambda n: n.old[::-1], 1.1),
        ("h(T+1−t)", lambda n: n.new[::-1], 1.1),
        ("a(t), before the activation,", lambda n: n.a, 1.1),
        ("a(t−1), before the activation,", lambda n: _after(n.h[:1], n.a), 1.1),
        ("a(t−1), before the activation, 0 at t = 1,", lambda n: earlier(n.a), 1.2),
        ("f′(a(t−1))", lambda n: earlier(n.slope), 1.4),
    ),
    ("Wx", _WRONG): (
        ("{x}(t−1)", lambda n: earlier(n.x), 1.0),
        ("{x}(t−1), which wraps round to {x}(T),", lambda n: earlier(n.x, "wrap"), 1.0),
        ("{x}(t−1), but its own at t = 1,", lambda n: earlier(n.x, "first"), 1.1),
        ("{x}(t+1)", lambda n: later(n.x), 1.0),
        ("{x}(t+1), which wraps round to {x}(1),", lambda n: later(n.x, "wrap"), 1.1),
        ("{x}(t+1), but its own at t = T,", lambda n: later(n.x, "last"), 1.1),
        ("{x}(T)", lambda n: throughout(n.x), 1.0),
        ("{x}(1)", lambda n: throughout(n.x, 0), 1.1),
        ("{x}(T+1−t)", lambda n: n.x[::-1], 1.1),
    ),
    ("Wy", _WRONG): (
        ("h(t−1)", lambda n: n.old, 1.0),
        ("h(t−1), which wraps round to h(T),", lambda n: earlier(n.new, "wrap"), 1.1),
        ("h(t−1), 0 at t = 1,", lambda n: earlier(n.new), 1.1),
        ("h(t+1), h(T) at t = T,", lambda n: later(n.new, "last"), 1.0),
        ("h(t+1), 0 at t = T,", lambda n: later(n.new), 1.1),
        ("h(t+1), h(1) at t = T,", lambda n: later(n.new, "wrap"), 1.1),
        ("h(t+1), h(0) at t = T,", lambda n: np.concatenate([n.h[2:], n.h[:1]]), 1.1),
        ("h(T)", lambda n: throughout(n.new), 1.0),
        ("h(1)", lambda n: throughout(n.new, 0), 1.1),
        ("h(T+1−t)", lambda n: n.new[::-1], 1.1),
        ("a(t), before the activation,", lambda n: n.a, 1.1),
    ),
}

_SQUARE: dict[tuple[str, str], tuple[_Row, ...]] = {
    ("Wx", _ARRAY): (("h(t−1)", lambda n: n.old, 1.1), ("h(t)", lambda n: n.new, 1.2)),
    ("Wh", _ARRAY): (("{x}(t)", lambda n: n.x, 1.1),),
}

_RIGHT = {"Wx": "{x}(t)", "Wh": "h(t−1)", "Wy": "h(t)"}


def states(scene: Scene, role: str) -> list[Choice]:
    """What stands in place of the right factor; values are f(scene) → (T, B, M)."""
    found = []
    table = _STATES | (_SQUARE if scene.sizes["D"] == scene.sizes["H"] else {})
    for (owner, kind), rows in table.items():
        for words, value, weight in rows if owner == role else ():
            did = f"d{{{role}}} is summed with {words.removesuffix(',')} in place of {_RIGHT[role]}"
            step = 1 if kind == _START else None
            found.append(Choice(value, (option(role, words, kind, did, weight, step),)))
    return found
