"""A function under test: its value on arrays and its gradient by minigrad, for fixed arguments."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any

import numpy as np
from numpy.typing import NDArray

from minigrad import graph
from minigrad.backprop import backprop
from minigrad.check.nest import leaves, refill
from minigrad.check.numeric import Line
from minigrad.tensor import Tensor

Function = Callable[..., Any]
_ROUNDING = 64
_CANCELLATION = 16


class Probe:
    """φ(x₁, x₂, …) = Σ G · f(args), where the x are the variables inside args.

    G is random but always the same, and 1 for a scalar f.

    Attributes:
        f: the function.
        G: the cotangent, of the shape of f's value.
        paths: for each variable the expression that leads to it, as `params['W']`.
        values: the variables, in their own type.
        gradients: ∂φ/∂x by minigrad, of the same shapes and types.
        size: of the numbers that cancelled in φ, `size` of the arguments included.
        noise: for each variable, how large a derivative rounding alone can bring about.

    Raises:
        TypeError: if there is no variable, or f returns no array.
        ValueError: if the value of f is not finite.
        AssertionError: if f is not deterministic, gives another value for tensors than for arrays,
            leaves the graph, or has gradients of the wrong shape or type.
    """

    def __init__(self, f: Function, args: tuple[Any, ...], size: float = 0.0) -> None:
        self.f = f
        self._args = args
        found = [
            leaf
            for name, arg in zip(argument_names(f, len(args)), args, strict=True)
            for leaf in leaves(arg, name)
        ]
        if not found:
            kinds = ", ".join(type(arg).__name__ for arg in args) or "nothing"
            msg = f"check_grads was given {kinds}; wanted: a floating-point array among the arguments"
            raise TypeError(msg)
        self.paths = [path for path, _ in found]
        # A Tensor refuses complex numbers with the reason.
        values = [Tensor(x.value if isinstance(x, Tensor) else x).value for _, x in found]
        self.values = values
        self._wide = [x.astype(np.result_type(x, np.float64)) for x in values]
        self._on_tensors = not self._takes_arrays()
        y = self._steady_value()
        rng = np.random.default_rng(0)
        self.G: NDArray[Any] = (rng.normal(size=y.shape) if y.ndim else np.ones(())).astype(y.dtype)
        self.gradients = self._differentiate(y)
        self.size = size + float(np.sum(np.abs(self.G * y)))
        self.noise = [_CANCELLATION * epsilon(x, y) * self.size / _magnitude(x) for x in values]

    def line(self, i: int, direction: NDArray[Any]) -> Line:
        """φ along a line: s ↦ φ(…, xᵢ + s · direction, …), computed in double precision."""

        def along(s: Any) -> Any:
            values = list(self._wide)
            values[i] = values[i] + s * direction
            return np.sum(self.G * self._value(values))

        return along

    def _takes_arrays(self) -> bool:
        """Whether f runs on plain arrays; one that names its nodes, say, wants tensors."""
        try:
            with np.errstate(all="ignore"):
                self._call(self.values)
        except Exception:  # noqa: BLE001  # on tensors, f raises the same if it is at fault itself
            return False
        return True

    def _call(self, values: Sequence[Any]) -> Any:
        return self.f(*refill(self._args, [np.copy(x) for x in values]))

    def _value(self, values: Sequence[Any]) -> NDArray[Any]:
        with np.errstate(all="ignore"):
            y = self._call([Tensor(x) for x in values] if self._on_tensors else values)
        y = np.asarray(y.value if isinstance(y, Tensor) else y)
        if y.dtype.kind not in "fciub":
            msg = f"{title(self.f)} returned {y.dtype}; check_grads wants one array or number"
            raise TypeError(msg)
        return y

    def _steady_value(self) -> NDArray[Any]:
        """The value of f, if it is finite and comes out the same twice."""
        y, again = self._value(self.values), self._value(self.values)
        if not np.all(np.isfinite(y)):
            where = [int(i) for i in np.argwhere(~np.isfinite(y))[0]]
            msg = f"{title(self.f)} is {y[tuple(where)]} at {where}; check_grads wants finite values"
            raise ValueError(msg)
        _check_same(
            y,
            again,
            f"{title(self.f)} is not deterministic: the same arguments gave {{}} and {{}} at {{}}; "
            "seed its random numbers inside",
        )
        return y

    def _differentiate(self, y: NDArray[Any]) -> list[NDArray[Any]]:
        tensors = [Tensor(x) for x in self.values]
        traced, gradients = differentiate(self.f, self._args, tensors, self.G)
        _check_same(
            y,
            traced,
            f"{title(self.f)} of arrays is {{}} and of tensors {{}} at {{}}: it is to be one function",
        )
        for path, x, g in zip(self.paths, self.values, gradients, strict=True):
            check_form(title(self.f), path, x, g)
        return gradients


def differentiate(
    f: Function, args: Any, tensors: list[Tensor], G: Any, *, record: bool = False
) -> tuple[NDArray[Any], list[Any]]:
    """The value of f and Σ G ∂f/∂x for each x of `tensors`, which take the places of args' variables."""
    # f may write to what it is given, so it is given copies.
    with np.errstate(all="ignore"):
        y = f(*refill(args, [np.copy(x) for x in tensors]))
    if not isinstance(y, Tensor):
        kind = type(y).__name__
        msg = f"{title(f)} of tensors returned {kind}, not a tensor: its value left the graph"
        raise AssertionError(msg)  # noqa: TRY004  # the function under test fails the check
    known = {node.order for node in graph.nodes(y)}
    table = backprop(y, wrt=[x for x in tensors if x.order in known], seed=G, record=record)
    return y.value, [table[x] if x.order in known else np.zeros_like(x.value) for x in tensors]


def projected_gradient(probe: Probe) -> Function:
    """args ↦ Σ P · ∇φ(args) for fixed random P: a scalar function, on tensors with a graph.

    Its gradient is the second derivative of φ along P.
    """
    rng = np.random.default_rng(1)
    P = [rng.normal(size=x.shape).astype(x.dtype) for x in probe.values]

    @wraps(probe.f)
    def projection(*given: Any) -> Any:
        values = [x for _, x in leaves(given)]
        record = any(isinstance(x, Tensor) for x in values)
        tensors = [x if isinstance(x, Tensor) else Tensor(x) for x in values]
        _, gradients = differentiate(probe.f, given, tensors, probe.G, record=record)
        total = sum(np.sum(p * g) for p, g in zip(P, gradients, strict=True))
        return Tensor(total) if record and not isinstance(total, Tensor) else total

    return projection


def check_form(f: str, path: str, x: NDArray[Any], g: Any) -> None:
    """Raise AssertionError unless the gradient `g` is an array of the shape and type of `x`."""
    for what in ("shape", "dtype"):
        got, wanted = getattr(g, what, None), getattr(x, what)
        if got != wanted:
            msg = f"the gradient of {f} with respect to {path} has {what} {got}; wanted: {wanted}"
            raise AssertionError(msg)


def argument_names(f: Function, count: int) -> list[str]:
    """The names of the first `count` positional parameters of f, or else `args[i]`."""
    try:
        parameters = list(inspect.signature(f).parameters.values())
    except (TypeError, ValueError):
        parameters = []  # a builtin may have no signature
    names = [p.name for p in parameters if p.kind <= inspect.Parameter.POSITIONAL_OR_KEYWORD]
    return [names[i] if i < len(names) else f"args[{i}]" for i in range(count)]


def title(f: Function) -> str:
    """The name of f in a message."""
    return getattr(f, "__name__", None) or type(f).__name__


def epsilon(*arrays: NDArray[Any]) -> float:
    """The rounding of the least precise of some floating-point arrays."""
    return max(float(np.finfo(x.dtype).eps) for x in arrays if x.dtype.kind in "fc")


def _magnitude(x: NDArray[Any]) -> float:
    return float(np.max(np.abs(x), initial=1.0))


def _check_same(a: NDArray[Any], b: NDArray[Any], message: str) -> None:
    """Raise AssertionError unless two values agree up to the order of summation."""
    if a.shape != b.shape:
        raise AssertionError(message.format(f"shape {a.shape}", f"shape {b.shape}", "their door"))
    gap = np.abs(a - b)
    if np.any(gap > _ROUNDING * epsilon(a, b) * np.max(np.abs(a), initial=0.0)):
        i = np.unravel_index(int(np.argmax(gap)), a.shape)
        raise AssertionError(message.format(a[i], b[i], [int(k) for k in i]))
