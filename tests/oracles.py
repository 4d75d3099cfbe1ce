"""Gradients by other means than back-propagation: complex step, central differences, sums over paths."""

from typing import NamedTuple

import numpy as np

STEP = 1e-30


def complex_step(f, x):
    """∂f/∂x of a scalar function that is analytic, entry by entry, without truncation."""
    x = np.asarray(x)
    gradient = np.empty(x.shape)
    for index in np.ndindex(x.shape):
        moved = x.astype(complex)
        moved[index] += 1j * STEP
        gradient[index] = np.imag(f(moved)) / STEP
    return gradient


def central_difference(f, x, step=1e-6):
    """∂f/∂x of a scalar function, to about the square of `step`."""
    x = np.asarray(x, float)
    gradient = np.empty(x.shape)
    for index in np.ndindex(x.shape):
        nudge = np.zeros(x.shape)
        nudge[index] = step
        gradient[index] = (f(x + nudge) - f(x - nudge)) / (2 * step)
    return gradient


def assert_gradient(actual, wanted, rtol=1e-12):
    """The same shape, a number everywhere, and no entry off by more than rtol × the largest one."""
    wanted = np.asarray(wanted)
    assert isinstance(actual, np.ndarray), type(actual)
    assert actual.shape == wanted.shape, (actual.shape, wanted.shape)
    assert np.all(np.isfinite(actual)), actual
    scale = np.max(np.abs(wanted), initial=0.0)
    worst = np.max(np.abs(actual - wanted), initial=0.0)
    assert worst <= rtol * scale, (worst, scale, actual, wanted)


class Use(NamedTuple):
    """One edge of a DAG: weight × function(parent) is a summand of its node."""

    parent: int
    function: str
    weight: float


FUNCTIONS = {
    "same": (lambda x: x, np.ones_like),
    "sine": (np.sin, np.cos),
    "square": (lambda x: x * x, lambda x: 2 * x),
    "tanh": (np.tanh, lambda x: 1 - np.tanh(x) ** 2),
}


def random_dag(rng, size):
    """Node 0 is the source; every other has 1 to 3 uses of earlier nodes, perhaps of one node twice."""
    names = list(FUNCTIONS)
    return [
        [
            Use(int(rng.integers(node)), names[rng.integers(len(names))], float(rng.normal()))
            for _ in range(rng.integers(1, 4))
        ]
        for node in range(1, size)
    ]


def evaluate(dag, x):
    """The value of every node, on arrays or on tensors."""
    values = [x]
    for uses in dag:
        terms = [use.weight * FUNCTIONS[use.function][0](values[use.parent]) for use in uses]
        total = terms[0]
        for term in terms[1:]:
            total = total + term
        values.append(total)
    return values


def sum_over_paths(dag, values, start):
    """∂(last node)/∂(node `start`): over all paths, the product of the slopes of their edges."""
    last = len(dag)
    total = np.zeros_like(values[start])
    paths = [(start, np.ones_like(values[start]))]
    while paths:
        node, product = paths.pop()
        if node == last:
            total = total + product
        for child, uses in enumerate(dag, 1):
            for use in uses:
                if use.parent == node:
                    slope = use.weight * FUNCTIONS[use.function][1](values[node])
                    paths.append((child, product * slope))
    return total
