"""A trial: one problem that was run, with its graph and somebody's gradients."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from minigrad import graph
from minigrad.backprop import backprop
from minigrad.diagnosis.observed import Array
from minigrad.gradtable import GradTable
from minigrad.tensor import Tensor


@dataclass(frozen=True)
class Trial:
    """One problem: the graph of its loss, and the gradients that a derivation by hand gives.

    Attributes:
        loss: the loss, a scalar.
        leaves: what gradients were asked for, by the user's names; each as it was before the run.
        manual: the user's gradients by the same names; what was not given is absent.
        required: the names that must be in `manual`; None for all of `leaves`.
        taps: what was tapped, by name and by time step, counted from 1.
        sizes: the sizes that are known, by letter: T, B, D, H, O.
        about: the problem in a line.

    Example:
        >>> W = Tensor([1.0, 2.0], "W")
        >>> Trial((W * W).sum(), {"W": W}, {"W": np.array([2.0, 4.0])}).auto["W"].tolist()
        [2.0, 4.0]
    """

    loss: Tensor
    leaves: Mapping[str, Tensor]
    manual: Mapping[str, Array]
    required: tuple[str, ...] | None = None
    taps: Mapping[str, Mapping[int, Array]] = field(default_factory=dict)
    sizes: Mapping[str, int] = field(default_factory=dict)
    about: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """The names of what is compared: what is required, and what was given besides."""
        required = tuple(self.leaves) if self.required is None else self.required
        return (*required, *(n for n in self.leaves if n in self.manual and n not in required))

    @cached_property
    def nodes(self) -> list[Tensor]:
        """The graph of the loss, inputs before their consumers."""
        return graph.nodes(self.loss)

    @cached_property
    def table(self) -> GradTable:
        """The automatic gradients of every node."""
        return backprop(self.loss)

    @cached_property
    def auto(self) -> dict[str, Array]:
        """The automatic gradients by name, zeros for what the loss does not depend on."""
        return {
            name: self.table[leaf] if self.reaches(name) else np.zeros_like(leaf.array)
            for name, leaf in self.leaves.items()
        }

    def reaches(self, name: str) -> bool:
        """Whether the loss depends on a leaf."""
        known = {node.order for node in self.nodes}
        return any(version.order in known for version in self.leaves[name].versions())

    def size(self, letter: str) -> int | None:
        """A size by its letter, None if it is not known."""
        return self.sizes.get(letter)


def distance(given: Any, right: Any) -> float:
    """The largest |difference| of two arrays of one shape, relative to the largest |right| entry.

    Example:
        >>> distance(np.array([1.0, 2.5]), np.array([1.0, 2.0]))
        0.25
    """
    with np.errstate(all="ignore"):
        gap = float(np.max(np.abs(given - right), initial=0.0))
        scale = float(np.max(np.abs(right), initial=0.0))
    return gap / scale if scale > 0 else gap
