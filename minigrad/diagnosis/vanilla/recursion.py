"""The recursion from the last step to the first, with whatever stands at its sites."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from minigrad.diagnosis.observed import Array
from minigrad.diagnosis.vanilla import edges, losses, slopes
from minigrad.diagnosis.vanilla.option import Choice, Option
from minigrad.diagnosis.vanilla.scene import Scene


@dataclass(eq=False)
class Run:
    """What a recursion gives for N hypotheses at once.

    Attributes:
        scene: the problem.
        o: what enters h(t) from o(t), shape (T, N, B, H).
        s: f′(a(t)), shape (T, N, B, H).
        d: da(t), shape (T, N, B, H).
        g: dh(t), shape (T, N, B, H).
        start: dh(0), shape (N, B, H).
    """

    scene: Scene
    o: Array
    s: Array
    d: Array
    g: Array
    start: Array


def _joined(run: Run, t: int, c: Array) -> tuple[Array, Array]:
    g = run.o[t] + c
    return g, run.s[t] * g


def _carried(run: Run, t: int) -> Array:
    return np.asarray(run.d[t + 1] @ run.scene.Wh)


CARRY = Choice(_carried)
"""Whᵀ da(t+1): what enters dh(t) from h(t+1)."""

JOIN = Choice(_joined)
"""dh(t), the sum of both edges, and da(t) = f′∘dh(t)."""

REACH = Choice(lambda T: np.tri(T, dtype=bool))
"""From the loss of which step [s] the edge h(t+1) → h(t) carries something to which step [t]."""

VISIT = Choice(np.ones)
"""Which steps the loop visits, shape (T,)."""


def recur(scene: Scene, o: Array, s: Array, stop: int = 0, **sites: Choice) -> Run:
    """The recursion with given o and s, shapes (T, N, B, H), back to the step at index `stop`.

    The sites are choices at "carry", "join", "reach" and "visit"; those that are absent are right.

    Example:
        >>> from minigrad.diagnosis.observed import Observed
        >>> one = np.ones((1, 1, 1))
        >>> seen = Observed("tanh", one, np.zeros((2, 1, 1)), {"Wh": one[0]}, {}, {}, one)
        >>> recur(Scene.of(seen), one[None], 2 * one[None]).d
        array([[[[2.]]]])
    """
    carry, join = sites.get("carry", CARRY), sites.get("join", JOIN)
    reach, visit = sites.get("reach"), sites.get("visit", VISIT)
    T, shape = len(o), np.broadcast_shapes(o.shape, s.shape)
    mask = visit.value(T)
    if reach is not None and reach.parts:
        return _windowed(scene, np.broadcast_to(o, shape), s, stop, sites, reach.value(T))
    run = Run(
        scene, np.broadcast_to(o, shape), np.broadcast_to(s, shape), np.zeros(shape), np.zeros(shape), o[0]
    )
    c = np.zeros(shape[1:])
    for t in range(T - 1, stop - 1, -1):
        c = carry.value(run, t) if t < T - 1 else c
        g, d = join.value(run, t, c)
        run.g[t], run.d[t] = mask[t] * g, mask[t] * d
    run.start = np.asarray(carry.value(run, -1))
    return run


def _windowed(scene: Scene, o: Array, s: Array, stop: int, sites: dict[str, Choice], reach: Array) -> Run:
    """The sum of one recursion for each step's loss, each of which goes back as far as it may."""
    total: Run | None = None
    carry = sites.get("carry", CARRY)
    for source in range(stop, len(o)):
        alone = np.zeros_like(o)
        alone[source] = o[source]

        def within(run: Run, t: int, source: int = source) -> Array:
            c = carry.value(run, t)
            return np.asarray(c if t < 0 or reach[source, t] else np.zeros_like(c))

        part = recur(scene, alone, s, stop, **{**sites, "reach": REACH, "carry": Choice(within)})
        total = part if total is None else _sum(total, part)
    return (
        Run(scene, o, s, np.zeros_like(o), np.zeros_like(o), o[0]) if total is None else replace(total, o=o)
    )


def _sum(a: Run, b: Run) -> Run:
    return Run(a.scene, a.o, a.s, a.d + b.d, a.g + b.g, a.start + b.start)


@dataclass(frozen=True, eq=False)
class Rule:
    """A derivation of da(t): a choice at each of its sites."""

    loss: Choice = losses.RIGHT
    edge: Choice = edges.RIGHT
    slope: Choice = slopes.RIGHT
    carry: Choice = CARRY
    join: Choice = JOIN
    reach: Choice = REACH
    visit: Choice = VISIT

    @property
    def choices(self) -> tuple[Choice, ...]:
        """The choices at all sites."""
        return (self.loss, self.edge, self.slope, self.carry, self.join, self.reach, self.visit)

    @property
    def parts(self) -> tuple[Option, ...]:
        """Its mistakes."""
        return tuple(part for choice in self.choices for part in choice.parts)

    @cached_property
    def cost(self) -> float:
        """How improbable it is."""
        return sum(choice.cost for choice in self.choices)

    def dy(self, scene: Scene) -> Array:
        """Its dy, shape (T, B, O)."""
        return np.asarray(self.loss.value(scene))

    def run(self, scene: Scene) -> Run:
        """da(t), dh(t) and dh(0) on a problem, N = 1."""
        o = self.edge.value(scene, self.dy(scene))[:, None]
        s = self.slope.value(scene)[:, None]
        sites: dict[str, Any] = {
            "carry": self.carry,
            "join": self.join,
            "reach": self.reach,
            "visit": self.visit,
        }
        return recur(scene, o, s, **sites)
