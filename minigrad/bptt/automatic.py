"""Every quantity of the closed forms, by back-propagation through the unrolled graph."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from minigrad.backprop import backprop
from minigrad.nn import Run
from minigrad.tensor import Tensor

Table = dict[Any, Any]
NODES = ("a", "h", "o", "L")


def gradients(run: Run, parameters: dict[str, Tensor]) -> Table:
    """∂L/∂ each node under (name, t), each parameter under its name, each step's share under (name, t)."""
    grads = backprop(run.loss)
    table: Table = {("h", 0): grads[run["h", 0]]}
    for t in range(1, len(run) + 1):
        table |= {(name, t): grads[run[name, t]] for name in NODES}
    for name, p in parameters.items():
        table[name] = grads[p]
        table |= {(name, t): g for t, g in grads.per_step(p).items()}
    return table


def step_jacobians(run: Run, steps: Iterable[int], *, scalar: bool = False) -> Table:
    """("h", t) → ∂h(t+1)/∂h(t), a seed for each row."""
    return {("h", t): jacobian(run["h", t + 1], [run["h", t]], scalar=scalar)[0] for t in steps}


def last_jacobians(run: Run, steps: Iterable[int], *, scalar: bool = False) -> Table:
    """("h", T, k) → ∂h(T)/∂h(k)."""
    steps = list(steps)
    last = len(run)
    found = jacobian(run["h", last], [run["h", k] for k in steps], scalar=scalar)
    return {("h", last, k): value for k, value in zip(steps, found, strict=True)}


def loss_terms(run: Run, parameters: dict[str, Tensor]) -> Table:
    """(parameter, t) → ∂L(t)/∂parameter."""
    table: Table = {}
    for t in range(1, len(run) + 1):
        grads = backprop(run["L", t], parameters.values())
        table |= {(name, t): grads[p] for name, p in parameters.items()}
    return table


def jacobian(y: Tensor, wrt: list[Tensor], *, scalar: bool = False) -> list[Any]:
    """∂y/∂x for each x of `wrt`, one back-propagation for each component of y.

    Rows of y that belong to different sequences do not depend on each other, so one seed serves all.

    Args:
        y: shape `(H,)` or `(N, H)`; `()` or `(N,)` if `scalar`.
        wrt: nodes of the shape of y.
        scalar: whether the state is a number for each sequence.

    Returns:
        Arrays of shape `(H, H)` or `(N, H, H)`; `()` or `(N,)` if `scalar`.

    Example:
        >>> h = Tensor([0.0, 0.0], name="h")
        >>> jacobian(2.0 * np.tanh(h), [h])[0].tolist()
        [[2.0, 0.0], [0.0, 2.0]]
    """
    if scalar:
        grads = backprop(y, wrt, seed=np.ones(y.shape))
        return [grads[x] for x in wrt]
    seeds = (np.broadcast_to(row, y.shape) for row in np.eye(y.shape[-1]))
    rows = [backprop(y, wrt, seed=seed) for seed in seeds]
    return [np.stack([row[x] for row in rows], axis=-2) for x in wrt]
