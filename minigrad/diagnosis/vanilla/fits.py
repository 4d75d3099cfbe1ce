"""Which sum over time gives the user's gradient of a parameter, when da(t) or dy(t) is known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from minigrad.diagnosis.observed import Array
from minigrad.diagnosis.vanilla.candidates import Sum, candidates, right
from minigrad.diagnosis.vanilla.factors import name_factor, ratio
from minigrad.diagnosis.vanilla.multiples import bound_of, clip, scale
from minigrad.diagnosis.vanilla.option import Option
from minigrad.diagnosis.vanilla.recursion import Run
from minigrad.diagnosis.vanilla.scene import EXACT, Scene


@dataclass(frozen=True)
class Fit:
    """An explanation of one parameter's gradient.

    Attributes:
        role: the parameter.
        parts: the mistakes in its sum; none if it is right.
        error: the largest difference over all problems, relative to the largest entry.
        also: other explanations with as many mistakes.
    """

    role: str
    parts: tuple[Option, ...]
    error: float
    also: tuple[tuple[Option, ...], ...] = ()

    @property
    def cost(self) -> float:
        """How improbable it is."""
        return sum(part.weight for part in self.parts)


def fit(role: str, runs: Sequence[Run], depth: int = 2) -> Fit | None:
    """The least improbable sum that gives the user's gradient on every problem, None if there is none.

    Args:
        role: the parameter.
        runs: da(t) of each problem (dy(t) for the output layer), N = 1.
        depth: the largest number of mistakes.
    """
    here = [run for run in runs if role in run.scene.manual]
    error = _error(role, here, right(role))
    if error <= EXACT:
        return Fit(role, (), error)
    for level in range(1, depth + 1):
        found = list(_level(role, here, level))
        if found:
            found.sort(key=lambda one: one.cost)
            best = found[0]
            return Fit(role, best.parts, best.error, tuple(one.parts for one in found[1:]))
    return None


def _error(role: str, runs: Sequence[Run], value: Sum) -> float:
    worst = 0.0
    for run in runs:
        guess = value(run)[0]
        if not run.scene.plausible(role, guess):
            return float("inf")
        worst = max(worst, run.scene.error(role, guess))
    return worst


def _level(role: str, runs: Sequence[Run], level: int) -> Iterator[Fit]:
    """Explanations with a given number of mistakes."""
    for parts, value in candidates(role, runs[0].scene, level):
        error = _error(role, runs, value)
        if error <= EXACT:
            yield Fit(role, parts, error)
    for parts, value in candidates(role, runs[0].scene, level - 1):
        yield from _scaled(role, runs, parts, value)
        yield from _clipped(role, runs, parts, value)
    if level == 1:
        yield from _copied(role, runs)


def _scaled(role: str, runs: Sequence[Run], parts: tuple[Option, ...], value: Sum) -> Iterator[Fit]:
    """The sum times a constant: one that has a name, or the same on every problem."""
    values = [value(run)[0] for run in runs]
    if not all(run.scene.plausible(role, v, multiple=True) for run, v in zip(runs, values, strict=True)):
        return
    given = [run.scene.manual[role] for run in runs]
    factors = [ratio(m, v) if m.shape == v.shape else np.nan for m, v in zip(given, values, strict=True)]
    if not all(np.isfinite(c) and c != 0.0 for c in factors) or np.allclose(factors, 1.0, rtol=1e-9):
        return
    error = max(run.scene.error(role, c * v) for run, c, v in zip(runs, factors, values, strict=True))
    name = name_factor(factors, [run.scene.sizes for run in runs]) if error <= EXACT else ""
    same = np.allclose(factors, factors[0], rtol=1e-9) and given[0].size >= _TOLD
    if error <= EXACT and (name or same):
        yield Fit(role, (*parts, scale(role, name, factors)), error)


_TOLD = 3
"""A factor without a name is told only if so many entries have it."""


def _clipped(role: str, runs: Sequence[Run], parts: tuple[Option, ...], value: Sum) -> Iterator[Fit]:
    """The sum clipped at a bound at which entries stand exactly."""
    bounds = [bound_of([run.scene.manual[role]]) for run in runs]
    bound = next((b for b in bounds if np.isfinite(b)), np.inf)
    if np.isfinite(bound):
        error = _error(role, runs, lambda run: np.clip(value(run), -bound, bound))
        if error <= EXACT:
            yield Fit(role, (*parts, clip(role, bound)), error)


def _copied(role: str, runs: Sequence[Run]) -> Iterator[Fit]:
    """Another gradient, or the parameter itself, returned in place of the gradient."""
    scenes = [run.scene for run in runs]
    for other in scenes[0].manual:
        if other != role and scenes[0].manual[other].any():
            did = f"d{{{role}}} is d{{{other}}}: the same array was returned for both"
            part = Option(f"sum {role}", f"copy {other}", "wrong-array", did, "return its own gradient", 1.05)
            yield from _same(role, part, scenes, [scene.manual.get(other) for scene in scenes])
    did = f"d{{{role}}} is {{{role}}} itself, not its gradient"
    part = Option(f"sum {role}", "parameter", "wrong-array", did, "return the gradient", 1.0)
    yield from _same(role, part, scenes, [scene.observed.params.get(role) for scene in scenes])


def _same(role: str, part: Option, scenes: Sequence[Scene], arrays: Sequence[Array | None]) -> Iterator[Fit]:
    pairs = zip(scenes, arrays, strict=True)
    error = max(float("inf") if a is None else scene.error(role, a) for scene, a in pairs)
    if error <= EXACT:
        yield Fit(role, (part,), error)
