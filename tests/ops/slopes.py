"""Gradients of a function's sum at given points, for tests of single behaviours."""

from __future__ import annotations

from typing import Any

import numpy as np

import minigrad as mg


def slopes(f: Any, *points: Any, dtype: Any = np.float64) -> Any:
    """The gradient of Σ f, an array for each point; for a single point the array itself."""
    leaves = [mg.Tensor(np.array(x, dtype)) for x in points]
    with np.errstate(all="ignore"):
        y = f(*leaves)
    grads = mg.backprop(y, wrt=None, seed=np.ones(y.shape))
    found = [grads[x] for x in leaves]
    return found[0] if len(found) == 1 else found


def curvature(f: Any, point: Any) -> Any:
    """The gradient of the sum of the gradient of Σ f: the row sums of the Hessian matrix."""
    x = mg.Tensor(np.array(point, float))
    with np.errstate(all="ignore"):
        y = f(x)
        g = mg.backprop(y, seed=mg.Tensor(np.ones(y.shape)), record=True)[x]
        total = np.sum(g)
    table = mg.backprop(total)
    return table[x] if x in table else np.zeros(x.shape)
