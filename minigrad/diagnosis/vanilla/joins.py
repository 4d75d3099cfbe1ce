"""How people join both edges into h(t)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np

from minigrad.diagnosis.observed import Array
from minigrad.diagnosis.vanilla.option import Choice, Option
from minigrad.diagnosis.vanilla.recursion import JOIN, Run

_Join = Callable[[Run, int, Array], tuple[Array, Array]]
_FIX = "write da(t) = f′(a(t))∘({Wy}ᵀ dy(t) + {Wh}ᵀ da(t+1))"


@dataclass(frozen=True, eq=False)
class Join(Choice):
    """A way to join both edges.

    Attributes:
        last: da at the last step, where there is no edge from h(t+1), a function of o and s.
    """

    last: Callable[[Array, Array], Array] = np.multiply


def _side(run: Run, t: int, c: Array) -> tuple[Array, Array]:
    last = t + 1 >= len(run.d)
    inner = c if last else (run.s[t] * run.d[t + 1]) @ run.scene.Wh
    return run.o[t] + c, run.s[t] * run.o[t] + inner


def _before(run: Run, t: int, c: Array) -> Array:
    return np.asarray(run.g[t + 1] if t + 1 < len(run.g) else np.zeros_like(c))


def _earlier(run: Run, t: int, c: Array) -> Array:
    return np.asarray(run.d[t + 1] if t + 1 < len(run.d) else np.zeros_like(c))


def _with(g: Array, run: Run, t: int) -> tuple[Array, Array]:
    return g, run.s[t] * g


def _masked(run: Run, t: int, c: Array) -> tuple[Array, Array]:
    g = run.o[t] + c
    return g, np.maximum(g, 0.0)


_ONE, _ADDED = "derivative-one-edge", "carry-accumulated"

_JOINS: tuple[tuple[str, str, str, _Join, float, Callable[[Array, Array], Array]], ...] = (
    (
        "slope on o",
        _ONE,
        "f′ multiplies only what enters from y(t), not what enters from h(t+1)",
        lambda r, t, c: (r.o[t] + c, r.s[t] * r.o[t] + c),
        1.0,
        np.multiply,
    ),
    (
        "slope on c",
        _ONE,
        "f′ multiplies only what enters from h(t+1), not what enters from y(t)",
        lambda r, t, c: (r.o[t] + c, r.o[t] + r.s[t] * c),
        1.0,
        lambda o, s: o + 0.0 * s,
    ),
    (
        "wrong side",
        _ONE,
        "f′(a(t)) stands on the wrong side of {Wh}: {Wh}ᵀ(f′∘da(t+1))",
        _side,
        1.0,
        np.multiply,
    ),
    (
        "constant",
        _ADDED,
        "dh(t) is that of the last step at every step, without {Wh} and without f′",
        lambda r, t, c: _with(r.o[-1] + 0.0 * c, r, t),
        1.0,
        np.multiply,
    ),
    (
        "accumulated",
        _ADDED,
        "dh(t) only adds up what enters from the outputs, without {Wh} and without f′",
        lambda r, t, c: _with(r.o[t] + _before(r, t, c), r, t),
        1.0,
        np.multiply,
    ),
    (
        "da accumulated",
        _ADDED,
        "da(t) adds da(t+1) to f′∘(what enters from y(t))",
        lambda r, t, c: (r.o[t] + c, r.s[t] * r.o[t] + _earlier(r, t, c)),
        1.1,
        np.multiply,
    ),
    (
        "kept",
        _ADDED,
        "dh(t) is never reset: dh(t+1) itself is added to both edges",
        lambda r, t, c: _with(r.o[t] + c + _before(r, t, c), r, t),
        1.0,
        np.multiply,
    ),
    (
        "da kept",
        _ADDED,
        "da(t) is never reset: da(t+1) itself is added to it",
        lambda r, t, c: (r.o[t] + c, r.s[t] * (r.o[t] + c) + _earlier(r, t, c)),
        1.1,
        np.multiply,
    ),
    (
        "difference",
        "sign",
        "what enters from h(t+1) is subtracted",
        lambda r, t, c: _with(r.o[t] - c, r, t),
        1.2,
        np.multiply,
    ),
    (
        "mean",
        "scale",
        "both edges into h(t) are averaged",
        lambda r, t, c: _with(0.5 * (r.o[t] + c), r, t),
        1.2,
        lambda o, s: 0.5 * s * o,
    ),
    (
        "positive",
        "wrong-derivative",
        "f′ is 1 where dh(t) > 0, not where h(t) > 0",
        _masked,
        1.1,
        lambda o, _s: np.maximum(o, 0.0),
    ),
    (
        "overwritten",
        "overwritten",
        "what enters from h(t+1) replaces what enters from y(t)",
        lambda r, t, c: _with(c if t + 1 < len(r.d) else r.o[t], r, t),
        1.2,
        np.multiply,
    ),
)


_ALSO = {
    "constant": (
        "dh(t) only adds up what enters from the outputs, and that is there at the last step only.",
        "What enters dh(t) from h(t+1) is missing or zero, and dy of the last step is used at every step.",
    ),
}


def joins() -> list[Choice]:
    """How both edges are joined, right and then every other way; values are f(run, t, c) → dh(t), da(t)."""
    found: list[Choice] = [JOIN]
    for name, kind, words, form, weight, last in _JOINS:
        option = Option("join", name, kind, words, _FIX, weight, also=_ALSO.get(name, ()))
        found.append(Join(form, (option,), last))
    return found


def bounded(bounds: tuple[float, ...]) -> list[Choice]:
    """dh(t), da(t) or the edge from h(t+1) clipped to ± one of the bounds inside of the recursion."""
    found: list[Choice] = []
    for b in bounds:
        for name, place, join, last in _CLIPS:
            did = f"{place} is clipped to ±{b:g} inside of the recursion"
            option = Option(
                "join", f"clip {name} {b:g}", "clipped", did, "clip the finished gradient, if at all", 1.1
            )

            def value(run: Run, t: int, c: Array, b: float = b, join: _Clip = join) -> tuple[Array, Array]:
                return join(run, t, c, b)

            found.append(Join(value, (option,), partial(last, b)))
    return found


_Clip = Callable[[Run, int, Array, float], tuple[Array, Array]]


def _clip_dh(run: Run, t: int, c: Array, b: float) -> tuple[Array, Array]:
    return _with(np.clip(run.o[t] + c, -b, b), run, t)


def _clip_da(run: Run, t: int, c: Array, b: float) -> tuple[Array, Array]:
    g = run.o[t] + c
    return g, np.clip(run.s[t] * g, -b, b)


def _clip_carry(run: Run, t: int, c: Array, b: float) -> tuple[Array, Array]:
    return _with(run.o[t] + np.clip(c, -b, b), run, t)


_CLIPS: tuple[tuple[str, str, _Clip, Callable[[float, Array, Array], Array]], ...] = (
    ("dh", "dh(t)", _clip_dh, lambda b, o, s: s * np.clip(o, -b, b)),
    ("da", "da(t)", _clip_da, lambda b, o, s: np.clip(s * o, -b, b)),
    ("carry", "what enters dh(t) from h(t+1)", _clip_carry, lambda _b, o, s: s * o),
)
