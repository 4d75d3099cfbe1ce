"""Huang's scalar form: the double sum over (t, k) in plain numbers."""

import numpy as np
from numpy.typing import ArrayLike

from minigrad.closed_form.door import admit
from minigrad.closed_form.result import Array, ClosedForm, Table, over_time

EQUATIONS = {
    "L": "H 3 (E = Σ E_t)",
    "o": "H 2–4",
    "h_last": "H 4–5",
    "h": "H 7–13 (tanh′ put in)",
    "h_0": "H 13 (k = 0)",
    "a": "H 1, 13 (tanh′)",
    "V": "H 4",
    "V_t": "H 4 (one term)",
    "W": "H 5–13 (tanh′ put in)",
    "W_t": "H 13 (terms of one k)",
    "U": "H 17 (tanh′ put in)",
    "U_t": "H 17 (terms of one k)",
    "∂h/∂h": "H 13 (tanh′ put in)",
}
BINARY_EQUATIONS = EQUATIONS | {"o": "H 2–4 with the full binary cross-entropy"}


def huang_scalar(
    U: ArrayLike,
    W: ArrayLike,
    V: ArrayLike,
    s0: ArrayLike,
    x: ArrayLike,
    y: ArrayLike,
    *,
    products: bool = False,
) -> ClosedForm:
    """Every gradient of the scalar network, E_t = −y_t log ŷ_t with ŷ_t = sigm(V s_t).

    The factors tanh′ that (14)–(16) and (18) drop are put in. The double sum has T²/2 terms.

    Source: Huang (1)–(18).

    Args:
        U: input to state, shape `()`.
        W: state to state, shape `()`.
        V: state to output, shape `()`.
        s0: initial state, shape `()`.
        x: inputs, shape `(T,)`.
        y: labels in [0, 1], shape `(T,)`.
        products: give the Jacobians ("h", t, k) = ∂s_t/∂s_k for all k < t too.

    Raises:
        ValueError: shapes that disagree.

    Example:
        >>> form = huang_scalar(0.5, 0.1, 1.0, 0.3, x=[1.0, 0.5], y=[1.0, 0.0])
        >>> [float(form.gradients["o", t].round(3)) + 0.0 for t in (1, 2)]  # nothing from y = 0
        [-0.381, 0.0]
    """
    U, W, V, s0, x, y = _admit("huang_scalar", U, W, V, s0, x, y)
    values = _forward(U, W, V, s0, x, y)
    return _double_sum(W, V, x, values, _printed_slopes(values, y), products=products)


def huang_scalar_binary(
    U: ArrayLike,
    W: ArrayLike,
    V: ArrayLike,
    s0: ArrayLike,
    x: ArrayLike,
    y: ArrayLike,
    *,
    products: bool = False,
) -> ClosedForm:
    """The same with E_t = −y_t log ŷ_t − (1 − y_t) log(1 − ŷ_t); arguments as in `huang_scalar`.

    Source: Huang (1)–(18), with the term that (3) lacks.

    Raises:
        ValueError: shapes that disagree.

    Example:
        >>> form = huang_scalar_binary(0.5, 0.1, 1.0, 0.3, x=[1.0, 0.5], y=[1.0, 0.0])
        >>> [float(form.gradients["o", t].round(3)) for t in (1, 2)]
        [-0.381, 0.572]
    """
    U, W, V, s0, x, y = _admit("huang_scalar_binary", U, W, V, s0, x, y)
    values = _forward(U, W, V, s0, x, y, full=True)
    slopes = {t: values["ŷ", t] - label for t, label in enumerate(y, start=1)}
    return _double_sum(W, V, x, values, slopes, products=products)


def huang_scalar_loss(
    U: ArrayLike,
    W: ArrayLike,
    V: ArrayLike,
    s0: ArrayLike,
    x: ArrayLike,
    y: ArrayLike,
    *,
    binary: bool = False,
) -> Array:
    """E = Σ_t E_t by (1)–(3), analytic; `binary` adds the term −(1 − y_t) log(1 − ŷ_t).

    Raises:
        ValueError: as `huang_scalar`.

    Example:
        >>> round(float(huang_scalar_loss(0.5, 0.1, 1.0, 0.3, x=[1.0, 0.5], y=[1.0, 0.0])), 3)
        0.48
    """
    arrays = _admit("huang_scalar_loss", U, W, V, s0, x, y)
    return _forward(*arrays, full=binary)["L"]


def _admit(form: str, *arguments: ArrayLike) -> tuple[Array, ...]:
    names = ("U", "W", "V", "s0", "x", "y")
    sizes = ("", "", "", "", "T", "T")
    return admit(form, **dict(zip(names, zip(arguments, sizes, strict=True), strict=True)))


def _forward(U: Array, W: Array, V: Array, s0: Array, x: Array, y: Array, *, full: bool = False) -> Table:
    values: Table = {("h", 0): s0}
    for t in range(1, len(x) + 1):
        values["a", t] = U * x[t - 1] + W * values["h", t - 1]
        values["h", t] = np.tanh(values["a", t])  # (1)
        values["o", t] = V * values["h", t]
        values["ŷ", t] = np.exp(-_softplus(-values["o", t]))  # (2)
        values["L", t] = y[t - 1] * _softplus(-values["o", t])  # (3), −log ŷ = softplus(−o)
        if full:
            values["L", t] = values["L", t] + (1 - y[t - 1]) * _softplus(values["o", t])
    values["L"] = over_time(values, "L", len(x))
    return values


def _printed_slopes(values: Table, y: Array) -> dict[int, Array]:
    """∂E_t/∂o_t = ∂E_t/∂ŷ_t ∂ŷ_t/∂o_t = −(y_t/ŷ_t) ŷ_t (1 − ŷ_t), as (4) has it, ŷ_t cancelled."""
    return {t: -y[t - 1] * np.exp(-_softplus(values["o", t])) for t in range(1, len(y) + 1)}


def _double_sum(
    W: Array, V: Array, x: Array, values: Table, slopes: dict[int, Array], *, products: bool
) -> ClosedForm:
    steps = range(1, len(x) + 1)
    zero = np.zeros_like(values["L"])
    gradients: Table = {(name, k): zero for name in "ahWU" for k in steps}
    gradients["h", 0] = zero
    terms: Table = {(name, t): zero for name in "WU" for t in steps}
    for t in steps:
        gradients["L", t] = zero + 1
        gradients["o", t] = slopes[t]
        gradients["V", t] = terms["V", t] = slopes[t] * values["h", t]  # (4)
        slope = slopes[t] * V  # ∂E_t/∂s_t, (5)
        for k in range(t, 0, -1):  # the terms of (11), (12)
            gradients["h", k] = gradients["h", k] + slope
            slope = slope * (1 - values["h", k] ** 2)  # tanh′, absent from (14)
            gradients["a", k] = gradients["a", k] + slope
            for name, source in (("W", values["h", k - 1]), ("U", x[k - 1])):
                terms[name, t] = terms[name, t] + slope * source  # (11), (17)
                gradients[name, k] = gradients[name, k] + slope * source
            slope = slope * W  # (13)
        gradients["h", 0] = gradients["h", 0] + slope
    gradients |= {name: over_time(gradients, name, len(x)) for name in "VWU"}
    return ClosedForm(values, gradients, _jacobians(W, values, len(x), products=products), terms)


def _jacobians(W: Array, values: Table, last: int, *, products: bool) -> Table:
    """∂s_{t+1}/∂s_t = (1 − s²_{t+1}) W and, by (13), their products."""
    table: Table = {("h", t): (1 - values["h", t + 1] ** 2) * W for t in range(last)}
    for t in range(1, last + 1) if products else ():
        product = np.ones_like(W)
        for k in range(t - 1, -1, -1):
            product = product * table["h", k]
            table["h", t, k] = product
    return table


def _softplus(z: Array) -> Array:
    """log(1 + exp(z)), analytic and without overflow."""
    positive = z.real > 0
    linear: Array = np.where(positive, z, 0)
    return linear + np.log1p(np.exp(np.where(positive, -z, z)))
