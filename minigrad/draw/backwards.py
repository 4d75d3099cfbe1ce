"""Gradients in a picture: how large, along which edges, in which order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from minigrad.draw.contributions import enter_contributions, gradients
from minigrad.draw.numbers import norm, numbers
from minigrad.draw.part import Item, Link, Part
from minigrad.draw.ramp import Ramp
from minigrad.draw.scene import Legend, Numbers, Visit
from minigrad.gradtable import GradTable
from minigrad.message import describe
from minigrad.op import Array
from minigrad.tensor import Tensor

MOST_TERMS = 6


@dataclass(eq=False, slots=True)
class Backwards:
    """What is known of the gradients of a picture.

    Attributes:
        found: the gradients by creation number.
        norms: their norms.
        ramp: the colours of the norms, None if all are zero.
        loss: what was differentiated.
        notes: sentences about it.
    """

    found: dict[int, Array]
    norms: dict[int, float]
    ramp: Ramp | None
    loss: Tensor
    notes: list[str] = field(default_factory=list)

    def of(self, item: Item) -> tuple[Numbers | None, str, int | None]:
        """The gradient of an item, its state and its place on the ramp."""
        if item.tensor is None or item.tensor.order not in self.found:
            return None, "not-computed", None
        G = self.found[item.tensor.order]
        size = self.norms[item.tensor.order]
        if not np.isfinite(G).all():
            return None, "not-finite", None
        if not np.any(G):
            return numbers(G), "zero", None
        return numbers(G), "computed", None if self.ramp is None else self.ramp.fill(size)

    def norm(self, link: Link) -> float:
        """The norm of what an edge contributes."""
        return norm(link.contribution)

    def order(self, part: Part, keys: Mapping[Link, str]) -> tuple[Visit, ...]:
        """The steps of back-propagation: the nodes by falling creation number, as `backprop` visits them.

        Args:
            part: what is drawn.
            keys: the key of the backward line of each link that has one.
        """
        leaving: dict[int, list[Link]] = {}
        for link in part.links:
            if link in keys and link.source.tensor is not None:
                leaving.setdefault(link.source.tensor.order, []).append(link)
        visits = []
        for item in reversed(part.items):
            if item.tensor is None or item.master is not None or item.tensor.order not in self.found:
                continue
            links = leaving.get(item.tensor.order, [])
            links.sort(key=lambda link: (-link.target.order, link.position))
            lines = tuple(keys[link] for link in links)
            visits.append(Visit(item.key, lines, _sums(links), self._formula(item.tensor, links)))
        return tuple(visits)

    def _formula(self, node: Tensor, links: list[Link]) -> str:
        """The sum that a gradient is."""
        L, name = describe(self.loss), describe(node)
        if node.order == self.loss.order:
            return f"∂{L}/∂{name} = 1"
        users = [describe(link.target.tensor) for link in links[:MOST_TERMS]]
        terms = [f"∂{L}/∂{user} · ∂{user}/∂{name}" for user in users]
        if len(links) > MOST_TERMS:
            terms.append(f"… ({len(links)} terms)")
        return f"∂{L}/∂{name} = {' + '.join(terms) or '0'}"

    def legend(self, height: float, width: float) -> tuple[Legend, float, float]:
        """The legend below a picture, and the picture's new size."""
        ramp: Any = self.ramp
        title = f"‖∂{self.loss.name or 'L'}/∂·‖₂ (log)"
        return Legend(title, ramp.ticks(), (20.0, height + 8.0)), height + 58.0, max(width, 560.0)


def backwards(part: Part, grads: GradTable) -> Backwards:
    """The gradients of what is drawn; gives each link its contribution.

    Raises:
        ValueError: if `grads` belongs to another graph.
    """
    found = gradients(part, grads)
    enter_contributions(part, found)
    norms = {order: norm(G) for order, G in found.items()}
    sizes = [norm(link.contribution) for link in part.links if link.contribution is not None]
    made = Backwards(found, norms, Ramp.of([*norms.values(), *sizes]), grads.loss)
    bad = sum(not np.isfinite(G).all() for G in found.values())
    if bad:
        made.notes.append(f"{bad} gradient{'s are' if bad > 1 else ' is'} not finite (hatched).")
    return made


def _sums(links: list[Link]) -> tuple[float, ...]:
    """The norm of the sum after each contribution."""
    total: Array = 0.0
    sums = []
    with np.errstate(all="ignore"):
        for link in links:
            total = total + link.contribution
            sums.append(norm(total))
    return tuple(sums)
