"""The long short-term memory of Goodfellow et al., section 10.10.1."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from minigrad.nn.network import Network, preactivation
from minigrad.ops.exponential import sigmoid

GATES: dict[str, Callable[[Any], Any]] = {"f": sigmoid, "i": sigmoid, "g": np.tanh, "o": sigmoid}


class LSTM(Network):
    """Three gates f, i, o, a candidate g and a cell state s⁽ᵗ⁾, which is the book's name for it.

    f⁽ᵗ⁾ = σ(bf + Wf h⁽ᵗ⁻¹⁾ + Uf x⁽ᵗ⁾)      the forget gate (10.40)
    i⁽ᵗ⁾ = σ(bi + Wi h⁽ᵗ⁻¹⁾ + Ui x⁽ᵗ⁾)      the input gate, g in the book (10.42)
    g⁽ᵗ⁾ = tanh(bg + Wg h⁽ᵗ⁻¹⁾ + Ug x⁽ᵗ⁾)   the candidate, a σ in the book (10.41)
    o⁽ᵗ⁾ = σ(bo + Wo h⁽ᵗ⁻¹⁾ + Uo x⁽ᵗ⁾)      the output gate, q in the book (10.44)
    s⁽ᵗ⁾ = f⁽ᵗ⁾ ∘ s⁽ᵗ⁻¹⁾ + i⁽ᵗ⁾ ∘ g⁽ᵗ⁾       (10.41)
    h⁽ᵗ⁾ = o⁽ᵗ⁾ ∘ tanh s⁽ᵗ⁾                 (10.43)

    Each of the four has its own U, W and b. The output layer is c + V h⁽ᵗ⁾ with the loss of the task, as
    in `RNN`; as o is a name of the output, the activated gates are the nodes gate_f, gate_i, gate_g and
    gate_o, and what they are activations of are a_f, a_i, a_g, a_o.

    Args:
        n_in: K, the size of x⁽ᵗ⁾ or the number of different tokens.
        n_hidden: H, the size of h⁽ᵗ⁾ and s⁽ᵗ⁾.
        n_out: the size of the output.
        options: seed, task, bias and dtype, as in `RNN`.

    Attributes:
        Uf, Ui, Ug, Uo: shape (H, K).
        Wf, Wi, Wg, Wo: shape (H, H).
        bf, bi, bg, bo: shape (H,), or None.
        V: shape (n_out, H).
        c: shape (n_out,), or None.

    Raises:
        ValueError: for a size below 1 or an unknown task.

    Example:
        >>> lstm = LSTM(4, 5, 3, seed=0)
        >>> run = lstm.unroll([0, 3, 1], [2, 2, 0], h0=(np.ones(5), np.zeros(5)))
        >>> run["s", 2].shape, run["gate_f", 1].shape, run["o", 3].shape, run.loss.shape
        ((5,), (5,), (3,), ())
    """

    weights = tuple((f"U{g}", f"W{g}") for g in GATES)
    biases = tuple(f"b{g}" for g in GATES)
    states = ("h", "s")

    def layer(self, x: Any, h: Any, p: dict[str, Any]) -> dict[str, Any]:
        """The nodes of one time step: a_f, gate_f and their like, s and h."""
        a = {f"a_{g}": preactivation(p.get(f"b{g}"), x, p[f"U{g}"], (h["h"], p[f"W{g}"])) for g in GATES}
        gate = {g: activation(a[f"a_{g}"]) for g, activation in GATES.items()}
        s = gate["f"] * h["s"] + gate["i"] * gate["g"]
        return a | {f"gate_{g}": v for g, v in gate.items()} | {"s": s, "h": gate["o"] * np.tanh(s)}
