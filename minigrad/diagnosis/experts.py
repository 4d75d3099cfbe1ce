"""The explainers of the cells that are known, asked in turn, so that none of them can stop a report."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from minigrad.diagnosis.departure import Departure
from minigrad.diagnosis.factor import EXACT
from minigrad.diagnosis.finding import Finding
from minigrad.diagnosis.gated import explain_gated
from minigrad.diagnosis.observed import Observed
from minigrad.diagnosis.recognise import recognise
from minigrad.diagnosis.states import departure
from minigrad.diagnosis.trial import Trial
from minigrad.diagnosis.vanilla import explain_vanilla

_GATED = {"lstm", "gru"}


def observe(trials: Sequence[Trial]) -> list[Observed]:
    """The trials that are one recurrent layer, as such; none if the first of them is no such layer."""
    seen = [_attempt(recognise, trial.loss, trial.leaves, trial.manual, trial.taps) for trial in trials]
    return [one for one in seen if one is not None] if seen[0] is not None else []


def explain(observed: Sequence[Observed]) -> list[Finding]:
    """What the explainer of this cell says; a cause that does not reproduce the numbers is left out."""
    explainer = explain_gated if observed[0].cell in _GATED else explain_vanilla
    found = _attempt(explainer, observed) or []
    return [f for f in found if f.reproduces_to is None or f.reproduces_to <= EXACT]


def departure_of(observed: Sequence[Observed]) -> Departure | None:
    """The first difference on the first problem that shows one."""
    found = (_attempt(departure, seen) for seen in observed)
    return next((one for one in found if one is not None), None)


def _attempt(function: Callable[..., Any], *args: Any) -> Any:
    """function(*args), or None if it fails: odd graphs and odd numbers leave only the general tests."""
    try:
        with np.errstate(all="ignore"):
            return function(*args)
    except Exception:  # noqa: BLE001  # whatever goes wrong in an explanation, the verdict stands
        return None
