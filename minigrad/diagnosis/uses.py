"""The uses of a parameter: what each adds to its gradient, looked up through its views."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from minigrad.diagnosis.observed import Array
from minigrad.diagnosis.trial import Trial
from minigrad.edge import contributions
from minigrad.message import describe
from minigrad.op import Op
from minigrad.tensor import Tensor


class Use(NamedTuple):
    """One use of a parameter.

    Attributes:
        consumer: the node that it enters.
        value: what this use adds to the gradient, of the parameter's shape.
    """

    consumer: Tensor
    value: Array

    @property
    def where(self) -> str:
        """The consumer in words."""
        op = self.consumer.op
        return describe(self.consumer) if self.consumer.name else op.label if isinstance(op, Op) else ""


def uses(trial: Trial, name: str) -> list[Use]:
    """The uses of a parameter in the order of time, those of W.T and of W[:, :n] among them.

    Example:
        >>> W = Tensor([[1.0, 2.0], [3.0, 4.0]], "W")
        >>> loss = (W.T @ np.ones(2)).sum() + W.sum()
        >>> [use.where for use in uses(Trial(loss, {"W": W}, {}), "W")]
        ['matmul', 'sum']
    """
    if not trial.reaches(name):
        return []
    return sorted(_through_views(trial, trial.leaves[name]), key=lambda use: use.consumer.order)


def _through_views(trial: Trial, node: Tensor) -> Iterator[Use]:
    """Uses of a node and of its views, whose contributions are brought to the shape of the node."""
    for contribution in trial.table.contributions(node):
        consumer = contribution.consumer
        if not isinstance(consumer.op, Op) or consumer.op.write_back is None:
            yield Use(consumer, contribution.value)
            continue
        with np.errstate(all="ignore"):
            for use in _through_views(trial, consumer):
                (value,) = contributions(consumer, [0], np.ascontiguousarray(use.value))
                yield Use(use.consumer, np.array(value))
