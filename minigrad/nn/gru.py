"""The gated recurrent unit of Goodfellow et al., section 10.10.2."""

from __future__ import annotations

from typing import Any

import numpy as np

from minigrad.nn.network import Network, preactivation, sum_of_products
from minigrad.ops.exponential import sigmoid

RESETS = ("before", "after")
GATES = ("z", "r", "n")


class GRU(Network):
    """An update gate z, a reset gate r and a candidate n.

    z⁽ᵗ⁾ = σ(bz + Wz h⁽ᵗ⁻¹⁾ + Uz x⁽ᵗ⁾)             the update gate, u in the book (10.46)
    r⁽ᵗ⁾ = σ(br + Wr h⁽ᵗ⁻¹⁾ + Ur x⁽ᵗ⁾)             the reset gate (10.47)
    n⁽ᵗ⁾ = tanh(bn + Un x⁽ᵗ⁾ + Wn (r⁽ᵗ⁾ ∘ h⁽ᵗ⁻¹⁾))   the candidate, reset before the product (10.45)
    n⁽ᵗ⁾ = tanh(bn + Un x⁽ᵗ⁾ + r⁽ᵗ⁾ ∘ (Wn h⁽ᵗ⁻¹⁾))   the candidate, reset after it
    h⁽ᵗ⁾ = z⁽ᵗ⁾ ∘ h⁽ᵗ⁻¹⁾ + (1 - z⁽ᵗ⁾) ∘ n⁽ᵗ⁾        (10.45, where x, r and u have the index t-1)

    The output layer is c + V h⁽ᵗ⁾ with the loss of the task, as in `RNN`. The gates are the nodes z, r and
    n, what they are activations of are a_z, a_r and a_n.

    Args:
        n_in: K, the size of x⁽ᵗ⁾ or the number of different tokens.
        n_hidden: H, the size of h⁽ᵗ⁾.
        n_out: the size of the output.
        reset: "before" or "after", where r multiplies.
        options: seed, task, bias and dtype, as in `RNN`.

    Attributes:
        Uz, Ur, Un: shape (H, K).
        Wz, Wr, Wn: shape (H, H).
        bz, br, bn: shape (H,), or None.
        V: shape (n_out, H).
        c: shape (n_out,), or None.

    Raises:
        ValueError: for a size below 1, an unknown task or an unknown `reset`.

    Example:
        >>> gru = GRU(4, 5, 3, seed=0, reset="after")
        >>> run = gru.unroll([0, 3, 1], [2, 2, 0])
        >>> run["h", 2].shape, run["z", 1].shape, run["o", 3].shape, run.loss.shape
        ((5,), (5,), (3,), ())
    """

    weights = tuple((f"U{g}", f"W{g}") for g in GATES)
    biases = tuple(f"b{g}" for g in GATES)

    def __init__(
        self, n_in: int, n_hidden: int, n_out: int, *, reset: str = "before", **options: Any
    ) -> None:
        if reset not in RESETS:
            msg = f"GRU wants a reset of {RESETS}; given: {reset!r}"
            raise ValueError(msg)
        super().__init__(n_in, n_hidden, n_out, **options)
        self.reset = reset

    def layer(self, x: Any, h: Any, p: dict[str, Any]) -> dict[str, Any]:
        """The nodes of one time step: a_z, a_r, a_n, z, r, n and h."""
        a_z, a_r = (preactivation(p.get(f"b{g}"), x, p[f"U{g}"], (h, p[f"W{g}"])) for g in "zr")
        z, r = sigmoid(a_z), sigmoid(a_r)
        if self.reset == "before":
            a_n = preactivation(p.get("bn"), x, p["Un"], (r * h, p["Wn"]))
        else:
            a_n = preactivation(p.get("bn"), x, p["Un"]) + r * sum_of_products(None, (h, p["Wn"]))
        n = np.tanh(a_n)
        return {"a_z": a_z, "a_r": a_r, "a_n": a_n, "z": z, "r": r, "n": n, "h": z * h + (1.0 - z) * n}
