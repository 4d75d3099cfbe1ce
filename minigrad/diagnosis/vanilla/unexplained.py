"""Where a gradient is wrong that nothing explains."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from minigrad.diagnosis.finding import Finding
from minigrad.diagnosis.observed import Array
from minigrad.diagnosis.vanilla.explanation import Explanation
from minigrad.diagnosis.vanilla.recovered import Recovered, last_different, recover
from minigrad.diagnosis.vanilla.scene import EXACT, HIDDEN, OUTPUT, Scene


def unexplained(scenes: Sequence[Scene], found: Explanation) -> list[Finding]:
    """A finding for each gradient that an explanation leaves out, with both numbers and without a cause.

    Where no gradient made of da(t) is explained and da(t) can be solved for, they are one finding, which
    says at which step da(t) departs; so are dWy and dby and dy(t).
    """
    missing, told = list(found.missing), []
    scene, known = next(((n, one) for n in scenes if (one := recover(n.observed))), (scenes[0], None))
    if known and set(missing) >= set(scene.roles(OUTPUT)) and (blamed := _dy(scene, known)):
        told, missing = [blamed], [role for role in missing if role not in OUTPUT]
    hidden = [role for role in missing if role in HIDDEN]
    if known and hidden and not any(role in found.fits for role in ("Wx", "Wh", "bh")):
        told += _da(scene, known, known.dy if told else None)
        missing = [role for role in missing if role not in hidden] if told else missing
    return [*told, *(_gradient(scenes, role) for role in missing)]


def _dy(scene: Scene, known: Recovered) -> Finding | None:
    if known.dy is None or (t := last_different(known.dy, scene.dy)) is None:
        return None
    numbers = _numbers(known.dy[t - 1], scene.dy[t - 1], "dy")
    text = f"dy at t={t}{_exact(t, scene.T)} is wrong and nothing explains it: {numbers}."
    return Finding("unexplained", "dy", text, step=t)


def _da(scene: Scene, known: Recovered, blamed: Array | None) -> list[Finding]:
    """Where da(t) departs; nowhere if it is what the right rule makes of a dy(t) that is blamed already."""
    own = known.from_y if blamed is None else blamed @ scene.Wy + scene.rest
    t = last_different(known.da, scene.slope * (own + known.from_h))
    if t is None:
        return []
    numbers = _numbers(known.da[t - 1], scene.slope[t - 1] * (own + known.from_h)[t - 1], "da")
    place = _worst(known.da[t - 1], known.right[t - 1])
    edges = f"from y({t}) comes {own[t - 1][place]:.6g}, from h({t + 1}) {known.from_h[t - 1][place]:.6g}"
    text = f"da at t={t}{_exact(t, scene.T)} is wrong and nothing explains it: {numbers}; into dh {edges}."
    return [Finding("unexplained", "da", text, step=t)]


def _gradient(scenes: Sequence[Scene], role: str) -> Finding:
    rights = [np.asarray(scene.observed.auto[role], dtype=float) for scene in scenes]
    pairs = zip(scenes, rights, strict=True)
    scene, right = next(
        (pair for pair in pairs if pair[0].error(role, pair[1]) > EXACT), (scenes[0], rights[0])
    )
    name = scene.name(role)
    text = f"d{name} is wrong and nothing explains it: {_numbers(scene.manual[role], right, f'd{name}')}."
    return Finding("unexplained", name, text)


def _exact(t: int, T: int) -> str:
    return f" (t={t + 1} is exact)" if t < T else ""


def _numbers(mine: Array, right: Array, name: str) -> str:
    place = _worst(mine, right)
    size = float(np.max(np.abs(right), initial=0.0))
    given = float(mine[place]) if abs(mine[place]) > _NOISE * size else 0.0
    return f"{name}[{', '.join(map(str, place))}] is {given:.6g}, it should be {float(right[place]):.6g}"


_NOISE = 1e-12
"""What is solved for is 0 below this, relative to the largest entry."""


def _worst(mine: Array, right: Array) -> tuple[int, ...]:
    return tuple(int(i) for i in np.unravel_index(int(np.argmax(np.abs(mine - right))), mine.shape))
