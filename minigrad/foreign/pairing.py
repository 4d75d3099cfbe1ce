"""Which of somebody's arrays is the gradient of which parameter."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from minigrad.foreign.claims import Claim, applied, fit, named, shaped, similar, updated
from minigrad.foreign.reach import Found

Array: TypeAlias = NDArray[Any]
Confirm: TypeAlias = Callable[[Found, Found], float]

LEAST = 0.3


@dataclass(frozen=True)
class Pair:
    """A parameter and the array that is taken for its gradient.

    Attributes:
        parameter: the parameter.
        candidate: the array.
        rule: what says so: "name", "container", "similar name", "applied" (the weights change in
            proportion to it), "shape", or "update" (it's the change of the weights itself).
        sure: between 0 and 1.
        shape: "same", "squeezed" (but for axes of length 1), "transposed" or "wrong".
        path: the name that the rule went by; the candidate may have others.
    """

    parameter: Found
    candidate: Found
    rule: str
    sure: float
    shape: str
    path: str


@dataclass(frozen=True)
class Pairing:
    """Every parameter with its gradient, as far as one was found.

    Attributes:
        pairs: the pairs, in the order of the parameters.
        unpaired: the parameters without one.
    """

    pairs: tuple[Pair, ...]
    unpaired: tuple[Found, ...]

    def __getitem__(self, path: str) -> Pair:
        """The pair of the parameter that is called `path`."""
        for pair in self.pairs:
            if path in pair.parameter.names:
                return pair
        msg = f"no gradient is paired with {path!r}; paired: {[p.parameter.path for p in self.pairs]}"
        raise KeyError(msg)


def pair(
    parameters: Sequence[Found],
    candidates: Sequence[Found],
    *,
    changes: Mapping[str, Array] | None = None,
    confirm: Confirm | None = None,
) -> Pairing:
    """Pair parameters with the arrays that hold their gradients.

    Names decide first, then the place in corresponding containers, then names that are nearly the same, then
    the shape where only one array has it, at last how the call changed the weights. A name is evidence
    even where the shape is wrong, which is a mistake to be reported.

    Args:
        parameters: the leaves, as `reach` finds them; those that are called the gradient of another one
            are left out.
        candidates: the arrays that the gradient function made or changed; its returned value hangs
            in the root `returned`.
        changes: by the path of a parameter what it was before minus what it is after the call.
        confirm: how well a candidate fits a parameter; the largest value breaks a tie, nothing else.

    Example:
        >>> from minigrad.foreign.reach import reach
        >>> params = reach({"params": {"W": np.ones((2, 3)), "b": np.ones(2)}})
        >>> made = reach({"returned": (1.5, {"dW": np.zeros((2, 3))}), "delta_b": np.zeros(2)})
        >>> [(p.parameter.path, p.candidate.path) for p in pair(params, made).pairs]
        [('params["W"]', 'returned[1]["dW"]'), ('params["b"]', 'delta_b')]
    """
    changes = changes or {}
    parameters = _without_buffers(parameters)
    pool = _Pool(parameters, candidates, confirm)
    pool.take(named(pool.open, pool.candidates))
    pool.take(similar(pool.open, pool.unused))
    pool.take(applied(pool.open, pool.unused, changes))
    pool.take(shaped(pool.open, pool.unused))
    pool.take(updated(pool.open, changes))
    pairs = [_pair(pool.taken[p.path]) for p in parameters if p.path in pool.taken]
    return Pairing(tuple(pairs), tuple(p for p in parameters if p.path not in pool.taken))


def _without_buffers(parameters: Sequence[Found]) -> list[Found]:
    """The parameters but for those that are gradients of others by their names.

    A gradient that is added up from zeros in an attribute can look like a leaf of the graph.
    """
    buffers = {
        claim.candidate.path
        for claim in named(parameters, parameters)
        if claim.rule == "name" and claim.candidate is not claim.parameter
        if fit(claim.parameter, claim.candidate) == "same"
    }
    return [p for p in parameters if p.path not in buffers]


def _pair(claim: Claim) -> Pair:
    shape = fit(claim.parameter, claim.candidate)
    return Pair(claim.parameter, claim.candidate, claim.rule, round(claim.sure, 3), shape, claim.path)


class _Pool:
    """What is still to be paired, and what has been."""

    def __init__(
        self, parameters: Sequence[Found], candidates: Sequence[Found], confirm: Confirm | None
    ) -> None:
        own = {name for p in parameters for name in p.names}
        self.parameters = parameters
        self.candidates = [c for c in candidates if not own & set(c.names)]
        self.confirm = confirm
        self.taken: dict[str, Claim] = {}
        self._used: set[str] = set()
        self._contents: set[tuple[Any, ...]] = set()

    @property
    def open(self) -> list[Found]:
        """The parameters without a gradient."""
        return [p for p in self.parameters if p.path not in self.taken]

    @property
    def unused(self) -> list[Found]:
        """The candidates that are nobody's gradient, nor a copy of one."""
        return [
            c for c in self.candidates if not self._used & set(c.names) and _content(c) not in self._contents
        ]

    def take(self, claims: Iterable[Claim]) -> None:
        """Accept the best claims, of each name and each parameter one; claims that tie are dropped."""
        left = sorted((c for c in claims if c.sure >= LEAST), key=lambda c: c.rank)
        while left:
            best = self._decide([c for c in left if c.rank == left[0].rank and self._rivals(c, left[0])])
            if best is not None:
                self.taken[best.parameter.path] = best
                self._used.add(best.path)
                self._contents.add(_content(best.candidate))
            doubtful = left[0]
            left = [
                c
                for c in left
                if c.parameter.path not in self.taken
                and c.path not in self._used
                and (best is not None or not (c.rank == doubtful.rank and self._rivals(c, doubtful)))
            ]

    @staticmethod
    def _rivals(one: Claim, other: Claim) -> bool:
        """Whether two claims exclude each other."""
        return one.path == other.path or one.parameter is other.parameter

    def _decide(self, tied: Sequence[Claim]) -> Claim | None:
        """The claim to accept; None where one name would do for several parameters."""
        if len(tied) == 1:
            return tied[0]
        if self.confirm is not None:
            confirm = self.confirm
            return max(tied, key=lambda c: confirm(c.parameter, c.candidate))
        return tied[0] if len({c.parameter.path for c in tied}) == 1 else None


def _content(found: Found) -> tuple[Any, ...]:
    """What tells copies of one array from others; arrays of zeros are all alike, which says nothing."""
    array = found.array
    return (array.shape, array.tobytes()) if np.any(array) else (found.path,)
