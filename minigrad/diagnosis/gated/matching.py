"""Which rules of a gate turn given gradients into the user's own da."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from minigrad.diagnosis.gated import factor, slope
from minigrad.diagnosis.gated.option import Option
from minigrad.diagnosis.gated.scene import Scene
from minigrad.diagnosis.observed import Array

SAME = 1e-7
"""A solved da is known to about this, relative to its largest entry."""

_ENTRIES = 160
_EQUAL = 1e-12


class Match(NamedTuple):
    """The mistakes of one gate's rule, by site, and how improbable they are."""

    cost: float
    options: dict[str, Option]


class Gate:
    """Every factor × slope of one gate, on chosen entries of (T, B, H).

    Args:
        scene: the problem.
        letter: the gate.
        target: the user's own da, shape (T, B, H).
        rules: the options by site.
        active: the steps at which the loop runs, shape (T,).
    """

    bound = np.inf
    """Where da is clipped."""

    def __init__(
        self, scene: Scene, letter: str, target: Array, rules: Mapping[str, Sequence[Option]], active: Array
    ) -> None:
        self.scene, self.letter, self.rules = scene, letter, rules
        self.entries = chosen(target.shape, active)
        self.target = target.reshape(-1)[self.entries]
        self.size = max(float(np.max(np.abs(target))), 1e-300)

    def _values(self, site: str, right: Array) -> tuple[list[Option | None], Array]:
        options: list[Option | None] = [None, *self.rules.get(f"{site}.{self.letter}", [])]
        with np.errstate(all="ignore"):
            arrays = [right if o is None else np.asarray(o.value(self.scene)) for o in options]
        return options, np.array([np.broadcast_to(a, right.shape).reshape(-1)[self.entries] for a in arrays])

    @cached_property
    def table(self) -> tuple[list[tuple[float, Option | None, Option | None]], Array]:
        """Costs and options of each row, and the rows, shape (K, entries)."""
        fo, fa = self._values("factor", factor.right(self.scene, self.letter))
        so, sa = self._values("slope", slope.right(*slope.values(self.scene, self.letter)[:2]))
        rows = [(_cost(f, s), f, s) for f in fo for s in so]
        products = (fa[:, None] * sa[None]).reshape(len(rows), -1)
        right = products[0]
        with np.errstate(all="ignore"):
            same = np.max(np.abs(products - right), axis=1) <= _EQUAL * np.max(np.abs(right), initial=0.0)
        same[0] = False  # h(1 − o) is tanh(c) o(1 − o): not every other form is a mistake
        order = [i for i in np.argsort([row[0] for row in rows], kind="stable") if not same[i]]
        return [rows[i] for i in order], products[order]

    def matches(self, bases: Sequence[tuple[Option | None, Array]], limit: int = 3) -> list[Match]:
        """The simplest rules that give the target from some bases, each (T, B, H)."""
        rows, products = self.table
        found = []
        for option, base in bases:
            part = base.reshape(-1)[self.entries]
            if not np.all(np.isfinite(part)):
                continue
            with np.errstate(all="ignore"):
                made = products * part
                made = made if self.bound == np.inf else np.clip(made, -self.bound, self.bound)
                errors = np.max(np.abs(made - self.target), axis=1)
            for i in np.flatnonzero(errors <= SAME * self.size)[:limit]:
                cost, f, s = rows[i]
                extra = 0.0 if option is None else option.weight
                chosen_options = {o.site: o for o in (option, f, s) if o is not None}
                found.append(Match(cost + extra, chosen_options))
        return sorted(found, key=lambda match: match.cost)[:limit]


def chosen(shape: Sequence[int], active: Array) -> Array:
    """Indices of some entries of (T, B, H), at every active step, the last steps first."""
    steps = np.flatnonzero(active)
    width = int(np.prod(shape[1:]))
    each = max(2, _ENTRIES // max(len(steps), 1))
    inner = np.unique(np.linspace(0, width - 1, min(each, width)).astype(int))
    return np.asarray((steps[:, None] * width + inner[None]).reshape(-1))


def _cost(f: Option | None, s: Option | None) -> float:
    if f is None or s is None:
        return sum(o.weight for o in (f, s) if o is not None)
    shared = f.group and f.group == s.group
    return max(f.weight, s.weight) + 0.02 if shared else f.weight + s.weight


def steady(a: Array) -> list[float]:
    """Bounds at which at least three entries of an array stand exactly, in size.

    Example:
        >>> steady(np.array([0.5, -0.5, 0.2, 0.5]))
        [0.5]
    """
    size = np.sort(np.abs(a).reshape(-1))[::-1]
    if not size.size or not np.isfinite(size[0]) or size[0] == 0:
        return []
    equal = [abs(x - y) <= SAME * size[0] for x, y in pairwise(size[:3])]
    return [float(np.round(size[0], 9))] if len(equal) > 1 and all(equal) else []
