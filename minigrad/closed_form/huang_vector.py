"""Huang's vector form: the double sum over (t, k) with row-vector gradients."""

import numpy as np
from numpy.typing import ArrayLike

from minigrad.closed_form.door import admit, require_distributions, require_steps
from minigrad.closed_form.result import Array, ClosedForm, Table, over_time
from minigrad.closed_form.softmax import log_softmax

EQUATIONS = {
    "L": "H 30 (L = Σ L_t, 71–73)",
    "o": "H 31–44",
    "h_last": "H 56",
    "h": "H 56–62 (summed over t)",
    "h_0": "H 58–62 (k = 0)",
    "a": "H 62, 64",
    "V": "H 71",
    "V_t": "H 45–54",
    "W": "H 72",
    "W_t": "H 57–65 (terms of one k)",
    "U": "H 73",
    "U_t": "H 68 (terms of one k)",
    "∂h/∂h": "H 58–63 (middle form)",
}


def huang_vector(
    U: ArrayLike,
    W: ArrayLike,
    V: ArrayLike,
    s0: ArrayLike,
    x: ArrayLike,
    y: ArrayLike,
    *,
    products: bool = False,
) -> ClosedForm:
    """Every gradient of the network without biases, loss term by loss term.

    The factors of ∂s_t/∂s_k stay in the order of (58)–(62); the double sum has T²/2 terms.

    Source: Huang (19)–(73).

    Args:
        U: input to state, shape `(H, K)`.
        W: state to state, shape `(H, H)`.
        V: state to output, shape `(O, H)`.
        s0: initial state, shape `(H,)`.
        x: inputs, shape `(T, K)`.
        y: targets, shape `(T, O)`, one-hot or any rows that sum to 1.
        products: give the Jacobians ("h", t, k) = ∂s_t/∂s_k for all k < t too, T²H²/2 numbers.

    Raises:
        ValueError: shapes that disagree, or a target row that does not sum to 1.

    Example:
        >>> form = huang_vector([[0.5]], [[0.1]], [[1], [-1]], [0.3], [[1]], [[1, 0]])
        >>> form.loss_terms["W", 1].round(3)
        array([[-0.126]])
    """
    U, W, V, s0, x, y = _admit("huang_vector", U, W, V, s0, x, y)
    values = _forward(U, W, V, s0, x, y)
    gradients, terms = _double_sum(W, V, x, y, values)
    return ClosedForm(values, gradients, _jacobians(W, values, len(x), products=products), terms)


def huang_vector_loss(
    U: ArrayLike, W: ArrayLike, V: ArrayLike, s0: ArrayLike, x: ArrayLike, y: ArrayLike
) -> Array:
    """L = Σ_t L_t by (19)–(23), analytic in every argument; arguments as in `huang_vector`.

    Raises:
        ValueError: as `huang_vector`.

    Example:
        >>> loss = huang_vector_loss([[0.5]], [[0.1]], [[1], [-1]], [0.3], [[1]], [[1, 0]])
        >>> round(float(loss), 3)
        0.321
    """
    return _forward(*_admit("huang_vector_loss", U, W, V, s0, x, y))["L"]


def state_jacobian(W: ArrayLike, s: ArrayLike, t: int, k: int) -> Array:
    """∂s_t/∂s_k = Π_{i=t..k+1} diag(1 − s_i²) W, factors from left to right in that order.

    Source: Huang (58)–(62) and the middle form of (63).

    Args:
        W: shape `(H, H)`.
        s: states s_0..s_T, shape `(T+1, H)`.
        t: the later step.
        k: the earlier step; the identity for k = t.

    Raises:
        ValueError: shapes that disagree, or not 0 ≤ k ≤ t ≤ T.

    Example:
        >>> state_jacobian([[2.0]], [[0.0], [0.5], [0.0]], t=2, k=0)  # (1·2)(0.75·2)
        array([[3.]])
    """
    W, s = admit("state_jacobian", W=(W, "HH"), s=(s, "SH"))
    require_steps("state_jacobian", k, t, len(s) - 1)
    product: Array = np.eye(len(W), dtype=W.dtype)
    for i in range(t, k, -1):
        product = product @ np.diag(1 - s[i] ** 2) @ W
    return product


def _admit(form: str, *arguments: ArrayLike) -> tuple[Array, ...]:
    names = ("U", "W", "V", "s0", "x", "y")
    sizes = ("HK", "HH", "OH", "H", "TK", "TO")
    pairs = zip(arguments, sizes, strict=True)
    arrays = admit(form, **dict(zip(names, pairs, strict=True)))
    require_distributions(form, "y", arrays[-1])
    return arrays


def _forward(U: Array, W: Array, V: Array, s0: Array, x: Array, y: Array) -> Table:
    values: Table = {("h", 0): s0}
    for t in range(1, len(x) + 1):
        values["a", t] = U @ x[t - 1] + W @ values["h", t - 1]  # (19)
        values["h", t] = np.tanh(values["a", t])  # (20)
        values["o", t] = V @ values["h", t]  # (21)
        log_y = log_softmax(values["o", t])
        values["ŷ", t] = np.exp(log_y)  # (22), (34)
        values["L", t] = -(y[t - 1] @ log_y)  # (23), (30)
    values["L"] = over_time(values, "L", len(x))
    return values


def _double_sum(W: Array, V: Array, x: Array, y: Array, values: Table) -> tuple[Table, Table]:
    """The gradients of L, and those of each L_t; `row` is always the gradient of one L_t."""
    steps = range(1, len(x) + 1)
    gradients: Table = {("h", k): np.zeros_like(W[0]) for k in range(len(x) + 1)}
    gradients |= {("a", k): np.zeros_like(W[0]) for k in steps}
    for table in (terms := Table(), gradients):
        table |= {("W", k): np.zeros_like(W) for k in steps}
        table |= {("U", k): np.zeros((len(W), x.shape[1]), x.dtype) for k in steps}
    for t in steps:
        row = (values["ŷ", t] - y[t - 1])[np.newaxis, :]  # (31)–(44)
        gradients["L", t] = np.ones_like(values["L"])
        gradients["o", t] = row[0]
        gradients["V", t] = terms["V", t] = _matrix_gradient(values["h", t], row)  # (45)–(54)
        row = row @ V  # (56)
        for k in range(t, 0, -1):  # (57)
            gradients["h", k] += row[0]
            row = row @ np.diag(1 - values["h", k] ** 2)  # (62), (64)
            gradients["a", k] += row[0]
            for name, source in (("W", values["h", k - 1]), ("U", x[k - 1])):
                term = _matrix_gradient(source, row)  # (65), (68)
                terms[name, t] += term
                gradients[name, k] += term
            row = row @ W  # (60)
        gradients["h", 0] += row[0]
    gradients |= {name: over_time(gradients, name, len(x)) for name in "VWU"}  # (71)–(73)
    return gradients, terms


def _matrix_gradient(x: Array, row: Array) -> Array:
    """∂L/∂W = (x · ∂L/∂y)ᵀ for y = W x, x a column and ∂L/∂y a row: (70)."""
    return (x[:, np.newaxis] @ row).T


def _jacobians(W: Array, values: Table, last: int, *, products: bool) -> Table:
    """∂s_{t+1}/∂s_t = diag(1 − s²_{t+1}) W, (60)–(62), and their products by (58)–(59)."""
    table: Table = {("h", t): np.diag(1 - values["h", t + 1] ** 2) @ W for t in range(last)}
    for t in range(1, last + 1) if products else ():
        product: Array = np.eye(len(W), dtype=W.dtype)
        for k in range(t - 1, -1, -1):
            product = product @ table["h", k]
            table["h", t, k] = product
    return table
