"""Which sum over time reproduces the user's gradient of one parameter, given every da(t)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from minigrad.diagnosis.gated import constant, ends
from minigrad.diagnosis.gated.book import Book
from minigrad.diagnosis.gated.option import Option
from minigrad.diagnosis.gated.past import Past
from minigrad.diagnosis.gated.scene import EXACT, Scene, difference
from minigrad.diagnosis.gated.term import pair, shaped, total
from minigrad.diagnosis.observed import Array


@dataclass(frozen=True)
class Play:
    """A hypothesis played through on one problem: the problem, what the recursion gives, and dy."""

    scene: Scene
    past: Past
    dy: Array


@dataclass(frozen=True)
class Term:
    """How one parameter's gradient is explained.

    Attributes:
        role: the parameter.
        options: the mistakes, none if the sum is right.
        factors: the constant on each problem, all 1 where there is none.
        words: what the constant may be.
        bound: where the entries are clipped; 0 if they are not.
        error: the largest relative difference over all problems.
    """

    role: str
    options: tuple[Option, ...] = ()
    factors: tuple[float, ...] = ()
    words: tuple[str, ...] = ()
    bound: float = 0.0
    error: float = 0.0

    @property
    def cost(self) -> float:
        """How improbable it is: 0 for a right sum."""
        scaled = 1.0 if self.words and self.words[0] in _LIKELY else 1.3
        return (
            sum(o.weight for o in self.options) + (scaled if self.words else 0) + (1.0 if self.bound else 0)
        )


_NEAR = 0.6
_LIKELY = {"2", "½", "1/T", "T", "1/B", "B", "−1", "1/(T·B)", "1/O", "O", "2/O"}


def guess(play: Play, role: str, options: Sequence[Option]) -> Array:
    """The gradient of a parameter with some mistakes in its sum, of the parameter's shape."""
    if role in ends.ROLES:
        return ends.guess(play.scene, play.past, role, options)
    rows = pair(play.scene, play.past, role, play.dy)
    form = total
    for option in options:
        if option.site.startswith("sum"):
            rows = option.value(play.scene, play.past, role, rows)
        else:
            form = option.value
    if rows[0].shape[-1] != play.scene.observed.manual[role].shape[0]:
        return np.zeros(0)
    return shaped(form(rows), role)


def fits(plays: Sequence[Play], role: str, options: Sequence[Option]) -> Term | None:
    """The explanation of a parameter by some mistakes, up to a constant or a bound; None if it is none."""
    guesses = []
    for play in plays:
        with np.errstate(all="ignore"):
            guessed = guess(play, role, options)
        if guessed.shape != play.scene.observed.manual[role].shape:
            return None
        guesses.append(guessed)
        if not _may_fit(play, role, guessed):
            return None
    return _exact(plays, role, options, guesses) or _scaled(plays, role, options, guesses) or (
        _clipped(plays, role, options, guesses)
    )  # fmt: skip


def _may_fit(play: Play, role: str, guessed: Array) -> bool:
    """Whether a guess is right up to a constant or a bound on one problem, by the quickest test."""
    given = play.scene.observed.manual[role]
    square = float(np.vdot(guessed, guessed))
    if not square > 0:
        return not np.any(given) and square == 0
    size = play.scene.scale(role)
    c = float(np.vdot(guessed, given)) / square
    if np.abs(given - c * guessed).max() <= 2 * EXACT * size:
        return True
    return play.scene.bounded(role) and _bound(given, guessed) > 0


def _exact(plays: Sequence[Play], role: str, options: Sequence[Option], guesses: list[Array]) -> Term | None:
    errors = [p.scene.error(role, g) for p, g in zip(plays, guesses, strict=True)]
    if max(errors) > EXACT:
        return None
    return Term(role, tuple(options), (1.0,) * len(plays), error=max(errors))


def _scaled(plays: Sequence[Play], role: str, options: Sequence[Option], guesses: list[Array]) -> Term | None:
    given = [p.scene.observed.manual[role] for p in plays]
    found = [constant.fitted(m, g) for m, g in zip(given, guesses, strict=True)]
    factors = [c for c in found if c is not None]
    if len(factors) < len(found):
        return None
    words = constant.named([p.scene for p in plays], factors)
    if not words:
        return None
    error = max(difference(m, c * g) for m, c, g in zip(given, factors, guesses, strict=True))
    return Term(role, tuple(options), tuple(factors), words, error=error)


def _bound(given: Array, guessed: Array) -> float:
    """The bound at which the guess is clipped, if that gives what is there; else 0."""
    bound = float(np.max(np.abs(given), initial=0.0))
    beyond = int(np.sum(np.abs(guessed) > bound * (1 + EXACT)))
    varied = given.ndim == 1 or beyond < given.size
    if bound == 0 or beyond == 0 or not varied:
        return 0.0
    return bound if difference(given, np.clip(guessed, -bound, bound)) <= EXACT else 0.0


def _clipped(
    plays: Sequence[Play], role: str, options: Sequence[Option], guesses: list[Array]
) -> Term | None:
    bounds, errors = [], []
    for play, guessed in zip(plays, guesses, strict=True):
        given = play.scene.observed.manual[role]
        bound = _bound(given, guessed)
        bounds.append(bound)
        errors.append(difference(given, np.clip(guessed, -bound, bound) if bound else guessed))
    used = {round(b, 9) for b in bounds if b}
    if len(used) != 1 or max(errors) > EXACT:
        return None
    return Term(role, tuple(options), (1.0,) * len(plays), bound=max(bounds), error=max(errors))


def explain(plays: Sequence[Play], role: str, book: Book) -> list[Term]:
    """The simplest explanations of one parameter, the most probable first; nothing if there is none."""
    first = fits(plays, role, ())
    if first is not None and first.cost == 0:
        return [first]
    singles = [*book.sums.get(role, []), *book.changes.get(role, []), *ends.options(plays[0].scene, role)]
    found = [term for term in (first, *(fits(plays, role, (o,)) for o in singles)) if term is not None]
    if not found:
        pairs = [
            (c, s) for c in book.changes.get(role, []) for s in book.sums.get(role, []) if s.name != "zero"
        ]
        found = [term for term in (fits(plays, role, both) for both in pairs) if term is not None]
    found.sort(key=lambda term: term.cost)
    return [term for term in found if term.cost <= found[0].cost + _NEAR]
