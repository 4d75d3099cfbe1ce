"""The logarithm of softmax, for real and complex arguments."""

import numpy as np

from minigrad.closed_form.result import Array


def log_softmax(o: Array) -> Array:
    """The logarithm of ŷ_j = exp(o_j) / Σ_k exp(o_k), over the last axis of o, `(..., K)`.

    It is analytic in o: the shift, which prevents overflow, is a real constant that cancels.

    Source: Rossi (5), Huang (34).

    Example:
        >>> np.exp(log_softmax(np.array([1000.0, 1000.0])))
        array([0.5, 0.5])
    """
    shifted: Array = o - o.real.max(axis=-1, keepdims=True)
    shifted -= np.log(np.sum(np.exp(shifted), axis=-1, keepdims=True))
    return shifted
