"""The vanilla recurrent network of Goodfellow et al., section 10.2."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from minigrad.nn.network import TASKS, Network, preactivation
from minigrad.ops.exponential import sigmoid
from minigrad.ops.selection import relu
from minigrad.tensor import Tensor

__all__ = ["ACTIVATIONS", "RNN", "TASKS"]

ACTIVATIONS: dict[str, Callable[[Any], Any]] = {"tanh": np.tanh, "sigmoid": sigmoid, "relu": relu}


class RNN(Network):
    """a⁽ᵗ⁾ = b + W h⁽ᵗ⁻¹⁾ + U x⁽ᵗ⁾,  h⁽ᵗ⁾ = tanh a⁽ᵗ⁾,  o⁽ᵗ⁾ = c + V h⁽ᵗ⁾ (10.8–10.10).

    The loss L⁽ᵗ⁾ is -ln softmax(o⁽ᵗ⁾) at the target class, or ½‖o⁽ᵗ⁾ - y⁽ᵗ⁾‖² for regression; over a
    batch it is summed.

    Args:
        n_in: K, the size of x⁽ᵗ⁾ or the number of different tokens.
        n_hidden: H, the size of h⁽ᵗ⁾.
        n_out: the size of o⁽ᵗ⁾.
        activation: "tanh", "sigmoid" or "relu", what h⁽ᵗ⁾ is of a⁽ᵗ⁾.
        options: seed (of the random initial values, uniform in ±1/√H; the biases start at 0), task
            ("classification" or "regression"), bias (whether there are b and c), dtype (of the parameters).

    Attributes:
        U: shape (H, K).
        W: shape (H, H).
        V: shape (n_out, H).
        b: shape (H,), or None.
        c: shape (n_out,), or None.

    Raises:
        ValueError: for a size below 1, an unknown task or an unknown activation.

    Example:
        >>> rnn = RNN(4, 5, 3, seed=0)
        >>> run = rnn.unroll([0, 3, 1], [2, 2, 0])
        >>> run["h", 2].shape, run["o", 3].shape, run.loss.shape
        ((5,), (3,), ())
    """

    weights = (("U", "W"),)
    biases = ("b",)
    U: Tensor
    W: Tensor
    V: Tensor
    b: Tensor | None
    c: Tensor | None

    def __init__(
        self, n_in: int, n_hidden: int, n_out: int, *, activation: str = "tanh", **options: Any
    ) -> None:
        if activation not in ACTIVATIONS:
            msg = f"RNN wants an activation of {tuple(ACTIVATIONS)}; given: {activation!r}"
            raise ValueError(msg)
        super().__init__(n_in, n_hidden, n_out, **options)
        self.activation = activation
        self._f = ACTIVATIONS[activation]

    def layer(self, x: Any, h: Any, p: dict[str, Any]) -> dict[str, Any]:
        """The nodes a and h of one time step."""
        a = preactivation(p.get("b"), x, p["U"], (h, p["W"]))
        return {"a": a, "h": self._f(a)}
