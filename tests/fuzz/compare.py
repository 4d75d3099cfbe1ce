"""One program compared: no difference, a mismatch, or too ill-conditioned to tell."""

from __future__ import annotations

import traceback
from dataclasses import dataclass
from enum import Enum
from typing import Any

import numpy as np

from fuzz.ours import check_form, gradients
from fuzz.program import Program
from fuzz.reference import Reference

Verdict = Enum("Verdict", ["SAME", "DIFFERENT", "ILL_CONDITIONED"])

ERRORS = {("float64", 1): 1e-9, ("float64", 2): 1e-7, ("float32", 1): 2e-3, ("float32", 2): 2e-2}
"""The relative error that is allowed, by type and order."""

NOISE = {"float64": 1e-10, "float32": 1e-7}
"""The relative error that each value of the disturbed run of the reference gets."""

ROUNDINGS = 200
"""How many roundings of the worst kind a step may stand for."""

FLOOR = 500
"""What counts as zero beside 1 and beside the greatest gradient of the program, in units of the precision."""


@dataclass(frozen=True)
class Task:
    """What is compared."""

    order: int = 1
    dtype: str = "float64"


@dataclass(frozen=True)
class Outcome:
    """The verdict, with the reason."""

    verdict: Verdict
    reason: str = ""
    worst: float = 0.0


def compare(program: Program, task: Task, reference: Reference) -> Outcome:
    """Our gradients beside those of the reference.

    The criterion: the reference is computed a second time with every value changed by a relative error of
    `NOISE`. What that changes in its derivatives, taken down to `ROUNDINGS` times the precision of the
    type, is what rounding may do to any correct program, and is allowed on top of the relative error of
    `ERRORS`. Where it would be more than that error itself the comparison would say little: the program
    counts as ill-conditioned. Only the reference decides that, never the gradient under test, so that a
    wrong gradient can't hide behind it.
    """
    directions = _directions(program) if task.order == 2 else None  # the second order
    with np.errstate(all="ignore"):
        wanted = reference.derivative(program, directions, 0.0)
        disturbed = reference.derivative(program, directions, NOISE[task.dtype])
        own = reference.uncertainty(program, directions, wanted)
    precision = float(np.finfo(task.dtype).eps)
    floor = FLOOR * precision * max(1.0, *[_size(g) for g in wanted.values()])
    allowed = {}
    share = ROUNDINGS * precision / NOISE[task.dtype]
    error = ERRORS[task.dtype, task.order]
    for name, g in wanted.items():
        allowed[name] = share * _size(g - disturbed[name]) + own[name] + floor
        if not allowed[name] - floor <= error * _size(g) + floor:
            reason = f"∇{name}: rounding alone may change it by {allowed[name]:.1e}"
            return Outcome(Verdict.ILL_CONDITIONED, reason)
    return _verdict(program, task, reference, directions, wanted, allowed)


def _verdict(
    program: Program, task: Task, reference: Reference, directions: Any, wanted: Any, allowed: Any
) -> Outcome:
    try:
        found = gradients(program, np.dtype(task.dtype), directions)
    except Exception:  # noqa: BLE001  # whatever it is, NumPy runs this program
        return Outcome(Verdict.DIFFERENT, traceback.format_exc(limit=-6))
    problem = check_form(program, found, np.dtype(task.dtype))
    if problem:
        return Outcome(Verdict.DIFFERENT, problem)
    worst = 0.0
    for name, (g, scale) in reference.project(program, found, second=task.order == 2).items():
        off = _size(g - wanted[name])
        limit = ERRORS[task.dtype, task.order] * max(scale, _size(wanted[name])) + allowed[name]
        if not off <= limit:
            text = f"∇{name} is off by {off:.3e}, allowed: {limit:.3e}\n{g}\nwanted by {reference.name}:\n"
            return Outcome(Verdict.DIFFERENT, text + str(wanted[name]))
        worst = max(worst, off / limit)
    return Outcome(Verdict.SAME, worst=worst)


def _size(x: Any) -> float:
    return float(np.max(np.abs(x), initial=0.0))


def _directions(program: Program) -> dict[str, Any]:
    rng = np.random.default_rng(len(program.steps))
    return {name: rng.uniform(-1, 1, value.shape) for name, value in program.leaves.items()}
