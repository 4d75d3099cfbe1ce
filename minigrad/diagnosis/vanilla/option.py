"""What may stand at one site of a derivation: the right thing, or a mistake with its words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from minigrad.diagnosis.observed import Array


@dataclass(frozen=True)
class Option:
    """A mistake.

    Attributes:
        site: the place in the derivation: "loss", "edge", "slope", "carry", "join", "reach", "visit",
            "whole", or "sum" followed by a role.
        name: its name among the options of the site.
        kind: one of `finding.KINDS`.
        did: what the user did, as a sentence without its full stop; names of roles stand in braces.
        fix: what to write instead, beginning with a verb.
        weight: how improbable it is; 1 for the mistakes that are met most.
        step: the step that it concerns, counted from 1; None where the numbers have to tell.
        also: other explanations that give the same numbers, always.
        factor: the constant of a scale or sign.
    """

    site: str
    name: str
    kind: str
    did: str
    fix: str
    weight: float = 1.0
    step: int | None = None
    also: tuple[str, ...] = ()
    factor: float | None = None


@dataclass(frozen=True, eq=False)
class Choice:
    """What stands at a site: a value, and the mistakes that it is made of (none: it is right)."""

    value: Callable[..., Any]
    parts: tuple[Option, ...] = ()

    @cached_property
    def cost(self) -> float:
        """How improbable it is, 0 for the right one."""
        return sum(part.weight for part in self.parts)


def later(a: Array, fill: str = "zero") -> Array:
    """a(t+1) in place of a(t), shape (T, …): beyond the end 0, the last step's, or the first's ("wrap").

    Example:
        >>> later(np.array([1.0, 2.0, 3.0])), later(np.array([1.0, 2.0]), "last")
        (array([2., 3., 0.]), array([2., 2.]))
    """
    beyond = {"last": a[-1:], "wrap": a[:1], "zero": np.zeros_like(a[:1])}[fill]
    return np.concatenate([a[1:], beyond])


def earlier(a: Array, fill: str = "zero") -> Array:
    """a(t−1) in place of a(t), shape (T, …): before the start 0, the first step's, or the last's ("wrap").

    Example:
        >>> earlier(np.array([1.0, 2.0, 3.0]), "wrap")
        array([3., 1., 2.])
    """
    before = {"wrap": a[-1:], "first": a[:1], "zero": np.zeros_like(a[:1])}[fill]
    return np.concatenate([before, a[:-1]])


def throughout(a: Array, index: int = -1) -> Array:
    """One step's a at every step, shape (T, …).

    Example:
        >>> throughout(np.array([1.0, 2.0]))
        array([2., 2.])
    """
    return np.broadcast_to(a[index], a.shape)


def to_come(a: Array) -> Array:
    """Σ_{s ≥ t} a(s) in place of a(t), shape (T, …).

    Example:
        >>> to_come(np.array([1.0, 2.0, 3.0]))
        array([6., 5., 3.])
    """
    return np.asarray(np.cumsum(a[::-1], axis=0)[::-1])


def only(a: Array, index: int) -> Array:
    """One step's a, the others 0, shape (T, …).

    Example:
        >>> only(np.array([1.0, 2.0, 3.0]), -1)
        array([0., 0., 3.])
    """
    alone = np.zeros_like(a)
    alone[index] = a[index]
    return alone


def without(a: Array, index: int) -> Array:
    """One step's a replaced by 0, shape (T, …).

    Example:
        >>> without(np.array([1.0, 2.0, 3.0]), 0)
        array([0., 2., 3.])
    """
    rest = np.array(a)
    rest[index] = 0.0
    return rest
