"""The search for rules that turn the user's own incoming values into the user's own da(t)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations, product

import numpy as np

from minigrad.diagnosis.gated.book import Book
from minigrad.diagnosis.gated.matching import SAME, Gate, Match
from minigrad.diagnosis.gated.option import Hypothesis, Option
from minigrad.diagnosis.gated.past import Past
from minigrad.diagnosis.gated.recursion import Rules
from minigrad.diagnosis.gated.scene import Scene, difference
from minigrad.diagnosis.gated.states import States
from minigrad.diagnosis.gated.whole import swap
from minigrad.diagnosis.observed import Array

_SURVIVORS = 6
_FOUND = 12
_NEAR = 0.5
_FIRST = {"o", "z", "n"}


def cost(hypothesis: Hypothesis) -> float:
    """How improbable a hypothesis is; options of one group count once."""
    groups: dict[str, float] = {}
    for site, option in hypothesis.items():
        key = option.group or site + option.name
        groups[key] = max(groups.get(key, 0.0), option.weight)
    return sum(groups.values()) + 0.02 * (len(hypothesis) - len(groups))


class Walk:
    """A walk from T back to 1 on one problem with some gates' own da known.

    Args:
        scene: the problem.
        given: the user's da by gate, where it could be solved for, (T, B, H).
        book: the mistakes.
        fixed: mistakes that are taken for granted, such as a loop's end.
        late: whether the time is over.
    """

    def __init__(
        self,
        scene: Scene,
        given: Mapping[str, Array],
        book: Book,
        fixed: Hypothesis,
        late: Callable[[], bool],
    ) -> None:
        self.scene, self.given, self.book, self.fixed, self.late = scene, given, book, fixed, late
        self.states = States(scene, given, fixed)
        sources = fixed["swap"].value(scene) if "swap" in fixed else {}
        targets = {g: given[sources.get(g, g)] for g in given if sources.get(g, g) in given}
        self.gates = {g: Gate(scene, g, a, book.rules, self.states.active) for g, a in targets.items()}
        for gate in self.gates.values():
            gate.bound = fixed["clip.da"].value(scene) if "clip.da" in fixed else np.inf
        self.first = [g for g in scene.letters if g in targets and g in _FIRST]
        self.rest = [g for g in scene.letters if g in targets and g not in _FIRST]

    def found(self, most: int) -> list[Hypothesis]:
        """Hypotheses that give every known da, the most probable first.

        Args:
            most: how many mistakes there may be in dh, and in dc; each gate's own rule comes on top.
        """
        found: list[tuple[float, Hypothesis]] = []
        swapped = None if "swap" in self.fixed else self._swapped()
        if swapped is not None:
            found.append((1.0, {**self.fixed, "swap": swapped}))
        starts = sorted(self._starts(most), key=cost)[:_SURVIVORS]
        for start in starts:
            found += self._finished(start, most)
        if not starts and not self.fixed:
            found += self._unsloped()
        unique = {tuple(sorted((s, o.name) for s, o in h.items())): (c, h) for c, h in found}
        return [h for _, h in sorted(unique.values(), key=lambda entry: entry[0])[:_FOUND]]

    def _starts(self, most: int) -> Iterator[Hypothesis]:
        """Hypotheses for dh under which the first gates match."""
        sites = ["upstream", "carry", *(f"carry.{g}" for g in self.scene.letters), "flow"]
        sites += ["keep"] if self.scene.cell == "gru" else []
        best = np.inf
        for hypothesis in _combined(self.book, sites, most, self.fixed):
            if cost(hypothesis) > best + _NEAR or self.late():
                continue
            matched = self._matched(self.states.dh(hypothesis), self.first)
            if matched is not None:
                best = min(best, cost(hypothesis) + sum(m[0].cost for m in matched.values()))
                yield hypothesis

    def _unsloped(self) -> Iterator[tuple[float, Hypothesis]]:
        """A gate's gradient goes back without its slope, which is another one than the right one at that."""
        known = self.states
        if not known.plain:
            return
        for g in self.scene.letters:
            for slope in self.book.rules[f"slope.{g}"]:
                self.states = known.without_slope(g, slope)
                for site in ("carry", f"carry.{g}"):
                    start = {o.site: o for o in self.book.rules[site] if o.name == "pre"}
                    if not self.late() and self._matched(self.states.dh(start), self.first) is not None:
                        yield from self._finished(start, 1)
        self.states = known

    def _finished(self, start: Hypothesis, most: int) -> Iterator[tuple[float, Hypothesis]]:
        """A hypothesis for dh, with one for dc and a rule for every gate."""
        past = self.states.dh(start)
        firsts = self._matched(past, self.first) or {}
        self._unslope(past, firsts)
        best = np.inf
        sites = ["keep", "slope.c", "factor.c", "base.c"] if self.scene.cell == "lstm" else []
        for hypothesis in _combined(self.book, sites, most, start):
            if cost(hypothesis) > best + _NEAR or self.late():
                continue
            matched = self._matched(self.states.dc(past, hypothesis), self.rest)
            if matched is None:
                continue
            for combined in _products({**firsts, **matched}, hypothesis):
                best = min(best, cost(combined))
                yield cost(combined), combined

    def _unslope(self, past: Past, matched: Mapping[str, list[Match]]) -> None:
        """The gradients after the activation, from the slopes that the gates were found to have."""
        for g, found in matched.items():
            option = found[0].options.get(f"slope.{g}")
            if option is not None:
                pre = np.nan_to_num(
                    self.given[g] / np.asarray(option.value(self.scene)), posinf=0.0, neginf=0.0
                )
                past.pre = {**past.pre, g: np.concatenate([pre, np.zeros_like(pre[:1])])}

    def _matched(self, past: Past, letters: Sequence[str]) -> dict[str, list[Match]] | None:
        matched = {}
        for g in letters:
            found = self.gates[g].matches(self.states.bases(past, g, self.book))
            if not found:
                return None
            matched[g] = found
        return matched

    def _swapped(self) -> Option | None:
        """Gates whose own da is what the right rule gives for another gate."""
        past = self.states.dc(self.states.dh(self.fixed), self.fixed)
        past.da, past.pre = ({g: a.copy() for g, a in arrays.items()} for arrays in (past.da, past.pre))
        rules = Rules(self.scene, self.fixed)
        for t in np.flatnonzero(self.states.active):
            for g in self.scene.letters:
                rules.gate(past, g, int(t))
        sources = {}
        for g, own in self.given.items():
            far = {s: difference(past.da[s][:-1], own) for s in self.scene.letters}
            nearest = min(far, key=lambda s: far[s])
            if far[nearest] > SAME:
                return None
            if far[g] > SAME:
                sources[g] = nearest
        return swap(sources) if sources else None


def _combined(book: Book, sites: Sequence[str], most: int, fixed: Hypothesis) -> Iterator[Hypothesis]:
    """Up to `most` options of different sites, the fewest first."""
    yield fixed
    options = [o for site in sites if site not in fixed for o in book.rules.get(site, [])]
    for o in options:
        yield {**fixed, o.site: o}
    if most > 1:
        for a, b in combinations(options, 2):
            if a.site != b.site and not _exclude(a.site, b.site):
                yield {**fixed, a.site: a, b.site: b}


def _exclude(a: str, b: str) -> bool:
    """Whether two sites are the same place: the sum over the gates, and one gate's path in it."""
    return "carry" in {a, b} and a.startswith("carry") and b.startswith("carry")


def _products(matched: Mapping[str, list[Match]], base: Hypothesis) -> Iterator[Hypothesis]:
    """Every choice of one match for each gate, few at a time."""
    for choice in product(*(found[:2] for found in matched.values())):
        combined = dict(base)
        for match in choice:
            combined.update(match.options)
        yield combined
