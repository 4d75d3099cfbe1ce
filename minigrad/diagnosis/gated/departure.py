"""Where a gradient departs from the right one that no known mistake explains."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from minigrad.diagnosis.finding import Finding
from minigrad.diagnosis.gated import solve
from minigrad.diagnosis.gated.explanation import Explanation
from minigrad.diagnosis.gated.recursion import simulate
from minigrad.diagnosis.gated.scene import EXACT, Scene, difference
from minigrad.diagnosis.gated.words import said

_MOST = 3
"""More mistakes than this beside something unexplained are no likely cause."""

_SEEN = 1e-7
"""A solved da is known to about this."""


def partly(scenes: Sequence[Scene], best: Explanation) -> list[Finding]:
    """What is explained exactly although something else is not, and where that departs."""
    known = Explanation(best.hypothesis, {role: terms for role, terms in best.terms.items() if terms})
    enough = len(known.terms) > (len(best.terms) / 2 if best.hypothesis else 1)
    sums = [f for f in said(scenes, known) if f.reproduces_to is not None and f.reproduces_to <= EXACT]
    if enough and len(sums) <= _MOST:
        rest = [role for role, terms in best.terms.items() if not terms]
        return [*sums, *(departure(scenes, rest) if not best.hypothesis else entries(scenes, rest))]
    return departure(scenes, scenes[0].parameters)


def departure(scenes: Sequence[Scene], roles: Sequence[str]) -> list[Finding]:
    """The first number that is another one, going backwards, without a cause."""
    for scene in scenes:
        wrong = [role for role in roles if scene.error(role, scene.observed.auto[role]) > EXACT]
        if wrong:
            return [_gate_departure(scene) or _worst(scene, wrong)]
    return []


def entries(scenes: Sequence[Scene], roles: Sequence[str]) -> list[Finding]:
    """The worst entry of parameters whose own sum is not explained, although the recursion is."""
    for scene in scenes:
        wrong = [role for role in roles if scene.error(role, scene.observed.auto[role]) > EXACT]
        if wrong:
            return [_worst(scene, wrong)]
    return []


def _worst(scene: Scene, roles: Sequence[str]) -> Finding:
    worst = max(roles, key=lambda role: scene.error(role, scene.observed.auto[role]))
    manual, auto = scene.observed.manual[worst], scene.observed.auto[worst]
    index = np.unravel_index(int(np.argmax(np.abs(manual - auto))), manual.shape)
    where = ", ".join(str(int(i)) for i in index)
    text = (
        f"d{scene.name(worst)}[{where}] is {manual[index]:.6g}, the automatic gradient {auto[index]:.6g}: "
        "no known mistake reproduces it."
    )
    return Finding("unexplained", scene.name(worst), text)


def _gate_departure(scene: Scene) -> Finding | None:
    right = simulate(scene)
    for t in reversed(range(scene.T)):
        for g in scene.letters:
            votes = solve.votes(scene, ("Wx", "Wh", "b"), g)
            if not votes or votes[0][1] < 2:  # noqa: PLR2004
                continue
            own, auto = votes[0][0], right.da[g][: scene.T]
            if difference(own, auto) <= EXACT or difference(own[t], auto[t]) <= _SEEN:
                continue
            b, i = np.unravel_index(int(np.argmax(np.abs(own[t] - auto[t]))), own[t].shape)
            text = (
                f"da.{g} departs first at t={t + 1}: entry {int(i)} is {own[t, b, i]:.6g}, the automatic "
                f"gradient {auto[t, b, i]:.6g}; no known mistake reproduces it."
            )
            return Finding("unexplained", f"da.{g}", text, step=t + 1)
    return None
