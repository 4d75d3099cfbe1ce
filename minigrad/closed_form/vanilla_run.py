"""One run of the vanilla network and of one unit of it, for the printed slips."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from minigrad.closed_form.door import admit
from minigrad.closed_form.goodfellow import goodfellow
from minigrad.closed_form.result import Array


@dataclass(frozen=True, eq=False, repr=False)
class VanillaRun:
    """A run of T steps, stacked over time.

    The scalar slips need a scalar network. It is one hidden unit j alone, the one with the largest
    |W_jj|, under the drive that it has in the full network: s_t = tanh(x_t + w s_{t−1}) and
    ŷ_t = sigm(v s_t) with x_t = (b + U x(t))_j, U = 1, w = W_jj, v = V_1j, s_0 = h(0)_j and labels
    y_t = y(t)_1.

    Attributes:
        W: state to state, shape `(H, H)`.
        V: state to output, shape `(O, H)`.
        x: inputs, shape `(T, K)`.
        states: h(0)..h(T), shape `(T+1, H)`.
        errors: ŷ(t) − y(t), shape `(T, O)`.
        grad_h: ∇h(0)..∇h(T), right, shape `(T+1, H)`.
        unit: j, counted from 0.
        unit_w: w, shape `()`.
        unit_inputs: x_t of the unit, shape `(T,)`.
        unit_states: s_0..s_T, shape `(T+1,)`.
        unit_labels: y_t of the unit, shape `(T,)`.
        unit_outputs: v s_t, shape `(T,)`.
    """

    W: Array
    V: Array
    x: Array
    states: Array
    errors: Array
    grad_h: Array
    unit: int
    unit_w: Array
    unit_inputs: Array
    unit_states: Array
    unit_labels: Array
    unit_outputs: Array

    @property
    def last(self) -> int:
        """T, the number of steps."""
        return len(self.x)


def vanilla_run(
    U: ArrayLike,
    W: ArrayLike,
    V: ArrayLike,
    b: ArrayLike,
    c: ArrayLike,
    h0: ArrayLike,
    x: ArrayLike,
    y: ArrayLike,
) -> VanillaRun:
    """Run the network once; arguments and errors as in `goodfellow`.

    Example:
        >>> run = vanilla_run([[0.5]], [[0.1]], [[1], [-1]], [0], [0, 0], [0.3], [[1]], [[1, 0]])
        >>> run.states.round(3)
        array([[0.3  ],
               [0.485]])
    """
    form = goodfellow(U, W, V, b, c, h0, x, y)
    sizes = {"U": (U, "HK"), "W": (W, "HH"), "V": (V, "OH"), "b": (b, "H"), "x": (x, "TK")}
    U, W, V, b, x, y = admit("vanilla_run", **sizes, y=(y, "TO"))
    steps = range(1, len(x) + 1)
    j = int(np.argmax(np.abs(np.diag(W))))
    inputs = x @ U[j] + b[j]
    unit_states = [form.forward["h", 0][j]]
    for drive in inputs:
        unit_states.append(np.tanh(drive + W[j, j] * unit_states[-1]))
    return VanillaRun(
        W,
        V,
        x,
        states=np.stack([form.forward["h", t] for t in (0, *steps)]),
        errors=np.stack([form.gradients["o", t] for t in steps]),
        grad_h=np.stack([form.gradients["h", t] for t in (0, *steps)]),
        unit=j,
        unit_w=np.asarray(W[j, j]),
        unit_inputs=inputs,
        unit_states=np.stack(unit_states),
        unit_labels=y[:, 0],
        unit_outputs=V[0, j] * np.stack(unit_states[1:]),
    )
