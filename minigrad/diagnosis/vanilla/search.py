"""The search for the least improbable explanation of all gradients of a code."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from minigrad.diagnosis.observed import Array
from minigrad.diagnosis.vanilla import losses
from minigrad.diagnosis.vanilla.bank import explain_gradients, explain_sums
from minigrad.diagnosis.vanilla.explanation import (
    Explanation,
    distinct,
    hidden_fits,
    output_fits,
)
from minigrad.diagnosis.vanilla.fits import Fit
from minigrad.diagnosis.vanilla.local import Catalogue, bounds_in, explain_da
from minigrad.diagnosis.vanilla.option import Choice, Option
from minigrad.diagnosis.vanilla.recovered import solutions
from minigrad.diagnosis.vanilla.recursion import Rule
from minigrad.diagnosis.vanilla.scene import HIDDEN, Scene
from minigrad.diagnosis.vanilla.wholes import shared_factors, wholes

BOUNDS = (1.0, 5.0, 10.0, 0.5, 0.1)
"""Bounds to which people clip inside of the recursion, for gradients that da(t) cannot be solved for from."""


def search(scenes: Sequence[Scene]) -> Explanation:
    """The least improbable explanation of all problems' gradients.

    Where nothing explains a gradient it is among `missing`.
    """
    best = _searched(scenes, ())
    for option, changed in [*wholes(scenes), *shared_factors(scenes, best)]:
        if best.cost > option.weight:
            other = _searched(changed, (option,))
            best = other if other.cost < best.cost else best
    return best


def _searched(scenes: Sequence[Scene], whole: tuple[Option, ...]) -> Explanation:
    outputs = _outputs(scenes)
    if not scenes[0].roles(HIDDEN):
        return replace(outputs[0], whole=whole)
    found = _attempts(scenes, [[output.rule] for output in outputs], outputs, depth=1)
    if not found or found[0].cost > outputs[0].cost:
        found = _recursion(scenes, outputs, found)
    best = found[0]
    equal = [one for one in found[1:] if len(one.parts) <= len(best.parts) and not one.missing]
    rivals = best.rivals + tuple(equal if not best.missing else ())
    return replace(best, whole=whole, rivals=rivals)


def _outputs(scenes: Sequence[Scene]) -> list[Explanation]:
    """Explanations of dWy and dby, best first, or every dy(t) there may be if neither is given."""
    every = losses.losses(scenes[0])
    if not scenes[0].roles(("Wy", "by")):
        return [Explanation(Rule(loss=loss), {}) for loss in every]
    found = [_output(scenes, loss, 0) for loss in every]
    if all(one.missing for one in found):
        found = [_output(scenes, loss, 1) for loss in every]
    if all(one.missing for one in found):
        found.append(_output(scenes, losses.RIGHT, 2))
    found.sort(key=lambda one: one.cost)
    limit = found[0].cost + 0.9
    return [one for one in found if one.cost <= limit][:4]


def _output(scenes: Sequence[Scene], loss: Choice, depth: int) -> Explanation:
    fits, missing = output_fits(scenes, loss, depth)
    return Explanation(Rule(loss=loss), fits, missing)


def _attempts(
    scenes: Sequence[Scene], groups: Sequence[Sequence[Rule]], outputs: Sequence[Explanation], depth: int
) -> list[Explanation]:
    """Explanations by rules that are given in groups of the same numbers, best first."""
    found = []
    for rules in groups:
        fits, missing = hidden_fits(scenes, rules[0], depth)
        made = [_with(rule, outputs, fits, missing) for rule in rules]
        made.sort(key=lambda one: one.cost)
        count = len(made[0].parts)
        rivals = tuple(one for one in made[1:] if len(one.parts) <= count)
        found.append(replace(made[0], rivals=rivals))
    return sorted(found, key=lambda one: one.cost)


def _with(
    rule: Rule, outputs: Sequence[Explanation], fits: Mapping[str, Fit], missing: tuple[str, ...]
) -> Explanation:
    output = next(one for one in outputs if one.rule.loss is rule.loss)
    return Explanation(rule, {**output.fits, **fits}, output.missing + missing)


def _recursion(
    scenes: Sequence[Scene], outputs: Sequence[Explanation], found: list[Explanation]
) -> list[Explanation]:
    """Explanations by rules with mistakes."""
    choices = [output.rule.loss for output in outputs]
    books = []
    for scene in scenes:
        book = Catalogue.of(scene, choices)
        books.append(book)
        solved = list(solutions(scene))
        rules = [rule for da, _ in solved for rule in _rules(book, da)]
        found = _tried(scenes, rules, outputs, found)
        enough = not found[0].hidden and found[0].cost <= outputs[0].cost + (_SEVERAL if rules else _ONE)
        beyond = not rules and any(_certain(scene, *one) for one in solved)
        if enough or beyond or _settled(found[0]):
            return found
    return _banked(scenes, outputs, found, books)


def _settled(found: Explanation) -> bool:
    """Whether a weight's gradient and the bias's speak for the rule, so that no other one need be tried."""
    right = [role for role, one in found.fits.items() if not one.parts]
    return bool(found.hidden) and "bh" in right and ("Wx" in right or "Wh" in right)


def _certain(scene: Scene, da: Array, agree: tuple[str, ...]) -> bool:
    """Whether da(t) is beyond doubt: all gradients agree on it, and no step was left out of all."""
    sizes = np.abs(da).max(axis=(1, 2))
    whole = len(agree) > 1 and set(agree) >= set(scene.roles(("Wx", "Wh", "bh")))
    return whole and bool((sizes > 1e-10 * sizes.max()).all())


def _banked(
    scenes: Sequence[Scene],
    outputs: Sequence[Explanation],
    found: list[Explanation],
    books: Sequence[Catalogue],
) -> list[Explanation]:
    """Explanations by rules that finished gradients speak for."""
    looks = [(explain_gradients, 2, book) for book in books[::-1]]
    looks += [(explain_sums, 1, books[0]), (explain_gradients, 1, books[0].clipping(BOUNDS))]
    for look, depth, book in looks:
        if found[0].hidden or (look is explain_gradients and found[0].cost > outputs[0].cost + _ONE):
            found = _tried(scenes, look(book, depth), outputs, found)
    return _deeper(scenes, outputs, found, 1) if found[0].hidden else found


def _rules(book: Catalogue, da: Array) -> list[Rule]:
    return explain_da(book, da) or explain_da(book.clipping(bounds_in(book, da)), da)


def _tried(
    scenes: Sequence[Scene], rules: list[Rule], outputs: Sequence[Explanation], found: list[Explanation]
) -> list[Explanation]:
    groups = distinct(scenes, rules[:_MOST_RULES], _MOST)
    found = sorted(found + _attempts(scenes, groups, outputs, depth=1), key=lambda one: one.cost)
    spoken = any(role in found[0].fits for role in ("Wx", "Wh", "bh"))
    return _deeper(scenes, outputs, found, 2) if found[0].hidden and spoken else found


def _deeper(
    scenes: Sequence[Scene], outputs: Sequence[Explanation], found: list[Explanation], most: int
) -> list[Explanation]:
    """The same with sums that have two mistakes, for the best of the rules."""
    again = [[one.rule, *(rival.rule for rival in one.rivals)] for one in found[:most]]
    return sorted(found + _attempts(scenes, again, outputs, depth=2), key=lambda one: one.cost)


_ONE = 1.9
"""What a single mistake costs at most."""

_SEVERAL = 3.5
"""What mistakes cost at most that nothing simpler is looked for: da(t) from one gradient may be scaled."""

_MOST_RULES, _MOST = 60, 10
"""How many rules are looked at, and how many of them that give different numbers."""
