"""Whether a run can show every mistake: sequences of one step and gradients of zero hide them."""

from __future__ import annotations

import numpy as np

from minigrad import graph
from minigrad.foreign.analysis import Analysis


def hides(analysis: Analysis) -> bool:
    """Whether the problem can't show every mistake: a weight has no gradient, or there is but one step."""
    return bool(blind(analysis)) or is_one_step(analysis)


def blind(analysis: Analysis) -> list[str]:
    """The matrices whose right gradient is zero, so that no mistake in it can show."""
    return [
        name for name, gradient in analysis.auto.items() if np.ndim(gradient) > 1 and not np.any(gradient)
    ]


def is_one_step(analysis: Analysis) -> bool:
    """Whether every matrix is used once only: in a sequence of one step, or a network without recurrence."""
    orders = {leaf.order for leaf in analysis.leaves.values() if leaf.ndim > 1}
    uses = [edge.source.order for edge in graph.edges(analysis.loss.node) if edge.source.order in orders]
    return len(uses) == len(set(uses))
