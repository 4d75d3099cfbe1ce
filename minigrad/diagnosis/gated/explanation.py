"""A complete explanation of a user's gradients: mistakes in the recursion and in each sum."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from minigrad.diagnosis.gated import constant, summed
from minigrad.diagnosis.gated.book import Book
from minigrad.diagnosis.gated.option import Hypothesis
from minigrad.diagnosis.gated.recursion import output_gradient, simulate
from minigrad.diagnosis.gated.scene import EXACT, Scene
from minigrad.diagnosis.gated.summed import Play, Term

_NEARLY = 1e-3

OUTPUT = ("Wy", "by")
"""Parameters of the output layer, which the recursion does not reach."""


@dataclass(frozen=True)
class Explanation:
    """Mistakes that give the user's gradients.

    Attributes:
        hypothesis: the mistakes of the recursion.
        terms: for each parameter its possible sums, the most probable first; none if it is unexplained.
    """

    hypothesis: Hypothesis
    terms: Mapping[str, Sequence[Term]]

    @property
    def whole(self) -> bool:
        """Whether every parameter is explained."""
        return all(self.terms.values())

    @property
    def error(self) -> float:
        """The largest difference from the user's gradients on all problems, relative to the largest entry."""
        return max((terms[0].error for terms in self.terms.values() if terms), default=0.0)

    @property
    def cost(self) -> float:
        """How improbable it is: mistakes that one line makes count once."""
        groups: dict[str, float] = {}
        for site, option in self.hypothesis.items():
            _enter(groups, option.group or site + option.name, option.weight)
        for role, terms in self.terms.items():
            for key, weight in _keys(terms[0]) if terms else [(f"? {role}", 5.0)]:
                _enter(groups, key, weight)
        return sum(groups.values()) + 0.01 * self._size

    @property
    def _size(self) -> int:
        options = sum(len(terms[0].options) for terms in self.terms.values() if terms)
        return len(self.hypothesis) + options


def _enter(groups: dict[str, float], key: str, weight: float) -> None:
    groups[key] = max(groups.get(key, 0.0), weight)


def _keys(term: Term) -> list[tuple[str, float]]:
    found = [(o.group, o.weight) for o in term.options]
    rest = term.cost - sum(o.weight for o in term.options)
    if term.words:
        found.append((f"factor {term.words[0]}", rest))
    elif term.bound:
        found.append((f"bound {term.bound:.6g}", rest))
    return found


def play(scenes: Sequence[Scene], hypothesis: Hypothesis) -> list[Play]:
    """A hypothesis played through on every problem."""
    return [Play(s, simulate(s, hypothesis), output_gradient(s, hypothesis)) for s in scenes]


def explained(
    scenes: Sequence[Scene], hypothesis: Hypothesis, book: Book, most: int | None = None
) -> Explanation:
    """What a hypothesis about the recursion leaves to the sums.

    Args:
        scenes: the problems.
        hypothesis: the mistakes of the recursion.
        book: the mistakes that are known.
        most: stop at this number of unexplained parameters; None for all.
    """
    plays, terms, missing = play(scenes, hypothesis), {}, 0
    for role in scenes[0].parameters:
        terms[role] = summed.explain(plays, role, book) if most is None or missing < most else []
        missing += not terms[role]
    return Explanation(hypothesis, _shared(terms))


def _shared(terms: Mapping[str, Sequence[Term]]) -> dict[str, list[Term]]:
    """The sums of a parameter in the order in which they are mistakes that others have as well."""
    uses = Counter(key for found in terms.values() if found for key, _ in _keys(found[0]))

    def alone(own: Sequence[Term], term: Term) -> float:
        mine = {key for key, _ in _keys(own[0])}
        return sum(weight for key, weight in _keys(term) if uses[key] - (key in mine) < 1)

    return {
        role: sorted(found, key=lambda term: alone(found, term) + _NEARLY * term.cost)
        for role, found in terms.items()
    }


def right_count(scene: Scene, hypothesis: Hypothesis) -> float:
    """How many parameters a hypothesis gives on one problem; those right up to a constant count less."""
    [one] = play([scene], hypothesis)
    count = 0.0
    for role in scene.parameters:
        given, guessed = scene.observed.manual[role], summed.guess(one, role, ())
        if guessed.shape != given.shape:
            continue
        if np.abs(given - guessed).max() <= EXACT * max(scene.scale(role), 1e-300):
            count += 1.0
        elif constant.fitted(given, guessed) is not None:
            count += 0.6
    return count
