"""A case: the arguments of one call of a derivation by hand and of its forward pass."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from minigrad.check.arrays import as_array
from minigrad.diagnosis.calls import ManualError
from minigrad.diagnosis.layout import Layout
from minigrad.diagnosis.observed import Array
from minigrad.diagnosis.problem import Problem


@dataclass(frozen=True)
class Case:
    """The arguments of a call.

    Attributes:
        params: by name.
        xs: the inputs as the user's code wants them.
        h0: the initial state likewise.
        targets: the targets likewise.
        ours: inputs, state and targets as `mg.nn` wants them, time first.
        sizes: by letter, as far as they are known.
        about: the problem in a line.
    """

    params: Mapping[str, Array]
    xs: Any
    h0: Any
    targets: Any
    ours: tuple[Any, Any, Any]
    sizes: Mapping[str, int]
    about: str

    @property
    def arguments(self) -> tuple[Any, Any, Any, Any]:
        """What both functions are called with."""
        return dict(self.params), self.xs, self.h0, self.targets


def case_of(problem: Problem, layout: Layout) -> Case:
    """A problem in the layout that somebody's code wants."""
    xs, h0, targets = layout.arrange(problem)
    tokens = "D" not in layout.xs
    state: Any = (problem.h0, problem.c0) if layout.pair else problem.h0
    ours = (problem.tokens if tokens else problem.xs, state, problem.targets)
    return Case(problem.params, xs, h0, targets, ours, problem.sizes, problem.about)


def own_case(params: Mapping[str, Any], xs: Any, h0: Any, targets: Any) -> Case:
    """The user's own data, passed on as they are.

    Raises:
        ManualError: if a parameter is no array of floats.
    """
    arrays = {}
    for name, value in params.items():
        array = as_array(value)
        if array.dtype.kind not in "fiu":
            msg = f"params[{name!r}] is {type(value).__name__} of {array.dtype}; wanted: an array of floats"
            raise ManualError(msg)
        arrays[name] = array.astype(np.float64)
    sizes = {"T": len(xs)} if hasattr(xs, "__len__") else {}
    about = f"your data: xs {_described(xs)}, h0 {_described(h0)}, targets {_described(targets)}"
    return Case(arrays, xs, h0, targets, (xs, h0, targets), sizes, about)


def _described(x: Any) -> str:
    if x is None or np.ndim(x) == 0:
        return repr(x)
    return f"{type(x).__name__} of {np.shape(x)}"
