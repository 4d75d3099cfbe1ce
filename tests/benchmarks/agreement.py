"""Whether a contestant's loss and gradients are those of the reference."""

import numpy as np
from problem import Array, Gradients

TOLERANCE = {"float64": 1e-9, "float32": 1e-3}

Result = tuple[float, Gradients]


def disagreement(result: Result, reference: Result) -> float:
    """The largest error over the largest entry; infinite for a wrong name, shape or dtype."""
    loss, grads = result
    wanted_loss, wanted = reference
    if {name: kind(grad) for name, grad in grads.items()} != {
        name: kind(grad) for name, grad in wanted.items()
    }:
        return np.inf
    errors = [abs(loss - wanted_loss) / abs(wanted_loss)]
    errors += [np.max(np.abs(grads[k] - g)) / np.max(np.abs(g)) for k, g in wanted.items()]
    return float(np.max(np.nan_to_num(errors, nan=np.inf)))


def kind(array: Array) -> tuple[tuple[int, ...], np.dtype]:
    return array.shape, array.dtype
