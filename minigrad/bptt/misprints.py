"""How far the sources' printed slips are off on a run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from minigrad.bptt import networks
from minigrad.bptt.data import Data
from minigrad.closed_form import SLIPS, Slip, vanilla_run


@dataclass(frozen=True)
class Misprint:
    """A slip and what it does on a run.

    Attributes:
        slip: the printed form, the right form, and a remark on both.
        absolute: the largest |printed − right|.
        relative: that, divided by the largest |right|.
    """

    slip: Slip
    absolute: float
    relative: float


def misprints(data: Data) -> list[Misprint]:
    """Every slip, evaluated on the first sequence of the vanilla network."""
    run, parameters = networks.column(data)
    x, y = data.one_hot()
    state = run["h", 0].value
    state = state if data.sequences == 1 else state[0]
    U, W, V, b, c = (parameters[name].value for name in "UWVbc")
    vanilla = vanilla_run(U, W, V, b, c, state, x[:, 0], y[:, 0])
    return [_misprint(slip, *slip.evaluate(vanilla)) for slip in SLIPS]


def _misprint(slip: Slip, printed: Any, right: Any) -> Misprint:
    with np.errstate(invalid="ignore"):
        absolute = float(np.max(np.abs(printed - right), initial=0.0))
    scale = float(np.max(np.abs(right), initial=0.0))
    relative = absolute / scale if scale else 0.0 if absolute == 0 else float("inf")
    return Misprint(slip, absolute, relative)
