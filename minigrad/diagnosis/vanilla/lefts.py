"""What people write in the place of da(t), or dy(t), in the sum of a gradient."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from minigrad.diagnosis.observed import Array
from minigrad.diagnosis.vanilla.option import Choice, earlier, later, throughout, to_come
from minigrad.diagnosis.vanilla.recursion import Run
from minigrad.diagnosis.vanilla.scene import OUTPUT, Scene
from minigrad.diagnosis.vanilla.slopes import slopes
from minigrad.diagnosis.vanilla.sums import option

_Row = tuple[str, str, Callable[[Run], Array], float]

_HIDDEN: tuple[_Row, ...] = (
    ("wrong-derivative", "dh(t), without f′,", lambda r: r.g, 1.0),
    ("wrong-derivative", "f′∘da(t), with f′ twice,", lambda r: r.s * r.d, 1.1),
    ("carry-missing", "f′∘(what enters from y(t)), without the edge from h(t+1),", lambda r: r.s * r.o, 1.2),
    ("wrong-array", "what enters from y(t), without f′ and the edge from h(t+1),", lambda r: r.o, 1.3),
    ("missing-edge", "f′∘(what enters from h(t+1)), without y(t),", lambda r: r.d - r.s * r.o, 1.3),
    ("wrong-array", "da(t+1)", lambda r: later(r.d), 1.1),
    ("wrong-array", "da(t−1)", lambda r: earlier(r.d), 1.1),
    ("wrong-array", "da(t+1), wrapping to da(1),", lambda r: later(r.d, "wrap"), 1.2),
    ("wrong-array", "da(t−1), wrapping to da(T),", lambda r: earlier(r.d, "wrap"), 1.2),
    ("wrong-array", "da(T) at every step", lambda r: throughout(r.d), 1.1),
    ("wrong-array", "da(1) at every step", lambda r: throughout(r.d, 0), 1.1),
    ("wrong-array", "Σ da(s) over s ≥ t", lambda r: to_come(r.d), 1.1),
    ("wrong-array", "da(T+1−t)", lambda r: r.d[::-1], 1.2),
)

_OUTPUT: tuple[_Row, ...] = (
    ("output-step", "dy(t+1)", lambda r: later(r.d), 1.1),
    ("output-step", "dy(t−1)", lambda r: earlier(r.d), 1.1),
    ("output-step", "dy(T) at every step", lambda r: throughout(r.d), 1.1),
    ("output-step", "dy(1) at every step", lambda r: throughout(r.d, 0), 1.2),
    ("output-step", "Σ dy(s) over s ≥ t", lambda r: to_come(r.d), 1.2),
    ("output-step", "dy(T+1−t)", lambda r: r.d[::-1], 1.2),
)

PAIRED = len(_HIDDEN)
"""How many of the choices are worth trying together with another mistake in the same sum."""


def lefts(scene: Scene, role: str) -> list[Choice]:
    """What stands in place of da(t), or dy(t); values are f(run) → (T, N, B, K)."""
    output = role in OUTPUT
    found, place = [], "dy(t)" if output else "da(t)"
    for kind, words, value, weight in _OUTPUT if output else _HIDDEN:
        did = f"d{{{role}}} is summed with {words.removesuffix(',')} in place of {place}"
        found.append(Choice(value, (option(role, f"left {words}", kind, did, weight),)))
    return found + (_arrays(scene, role) if output else _resloped(scene, role))


def _resloped(scene: Scene, role: str) -> list[Choice]:
    """da(t) with another f′ in this sum alone."""
    found = []
    for choice in slopes(scene)[1:]:
        old = choice.parts[0]
        if old.name != "none":
            did, weight = f"in d{{{role}}} alone, {old.did}", old.weight + 0.3

            def value(run: Run, slope: Callable[[Scene], Array] = choice.value) -> Array:
                return np.asarray(slope(run.scene)[:, None] * run.g)

            found.append(Choice(value, (option(role, f"left {old.name}", old.kind, did, weight),)))
    return found


def _arrays(scene: Scene, role: str) -> list[Choice]:
    """y(t), o(t) or the targets in place of dy(t)."""
    found = []
    for name in ("y", "o", "targets"):
        if getattr(scene.observed, name) is not None:
            did = f"d{{{role}}} is summed with {name}(t) in place of dy(t)"

            def value(run: Run, name: str = name) -> Array:
                array = np.asarray(getattr(run.scene.observed, name), dtype=float)
                return np.asarray(np.nan_to_num(array)[:, None])

            found.append(Choice(value, (option(role, f"left {name}", "wrong-array", did, 1.2),)))
    return found
