"""Functions of a vector of 4 entries that NumPy, our tensors and other libraries can evaluate."""

import numpy as np

A = np.random.default_rng(3).normal(size=(3, 4)) * 0.5


def energy(x, np=np):
    """A scalar of a vector of 4 entries, with all second derivatives."""
    return np.sum(np.sin(np.dot(A, x)) ** 2) + x[0] * x[1] ** 2 * np.exp(x[3])


def field(x, np=np):
    """3 numbers of a vector of 4."""
    return np.tanh(np.dot(A, x)) * x[:3] ** 2
