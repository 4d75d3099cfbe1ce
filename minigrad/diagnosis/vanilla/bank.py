"""Derivations of da(t) that give the user's finished gradients, where da(t) cannot be solved for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from minigrad.diagnosis.observed import Array
from minigrad.diagnosis.vanilla.candidates import candidates, right
from minigrad.diagnosis.vanilla.local import Catalogue
from minigrad.diagnosis.vanilla.recursion import REACH, Rule, Run, recur
from minigrad.diagnosis.vanilla.scene import Scene

LARGEST = 9_000_000
"""The number of entries of da(t), over all hypotheses, that are worked out at most."""


def explain_gradients(book: Catalogue, depth: int) -> list[Rule]:
    """Rules with at most `depth` mistakes of which some gradient is the right sum, best first.

    First come those that give most gradients, then the least improbable.
    """
    found: list[tuple[int, float, Rule]] = []
    roles = book.scene.roles(("Wx", "Wh", "bh"))
    for rules, run in bank(book, depth):
        hits = np.stack([_exact(book.scene, role, right(role)(run)) for role in roles]).sum(axis=0)
        found += [(-int(hits[n]), rules[n].cost, rules[n]) for n in np.flatnonzero(hits)]
    found.sort(key=lambda one: one[:2])
    return [rule for _, _, rule in found]


def explain_sums(book: Catalogue, depth: int) -> list[Rule]:
    """Rules with at most `depth` mistakes of which some gradient is a sum with one more, best first."""
    found: list[Rule] = []
    roles = book.scene.roles(("Wx", "Wh"))
    for rules, run in bank(book, depth):
        for role in roles:
            for _, value in candidates(role, book.scene, 1):
                found += [rules[n] for n in np.flatnonzero(_exact(book.scene, role, value(run)))]
    return sorted(set(found), key=lambda rule: rule.cost)


def _exact(scene: Scene, role: str, guess: Array) -> Array:
    """Which of N guesses are the user's gradient, shape (N,)."""
    given = scene.manual[role]
    axes = tuple(range(1, guess.ndim))
    bounded = np.clip(guess, -scene.bound, scene.bound)
    off = np.abs(bounded - given).max(axis=axes, initial=0.0)
    size = np.maximum(np.abs(bounded).max(axis=axes, initial=0.0), np.abs(given).max(initial=0.0))
    return np.asarray((off <= 1e-8 * size) & (size > 0.0))


def bank(book: Catalogue, depth: int) -> Iterator[tuple[list[Rule], Run]]:
    """Every rule with at most `depth` mistakes, in groups that share their carry, with their runs."""
    spent = 0
    for level, sites in enumerate(book.sites[: depth + 1]):
        rules, o, s = _pairs(book, depth - level)
        for carry, join, reach in sites:
            work = o.size * (1 if reach is REACH else len(o))
            if spent + work <= LARGEST:
                spent += work
                run = recur(book.scene, o, s, carry=carry, join=join, reach=reach)
                yield [replace(rule, carry=carry, join=join, reach=reach) for rule in rules], run
    yield from _visited(book)


def _pairs(book: Catalogue, depth: int) -> tuple[list[Rule], Array, Array]:
    """Rules of loss, edge and slope with at most `depth` mistakes, with o and s, shapes (T, N, B, H).

    A mistake in dy(t) without which dWy or dby were not explained does not count.
    """
    rules, o, s = [], [], []
    depth += min(len(start.parts) for start, _ in book.starts)
    for start, first in book.starts:
        for slope, second in book.slopes:
            if len(start.parts) + len(slope.parts) <= depth:
                rules.append(replace(start, slope=slope))
                o.append(first)
                s.append(second)
    return rules, np.stack(o, axis=1), np.stack(s, axis=1)


def _visited(book: Catalogue) -> Iterator[tuple[list[Rule], Run]]:
    rules, o, s = _pairs(book, 1)
    for visit in book.visits[1:]:
        yield [replace(rule, visit=visit) for rule in rules], recur(book.scene, o, s, visit=visit)
