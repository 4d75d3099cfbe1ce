"""Rossi's closed form of back-propagation through time, element by element and row by row."""

from numpy.typing import ArrayLike

from minigrad.closed_form.door import admit, require_distributions
from minigrad.closed_form.result import Array, ClosedForm
from minigrad.closed_form.rossi_steps import (
    classification,
    gradients_from_outputs,
    output_gradients,
    regression,
    states,
)

EQUATIONS = {
    "L": "R 13",
    "o": "R 12–18",
    "h_last": "R 19–22",
    "h": "R 23–24",
    "h_0": "R 24 (implied by 37: h(0) is the initial state)",
    "a": "R 28, 32 (one term)",
    "c": "R 31",
    "c_t": "R 31 (one term)",
    "b": "R 32",
    "b_t": "R 32 (one term)",
    "V": "R 34–36",
    "V_t": "R 36 (one term)",
    "W": "R 37",
    "W_t": "R 38–41",
    "U": "R 42",
    "U_t": "R 42 (one term)",
    "∂h/∂h": "R 25–30",
}
REGRESSION_EQUATIONS = EQUATIONS | {"o": "R remark after 5: o(t) − y(t), no softmax"}


def rossi(
    U: ArrayLike,
    W: ArrayLike,
    V: ArrayLike,
    b: ArrayLike,
    c: ArrayLike,
    h0: ArrayLike,
    x: ArrayLike,
    y: ArrayLike,
) -> ClosedForm:
    """Every gradient of the vanilla network for classification, by equations (1)–(42).

    Rossi has inputs and outputs of one size K; nothing in (1)–(42) needs that.

    Source: Rossi, Instructor's notes on recurrent neural networks, (1)–(42).

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
        >>> form = rossi([[0.5]], [[0.1]], [[1], [-1]], [0], [0, 0], [0.3], [[1]], [[1, 0]])
        >>> form.jacobians["h", 0].round(3)  # diag(1 − h(1)²) W
        array([[0.076]])
    """
    U, W, V, b, c, h0, x, y = _admit("rossi", U, W, V, b, c, h0, x, y)
    require_distributions("rossi", "y", y)
    values = classification(states(U, W, V, b, c, h0, x), y)
    return gradients_from_outputs(W, V, x, values, output_gradients(values, y))


def rossi_regression(
    U: ArrayLike,
    W: ArrayLike,
    V: ArrayLike,
    b: ArrayLike,
    c: ArrayLike,
    h0: ArrayLike,
    x: ArrayLike,
    y: ArrayLike,
) -> ClosedForm:
    """The same for regression, L(t) = ½‖o(t) − y(t)‖²; arguments as in `rossi`, any targets.

    There is no softmax and so no ("ŷ", t).

    Source: Rossi, the remark after (5): o(t) is used directly with y(t).

    Raises:
        ValueError: shapes that disagree.

    Example:
        >>> form = rossi_regression([[0.5]], [[0.1]], [[1]], [0], [0], [0.3], [[1]], [[0.25]])
        >>> form.gradients["o", 1].round(3)
        array([0.235])
    """
    U, W, V, b, c, h0, x, y = _admit("rossi_regression", U, W, V, b, c, h0, x, y)
    values = regression(states(U, W, V, b, c, h0, x), y)
    errors = {t: values["o", t] - target for t, target in enumerate(y, start=1)}
    return gradients_from_outputs(W, V, x, values, errors)


def rossi_loss(
    U: ArrayLike,
    W: ArrayLike,
    V: ArrayLike,
    b: ArrayLike,
    c: ArrayLike,
    h0: ArrayLike,
    x: ArrayLike,
    y: ArrayLike,
) -> Array:
    """The loss L by (1)–(7), analytic in every argument; arguments as in `rossi`.

    Raises:
        ValueError: as `rossi`.

    Example:
        >>> loss = rossi_loss([[0.5]], [[0.1]], [[1], [-1]], [0], [0, 0], [0.3], [[1]], [[1, 0]])
        >>> round(float(loss), 3)
        0.321
    """
    U, W, V, b, c, h0, x, y = _admit("rossi_loss", U, W, V, b, c, h0, x, y)
    require_distributions("rossi_loss", "y", y)
    return classification(states(U, W, V, b, c, h0, x), y)["L"]


def rossi_regression_loss(
    U: ArrayLike,
    W: ArrayLike,
    V: ArrayLike,
    b: ArrayLike,
    c: ArrayLike,
    h0: ArrayLike,
    x: ArrayLike,
    y: ArrayLike,
) -> Array:
    """The loss L of `rossi_regression`, analytic in every argument.

    Raises:
        ValueError: as `rossi_regression`.

    Example:
        >>> loss = rossi_regression_loss([[0.5]], [[0.1]], [[1]], [0], [0], [0.3], [[1]], [[0.25]])
        >>> round(float(loss), 3)
        0.028
    """
    U, W, V, b, c, h0, x, y = _admit("rossi_regression_loss", U, W, V, b, c, h0, x, y)
    return regression(states(U, W, V, b, c, h0, x), y)["L"]


def _admit(form: str, *arguments: ArrayLike) -> tuple[Array, ...]:
    names = ("U", "W", "V", "b", "c", "h0", "x", "y")
    sizes = ("HK", "HH", "OH", "H", "O", "H", "TK", "TO")
    return admit(form, **dict(zip(names, zip(arguments, sizes, strict=True), strict=True)))
