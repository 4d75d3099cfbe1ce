"""Which da(t) the user's code may have had, and what can be seen in them at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

import numpy as np

from minigrad.diagnosis.gated import factor, slope, solve
from minigrad.diagnosis.gated.book import Book
from minigrad.diagnosis.gated.matching import SAME, steady
from minigrad.diagnosis.gated.option import Hypothesis
from minigrad.diagnosis.gated.recursion import upstream
from minigrad.diagnosis.gated.scene import Scene
from minigrad.diagnosis.gated.whole import clip, loop
from minigrad.diagnosis.observed import Array

_TINY = 1e-6

Given: TypeAlias = dict[str, Array]
"""da by gate, (T, B, H), of the gates where it is known."""


def solvable(scenes: Sequence[Scene]) -> tuple[Scene, dict[str, list[tuple[Array, int]]]] | None:
    """The problem that determines the da of most gates, and for each gate what its parameters say."""
    best: tuple[Scene, dict[str, list[tuple[Array, int]]]] | None = None
    for scene in sorted(scenes, key=lambda s: s.T * s.sizes["B"]):
        found = {g: solve.votes(scene, ("Wx", "Wh", "b"), g) for g in scene.letters}
        found = {g: said for g, said in found.items() if said}
        if found and (best is None or len(found) > len(best[1])):
            best = (scene, found)
    return best


def sets(said: Mapping[str, Sequence[tuple[Array, int]]]) -> Iterator[Given]:
    """Different choices of one da for each gate: first what most parameters agree on."""
    seen: set[tuple[tuple[str, int], ...]] = set()
    for given in _choices(said):
        key = tuple((g, id(d)) for g, d in given.items())
        if key not in seen:
            seen.add(key)
            yield given


def _choices(said: Mapping[str, Sequence[tuple[Array, int]]]) -> Iterator[Given]:
    first = {g: votes[0][0] for g, votes in said.items()}
    yield first
    sure = {g: votes[0][0] for g, votes in said.items() if _agreed(votes)}
    for level in (1, 2):
        if any(len(votes) > level for votes in said.values()):
            yield {g: sure.get(g, votes[min(level, len(votes) - 1)][0]) for g, votes in said.items()}
    if 0 < len(sure) < len(first):
        yield sure
    yield from _one_by_one(said, first, sure)


def _agreed(votes: Sequence[tuple[Array, int]]) -> bool:
    """Whether most parameters say the same, and no others say something else as loudly."""
    return votes[0][1] > 1 and (len(votes) == 1 or votes[1][1] < votes[0][1])


def _one_by_one(
    said: Mapping[str, Sequence[tuple[Array, int]]], first: Given, sure: Given
) -> Iterator[Given]:
    for g, votes in said.items():
        if g in sure:
            continue
        for d, _ in votes[1:4]:
            yield {**first, g: d}


def ratios(scene: Scene, given: Given) -> list[float]:
    """Constants by which everything may be multiplied, seen at the last step; 1 is always first."""
    found = [1.0]
    u = upstream(scene, {})[-1]
    for g, da in given.items():
        base = _last_base(scene, g, u)
        if base is None:
            continue
        right = base * factor.right(scene, g)[-1] * slope.right(*slope.values(scene, g)[:2])[-1]
        square = float(np.sum(right * right))
        c = float(np.sum(right * da[-1])) / square if square > 0 else 0.0
        fits = np.max(np.abs(da[-1] - c * right)) <= SAME * max(float(np.max(np.abs(da[-1]))), 1e-300)
        if fits and c != 0 and all(abs(c - other) > SAME for other in found):
            found.append(c)
    return found[:4]


def _last_base(scene: Scene, g: str, u: Array) -> Array | None:
    if g in {"o", "z", "n"}:
        return u
    if scene.cell == "gru":
        return None
    return np.asarray(u * factor.right(scene, "c")[-1] * slope.right(*slope.values(scene, "c")[:2])[-1])


def facts(scene: Scene, given: Given, book: Book | None = None) -> list[Hypothesis]:
    """What may be taken for granted before the search: a loop's ends, a bound; nothing is always first.

    Args:
        scene: the problem.
        given: the user's da by gate.
        book: where to find what can't be seen in da: gates that are exchanged, cuts; None for neither.
    """
    found: list[Hypothesis] = [{}]
    if book is not None:
        exchanged = [o for o in book.rules["swap"] if len(o.value(scene)) > 1]
        found += [{o.site: o} for o in (*exchanged, *book.rules.get("cut", []))]
    ended = _ends(scene, given)
    if ended:
        found.append(ended)
    for what, values in _inner(scene, given):
        found += [{f"clip.{what}": clip(what, bound)} for bound in steady(values)]
    return found


def _ends(scene: Scene, given: Given) -> Hypothesis:
    """The loop that leaves out the steps at the ends where every known da is 0."""
    size = max(float(np.max(np.abs(da))) for da in given.values())
    empty = [
        all(float(np.max(np.abs(da[t]))) <= SAME * size for da in given.values()) for t in range(scene.T)
    ]
    if not any(empty) or all(empty):
        return {}
    first, beyond = empty.index(False), empty[::-1].index(False)
    return {"loop": loop(first, beyond)} if first or beyond else {}


def _inner(scene: Scene, given: Given) -> Iterator[tuple[str, Array]]:
    """da, and dh and dc where one gate shows them."""
    for da in given.values():
        yield "da", da
    for g, what in (("o", "dh"), ("n", "dh"), ("f", "dc"), ("i", "dc")):
        if g in given:
            right = factor.right(scene, g) * slope.right(*slope.values(scene, g)[:2])
            with np.errstate(all="ignore"):
                seen = np.where(np.abs(right) > _TINY, given[g] / right, 0.0)
            yield what, seen
            if what == "dh":
                yield "carry", seen - upstream(scene, {})
