"""dy(t) as people write it: of another loss, at another step, or with another sign."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from minigrad.diagnosis.observed import Array
from minigrad.diagnosis.vanilla.factors import FACTORS, ratio
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
from minigrad.diagnosis.vanilla.scene import Scene, derivative, difference, sigmoid

RIGHT = Choice(lambda scene: scene.dy)
"""dy(t) as it is."""

_FIX = "write dy(t) = ∂L/∂o(t) of the loss that you compute"


def jacobian(y: Array, v: Array) -> Array:
    """The softmax's Jacobian at y times v, shape (T, B, O).

    Example:
        >>> jacobian(np.array([0.5, 0.5]), np.array([1.0, 0.0]))
        array([ 0.25, -0.25])
    """
    return np.asarray(y * (v - np.sum(y * v, axis=-1, keepdims=True)))


def softmax(o: Array) -> Array:
    """Probabilities, shape of o."""
    e = np.exp(o - o.max(axis=-1, keepdims=True))
    return np.asarray(e / e.sum(axis=-1, keepdims=True))


_FORMS: dict[str, tuple[str, Callable[[Array, Array, Array], Array]]] = {
    "difference": ("y − target, without the Jacobian of the output's activation", lambda y, _o, t: y - t),
    "squared": ("(∂y/∂o)ᵀ(y − target), that of a squared error", lambda y, _o, t: jacobian(y, y - t)),
    "linear": ("o − target, that of a squared error of o itself", lambda _y, o, t: o - t),
    "softmax": ("softmax(o) − target, that of cross-entropy", lambda _y, o, t: softmax(o) - t),
    "logistic": ("σ(o) − target, that of binary cross-entropy", lambda _y, o, t: sigmoid(o) - t),
    "no jacobian": ("−target/y, without the softmax's Jacobian", lambda y, _o, t: -t / y),
    "elementwise": ("(y − target)∘y(1 − y)", lambda y, _o, t: (y - t) * y * (1.0 - y)),
    "tanh": ("(y − target)∘(1 − y²)", lambda y, _o, t: (y - t) * (1.0 - y * y)),
    "diagonal": ("−target∘(1 − y), only the target's entry", lambda y, _o, t: -t * (1.0 - y)),
    "probabilities": ("y, from which the target was never subtracted", lambda y, _o, _t: y),
    "outputs": ("o, from which the target was never subtracted", lambda _y, o, _t: o),
    "targets": ("−target, without y", lambda _y, _o, t: -t),
    "absolute": ("sign(y − target), that of an absolute error", lambda y, _o, t: np.sign(y - t)),
    "ratio": ("(y − target)/(y(1 − y))", lambda y, _o, t: (y - t) / (y * (1.0 - y))),
    "activated": (
        "softmax(y) − target, of a value that is a softmax already",
        lambda y, _o, t: softmax(y) - t,
    ),
}

_STEPS: dict[str, tuple[str, str, Callable[[Array], Array]]] = {
    "last throughout": ("output-step", "the last step's dy at every step", throughout),
    "first throughout": ("output-step", "the first step's dy at every step", lambda a: throughout(a, 0)),
    "last alone": ("output-step", "dy(t) at the last step only", lambda a: only(a, -1)),
    "last missing": ("skipped-step", "dy(t) without the last step", lambda a: without(a, -1)),
    "first missing": ("skipped-step", "dy(t) without step 1", lambda a: without(a, 0)),
    "later": ("output-step", "dy(t+1)", later),
    "later last": ("output-step", "dy(t+1), the last one twice", lambda a: later(a, "last")),
    "later wrap": ("output-step", "dy(t+1), which wraps round to dy(1)", lambda a: later(a, "wrap")),
    "earlier": ("output-step", "dy(t−1)", earlier),
    "earlier first": ("output-step", "dy(t−1), the first one twice", lambda a: earlier(a, "first")),
    "earlier wrap": ("output-step", "dy(t−1), which wraps round to dy(T)", lambda a: earlier(a, "wrap")),
    "reversed": ("output-step", "dy(T+1−t), the steps in the opposite order", lambda a: a[::-1]),
    "to come": ("output-step", "Σ dy(s) over s ≥ t", to_come),
    "sum": ("output-step", "Σ dy(s) over all steps", lambda a: np.broadcast_to(a.sum(axis=0), a.shape)),
    "mean": (
        "output-step",
        "the mean of dy over the steps",
        lambda a: np.broadcast_to(a.mean(axis=0), a.shape),
    ),
}


def losses(scene: Scene) -> list[Choice]:
    """dy(t) right, then every other one; values are f(scene) → (T, B, O)."""
    if not scene.sizes["O"]:
        return [RIGHT]
    found = [RIGHT]
    for name, (kind, words, form) in _STEPS.items():
        did = f"dy(t), of which d{{Wy}}, d{{by}} and dh are made, is {words}"
        option = Option("loss", name, kind, did, "write the dy of the same step t, at every step", 1.1)
        found.append(Choice(lambda scene, form=form: form(scene.dy), (option,)))
    found += [_activated(), _sign()]
    return found + ([] if scene.observed.targets is None else _others(scene))


def _activated() -> Choice:
    words = "dy(t) carries an extra factor 1 − y(t)², the derivative of a tanh that the output does not have"
    option = Option("loss", "extra tanh", "wrong-loss", words, _FIX, 1.3)
    return Choice(lambda scene: scene.dy * derivative("tanh", _output(scene)[0]), (option,))


def _sign() -> Choice:
    option = Option("loss", "sign", "sign", "dy(t) has the opposite sign", _FIX, 1.4, factor=-1.0)
    return Choice(lambda scene: -scene.dy, (option,))


def _output(scene: Scene) -> tuple[Array, Array]:
    seen = scene.observed
    o = seen.o if seen.o is not None else scene.new @ scene.Wy.T + seen.params.get("by", 0.0)
    return np.asarray(o if seen.y is None else seen.y, dtype=float), np.asarray(o, dtype=float)


def form(scene: Scene, name: str) -> Array:
    """One of the other losses' dy, without a factor, 0 at steps without a loss, shape (T, B, O)."""
    y, o = _output(scene)
    with np.errstate(all="ignore"):
        value = _FORMS[name][1](y, o, np.asarray(scene.observed.targets, dtype=float))
    return np.where(scene.dy.any(axis=-1, keepdims=True), np.nan_to_num(value), 0.0)


def normalisers(scene: Scene) -> tuple[str, ...]:
    """The names of the factor between dy(t) and the form that it has, "1" alone if it has none of them."""
    for name in _FORMS:
        base = form(scene, name)
        factor = ratio(scene.dy, base)
        if np.isfinite(factor) and difference(scene.dy, factor * base) <= _SAME:
            close = [
                text for text, value in FACTORS.items() if abs(value(scene.sizes) / factor - 1.0) <= _SAME
            ]
            return ("1",) if abs(factor - 1.0) <= _SAME else tuple(close[:_MOST])
    return ("1",)


_SAME = 1e-9
"""Factors that differ by less, relative to one another, are the same."""

_MOST = 6
"""How many names of a factor are tried."""


def _others(scene: Scene) -> list[Choice]:
    texts = dict.fromkeys((*normalisers(scene), "1", "2", "1/O", "2/O"))
    found = []
    for name, (words, _) in _FORMS.items():
        for place, text in enumerate(texts):
            did = f"dy(t) is {words}" + (f", times {text}" if text != "1" and place else "")
            option = Option("loss", f"{name} {text}", "wrong-loss", did, _FIX, 1.0 + 0.02 * place)

            def value(scene: Scene, name: str = name, text: str = text) -> Array:
                return form(scene, name) * (FACTORS[text](scene.sizes) if text in FACTORS else 1.0)

            found.append(Choice(value, (option,)))
    return found
