"""The search for the layout in which somebody's two functions want their data."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from minigrad import graph
from minigrad.diagnosis.calls import Called, ManualError, call
from minigrad.diagnosis.case import Case, case_of
from minigrad.diagnosis.forward import Recorded
from minigrad.diagnosis.layout import Layout, layouts
from minigrad.diagnosis.measure import RIGHT
from minigrad.diagnosis.problem import Problem
from minigrad.diagnosis.returned import gradients_of
from minigrad.diagnosis.trial import Trial, distance
from minigrad.tensor import Tensor

Manual = Callable[..., Any]
_CANDIDATES = 8
FORWARD, MANUAL, RETURNED, TENSORS, RAN = range(5)
"""How far an attempt came: what stopped it, or nothing."""


class Forward(Protocol):
    """A forward pass: somebody's function, or a known cell."""

    def plain(self, case: Case) -> Called:
        """The loss on arrays."""

    def recorded(self, case: Case, wanted: tuple[str, ...] = ()) -> Recorded:
        """The loss on tensors."""


@dataclass(frozen=True)
class Attempt:
    """One layout that was tried.

    Attributes:
        layout: the layout.
        stage: how far it came.
        error: what stopped it.
        misfits: gradients of another shape than their parameter.
        spread: whether a row and a column were added to a matrix on the way, as in a wrong layout.
        right: whether every gradient is right.
    """

    layout: Layout
    stage: int
    error: ManualError | None = None
    misfits: int = 0
    spread: bool = False
    right: bool = False

    @property
    def clean(self) -> bool:
        """Whether nothing speaks against the layout."""
        return self.stage == RAN and not self.misfits and not self.spread


class Search:
    """The layouts of one pair of functions, tried in turn.

    Args:
        forward: the forward pass.
        manual: the derivation by hand.
        forms: the forms that the user told, by argument.
        rank: what layouts are sorted by before they are tried; None for the commonest first.
        accepts: the layouts that the forward pass has a meaning for.

    Attributes:
        attempts: what was tried.
    """

    def __init__(
        self,
        forward: Forward,
        manual: Manual,
        forms: Mapping[str, str],
        *,
        rank: Callable[[Layout], Any] | None = None,
        accepts: Callable[[Layout], bool] = lambda _: True,
    ) -> None:
        self._forward = forward
        self._manual = manual
        self._forms = forms
        self._rank = rank
        self._accepts = accepts
        self.attempts: list[Attempt] = []

    def best(self, problem: Problem, other: Problem | None = None) -> Layout | None:
        """The layout that suits both functions best, None if there is none.

        A layout in which the gradients are right is the one that is meant. With a batch, the forward
        pass must treat its sequences separately.

        Args:
            problem: what is run.
            other: for a batch a second one, whose first sequence replaces that of `problem`.
        """
        found: list[Attempt] = []
        tried = layouts(batched=other is not None, given=self._forms)
        candidates = [layout for layout in tried if self._accepts(layout)]
        if self._rank is not None:
            candidates.sort(key=self._rank)
        for layout in candidates:
            with redirect_stdout(io.StringIO()):
                attempt = self._attempt(problem, layout)
                self.attempts.append(attempt)
                if attempt.stage != RAN or (other is not None and not self._separate(problem, other, layout)):
                    continue
            if attempt.clean and attempt.right:
                return layout
            found.append(attempt)
            if len(found) == _CANDIDATES:
                break
        found.sort(key=lambda attempt: (attempt.spread, attempt.misfits))
        return found[0].layout if found else None

    def _attempt(self, problem: Problem, layout: Layout) -> Attempt:
        case = case_of(problem, layout)
        stage = FORWARD
        try:
            self._forward.plain(case)
            stage = MANUAL
            returned = call(self._manual, "manual", case.arguments).value
            stage = RETURNED
            given = gradients_of(returned, list(case.params)).arrays
            stage = TENSORS
            recorded = self._forward.recorded(case)
        except ManualError as error:
            return Attempt(layout, stage, error)
        misfits = sum(
            given[name].shape != array.shape for name, array in case.params.items() if name in given
        )
        leaves = {name: recorded.leaves[name] for name in case.params}
        right = not misfits and _right(Trial(recorded.loss, leaves, given))
        return Attempt(layout, RAN, None, misfits, _spreads(recorded.loss), right)

    def _separate(self, problem: Problem, other: Problem, layout: Layout) -> bool:
        """Whether the loss changes with one sequence of a batch as it does with that sequence alone."""
        replaced = problem.with_first_of(other)
        try:
            losses = [
                self._forward.plain(case_of(p, layout)).value
                for p in (problem, replaced, problem.single(0), replaced.single(0))
            ]
        except ManualError:
            return False
        together, alone = losses[1] - losses[0], losses[3] - losses[2]
        return any(
            np.isclose(together, alone * c, rtol=1e-6, atol=1e-12) for c in (1.0, 1 / problem.sizes["B"])
        )

    def failure(self) -> ManualError:
        """What to say if no layout was found: the attempt that came furthest, and what was tried."""
        best = max(self.attempts, key=lambda a: (a.stage, a.error.line if a.error else 0))
        error = best.error or ManualError("no layout was tried")
        if best.stage == RETURNED or len({str(a.error) for a in self.attempts if a.stage == best.stage}) == 1:
            return error
        if best.stage == TENSORS:
            return ManualError(f"both functions run on arrays; {error} [{best.layout}]", error.line)
        msg = (
            f"no layout of the data suits both functions. The nearest of {len(self.attempts)}, "
            f"{best.layout}: {error}. "
            "Say how your code wants its data, as in "
            "shapes={'xs': 'TBD', 'h0': 'BH', 'targets': 'TB', …}, or pass "
            f"xs=, h0=, targets= and params= of your own. Tried: {'; '.join(_forms(self.attempts))}"
        )
        return ManualError(msg, error.line)


def _right(trial: Trial) -> bool:
    return all(
        name in trial.manual and distance(trial.manual[name].astype(float), trial.auto[name]) <= RIGHT
        for name in trial.leaves
    )


def _spreads(loss: Tensor) -> bool:
    """Whether an elementwise operation has made a matrix of a row and a column."""
    for node in graph.nodes(loss):
        shapes = [x.shape for x in node.inputs if isinstance(x, Tensor)]
        shapes += [np.shape(x) for x in node.inputs if not isinstance(x, Tensor)]
        wide = [s for s in shapes if np.prod(s) > 1]
        if (
            len(wide) > 1
            and node.op is not None
            and _elementwise(node)
            and all(s != node.shape for s in wide)
        ):
            return True
    return False


def _elementwise(node: Tensor) -> bool:
    values = [np.shape(x) for x in node.values]
    try:
        return np.broadcast_shapes(*values) == node.shape
    except ValueError:
        return False


def _forms(attempts: Sequence[Attempt]) -> list[str]:
    """The forms that were tried, by argument."""
    return [
        f"{name} {', '.join(dict.fromkeys(getattr(a.layout, name) or 'a number' for a in attempts))}"
        for name in ("xs", "h0", "targets")
    ]
