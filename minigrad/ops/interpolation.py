"""The straight line between given points."""

from __future__ import annotations

from typing import Any

import numpy as np

from minigrad.op import Array, differentiates


@differentiates(np.interp)
def _interp(x: Array, xp: Array, fp: Array, left: Any = None, right: Any = None) -> Array:
    """Differentiable in all of its arguments; at a point of `xp` the slope is that to its right."""
    xp, fp = np.ravel(xp), np.ravel(fp)
    last = np.size(xp) - 1
    low = np.clip(np.searchsorted(xp, x, side="right") - 1, 0, max(last - 1, 0))
    high = np.minimum(low + 1, last)
    run = xp[high] - xp[low]
    slope = (fp[high] - fp[low]) / np.where(np.equal(run, 0), np.inf, run)
    y = slope * (x - xp[low]) + fp[low]
    y = np.where(np.less(x, xp[0]), fp[0] if left is None else left, y)
    return np.where(np.greater(x, xp[last]), fp[last] if right is None else right, y)
