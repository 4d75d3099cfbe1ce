"""What may stand at one site of a derivation: the right value, or a mistake with its words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np

from minigrad.diagnosis.observed import Array


@dataclass(frozen=True, eq=False)
class Option:
    """A mistake at a site.

    Attributes:
        site: the place in the derivation, such as "carry", "slope.f" or "sum.Wh".
        name: its name among the options of the site.
        kind: one of `finding.KINDS`.
        did: what the user did, as the start of a sentence.
        fix: what to write instead.
        value: what it puts in place of the right value; its arguments depend on the site.
        weight: how improbable it is; 1 for the mistakes that are met most.
        group: options of the same group on several sites are one mistake.
    """

    site: str
    name: str
    kind: str
    did: str
    fix: str
    value: Callable[..., Any]
    weight: float = 1.0
    group: str = ""


Hypothesis: TypeAlias = Mapping[str, Option]
"""The mistakes by site; a site that is absent is right."""


def later(a: Array, fill: str = "last") -> Array:
    """a(t+1) in place of a(t), shape (T, …): beyond the end the last step's, the first's or 0.

    Example:
        >>> later(np.array([1.0, 2.0, 3.0])), later(np.array([1.0, 2.0]), "zero")
        (array([2., 3., 3.]), array([2., 0.]))
    """
    beyond = {"last": a[-1:], "wrap": a[:1], "zero": np.zeros_like(a[:1])}[fill]
    return np.concatenate([a[1:], beyond])


def earlier(a: Array, fill: str = "wrap") -> Array:
    """a(t−1) in place of a(t), shape (T, …): before the start the last step's, the first's or 0.

    Example:
        >>> earlier(np.array([1.0, 2.0, 3.0]))
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
