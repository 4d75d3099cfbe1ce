"""Huang's batch form: the double sum over (t, k) with a row for each of N points."""

import numpy as np
from numpy.typing import ArrayLike

from minigrad.closed_form.door import admit, require_distributions
from minigrad.closed_form.result import Array, ClosedForm, Table, over_time
from minigrad.closed_form.softmax import log_softmax

EQUATIONS = {
    "L": "H 78 (L = Σ L(t))",
    "o": "H 85–92",
    "h_last": "H 104",
    "h": "H 104, 109 (summed over t)",
    "h_0": "H 109 (down to S(0))",
    "a": "H 103–108 (a matrix of ones for I)",
    "V": "H 71, 93–100",
    "V_t": "H 93–100",
    "W": "H 72, 101–112",
    "W_t": "H 101–112 (terms of one k)",
    "U": "H 73, 113–114",
    "U_t": "H 113–114 (terms of one k)",
}


def huang_batch(
    U: ArrayLike, W: ArrayLike, V: ArrayLike, S0: ArrayLike, X: ArrayLike, Y: ArrayLike
) -> ClosedForm:
    """Every gradient of the batch network Z(t) = X(t)·U + S(t−1)·W, G(t) = S(t)·V.

    Matrices have Huang's orientation, the transpose of the column form; node gradients have shape
    `(N, M)` or `(N, C)`. The double sum has T²/2 terms. There are no Jacobians: ∂S(t+1)/∂S(t) has
    four dimensions.

    Source: Huang (74)–(114), with a matrix of ones for the "I" of (108).

    Args:
        U: input to state, shape `(D, M)`.
        W: state to state, shape `(M, M)`.
        V: state to output, shape `(M, C)`.
        S0: initial states, shape `(N, M)`.
        X: inputs, shape `(T, N, D)`.
        Y: targets, shape `(T, N, C)`, one-hot or any rows that sum to 1.

    Raises:
        ValueError: shapes that disagree, or a target row that does not sum to 1.

    Example:
        >>> form = huang_batch([[0.5]], [[0.1]], [[1, -1]], [[0.3]], [[[1]]], [[[1, 0]]])
        >>> form.gradients["o", 1].round(3)
        array([[-0.275,  0.275]])
    """
    U, W, V, S0, X, Y = _admit("huang_batch", U, W, V, S0, X, Y)
    values = _forward(U, W, V, S0, X, Y)
    gradients, terms = _double_sum(W, V, X, Y, values)
    return ClosedForm(values, gradients, {}, terms)


def huang_batch_loss(
    U: ArrayLike, W: ArrayLike, V: ArrayLike, S0: ArrayLike, X: ArrayLike, Y: ArrayLike
) -> Array:
    """L = Σ_t L(t) by (74)–(78), analytic in every argument; arguments as in `huang_batch`.

    Raises:
        ValueError: as `huang_batch`.

    Example:
        >>> loss = huang_batch_loss([[0.5]], [[0.1]], [[1, -1]], [[0.3]], [[[1]]], [[[1, 0]]])
        >>> round(float(loss), 3)
        0.321
    """
    return _forward(*_admit("huang_batch_loss", U, W, V, S0, X, Y))["L"]


def _admit(form: str, *arguments: ArrayLike) -> tuple[Array, ...]:
    names = ("U", "W", "V", "S0", "X", "Y")
    sizes = ("DM", "MM", "MC", "NM", "TND", "TNC")
    pairs = zip(arguments, sizes, strict=True)
    arrays = admit(form, **dict(zip(names, pairs, strict=True)))
    require_distributions(form, "Y", arrays[-1])
    return arrays


def _forward(U: Array, W: Array, V: Array, S0: Array, X: Array, Y: Array) -> Table:
    values: Table = {("h", 0): S0}
    for t in range(1, len(X) + 1):
        values["a", t] = X[t - 1] @ U + values["h", t - 1] @ W  # (74)
        values["h", t] = np.tanh(values["a", t])  # (75)
        values["o", t] = values["h", t] @ V  # (76)
        log_Y = log_softmax(values["o", t])
        values["ŷ", t] = np.exp(log_Y)  # (77)
        values["L", t] = -np.sum(Y[t - 1] * log_Y)  # (78)
    values["L"] = over_time(values, "L", len(X))
    return values


def _double_sum(W: Array, V: Array, X: Array, Y: Array, values: Table) -> tuple[Table, Table]:
    """The gradients of L, and those of each L(t); `back` is always a gradient of one L(t)."""
    steps = range(1, len(X) + 1)
    gradients: Table = {("h", k): np.zeros_like(values["h", 0]) for k in range(len(X) + 1)}
    gradients |= {("a", k): np.zeros_like(values["h", 0]) for k in steps}
    for table in (terms := Table(), gradients):
        table |= {("W", k): np.zeros_like(W) for k in steps}
        table |= {("U", k): np.zeros((X.shape[2], len(W)), X.dtype) for k in steps}
    for t in steps:
        back = values["ŷ", t] - Y[t - 1]  # (85)–(92)
        gradients["L", t] = np.ones_like(values["L"])
        gradients["o", t] = back
        gradients["V", t] = terms["V", t] = values["h", t].T @ back  # (93)–(100)
        back = back @ V.T  # (104)
        for k in range(t, 0, -1):  # (101)–(102), (110)–(111)
            gradients["h", k] += back
            back = back * (1 - values["h", k] * values["h", k])  # (103)–(108)
            gradients["a", k] += back
            for name, source in (("W", values["h", k - 1]), ("U", X[k - 1])):
                term = source.T @ back  # (112), (114)
                terms[name, t] += term
                gradients[name, k] += term
            back = back @ W.T  # (109)
        gradients["h", 0] += back
    gradients |= {name: over_time(gradients, name, len(X)) for name in "VWU"}
    return gradients, terms
