"""Rossi's equations (1)–(42) one after the other, by elements and by rows."""

from collections.abc import Callable

import numpy as np

from minigrad.closed_form.result import Array, ClosedForm, Table, over_time


def states(U: Array, W: Array, V: Array, b: Array, c: Array, h0: Array, x: Array) -> Table:
    """("a", t), ("h", t) and ("o", t) by (1)–(3), shapes `(H,)`, `(H,)`, `(O,)`; x is `(T, K)`.

    Example:
        >>> one = np.ones((1, 1))
        >>> states(one, one, one, one[0], one[0], one[0], one)["a", 1]
        array([3.])
    """
    values: Table = {("h", 0): h0}
    for t in range(1, len(x) + 1):
        values["a", t] = U @ x[t - 1] + W @ values["h", t - 1] + b  # (1)
        values["h", t] = np.tanh(values["a", t])  # (2)
        values["o", t] = V @ values["h", t] + c  # (3)
    return values


def classification(values: Table, y: Array) -> Table:
    """The values with ("ŷ", t), shape `(O,)`, ("L", t) and "L" by (4)–(7); y is `(T, O)`.

    Example:
        >>> classification({("o", 1): np.zeros(2)}, np.array([[0.0, 1.0]]))["ŷ", 1]
        array([0.5, 0.5])
    """
    values = dict(values)
    for t, target in enumerate(y, start=1):
        o = values["o", t]
        top = max(o.real)  # cancels in (5); without it exp overflows
        exponentials = np.array([np.exp(o_j - top) for o_j in o])
        total = sum(exponentials)
        values["ŷ", t] = np.array([e_j / total for e_j in exponentials])  # (4)–(5)
        logs = o - top - np.log(total)
        values["L", t] = -sum(y_k * log_k for y_k, log_k in zip(target, logs, strict=True))  # (6)
    return values | {"L": over_time(values, "L", len(y))}  # (7)


def regression(values: Table, y: Array) -> Table:
    """The values with ("L", t) = ½‖o(t) − y(t)‖² and their sum "L"; y is `(T, O)`.

    Source: the remark after (5).

    Example:
        >>> float(regression({("o", 1): np.zeros(2)}, np.array([[0.0, 1.0]]))["L"])
        0.5
    """
    values = dict(values)
    for t, target in enumerate(y, start=1):
        error = values["o", t] - target
        values["L", t] = (error @ error) / 2
    return values | {"L": over_time(values, "L", len(y))}


def output_gradients(values: Table, y: Array) -> dict[int, Array]:
    """∇o(t), shape `(O,)`, for each t by (12)–(16); (17)–(18) say that it is ŷ(t) − y(t).

    Example:
        >>> output_gradients({("ŷ", 1): np.array([0.25, 0.75])}, np.array([[0.0, 1.0]]))
        {1: array([ 0.25, -0.25])}
    """
    gradients = {}
    for t, target in enumerate(y, start=1):
        slopes = _log_softmax_jacobian(values["ŷ", t])
        gradients[t] = -sum(y_k * slopes(k) for k, y_k in enumerate(target) if y_k != 0)  # (14), (16)
    return gradients


def gradients_from_outputs(
    W: Array, V: Array, x: Array, values: Table, outputs: dict[int, Array]
) -> ClosedForm:
    """Everything that follows from ∇o(t) by (19)–(42).

    Args:
        W: shape `(H, H)`.
        V: shape `(O, H)`.
        x: shape `(T, K)`.
        values: what `classification` or `regression` returns.
        outputs: ∇o(t), shape `(O,)`, for t = 1..T.

    Example:
        >>> one = np.ones((1, 1))
        >>> values = regression(states(one, one, one, one[0], one[0], one[0], one), one)
        >>> sorted(gradients_from_outputs(one, one, one, values, {1: one[0]}).jacobians)
        [('h', 0)]
    """
    last = len(x)
    tanh_jacobians = {t: np.diag(1 - values["h", t] ** 2) for t in range(1, last + 1)}  # (28)
    jacobians: Table = {("h", t): tanh_jacobians[t + 1] @ W for t in range(last)}  # (29)–(30)
    gradients: Table = {("h", last): V.T @ outputs[last]}  # (19)–(22)
    for t in range(last - 1, 0, -1):
        from_next = jacobians["h", t].T @ gradients["h", t + 1]
        gradients["h", t] = from_next + V.T @ outputs[t]  # (23)–(24)
    gradients["h", 0] = jacobians["h", 0].T @ gradients["h", 1]  # (24): h(0) feeds no output
    for t in range(1, last + 1):
        gradients["L", t] = np.ones_like(values["L"])  # (13)
        gradients["o", t] = outputs[t]  # (18)
        gradients["a", t] = tanh_jacobians[t] @ gradients["h", t]  # (28)
        gradients["c", t] = outputs[t]  # (31)
        gradients["b", t] = gradients["a", t]  # (32)
        gradients["V", t] = _rows(outputs[t], values["h", t])  # (34)–(36)
        gradients["W", t] = _rows(gradients["a", t], values["h", t - 1])  # (37)–(41)
        gradients["U", t] = _rows(gradients["a", t], x[t - 1])  # (42)
    for name in "cbVWU":
        gradients[name] = over_time(gradients, name, last)  # (31), (32), (34), (37), (42)
    return ClosedForm(values, gradients, jacobians)


def _log_softmax_jacobian(y_hat: Array) -> Callable[[int], Array]:
    """Row k of (15) divided by ŷ_k, as (14) asks; cancelled here, since ŷ_k may underflow to 0."""

    def row(k: int) -> Array:
        slopes = -y_hat
        slopes[k] = 1 - y_hat[k]
        return slopes

    return row


def _rows(slopes: Array, v: Array) -> Array:
    """The sum over i of slope_i times the matrix whose only non-zero row i is vᵀ: (36), (41)."""
    return np.array([slope * v for slope in slopes])
