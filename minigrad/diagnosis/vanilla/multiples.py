"""Gradients that are a multiple of the right ones, or are clipped."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from minigrad.diagnosis.observed import Array
from minigrad.diagnosis.vanilla import sums
from minigrad.diagnosis.vanilla.factors import MINUS
from minigrad.diagnosis.vanilla.option import Option


def scale(role: str, name: str, factors: Sequence[float]) -> Option:
    """The option of a gradient, or of "all", that is a multiple of the right one.

    Args:
        role: a role or "all".
        name: the factor's name, "" if it has none.
        factors: its value on each problem.

    Example:
        >>> scale("all", "1/T", [0.25]).did
        'all gradients are multiplied by 1/T'
    """
    factor = next((c for c in factors if not np.isclose(c, 1.0)), factors[0])
    text, weight = name or f"{factor:.6g}", 1.0 if name else 1.5
    if role == "all":
        return _scale_of_all(text, weight - 0.1, factor)
    site, this = f"sum {role}", f"d{{{role}}}"
    if name == MINUS:
        did, fix = f"{this} has the opposite sign", "leave the sign as it is"
        return Option(site, "sign", "sign", did, fix, weight, factor=-1.0)
    kind = "bias" if role in sums.BIASES else "scale"
    fix = f"sum {sums.RIGHT.get(role, 'it')} without the factor"
    return Option(site, f"times {text}", kind, f"{this} is multiplied by {text}", fix, weight, factor=factor)


def _scale_of_all(text: str, weight: float, factor: float) -> Option:
    if text == MINUS:
        did, fix = "all gradients have the opposite sign", "add where you subtract, or subtract where you add"
        return Option("whole", "sign", "sign", did, fix, weight, factor=-1.0)
    did = f"all gradients are multiplied by {text}"
    fix = "divide the gradient by what the loss is divided by, and sum where the loss is a sum"
    return Option("whole", f"times {text}", "scale", did, fix, weight, factor=factor)


def clip(role: str, bound: float) -> Option:
    """The option of a gradient, or of "all", whose entries are clipped.

    Example:
        >>> clip("all", 5.0).did
        'all gradients are clipped to ±5'
    """
    site = "whole" if role == "all" else f"sum {role}"
    which = "all gradients are" if role == "all" else f"d{{{role}}} is"
    fix = "compare the gradient before it is clipped"
    return Option(site, f"clip {bound:g}", "clipped", f"{which} clipped to ±{bound:g}", fix, 1.0)


_CLIPPED = 2
"""A bound is one at which so many entries stand."""


def bound_of(arrays: Sequence[Array]) -> float:
    """The bound at which two entries or more stand exactly, infinite if there is none.

    Example:
        >>> bound_of([np.array([5.0, -5.0, 1.0])]), bound_of([np.array([5.0, 1.0])])
        (5.0, inf)
    """
    flat = np.concatenate([np.ravel(a) for a in arrays])
    top = float(np.max(np.abs(flat), initial=0.0))
    varied = bool((flat != flat[:1]).any())
    count = int(np.sum(np.abs(flat) == top))
    return top if count >= _CLIPPED and top > 0.0 and varied else float("inf")
