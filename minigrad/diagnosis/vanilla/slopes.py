"""f′(a(t)) as people write it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from minigrad.diagnosis.observed import Array
from minigrad.diagnosis.vanilla.option import Choice, Option, earlier, later, throughout
from minigrad.diagnosis.vanilla.scene import Scene, activate, derivative

RIGHT = Choice(lambda scene: scene.slope)
"""f′(a(t)) as it is."""

WORDS = {"tanh": "1 − h(t)²", "sigmoid": "h(t)(1 − h(t))", "relu": "1 where h(t) > 0, else 0"}
"""The right derivative of each function."""

_Form = Callable[[str, Array, Array], Array]


def _at(other: str) -> _Form:
    return lambda _cell, h, _a: derivative(other, h)


def _of(other: str) -> _Form:
    return lambda _cell, _h, a: derivative(other, activate(other, a))


def _activated(other: str) -> _Form:
    return lambda _cell, h, _a: derivative(other, activate(other, h))


_WRONG: tuple[tuple[str, str, _Form, float], ...] = (
    ("none", "missing", lambda _cell, h, _a: np.ones_like(h), 1.0),
    ("twice", "applied twice", lambda cell, h, _a: derivative(cell, h) ** 2, 1.0),
    ("doubled", "2 times what it should be", lambda cell, h, _a: 2.0 * derivative(cell, h), 1.0),
    ("halved", "half of what it should be", lambda cell, h, _a: 0.5 * derivative(cell, h), 1.0),
    ("complement", "written as 1 − h(t)", lambda _cell, h, _a: 1.0 - h, 1.0),
    ("logistic", "written as h(t)(1 − h(t)), that of a sigmoid", _at("sigmoid"), 1.0),
    ("tanh", "written as 1 − h(t)², that of a tanh", _at("tanh"), 1.0),
    ("relu", "written as that of a relu, 1 where h(t) > 0", _at("relu"), 1.1),
    ("of a", "written as 1 − a(t)²", lambda _cell, _h, a: 1.0 - a * a, 1.0),
    ("logistic of a", "written as a(t)(1 − a(t))", lambda _cell, _h, a: a * (1.0 - a), 1.0),
    ("sigmoid at a", "written as σ(a)(1 − σ(a)), that of a sigmoid", _of("sigmoid"), 1.1),
    ("tanh at a", "written as 1 − tanh(a)², that of a tanh", _of("tanh"), 1.1),
    ("value", "written as h(t)", lambda _cell, h, _a: h, 1.2),
    ("argument", "written as a(t)", lambda _cell, _h, a: a, 1.3),
    ("square", "written as h(t)²", lambda _cell, h, _a: h * h, 1.2),
    ("plus", "written as 1 + h(t)²", lambda _cell, h, _a: 1.0 + h * h, 1.2),
    ("one plus", "written as 1 + h(t)", lambda _cell, h, _a: 1.0 + h, 1.3),
    ("h(1+h)", "written as h(t)(1 + h(t))", lambda _cell, h, _a: h * (1.0 + h), 1.3),
    ("root", "written as √(1 − h(t)²)", lambda _cell, h, _a: np.sqrt(np.maximum(1.0 - h * h, 0.0)), 1.3),
    ("absolute", "written as 1 − |h(t)|", lambda _cell, h, _a: 1.0 - np.abs(h), 1.3),
    ("complement squared", "written as (1 − h(t))²", lambda _cell, h, _a: (1.0 - h) ** 2, 1.3),
    (
        "inverse",
        "divided by instead of multiplied by",
        lambda cell, h, _a: _inverse(derivative(cell, h)),
        1.3,
    ),
    ("leaky", "written with 0.01 where h(t) = 0", lambda _cell, _h, a: np.where(a > 0, 1.0, 0.01), 1.2),
    (
        "below",
        "written as 1 where h(t) = 0, else 0",
        lambda _cell, _h, a: np.asarray(a <= 0, dtype=float),
        1.2,
    ),
    ("zero", "0", lambda _cell, h, _a: np.zeros_like(h), 1.3),
    ("curved", "written as −2h(t)(1 − h(t)²), f″", lambda _cell, h, _a: -2.0 * h * (1.0 - h * h), 1.4),
)

_ACTIVATED: tuple[tuple[str, str, _Form, float], ...] = (
    (
        "activated",
        "written as {own} of a value that is activated already",
        lambda c, h, _a: _again(c, h),
        1.0,
    ),
    (
        "tanh activated",
        "written as 1 − tanh(h(t))², of a value that is activated already",
        _activated("tanh"),
        1.1,
    ),
    (
        "sigmoid activated",
        "written as σ′(h(t)), of a value that is activated already",
        _activated("sigmoid"),
        1.1,
    ),
)

_OWN = {"tanh": "1 − tanh(h(t))²", "sigmoid": "σ(h(t))(1 − σ(h(t)))", "relu": "relu′(h(t))"}

_SHIFTS: tuple[tuple[str, str, Callable[[Array], Array], float], ...] = (
    ("at T", "the last step", lambda h: throughout(h[1:]), 1.0),
    ("at t−1", "step t−1", lambda h: h[:-1], 1.0),
    ("at t−1 zero", "step t−1, where it is f′ of h = 0 at t = 1", lambda h: earlier(h[1:], "zero"), 1.2),
    ("at t−1 wrap", "step t−1, which wraps round to T", lambda h: earlier(h[1:], "wrap"), 1.2),
    ("at t−1 first", "step t−1, but its own at t = 1", lambda h: earlier(h[1:], "first"), 1.2),
    ("at t+1", "step t+1, but its own at t = T", lambda h: later(h[1:], "last"), 1.0),
    ("at t+1 wrap", "step t+1, which wraps round to step 1", lambda h: later(h[1:], "wrap"), 1.1),
    ("at t+1 start", "step t+1, which wraps round to h(0)", lambda h: np.concatenate([h[2:], h[:1]]), 1.2),
    ("at t+1 zero", "step t+1, where it is f′ of h = 0 at t = T", lambda h: later(h[1:], "zero"), 1.2),
    ("at 1", "the first step", lambda h: throughout(h[1:], 0), 1.1),
    ("at 0", "h(0)", lambda h: throughout(h[:-1], 0), 1.1),
    ("reversed", "step T+1−t", lambda h: h[1:][::-1], 1.2),
)


def _again(cell: str, h: Array) -> Array:
    return derivative(cell, activate(cell, h))


def _inverse(slope: Array) -> Array:
    with np.errstate(divide="ignore"):
        return np.where(slope == 0.0, 0.0, 1.0 / slope)


def slopes(scene: Scene) -> list[Choice]:
    """f′ right, then every other one; values are f(scene) → (T, B, H)."""
    return [RIGHT, *_formed(scene), *_shifted(scene)]


def _formed(scene: Scene) -> list[Choice]:
    found = []
    for kind, forms in (("wrong-derivative", _WRONG), ("derivative-of-activated", _ACTIVATED)):
        for name, words, form, weight in forms:

            def value(scene: Scene, form: _Form = form) -> Array:
                return form(scene.cell, scene.new, scene.a)

            did = f"f′(a(t)) is {words.replace('{own}', _OWN[scene.cell])}"
            option = Option("slope", name, kind, did, f"multiply dh(t) by {WORDS[scene.cell]}", weight)
            found.append(Choice(value, (option,)))
    return [*found, _sign(scene)]


def _sign(scene: Scene) -> Choice:
    did, fix = "f′(a(t)) has the opposite sign", f"multiply dh(t) by {WORDS[scene.cell]}"
    option = Option("slope", "sign", "sign", did, fix, 1.1, factor=-1.0)
    return Choice(lambda scene: -scene.slope, (option,))


def _shifted(scene: Scene) -> list[Choice]:
    found = []
    for name, words, shift, weight in _SHIFTS:

        def value(scene: Scene, shift: Callable[[Array], Array] = shift) -> Array:
            return derivative(scene.cell, shift(scene.h))

        did = f"f′ is taken at {words}"
        fix = f"multiply dh(t) by {WORDS[scene.cell]} of the same step"
        option = Option("slope", name, "derivative-step", did, fix, weight)
        found.append(Choice(value, (option,)))
    return found
