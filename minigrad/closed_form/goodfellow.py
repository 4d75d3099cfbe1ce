"""Goodfellow's closed form of back-propagation through time, one sequence in column vectors."""

import numpy as np
from numpy.typing import ArrayLike

from minigrad.closed_form.door import admit, require_distributions
from minigrad.closed_form.result import Array, ClosedForm, Table, over_time
from minigrad.closed_form.softmax import log_softmax

EQUATIONS = {
    "L": "G 10.17",
    "o": "G 10.18",
    "h_last": "G 10.19",
    "h": "G 10.20–10.21 (right order)",
    "h_0": "G 10.20 (h(0) has no output)",
    "a": "G 10.23 (one term)",
    "c": "G 10.22",
    "c_t": "G 10.22 (one term)",
    "b": "G 10.23",
    "b_t": "G 10.23 (one term)",
    "V": "G 10.24",
    "V_t": "G 10.24 (one term)",
    "W": "G 10.26",
    "W_t": "G 10.25–10.26 (one term)",
    "U": "G 10.28",
    "U_t": "G 10.27–10.28 (one term)",
    "∂h/∂h": "G 10.20–10.21 (its Jacobian)",
}


def goodfellow(
    U: ArrayLike,
    W: ArrayLike,
    V: ArrayLike,
    b: ArrayLike,
    c: ArrayLike,
    h0: ArrayLike,
    x: ArrayLike,
    y: ArrayLike,
) -> ClosedForm:
    """Every gradient of the vanilla network by equations 10.17–10.28.

    Complex arguments are allowed: a complex step through a gradient is an exact second derivative.

    Source: Goodfellow, Bengio & Courville 2016, 10.8–10.28, with 10.21 in the right order.

    Args:
        U: input to state, shape `(H, K)`.
        W: state to state, shape `(H, H)`.
        V: state to output, shape `(O, H)`.
        b: bias of the state, shape `(H,)`.
        c: bias of the output, shape `(O,)`.
        h0: initial state, shape `(H,)`.
        x: inputs, shape `(T, K)`.
        y: targets, shape `(T, O)`, one-hot or any rows that sum to 1.

    Raises:
        ValueError: shapes that disagree, or a target row that does not sum to 1.

    Example:
        >>> form = goodfellow([[0.5]], [[0.1]], [[1], [-1]], [0], [0, 0], [0.3], [[1]], [[1, 0]])
        >>> form.gradients["o", 1].round(3)
        array([-0.275,  0.275])
    """
    arrays = _admit("goodfellow", U, W, V, b, c, h0, x, y)
    return _closed_form(*arrays)


def goodfellow_loss(
    U: ArrayLike,
    W: ArrayLike,
    V: ArrayLike,
    b: ArrayLike,
    c: ArrayLike,
    h0: ArrayLike,
    x: ArrayLike,
    y: ArrayLike,
) -> Array:
    """The loss L by equations 10.8–10.12, analytic in every argument; arguments as in `goodfellow`.

    Raises:
        ValueError: as `goodfellow`.

    Example:
        >>> step = goodfellow_loss(
        ...     [[0.5 + 1e-30j]], [[0.1]], [[1], [-1]], [0], [0, 0], [0.3], [[1]], [[1, 0]]
        ... )
        >>> round(float(step.imag / 1e-30), 3)  # ∂L/∂U
        -0.42
    """
    arrays = _admit("goodfellow_loss", U, W, V, b, c, h0, x, y)
    return _forward(*arrays)["L"]


def _admit(form: str, *arguments: ArrayLike) -> tuple[Array, ...]:
    names = ("U", "W", "V", "b", "c", "h0", "x", "y")
    sizes = ("HK", "HH", "OH", "H", "O", "H", "TK", "TO")
    pairs = zip(arguments, sizes, strict=True)
    arrays = admit(form, **dict(zip(names, pairs, strict=True)))
    require_distributions(form, "y", arrays[-1])
    return arrays


def _forward(U: Array, W: Array, V: Array, b: Array, c: Array, h0: Array, x: Array, y: Array) -> Table:
    """Equations 10.8–10.12, one line each."""
    values: Table = {("h", 0): h0}
    for t in range(1, len(x) + 1):
        values["a", t] = b + W @ values["h", t - 1] + U @ x[t - 1]  # 10.8
        values["h", t] = np.tanh(values["a", t])  # 10.9
        values["o", t] = c + V @ values["h", t]  # 10.10
        log_y = log_softmax(values["o", t])
        values["ŷ", t] = np.exp(log_y)  # 10.11
        values["L", t] = -(y[t - 1] @ log_y)  # 10.12, one term
    values["L"] = over_time(values, "L", len(x))
    return values


def _closed_form(
    U: Array, W: Array, V: Array, b: Array, c: Array, h0: Array, x: Array, y: Array
) -> ClosedForm:
    values = _forward(U, W, V, b, c, h0, x, y)
    gradients = _nodes(W, V, y, values)
    last = len(x)
    for t in range(1, last + 1):
        gradients["c", t] = gradients["o", t]  # 10.22, one term
        gradients["b", t] = gradients["a", t]  # 10.23, one term
        gradients["V", t] = np.outer(gradients["o", t], values["h", t])  # 10.24, one term
        gradients["W", t] = np.outer(gradients["a", t], values["h", t - 1])  # 10.26, one term
        gradients["U", t] = np.outer(gradients["a", t], x[t - 1])  # 10.28, one term
    for name in "cbVWU":
        gradients[name] = over_time(gradients, name, last)  # 10.22–10.28
    jacobians: Table = {("h", t): (1 - values["h", t + 1] ** 2)[:, np.newaxis] * W for t in range(last)}
    return ClosedForm(values, gradients, jacobians)


def _nodes(W: Array, V: Array, y: Array, values: Table) -> Table:
    """Equations 10.17–10.21, backwards in time."""
    last = len(y)
    gradients: Table = {}
    for t in range(last, 0, -1):
        gradients["L", t] = np.ones_like(values["L"])  # 10.17
        gradients["o", t] = values["ŷ", t] - y[t - 1]  # 10.18
        gradients["h", t] = V.T @ gradients["o", t]  # 10.19
        if t < last:
            gradients["h", t] += W.T @ gradients["a", t + 1]  # 10.20–10.21, right order
        gradients["a", t] = (1 - values["h", t] ** 2) * gradients["h", t]
    gradients["h", 0] = W.T @ gradients["a", 1]  # 10.20 without an output
    return gradients
