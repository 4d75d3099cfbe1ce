"""The vanilla recurrent network of Goodfellow et al., section 10.2."""

from __future__ import annotations

from typing import Any

import numpy as np

from minigrad.nn.unroll import Run, unroll
from minigrad.ops.arithmetic import add_n
from minigrad.ops.linear import affine, linear, lookup
from minigrad.ops.loss import cross_entropy, mean_squared_error
from minigrad.ops.probability import softmax
from minigrad.tensor import Tensor

TASKS = ("classification", "regression")


class RNN:
    """a⁽ᵗ⁾ = b + W h⁽ᵗ⁻¹⁾ + U x⁽ᵗ⁾,  h⁽ᵗ⁾ = tanh a⁽ᵗ⁾,  o⁽ᵗ⁾ = c + V h⁽ᵗ⁾ (10.8–10.10).

    The loss L⁽ᵗ⁾ is -ln softmax(o⁽ᵗ⁾) at the target class, or ½‖o⁽ᵗ⁾ - y⁽ᵗ⁾‖² for regression; over a
    batch it is summed.

    Args:
        n_in: K, the size of x⁽ᵗ⁾ or the number of different tokens.
        n_hidden: H, the size of h⁽ᵗ⁾.
        n_out: the size of o⁽ᵗ⁾.
        seed: of the random initial values, uniform in ±1/√H; the biases start at 0.
        task: "classification" or "regression".
        bias: whether there are b and c.
        dtype: the floating-point type of the parameters.

    Attributes:
        U: shape (H, K).
        W: shape (H, H).
        V: shape (n_out, H).
        b: shape (H,), or None.
        c: shape (n_out,), or None.

    Raises:
        ValueError: for a size below 1 or an unknown task.

    Example:
        >>> rnn = RNN(4, 5, 3, seed=0)
        >>> run = rnn.unroll([0, 3, 1], [2, 2, 0])
        >>> run["h", 2].shape, run["o", 3].shape, run.loss.shape
        ((5,), (3,), ())
    """

    def __init__(  # noqa: PLR0913  # sizes are positional, the rest are options
        self,
        n_in: int,
        n_hidden: int,
        n_out: int,
        *,
        seed: int = 0,
        task: str = "classification",
        bias: bool = True,
        dtype: Any = np.float64,
    ) -> None:
        if min(n_in, n_hidden, n_out) < 1 or task not in TASKS:
            msg = f"RNN wants sizes ≥ 1 and a task of {TASKS}; given: {n_in}, {n_hidden}, {n_out}, {task!r}"
            raise ValueError(msg)
        rng = np.random.default_rng(seed)

        def parameter(name: str, *shape: int) -> Tensor:
            bound = n_hidden**-0.5 if len(shape) > 1 else 0.0
            return Tensor(rng.uniform(-bound, bound, shape).astype(dtype), name)

        self.task = task
        self.U = parameter("U", n_hidden, n_in)
        self.W = parameter("W", n_hidden, n_hidden)
        self.V = parameter("V", n_out, n_hidden)
        self.b = parameter("b", n_hidden) if bias else None
        self.c = parameter("c", n_out) if bias else None

    def parameters(self) -> dict[str, Tensor]:
        """The parameters by name, in the order U, W, V, b, c."""
        found = {"U": self.U, "W": self.W, "V": self.V, "b": self.b, "c": self.c}
        return {name: p for name, p in found.items() if p is not None}

    def step(self, x: Any, h: Any, y: Any = None, p: dict[str, Any] | None = None) -> dict[str, Any]:
        """One time step.

        Args:
            x: shape (K,) or (N, K), or integer tokens of shape () or (N,).
            h: the state before, shape (H,) or (N, H).
            y: the target: classes of shape () or (N,), or vectors of the shape of o; None for no loss.
            p: the parameters to use, by name; None for the network's own.

        Returns:
            The nodes a, h, o and, with a target, the loss L, by name.
        """
        p = self.parameters() if p is None else p
        if isinstance(x, int) or x.dtype.kind in "iu":
            a = _affine(p.get("b"), (h, p["W"])) + lookup(x, p["U"])
        else:
            a = _affine(p.get("b"), (h, p["W"]), (x, p["U"]))
        h = np.tanh(a)
        o = _affine(p.get("c"), (h, p["V"]))
        nodes = {"a": a, "h": h, "o": o}
        if y is not None:
            nodes["L"] = self.loss(o, y)
        return nodes

    def loss(self, o: Any, y: Any) -> Any:
        """The loss of one step."""
        if self.task == "classification":
            return cross_entropy(o, y)
        return 0.5 * mean_squared_error(o, y, reduction="sum")

    def unroll(self, xs: Any, ys: Any = None, h0: Any = None, *, copies: bool = False) -> Run:
        """The network unrolled over a sequence or a batch of sequences.

        Args:
            xs: vectors (T, K) or (T, N, K), or integer tokens (T,) or (T, N).
            ys: classes (T,) or (T, N), or vectors of the shape of o; None for no loss.
            h0: the initial state, shape (H,) or (N, H); None for zeros.
            copies: whether each step gets copies W⁽ᵗ⁾, U⁽ᵗ⁾ … of the parameters as nodes of their own
                (the dummy variables of Goodfellow 10.25).

        Returns:
            The nodes x, a, h, o, ŷ and L at every step.
        """
        xs = self._inputs(xs)
        if h0 is None:
            batch = xs.shape[1:2] if xs.ndim + (xs.dtype.kind in "iu") > 2 else ()  # noqa: PLR2004  # (T, N, K)
            h0 = np.zeros((*batch, self.W.shape[0]))
        if not isinstance(h0, Tensor):
            h0 = np.asarray(h0, self.W.dtype)
        own = self.parameters()

        def step(x: Any, h: Any, y: Any = None) -> dict[str, Any]:
            return self.step(x, h, y, {k: _copy(v) for k, v in own.items()} if copies else own)

        def _copy(p: Any) -> Any:
            return np.copy(p).named(p.name)  # type: ignore[attr-defined]  # the copy of a tensor

        run = unroll(step, xs, h0, None if ys is None else self._targets(ys))
        derived = {"ŷ": ("o", softmax)} if self.task == "classification" else {}
        return Run(run.outputs, run.initial, derived)

    def _inputs(self, xs: Any) -> Any:
        if isinstance(xs, Tensor):
            return xs
        xs = np.asarray(xs)
        return xs if xs.dtype.kind in "iu" else xs.astype(self.U.dtype)

    def _targets(self, ys: Any) -> Any:
        if isinstance(ys, Tensor):
            return ys
        ys = np.asarray(ys)
        return ys if ys.dtype.kind in "iu" and self.task == "classification" else ys.astype(self.U.dtype)


def _affine(bias: Any, *terms: tuple[Any, Any]) -> Any:
    """Σ x Wᵀ with the bias, or the sum alone where the network has no bias."""
    if bias is not None:
        return affine(bias, *terms)
    products = [linear(x, W) for x, W in terms]
    return products[0] if len(products) == 1 else add_n(products)
