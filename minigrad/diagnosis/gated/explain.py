"""Which mistakes, in how many places, give exactly the gradients of a gated cell that a user has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from time import monotonic

import numpy as np

from minigrad.diagnosis.finding import Finding
from minigrad.diagnosis.gated import candidates, departure, words
from minigrad.diagnosis.gated.book import Book, book
from minigrad.diagnosis.gated.explanation import OUTPUT, Explanation, explained, play, right_count
from minigrad.diagnosis.gated.option import Hypothesis
from minigrad.diagnosis.gated.recursion import RIGHT
from minigrad.diagnosis.gated.scene import EXACT, LETTERS, Scene, difference
from minigrad.diagnosis.gated.summed import explain, guess
from minigrad.diagnosis.gated.walk import Walk
from minigrad.diagnosis.observed import Observed

SECONDS = 4.3
"""The search goes on to less probable mistakes for this long."""

_BEAM = 8
_TRIED = 8
_FEW = 3
"""A hypothesis that leaves this many parameters unexplained is given up."""


_BY_STEP = ("slope", "factor", "carry", "flow", "keep")
"""Sites that may be wrong beside a window."""


def _key(hypothesis: Hypothesis) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((site, o.name) for site, o in hypothesis.items()))


def explain_gated(observed: Sequence[Observed]) -> list[Finding]:
    """Name the mistakes in hand-written gradients of an LSTM or a GRU.

    Args:
        observed: problems of the same code. A finding reproduces the user's gradients on all of them.

    Returns:
        The mistakes, those of the recursion first; nothing for right gradients. What no known
        mistakes reproduce to 1e-8 is told as "unexplained", with where it departs.

    Raises:
        ValueError: for a cell that is neither "lstm" nor "gru".
    """
    scenes = [Scene(o) for o in observed]
    for scene in scenes:
        if scene.cell not in LETTERS:
            msg = f"explain_gated takes problems of {' or '.join(LETTERS)}; given: {scene.cell!r}"
            raise ValueError(msg)
    with np.errstate(all="ignore"):
        return _explained(scenes)


def _explained(scenes: Sequence[Scene]) -> list[Finding]:
    beyond = [role for s in scenes[:1] for role in s.compared if role not in s.parameters]
    others = departure.entries(scenes, beyond)
    if all(s.error(role, s.observed.auto[role]) <= EXACT for s in scenes for role in s.parameters):
        return others
    if not _understood(scenes):
        return departure.departure(scenes, scenes[0].compared)
    best, ties = Search(scenes, SECONDS).best()
    if best.whole:
        return words.findings(scenes, best, ties) + others
    return departure.partly(scenes, best) + others


def _understood(scenes: Sequence[Scene]) -> bool:
    """Whether the right rules give the automatic gradients, so that wrong ones can be told from them."""
    for one in play(scenes, RIGHT):
        for role in one.scene.parameters:
            guessed = guess(one, role, ())
            auto = one.scene.observed.auto[role]
            if guessed.shape != auto.shape or difference(auto, guessed) > EXACT:
                return False
    return True


class Search:
    """A search for the most probable explanation.

    Args:
        scenes: the problems.
        seconds: when to stop trying less probable mistakes.
    """

    def __init__(self, scenes: Sequence[Scene], seconds: float) -> None:
        self.scenes, self.until = scenes, monotonic() + seconds
        self.book: Book = book(scenes)
        self.tried: dict[tuple[tuple[str, str], ...], Explanation] = {}

    def best(self) -> tuple[Explanation, list[Explanation]]:
        """The most probable explanation, and others that are about as probable."""
        outputs = self._outputs()
        for hypothesis in outputs:
            self._try(hypothesis, _FEW)
        self._walks(outputs, 1)
        self._singles(outputs)
        for stage in (self._deeper, self._arranged, self._windows, self._pairs, self._thoroughly):
            if not self._whole():
                stage(outputs)
        found = sorted(self._whole() or self.tried.values(), key=lambda e: e.cost)
        ties = [e for e in found[1:] if e.whole and e.cost <= found[0].cost + 0.5]
        return found[0], ties

    def _whole(self) -> list[Explanation]:
        return [e for e in self.tried.values() if e.whole]

    def _late(self) -> bool:
        return monotonic() > self.until

    def _try(self, hypothesis: Hypothesis, most: int | None = None) -> Explanation:
        key = _key(hypothesis)
        if key not in self.tried:
            self.tried[key] = explained(self.scenes, hypothesis, self.book, most)
        return self.tried[key]

    def _outputs(self) -> list[Hypothesis]:
        """What dy may be, by the gradients of the output layer."""
        roles = [role for role in OUTPUT if role in self.scenes[0].parameters]
        options = self.book.rules.get("dy", [])
        if not roles:
            return [RIGHT]
        costs: list[tuple[float, Hypothesis]] = []
        for hypothesis in (RIGHT, *({"dy": o} for o in options)):
            plays = play(self.scenes, hypothesis)
            terms = [explain(plays, role, self.book) for role in roles]
            if all(terms):
                costs.append((Explanation(hypothesis, dict(zip(roles, terms, strict=True))).cost, hypothesis))
            if hypothesis is RIGHT and costs and costs[0][0] == 0:
                break
        costs.sort(key=lambda entry: entry[0])
        return [h for c, h in costs if c <= costs[0][0] + 0.3][:3] or [RIGHT]

    def _walks(self, outputs: Sequence[Hypothesis], most: int, known: Book | None = None) -> None:
        """Hypotheses that give the da(t) solved from the user's own gradients."""
        found = candidates.solvable(self.scenes)
        if found is None:
            return
        scene, said = found
        for hypothesis in outputs:
            for given in candidates.sets(said):
                for fact, level in self._levels(scene, given, known):
                    walk = Walk(scene, level, self.book, {**hypothesis, **fact}, self._late)
                    for better in walk.found(most)[:_BEAM]:
                        self._try(better, _FEW)
                if self._whole() or self._late():
                    return

    def _levels(
        self, scene: Scene, given: candidates.Given, known: Book | None
    ) -> Iterator[tuple[Hypothesis, candidates.Given]]:
        for c in candidates.ratios(scene, given)[: None if known is None else 1]:
            level = {g: da / c for g, da in given.items()}
            for fact in candidates.facts(scene, level, known):
                yield fact, level

    def _arranged(self, outputs: Sequence[Hypothesis]) -> None:
        self._walks(outputs, 1, self.book)

    def _windows(self, outputs: Sequence[Hypothesis]) -> None:
        """A window, which leaves no trace in single steps, with another wrong rule."""
        gates = [h for h in self.book.singles() if all(site.startswith(_BY_STEP) for site in h)]
        windows = [{o.site: o} for o in self.book.rules.get("window", [])][:2]
        both = ({**base, **w, **h} for base in outputs[:1] for w in windows for h in gates)
        for count, hypothesis in self._ranked(both)[:_FEW]:
            if count > len(self.scenes[0].parameters) / 2:
                self._try(hypothesis, _FEW)

    def _deeper(self, outputs: Sequence[Hypothesis]) -> None:
        self._walks(outputs, 2)

    def _thoroughly(self, outputs: Sequence[Hypothesis]) -> None:
        """Right rules, with every sum that can be explained."""
        for hypothesis in outputs:
            self.tried.pop(_key(hypothesis), None)
            self._try(hypothesis)

    def _singles(self, outputs: Sequence[Hypothesis]) -> None:
        """Every single mistake of the recursion, and for the best of them every sum."""
        ranked = self._ranked(self._extended(outputs))
        found = min(self._whole(), key=lambda e: e.cost, default=None)
        enough = 0.0 if found is None else right_count(self._smallest(), found.hypothesis)
        for count, hypothesis in ranked[:_TRIED]:
            if count >= enough and not self._late():
                self._try(hypothesis, _FEW)

    def _smallest(self) -> Scene:
        return min(self.scenes, key=lambda s: s.T * s.sizes["B"])

    def _extended(self, bases: Sequence[Hypothesis]) -> Iterator[Hypothesis]:
        for base in bases:
            for single in self.book.singles():
                if not set(single) & set(base):
                    yield {**base, **single}

    def _ranked(self, hypotheses: Iterator[Hypothesis]) -> list[tuple[float, Hypothesis]]:
        scene, found = self._smallest(), []
        for hypothesis in hypotheses:
            if self._late():
                break
            found.append((right_count(scene, hypothesis), hypothesis))
        return sorted(found, key=lambda entry: -entry[0])

    def _pairs(self, outputs: Sequence[Hypothesis]) -> None:
        """Two mistakes of the recursion: the singles that explain most, with every other."""
        first = self._ranked(self._extended(outputs))[:_BEAM]
        second = self._ranked(self._extended([h for _, h in first]))[:_TRIED]
        for _, hypothesis in second:
            if self._late():
                return
            self._try(hypothesis, _FEW)
