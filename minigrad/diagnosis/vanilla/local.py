"""Which derivations of da(t) give the user's own da(t), walking back from the last step."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import product

import numpy as np

from minigrad.diagnosis.observed import Array
from minigrad.diagnosis.vanilla import edges, joins, ranges, slopes
from minigrad.diagnosis.vanilla.carries import carries
from minigrad.diagnosis.vanilla.option import Choice
from minigrad.diagnosis.vanilla.recursion import REACH, Rule, recur
from minigrad.diagnosis.vanilla.scene import Scene, difference

CLOSE = 1e-7
"""Recovered values are compared to this; finished gradients decide afterwards, to `scene.EXACT`."""


_SAME = 1e-12
"""Values that differ by less are the same."""


@dataclass(frozen=True, eq=False)
class Catalogue:
    """Everything that may stand at the sites of the recursion of a problem.

    Attributes:
        scene: the problem.
        starts: rules of which only loss and edge are chosen, with o, shape (T, B, H).
        slopes: choices of f′, with their values, shape (T, B, H).
        sites: choices of (carry, join, reach) by the number of mistakes in them.
        visits: choices of the steps that are visited.
    """

    scene: Scene
    starts: tuple[tuple[Rule, Array], ...]
    slopes: tuple[tuple[Choice, Array], ...]
    sites: tuple[tuple[tuple[Choice, Choice, Choice], ...], ...]
    visits: tuple[Choice, ...]

    @classmethod
    def of(cls, scene: Scene, losses: list[Choice]) -> Catalogue:
        """The catalogue of a problem, for given dy(t), the first of which is the most probable."""
        starts = list(_starts(scene, losses))
        sloped = [(choice, choice.value(scene)) for choice in slopes.slopes(scene)]
        wrong = [pair for pair in sloped[1:] if difference(pair[1], sloped[0][1]) > _SAME]
        sites = _sites(scene, joins.joins())
        return cls(scene, tuple(starts), (sloped[0], *wrong), sites, tuple(ranges.visits(scene)))

    def clipping(self, bounds: tuple[float, ...]) -> Catalogue:
        """The catalogue of recursions in which something is clipped to one of the bounds."""
        return replace(self, sites=_sites(self.scene, joins.bounded(bounds)))


def _starts(scene: Scene, losses: list[Choice]) -> Iterator[tuple[Rule, Array]]:
    for place, loss in enumerate(losses):
        dy = loss.value(scene)
        for edge in edges.edges(scene) if place < _FULL else [edges.RIGHT]:
            yield Rule(loss=loss, edge=edge), np.asarray(edge.value(scene, dy))


_FULL = 2
"""For how many dy(t) all edges are tried."""


def _sites(scene: Scene, joined: list[Choice]) -> tuple[tuple[tuple[Choice, Choice, Choice], ...], ...]:
    levels: tuple[list[tuple[Choice, Choice, Choice]], ...] = ([], [], [])
    groups = [_by_count(choices) for choices in (carries(scene), joined, ranges.reaches(scene))]
    for counts in sorted(product(range(len(levels)), repeat=3), key=lambda counts: counts[::-1]):
        alone = counts[2] == 0 or sum(counts) == 1 or scene.T <= _SHORT
        if sum(counts) < len(levels) and alone:
            one, two, three = (group[count] for group, count in zip(groups, counts, strict=True))
            levels[sum(counts)].extend(product(one, two, three))
    return tuple(map(tuple, levels))


_SHORT = 8
"""Up to how many steps truncations are tried together with other mistakes."""


def _by_count(choices: list[Choice]) -> list[list[Choice]]:
    return [[choice for choice in choices if len(choice.parts) == count] for count in range(3)]


def explain_da(book: Catalogue, da: Array) -> list[Rule]:
    """Rules that give this da(t), shape (T, B, H), the least improbable first."""
    found: list[Rule] = []
    if not da.any():
        return _nothing(book)
    for visit in _plausible(book, da):
        seeds: dict[Choice, Seeds] = {}
        for level, sites in enumerate(book.sites):
            if len(found) > _ENOUGH or (found and min(rule.cost for rule in found) + 0.5 < level):
                break
            for carry, join, reach in sites:
                kept = seeds[join] = seeds.get(join) or _seeds(book, da, visit, join)
                found += _matches(
                    book.scene, kept, da, Rule(carry=carry, join=join, reach=reach, visit=visit)
                )
    return sorted(found, key=lambda rule: rule.cost)


_PROBED = 3
"""How many steps are looked at before all of them."""

_ENOUGH = 200
"""With so many rules that give da(t) none with more mistakes are looked for."""


def bounds_in(book: Catalogue, da: Array) -> tuple[float, ...]:
    """Bounds at which two or more entries of da(t), dh(t) or of the edge from h(t+1) stand."""
    slope = np.where(book.scene.slope == 0.0, np.nan, book.scene.slope)
    dh = da / slope
    found = set()
    for array in (da, dh, dh - book.starts[0][1]):
        sizes = np.abs(array[np.isfinite(array)])
        rounded, counts = np.unique([float(f"{size:.7g}") for size in sizes], return_counts=True)
        found |= {float(b) for b, count in zip(rounded, counts, strict=True) if count > 1 and b > 0.0}
    return tuple(sorted(found))


def _nothing(book: Catalogue) -> list[Rule]:
    """Rules of which nothing enters from the outputs at any step that is visited."""
    pairs = [(rule, o, visit) for rule, o in book.starts for visit in book.visits]
    zero = [replace(rule, visit=v) for rule, o, v in pairs if not (o * v.value(len(o))[:, None, None]).any()]
    return sorted(zero, key=lambda rule: rule.cost)


def _plausible(book: Catalogue, da: Array) -> list[Choice]:
    """Visits all of whose missing steps are steps where da(t) is 0."""
    sizes = np.abs(da).reshape(len(da), -1).max(axis=1)
    there = sizes > 1e-10 * sizes.max()
    return [v for v in book.visits if not (there & (v.value(len(da)) == 0)).any()]


Seeds = tuple[list[Rule], Array, Array]


def _seeds(book: Catalogue, da: Array, visit: Choice, join: Choice) -> Seeds:
    """Rules of loss, edge and slope that give da at the last step where it is not 0, with their o and s."""
    mask, size = visit.value(len(da)), np.abs(da).max()
    first = int(np.flatnonzero(np.abs(da).max(axis=(1, 2)) > 1e-10 * size)[-1])
    o = np.stack([array[first:] for _, array in book.starts])
    s = np.stack([array[first:] for _, array in book.slopes])
    made = getattr(join, "last", np.multiply)(o[:, None], s[None]) * mask[first:, None, None]
    pairs = np.argwhere(np.abs(made - da[first:]).max(axis=(2, 3, 4)) <= CLOSE * size)
    rules = [replace(book.starts[i][0], slope=book.slopes[j][0]) for i, j in pairs]
    first_arrays, second_arrays = (
        [book.starts[i][1] for i, _ in pairs],
        [book.slopes[j][1] for _, j in pairs],
    )
    return rules, _stacked(first_arrays, da), _stacked(second_arrays, da)


def _stacked(arrays: list[Array], like: Array) -> Array:
    if not arrays:
        return np.zeros((len(like), 0, *like.shape[1:]))
    return np.stack(arrays, axis=1)


def _matches(scene: Scene, seeds: Seeds, da: Array, sites: Rule) -> Iterator[Rule]:
    rules, o, s = seeds
    if not rules:
        return
    chosen = {"carry": sites.carry, "join": sites.join, "visit": sites.visit}
    if sites.reach is not REACH:
        chosen["reach"] = sites.reach
    kept = np.arange(len(rules))
    for stop in (max(scene.T - _PROBED, 0), 0):
        run = recur(scene, o[:, kept], s[:, kept], stop, **chosen)
        off = np.abs(run.d[stop:] - da[stop:, None]).max(axis=(0, 2, 3))
        kept = kept[off <= CLOSE * float(np.max(np.abs(da), initial=0.0))]
        if not kept.size or not stop:
            break
    for n in kept:
        yield replace(rules[n], carry=sites.carry, join=sites.join, reach=sites.reach, visit=sites.visit)
