"""The sources' printed slips as a table whose two sides can be evaluated on a run."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from minigrad.closed_form import slips
from minigrad.closed_form.huang_vector import state_jacobian
from minigrad.closed_form.result import Array
from minigrad.closed_form.vanilla_run import VanillaRun


@dataclass(frozen=True)
class Slip:
    """One formula that is wrong as printed.

    Attributes:
        where: source and equation number.
        quantity: what the formula is for.
        printed: the formula as printed.
        right: the formula as it has to be.
        remark: what is wrong, and how it is evaluated on a run.
        sides: a run to (printed value, right value).
    """

    where: str
    quantity: str
    printed: str
    right: str
    remark: str
    sides: Callable[[VanillaRun], tuple[Array, Array]]

    def evaluate(self, run: VanillaRun) -> tuple[Array, Array]:
        """The printed and the right value on a run, two arrays of one shape.

        Powers of W that overflow give infinities, silently: that is what the printed formula gives.

        Example:
            >>> from minigrad.closed_form import vanilla_run
            >>> y = [[0, 1]]
            >>> run = vanilla_run([[0.5]], [[0.1]], [[1], [-1]], [0], [0, 0], [0.3], [[1]], y)
            >>> printed, right = SLIPS[-1].evaluate(run)
            >>> SLIPS[-1].where, float(printed[0]) + 0.0, float(right[0].round(3))
            ('H 3', 0.0, 0.965)
        """
        with np.errstate(over="ignore", invalid="ignore"):
            printed, right = self.sides(run)
        return np.asarray(printed), np.asarray(right)


def _order_in_time(run: VanillaRun) -> tuple[Array, Array]:
    rows = [run.grad_h[-1]]
    for t in range(run.last - 1, -1, -1):
        error = run.errors[t - 1] if t else np.zeros_like(run.errors[0])
        h_next = run.states[t + 1]
        rows.append(slips.grad_h_as_printed_10_21(run.W, run.V, h_next, rows[-1], error))
    return np.stack(rows[:0:-1]), run.grad_h[:-1]


def _scalar_jacobian(run: VanillaRun) -> tuple[Array, Array]:
    k = max(run.last - 3, 0)
    printed = slips.scalar_state_jacobian_as_printed_14(run.unit_w, run.last, k)
    return printed, np.prod((1 - run.unit_states[k + 1 :] ** 2) * run.unit_w)


def _scalar_grad_W(run: VanillaRun) -> tuple[Array, Array]:
    printed = slips.scalar_state_grad_W_as_printed_16(run.unit_w, run.unit_states, run.last)
    return printed, _scalar_recursion(run, run.unit_states[:-1])


def _scalar_grad_U(run: VanillaRun) -> tuple[Array, Array]:
    arrays = (run.unit_w, run.unit_states, run.unit_inputs)
    printed = slips.scalar_state_grad_U_as_printed_18(*arrays, run.last)
    return printed, _scalar_recursion(run, run.unit_inputs)


def _scalar_recursion(run: VanillaRun, inputs: Array) -> Array:
    """The total derivative (7): what a_t multiplies by the parameter, and what comes through s."""
    derivative = np.zeros_like(run.unit_w)
    for source, s in zip(inputs, run.unit_states[1:], strict=True):
        derivative = (1 - s**2) * (source + run.unit_w * derivative)
    return derivative


def _vector_jacobian(run: VanillaRun) -> tuple[Array, Array]:
    steps = (run.last, max(run.last - 3, 0))
    printed = slips.state_jacobian_as_printed_63(run.W, run.states, *steps)
    return printed, state_jacobian(run.W, run.states, *steps)


def _grad_W_unmerged(run: VanillaRun) -> tuple[Array, Array]:
    arrays = (run.W, run.V, run.states, run.errors[-1])
    return slips.grad_W_as_printed_66(*arrays, run.last), _last_term(run, run.states[:-1])


def _grad_W_merged(run: VanillaRun) -> tuple[Array, Array]:
    arrays = (run.W, run.V, run.states, run.errors[-1])
    return slips.grad_W_as_printed_67(*arrays, run.last), _last_term(run, run.states[:-1])


def _grad_U_merged(run: VanillaRun) -> tuple[Array, Array]:
    arrays = (run.W, run.V, run.states, run.x, run.errors[-1])
    return slips.grad_U_as_printed_69(*arrays, run.last), _last_term(run, run.x)


def _last_term(run: VanillaRun, inputs: Array) -> Array:
    """(65) and (68) for L_T, with the factors of ∂s_T/∂s_k in order."""
    total = np.zeros((len(run.W), inputs.shape[1]), run.W.dtype)
    row = run.errors[-1] @ run.V
    for k in range(run.last, 0, -1):
        row = row * (1 - run.states[k] ** 2)
        total += np.outer(row, inputs[k - 1])
        row = row @ run.W
    return total


def _identity_or_ones(run: VanillaRun) -> tuple[Array, Array]:
    S = run.states[-1:]
    grad_S = run.errors[-1:] @ run.V
    return slips.grad_Z_as_printed_108(grad_S, S), grad_S * (1 - S * S)


def _binary_loss(run: VanillaRun) -> tuple[Array, Array]:
    y = run.unit_labels
    y_hat = 1 / (1 + np.exp(-run.unit_outputs))
    other = 1 / (1 + np.exp(run.unit_outputs))
    printed = slips.binary_loss_as_printed_3(y, y_hat)
    return printed, -y * np.log(y_hat) - (1 - y) * np.log(other)


_UNIT = "The scalar network is the hidden unit of largest |w_jj| under its own drive (VanillaRun)."
_ORDER = "W is pulled out of a product that does not commute; right only for H = 1."
_TANH = "The factors tanh′ = 1 − s_i² are dropped."
_LAST = "The last loss term, t = T."
_LAG = "t = T, k = max(T − 3, 0)."

SLIPS = (
    Slip(
        where="G 10.21, Day-38",
        quantity="∇h(t), t < T",
        printed="Wᵀ (∇h(t+1)) diag(1−h(t+1)²) + Vᵀ ∇o(t)",
        right="Wᵀ diag(1−h(t+1)²) ∇h(t+1) + Vᵀ ∇o(t)",
        remark="Factors out of order: ill-formed for columns, read here from left to right. The "
        "recursion runs from the right ∇h(T) down to h(0), which has no output.",
        sides=_order_in_time,
    ),
    Slip(
        where="H 14–15",
        quantity="∂s_t/∂s_k (scalar)",
        printed="W^{t−k}",
        right="Π_{i=k+1..t} (1−s_i²) W",
        remark=f"{_TANH} {_UNIT} {_LAG}",
        sides=_scalar_jacobian,
    ),
    Slip(
        where="H 16",
        quantity="∂s_t/∂W (scalar)",
        printed="Σ_k W^{t−k} ∂⁺s_k/∂W",
        right="Σ_k (Π_{i=k+1..t} (1−s_i²) W) ∂⁺s_k/∂W",
        remark=f"{_TANH} {_UNIT} t = T.",
        sides=_scalar_grad_W,
    ),
    Slip(
        where="H 18",
        quantity="∂s_t/∂U (scalar)",
        printed="Σ_k W^{t−k} ∂⁺s_k/∂U",
        right="Σ_k (Π_{i=k+1..t} (1−s_i²) W) ∂⁺s_k/∂U",
        remark=f"{_TANH} {_UNIT} t = T.",
        sides=_scalar_grad_U,
    ),
    Slip(
        where="H 63",
        quantity="∂s_t/∂s_k",
        printed="W^{t−k} Π_{i=k+1..t} diag(1−s_i²)",
        right="Π_{i=t..k+1} diag(1−s_i²) W",
        remark=f"{_ORDER} {_LAG}",
        sides=_vector_jacobian,
    ),
    Slip(
        where="H 66",
        quantity="∂L_t/∂W",
        printed="Σ_k ∂L_t/∂s_t W^{t−k} (Π_{i=k+1..t} ∂s_i/∂z_i) ∂s_k/∂z_k ∂z_k/∂W",
        right="Σ_k ∂L_t/∂s_t (Π_{i=t..k+1} ∂s_i/∂z_i W) ∂s_k/∂z_k ∂z_k/∂W",
        remark=f"{_ORDER} {_LAST}",
        sides=_grad_W_unmerged,
    ),
    Slip(
        where="H 67",
        quantity="∂L_t/∂W",
        printed="Σ_k ∂L_t/∂s_t W^{t−k} (Π_{i=k..t} ∂s_i/∂z_i) ∂z_k/∂W",
        right="Σ_k ∂L_t/∂s_t (Π_{i=t..k+1} ∂s_i/∂z_i W) ∂s_k/∂z_k ∂z_k/∂W",
        remark=f"{_ORDER} {_LAST}",
        sides=_grad_W_merged,
    ),
    Slip(
        where="H 69",
        quantity="∂L_t/∂U",
        printed="Σ_k ∂L_t/∂s_t W^{t−k} (Π_{i=k..t} ∂s_i/∂z_i) ∂z_k/∂U",
        right="Σ_k ∂L_t/∂s_t (Π_{i=t..k+1} ∂s_i/∂z_i W) ∂s_k/∂z_k ∂z_k/∂U",
        remark=f"{_ORDER} {_LAST}",
        sides=_grad_U_merged,
    ),
    Slip(
        where="H 108",
        quantity="∂L(t)/∂Z(t)",
        printed="∂L(t)/∂S(t) ∘ (I − S(t)∘S(t))",
        right="∂L(t)/∂S(t) ∘ (1 − S(t)∘S(t))",
        remark=f"I read as the identity, not as a matrix of ones. {_LAST} One point, N = 1.",
        sides=_identity_or_ones,
    ),
    Slip(
        where="H 3",
        quantity="E_t",
        printed="−y_t log ŷ_t",
        right="−y_t log ŷ_t − (1−y_t) log(1−ŷ_t)",
        remark="A valid loss, but not the binary cross-entropy: nothing is learnt from y_t = 0. "
        f"{_UNIT} All t = 1..T.",
        sides=_binary_loss,
    ),
)
