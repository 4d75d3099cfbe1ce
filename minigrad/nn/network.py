"""What the recurrent networks have in common: the output layer, the loss, the unrolling."""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np

from minigrad.nn.unroll import Run, unroll
from minigrad.ops.arithmetic import add_n
from minigrad.ops.linear import affine, linear, lookup
from minigrad.ops.loss import cross_entropy, mean_squared_error
from minigrad.ops.probability import softmax
from minigrad.tensor import Tensor

TASKS = ("classification", "regression")


class Network:
    """A recurrent layer and the output o⁽ᵗ⁾ = c + V h⁽ᵗ⁾ with its loss; a subclass gives one step.

    The loss L⁽ᵗ⁾ is -ln softmax(o⁽ᵗ⁾) at the target class, or ½‖o⁽ᵗ⁾ - y⁽ᵗ⁾‖² for regression; over a
    batch it is summed.

    Args:
        n_in: K, the size of x⁽ᵗ⁾ or the number of different tokens.
        n_hidden: H, the size of h⁽ᵗ⁾.
        n_out: the size of o⁽ᵗ⁾.
        seed: of the random initial values, uniform in ±1/√H; the biases start at 0.
        task: "classification" or "regression".
        bias: whether there are biases.
        dtype: the floating-point type of the parameters.

    Raises:
        ValueError: for a size below 1 or an unknown task.
    """

    weights: ClassVar[tuple[tuple[str, str], ...]] = ()
    """Pairs of the matrices that x and h are multiplied by."""
    biases: ClassVar[tuple[str, ...]] = ()
    """The biases of the recurrent layer."""
    states: ClassVar[tuple[str, ...]] = ("h",)
    """What one step hands to the next."""

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
        kind = type(self).__name__
        if min(n_in, n_hidden, n_out) < 1 or task not in TASKS:
            msg = (
                f"{kind} wants sizes ≥ 1 and a task of {TASKS}; given: {n_in}, {n_hidden}, {n_out}, {task!r}"
            )
            raise ValueError(msg)
        self.task = task
        self.n_hidden = n_hidden
        shapes: dict[str, tuple[int, ...]] = {}
        for of_x, of_h in self.weights:
            shapes |= {of_x: (n_hidden, n_in), of_h: (n_hidden, n_hidden)}
        shapes["V"] = (n_out, n_hidden)
        shapes |= dict.fromkeys(self.biases, (n_hidden,)) | {"c": (n_out,)}
        rng = np.random.default_rng(seed)
        for name, shape in shapes.items():
            bound = n_hidden**-0.5 if len(shape) > 1 else 0.0
            made = Tensor(rng.uniform(-bound, bound, shape).astype(dtype), name)
            setattr(self, name, made if bias or len(shape) > 1 else None)
        self._names = tuple(shapes)
        self._dtype = np.dtype(dtype)

    def parameters(self) -> dict[str, Tensor]:
        """The parameters by name: the weights of the layer, V, its biases, c."""
        found = {name: getattr(self, name) for name in self._names}
        return {name: p for name, p in found.items() if p is not None}

    def step(self, x: Any, h: Any, y: Any = None, p: dict[str, Any] | None = None) -> dict[str, Any]:
        """One time step.

        Args:
            x: shape (K,) or (N, K), or integer tokens of shape () or (N,).
            h: the state before, shape (H,) or (N, H); of several states a dict.
            y: the target: classes of shape () or (N,), or vectors of the shape of o; None for no loss.
            p: the parameters to use, by name; None for the network's own.

        Returns:
            The nodes of the layer, o and, with a target, the loss L, by name.
        """
        p = self.parameters() if p is None else p
        nodes = self.layer(x, h, p)
        nodes["o"] = o = sum_of_products(p.get("c"), (nodes["h"], p["V"]))
        if y is not None:
            nodes["L"] = self.loss(o, y)
        return nodes

    def layer(self, x: Any, h: Any, p: dict[str, Any]) -> dict[str, Any]:
        """The nodes of the recurrent layer at one time step, the states among them, by name."""
        raise NotImplementedError

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
            h0: the initial state, shape (H,) or (N, H); None for zeros. Of several states a tuple; those
                that are left out are zeros.
            copies: whether each step gets copies W⁽ᵗ⁾, U⁽ᵗ⁾ … of the parameters as nodes of their own
                (the dummy variables of Goodfellow 10.25).

        Returns:
            The nodes x, those of the layer, o, ŷ and L at every step.
        """
        xs = self._inputs(xs)
        state = self._initial(xs, h0)
        own = self.parameters()

        def step(x: Any, h: Any, y: Any = None) -> dict[str, Any]:
            p = {k: _copy(v) for k, v in own.items()} if copies else own
            return self.step(x, h if len(h) > 1 else h["h"], y, p)

        def _copy(p: Any) -> Any:
            return np.copy(p).named(p.name)  # type: ignore[attr-defined]  # the copy of a tensor

        run = unroll(step, xs, state, None if ys is None else self._targets(ys))
        derived = {"ŷ": ("o", softmax)} if self.task == "classification" else {}
        return Run(run.outputs, run.initial, derived)

    def _initial(self, xs: Any, h0: Any) -> dict[str, Any]:
        """The initial states by name."""
        batch = xs.shape[1:2] if xs.ndim + (xs.dtype.kind in "iu") > 2 else ()  # noqa: PLR2004  # (T, N, K)
        given = h0 if isinstance(h0, tuple) else (h0,)
        if len(given) > len(self.states):
            msg = f"{type(self).__name__} has the states {self.states}; given as h0: a tuple of {len(given)}"
            raise ValueError(msg)
        known = next((np.shape(h) for h in given if h is not None), (*batch, self.n_hidden))
        return {
            name: self._state(given[i] if i < len(given) else None, known)
            for i, name in enumerate(self.states)
        }

    def _state(self, h: Any, shape: tuple[int, ...]) -> Any:
        if isinstance(h, Tensor):
            return h
        return np.zeros(shape, self._dtype) if h is None else np.asarray(h, self._dtype)

    def _inputs(self, xs: Any) -> Any:
        if isinstance(xs, Tensor):
            return xs
        xs = np.asarray(xs)
        return xs if xs.dtype.kind in "iu" else xs.astype(self._dtype)

    def _targets(self, ys: Any) -> Any:
        if isinstance(ys, Tensor):
            return ys
        ys = np.asarray(ys)
        return ys if ys.dtype.kind in "iu" and self.task == "classification" else ys.astype(self._dtype)


def preactivation(b: Any, x: Any, U: Any, *terms: tuple[Any, Any]) -> Any:
    """b + Σ W h over the pairs (h, W) of `terms`, + U x, where x may be tokens, which look up columns of U.

    Args:
        b: the bias, shape (H,), or None.
        x: shape (K,) or (N, K), or integer tokens of shape () or (N,).
        U: shape (H, K).
        terms: pairs of h, shape (H,) or (N, H), and W, shape (H, H).
    """
    if not isinstance(x, int) and x.dtype.kind not in "iu":
        return sum_of_products(b, *terms, (x, U))
    column = lookup(x, U)
    if terms:
        return sum_of_products(b, *terms) + column
    return column if b is None else b + column


def sum_of_products(bias: Any, *terms: tuple[Any, Any]) -> Any:
    """Σ x Wᵀ with the bias, or the sum alone where the network has no bias."""
    if bias is not None:
        return affine(bias, *terms)
    products = [linear(x, W) for x, W in terms]
    return products[0] if len(products) == 1 else add_n(products)
