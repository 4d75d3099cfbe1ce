"""The sources' formulas that are wrong as printed, evaluated exactly as printed."""

import numpy as np
from numpy.typing import ArrayLike

from minigrad.closed_form.door import admit, require_steps
from minigrad.closed_form.result import Array


def grad_h_as_printed_10_21(
    W: ArrayLike, V: ArrayLike, h_next: ArrayLike, grad_h_next: ArrayLike, grad_o: ArrayLike
) -> Array:
    """Wᵀ (∇h(t+1)) diag(1 − h(t+1)²) + Vᵀ ∇o(t), read left to right as (Wᵀ∇h)·diag.

    For column vectors the product is ill-formed; Wᵀ∇h is taken as a row.

    Source: Goodfellow 10.21 and the Day-38 notes, as printed.

    Args:
        W: shape `(H, H)`.
        V: shape `(O, H)`.
        h_next: h(t+1), shape `(H,)`.
        grad_h_next: ∇h(t+1), shape `(H,)`.
        grad_o: ∇o(t), shape `(O,)`.

    Raises:
        ValueError: shapes that disagree.

    Example:
        >>> grad_h_as_printed_10_21([[0, 1], [1, 0]], [[0, 0]], [0.5, 0], [4, 8], [1])
        array([6., 4.])
    """
    sizes = {"W": (W, "HH"), "V": (V, "OH"), "h_next": (h_next, "H"), "grad_o": (grad_o, "O")}
    arrays = admit("grad_h_as_printed_10_21", **sizes, grad_h_next=(grad_h_next, "H"))
    W, V, h_next, grad_o, grad_h_next = arrays
    grad_h: Array = W.T @ grad_h_next @ np.diag(1 - h_next**2) + V.T @ grad_o
    return grad_h


def scalar_state_jacobian_as_printed_14(W: ArrayLike, t: int, k: int) -> Array:
    """∂s_t/∂s_k = W·W⋯W = W^{t−k} for scalar W, shape `()`: the factors tanh′ are dropped.

    Source: Huang (14)–(15), as printed.

    Raises:
        ValueError: W is no scalar, or not 0 ≤ k ≤ t.

    Example:
        >>> float(scalar_state_jacobian_as_printed_14(2.0, t=4, k=1))
        8.0
    """
    (W,) = admit("scalar_state_jacobian_as_printed_14", W=(W, ""))
    require_steps("scalar_state_jacobian_as_printed_14", k, t, t)
    power: Array = W ** (t - k)
    return power


def scalar_state_grad_W_as_printed_16(W: ArrayLike, s: ArrayLike, t: int) -> Array:
    """∂s_t/∂W = Σ_{1≤k≤t} W^{t−k} ∂s_k/∂W, the immediate derivative being (1 − s_k²) s_{k−1}.

    Source: Huang (16), as printed.

    Args:
        W: shape `()`.
        s: states s_0..s_T, shape `(T+1,)`.
        t: the step.

    Raises:
        ValueError: shapes that disagree, or a step that s does not have.

    Example:
        >>> float(scalar_state_grad_W_as_printed_16(2.0, [0.5, 0.0, 0.0], t=2))
        1.0
    """
    W, s = admit("scalar_state_grad_W_as_printed_16", W=(W, ""), s=(s, "S"))
    require_steps("scalar_state_grad_W_as_printed_16", 1, t, len(s) - 1)
    return _scalar_sum(W, s, s[:-1], t)


def scalar_state_grad_U_as_printed_18(W: ArrayLike, s: ArrayLike, x: ArrayLike, t: int) -> Array:
    """∂s_t/∂U = Σ_{1≤k≤t} W^{t−k} ∂s_k/∂U, the immediate derivative being (1 − s_k²) x_k.

    Source: Huang (18), as printed.

    Args:
        W: shape `()`.
        s: states s_0..s_T, shape `(T+1,)`.
        x: inputs x_1..x_T, shape `(T,)`.
        t: the step.

    Raises:
        ValueError: shapes that disagree, or a step that s or x does not have.

    Example:
        >>> float(scalar_state_grad_U_as_printed_18(2.0, [0.5, 0.0, 0.0], [1.0, 3.0], t=2))
        5.0
    """
    W, s, x = admit("scalar_state_grad_U_as_printed_18", W=(W, ""), s=(s, "S"), x=(x, "T"))
    last = min(len(s) - 1, len(x))
    require_steps("scalar_state_grad_U_as_printed_18", 1, t, last)
    return _scalar_sum(W, s, x, t)


def state_jacobian_as_printed_63(W: ArrayLike, s: ArrayLike, t: int, k: int) -> Array:
    """∂s_t/∂s_k = W^{t−k} Π_{i=k+1..t} diag(1 − s_i²): W is pulled out of the product.

    Source: Huang (63), right side, as printed; `state_jacobian` is the middle form.

    Args:
        W: shape `(H, H)`.
        s: states s_0..s_T, shape `(T+1, H)`.
        t: the later step.
        k: the earlier step.

    Raises:
        ValueError: shapes that disagree, or not 0 ≤ k ≤ t ≤ T.

    Example:
        >>> state_jacobian_as_printed_63([[0, 1], [1, 0]], [[0, 0], [0.5, 0]], t=1, k=0)
        array([[0.  , 1.  ],
               [0.75, 0.  ]])
    """
    W, s = admit("state_jacobian_as_printed_63", W=(W, "HH"), s=(s, "SH"))
    require_steps("state_jacobian_as_printed_63", k, t, len(s) - 1)
    slopes = np.prod(1 - s[k + 1 : t + 1] ** 2, axis=0)
    return np.linalg.matrix_power(W, t - k) @ np.diag(slopes)


def grad_W_as_printed_66(W: ArrayLike, V: ArrayLike, s: ArrayLike, error: ArrayLike, t: int) -> Array:
    """∂L_t/∂W = Σ_k ∂L_t/∂s_t W^{t−k} (Π_{i=k+1..t} ∂s_i/∂z_i) ∂s_k/∂z_k ∂z_k/∂W, `(H, H)`.

    Source: Huang (66), as printed.

    Args:
        W: shape `(H, H)`.
        V: shape `(O, H)`.
        s: states s_0..s_T, shape `(T+1, H)`.
        error: ŷ_t − y_t, shape `(O,)`.
        t: the step of the loss term.

    Raises:
        ValueError: shapes that disagree, or a step that s does not have.

    Example:
        >>> grad_W_as_printed_66([[2.0]], [[1.0]], [[0.5], [0.0], [0.0]], [1.0], t=2)
        array([[1.]])
    """
    sizes = {"W": (W, "HH"), "V": (V, "OH"), "s": (s, "SH"), "error": (error, "O")}
    W, V, s, error = admit("grad_W_as_printed_66", **sizes)
    require_steps("grad_W_as_printed_66", 1, t, len(s) - 1)
    total = np.zeros_like(W)
    for k in range(1, t + 1):
        row = error @ V @ state_jacobian_as_printed_63(W, s, t, k) @ np.diag(1 - s[k] ** 2)
        total += np.outer(row, s[k - 1])
    return total


def grad_W_as_printed_67(W: ArrayLike, V: ArrayLike, s: ArrayLike, error: ArrayLike, t: int) -> Array:
    """∂L_t/∂W = Σ_k ∂L_t/∂s_t W^{t−k} (Π_{i=k..t} ∂s_i/∂z_i) ∂z_k/∂W, `(H, H)`.

    Source: Huang (67), as printed; arguments and errors as in `grad_W_as_printed_66`.

    Example:
        >>> grad_W_as_printed_67([[2.0]], [[1.0]], [[0.5], [0.0], [0.0]], [1.0], t=2)
        array([[1.]])
    """
    sizes = {"W": (W, "HH"), "V": (V, "OH"), "s": (s, "SH"), "error": (error, "O")}
    W, V, s, error = admit("grad_W_as_printed_67", **sizes)
    require_steps("grad_W_as_printed_67", 1, t, len(s) - 1)
    return _merged_sum(W, V, s, s[:-1], error, t)


def grad_U_as_printed_69(
    W: ArrayLike, V: ArrayLike, s: ArrayLike, x: ArrayLike, error: ArrayLike, t: int
) -> Array:
    """∂L_t/∂U = Σ_k ∂L_t/∂s_t W^{t−k} (Π_{i=k..t} ∂s_i/∂z_i) ∂z_k/∂U, `(H, K)`.

    Source: Huang (69), as printed; as `grad_W_as_printed_66`, with the inputs x, shape `(T, K)`.

    Raises:
        ValueError: shapes that disagree, or a step that s or x does not have.

    Example:
        >>> grad_U_as_printed_69([[2.0]], [[1.0]], [[0.5], [0], [0]], [[1.0], [3.0]], [1.0], t=2)
        array([[5.]])
    """
    sizes = {"W": (W, "HH"), "V": (V, "OH"), "s": (s, "SH"), "x": (x, "TK"), "error": (error, "O")}
    W, V, s, x, error = admit("grad_U_as_printed_69", **sizes)
    require_steps("grad_U_as_printed_69", 1, t, min(len(s) - 1, len(x)))
    return _merged_sum(W, V, s, x, error, t)


def grad_Z_as_printed_108(grad_S: ArrayLike, S: ArrayLike) -> Array:
    """∂L(t)/∂S(t) ∘ (I − S(t) ∘ S(t)), I read as the identity, ones on the main diagonal only.

    Source: Huang (108), as printed, without its stray parenthesis after the first S(t).

    Args:
        grad_S: ∂L(t)/∂S(t), shape `(N, M)`.
        S: S(t), shape `(N, M)`.

    Raises:
        ValueError: shapes that disagree.

    Example:
        >>> grad_Z_as_printed_108([[1, 1]], [[0.5, 0.5]])
        array([[ 0.75, -0.25]])
    """
    grad_S, S = admit("grad_Z_as_printed_108", grad_S=(grad_S, "NM"), S=(S, "NM"))
    grad_Z: Array = grad_S * (np.eye(*S.shape, dtype=S.dtype) - S * S)
    return grad_Z


def binary_loss_as_printed_3(y: ArrayLike, y_hat: ArrayLike) -> Array:
    """E_t = −y_t log ŷ_t, shape `(T,)`: zero for every y_t = 0, whatever ŷ_t is.

    Source: Huang (3), as printed.

    Raises:
        ValueError: shapes that disagree.

    Example:
        >>> binary_loss_as_printed_3([0, 1], [0.9, 0.5]).round(3) + 0.0
        array([0.   , 0.693])
    """
    y, y_hat = admit("binary_loss_as_printed_3", y=(y, "T"), y_hat=(y_hat, "T"))
    return -y * np.log(y_hat)


def _scalar_sum(W: Array, s: Array, inputs: Array, t: int) -> Array:
    """Σ_k of (16) and (18); `inputs[k − 1]` is what the parameter multiplies at step k."""
    total = np.zeros_like(W)
    for k in range(1, t + 1):
        total += W ** (t - k) * (1 - s[k] ** 2) * inputs[k - 1]
    return total


def _merged_sum(W: Array, V: Array, s: Array, inputs: Array, error: Array, t: int) -> Array:
    """Σ_k of (67) and (69); `inputs[k − 1]` is what z_k multiplies by W, or by U."""
    total = np.zeros((len(W), inputs.shape[1]), W.dtype)
    for k in range(1, t + 1):
        slopes = np.diag(np.prod(1 - s[k : t + 1] ** 2, axis=0))
        row = error @ V @ np.linalg.matrix_power(W, t - k) @ slopes
        total += np.outer(row, inputs[k - 1])
    return total
