"""An explanation of all gradients of a code at once: one derivation of da(t), one sum for each parameter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from minigrad.diagnosis.observed import Array
from minigrad.diagnosis.vanilla.fits import Fit, fit
from minigrad.diagnosis.vanilla.option import Choice, Option
from minigrad.diagnosis.vanilla.recursion import Rule, Run
from minigrad.diagnosis.vanilla.scene import HIDDEN, Scene

UNKNOWN = 10.0
"""What a gradient without an explanation costs."""


@dataclass(frozen=True, eq=False)
class Explanation:
    """One derivation and one sum for each parameter.

    Attributes:
        rule: the derivation of da(t).
        fits: the sums by role.
        missing: roles whose gradients are not explained.
        whole: the mistake that concerns all gradients alike.
        rivals: other explanations that give the same numbers with as many mistakes.
    """

    rule: Rule
    fits: Mapping[str, Fit]
    missing: tuple[str, ...] = ()
    whole: tuple[Option, ...] = ()
    rivals: tuple[Explanation, ...] = field(default=())

    @property
    def parts(self) -> tuple[Option, ...]:
        """All mistakes."""
        return self.whole + self.rule.parts + tuple(part for one in self.fits.values() for part in one.parts)

    @property
    def hidden(self) -> tuple[str, ...]:
        """Those of the missing gradients that are made of da(t)."""
        return tuple(role for role in self.missing if role in HIDDEN)

    @property
    def cost(self) -> float:
        """How improbable it is."""
        return sum(part.weight for part in self.parts) + UNKNOWN * len(self.missing)

    @property
    def error(self) -> float:
        """The largest difference to the user's gradients that are explained."""
        return max((one.error for one in self.fits.values()), default=0.0)


def output_run(scene: Scene, loss: Choice) -> Run:
    """dy(t) in the place of da(t), for the sums of the output layer."""
    dy = np.asarray(loss.value(scene))[:, None]
    return Run(scene, dy, np.ones_like(dy), dy, dy, dy[0])


def output_fits(scenes: Sequence[Scene], loss: Choice, depth: int) -> tuple[dict[str, Fit], tuple[str, ...]]:
    """The sums of dWy and dby for a dy(t), and those for which there are none."""
    return _fits([output_run(scene, loss) for scene in scenes], scenes[0].roles(("Wy", "by")), depth)


def hidden_fits(scenes: Sequence[Scene], rule: Rule, depth: int) -> tuple[dict[str, Fit], tuple[str, ...]]:
    """The sums of dWx, dWh, dbh, and dh0 and dx, for a rule, and those for which there are none."""
    return _fits([rule.run(scene) for scene in scenes], scenes[0].roles(HIDDEN), depth)


def _fits(runs: Sequence[Run], roles: Sequence[str], depth: int) -> tuple[dict[str, Fit], tuple[str, ...]]:
    found = {role: fit(role, runs, depth) for role in roles}
    return {role: one for role, one in found.items() if one}, tuple(
        r for r, one in found.items() if one is None
    )


def signature(scenes: Sequence[Scene], rule: Rule) -> Array:
    """All numbers of da(t) and dh(0) that a rule gives on the problems, to tell rules apart."""
    runs = [rule.run(scene) for scene in scenes]
    return np.concatenate([np.ravel(a) for run in runs for a in (run.d, run.start)])


def distinct(scenes: Sequence[Scene], rules: Sequence[Rule], most: int) -> list[list[Rule]]:
    """Rules in groups that give the same numbers on every problem, in their order.

    Args:
        scenes: the problems.
        rules: the rules, best first.
        most: the number of groups at which to stop.
    """
    groups: list[tuple[Array, list[Rule]]] = []
    for rule in rules:
        numbers = signature(scenes, rule)
        size = float(np.max(np.abs(numbers), initial=0.0))
        same = next((g for n, g in groups if np.max(np.abs(n - numbers), initial=0.0) <= 1e-10 * size), None)
        if same is not None:
            same.append(rule)
        elif len(groups) < most:
            groups.append((numbers, [rule]))
    return [group for _, group in groups]
