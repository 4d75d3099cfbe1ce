"""Recomputing a part of the graph when a gradient passes through it, instead of keeping its nodes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial, wraps
from typing import Any, NamedTuple

import numpy as np

from minigrad import tree
from minigrad.backprop import build_grad
from minigrad.given import snapshot
from minigrad.message import describe
from minigrad.op import Array, Op
from minigrad.ops.arithmetic import Identity
from minigrad.recorded import record_grad
from minigrad.scope import SCOPE
from minigrad.tensor import Tensor, record
from minigrad.trace import since

_PLACE: Any = object()


def checkpoint(f: Callable[..., Any]) -> Callable[..., Any]:
    """f with the same values and gradients of every order, which keeps none of its intermediate nodes.

    Its call becomes one node in the graph. When a gradient reaches that node, f runs again and is
    back-propagated through. Memory for T calls is that of their results and of one call; time grows by
    the forward pass, once for each nesting of checkpoints. In a recorded gradient each edge of the node
    is a checkpoint again, so that higher orders keep nothing either, and f runs once per edge.

    f returns a tensor, or dicts, lists and tuples of tensors and constants. Tensors that it uses without
    getting them as arguments, such as the parameters of a cell, count as arguments. They may not be
    written to before the gradient is taken, and f has to give the same result each time; both are
    checked. What f writes into an argument stays inside of f.

    Args:
        f: a function of tensors, arrays and whatever else, also in dicts, lists and tuples.

    Raises:
        RuntimeError: in back-propagation, if f uses other tensors or gives another result than before.

    Example:
        >>> x = Tensor([0.5, 1.0], name="x")
        >>> y = checkpoint(lambda x: np.sum(np.exp(np.sin(x))))(x)
        >>> y.op, len(y.inputs)
        (Checkpoint(<lambda>), 1)
    """

    @wraps(f)
    def recomputed(*args: Any, **kwargs: Any) -> Any:
        return Call(f, args, kwargs).result()

    return recomputed


class Run(NamedTuple):
    """One run of f: its result as one node, and what that was made of.

    Attributes:
        result: what f has returned.
        y: the tensors in it, end to end if there are several; None if there are none.
        own: the nodes that f has made, with y.
        points: the nodes that stood for the tensors among the arguments.
        closed: the other tensors that f has used, in the versions that it saw.
    """

    result: Any
    y: Tensor | None
    own: list[Tensor]
    points: list[Tensor]
    closed: list[Tensor]


class Call:
    """f with its arguments, to be run as often as needed.

    Args:
        f: the function.
        args: its arguments.
        kwargs: its keyword arguments.
    """

    def __init__(self, f: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
        self.f = f
        given = [x for _, x in tree.leaves((args, kwargs))]
        self._tensors = [x for x in given if isinstance(x, Tensor)]
        self.count = len(self._tensors)
        constants = [snapshot(x) if isinstance(x, np.ndarray) else x for x in given]
        self._given = [_PLACE if isinstance(x, Tensor) else x for x in constants]
        self._shape = tree.build((args, kwargs), [None] * len(given))
        self._scope = SCOPE.get()

    def result(self) -> Any:
        """What f returns, with the tensors in it as parts of one node that f can be run again for."""
        run = self.run([x.array for x in self._tensors])
        if run.y is None:
            return run.result
        y = record(Checkpoint(self, run), (*self._tensors, *run.closed))
        parts = []
        start = 0
        for _, x in tree.leaves(run.result):
            parts.append(_part(y, start, x) if isinstance(x, Tensor) else x)
            start += x.size if isinstance(x, Tensor) else 0
        return tree.build(run.result, parts)

    def run(self, inputs: Sequence[Any]) -> Run:
        """Run f with `inputs`, arrays or tensors, in the places of the tensors."""
        starts = [record(Identity(), (x,)) for x in inputs]
        # f may write to its nodes, which then are other versions of themselves.
        points = [x.frozen() for x in starts]
        mark = record(Identity(), (0.0,)).order
        moved = iter(starts)
        given = [next(moved) if x is _PLACE else x for x in self._given]
        args, kwargs = tree.build(self._shape, given)
        result = self.f(*args, **kwargs)
        found = [x for _, x in tree.leaves(result) if isinstance(x, Tensor)]
        if not found:
            return Run(result, None, [], points, [])
        y: Any = np.copy(found[0]) if len(found) == 1 else np.concatenate([np.ravel(x) for x in found])
        own, older = since(mark, [y])
        orders = {x.order for x in points}
        return Run(result, y, own, points, [x for x in older if x.order not in orders])

    def rerun(self, first: Checkpoint, inputs: Sequence[Any]) -> Run:
        """Run f again, in the time step of the first time.

        Raises:
            RuntimeError: if f uses other tensors than the first time.
        """
        outside = SCOPE.get().of is None
        token = SCOPE.set(self._scope) if outside else None
        try:
            run = self.run(inputs[: self.count])
        finally:
            if token is not None:
                SCOPE.reset(token)
        used = tuple(x.order for x in run.closed)
        if run.y is None or used != first.closed or run.y.shape != first.shape:
            names = ", ".join(describe(x) for x in run.closed) or "none"
            msg = (
                f"{first!r} was to be run again for its gradient, but it returns another shape, or the "
                f"tensors that it uses beside its arguments (now: {names}) are not those of the first "
                "time: don't write to them in between, or pass them as arguments"
            )
            raise RuntimeError(msg)
        return run


class Checkpoint(Op):
    """y = the result of f, of which no intermediate node is kept."""

    def __init__(self, call: Call, run: Run) -> None:
        y: Any = run.y
        self.call = call
        self.closed = tuple(x.order for x in run.closed)
        self.shape = y.shape
        self._first = [y.array]

    def f(self, *xs: Array) -> Array:
        """The value that `call` has computed already; when asked again, run f."""
        if self._first:
            return self._first.pop()
        run = self.call.rerun(self, xs)
        for x, used in zip(run.closed, xs[len(run.points) :], strict=True):
            if not np.array_equal(x.array, used, equal_nan=True):
                msg = f"{self!r} can't be run with another value of {describe(x)}: pass it as an argument"
                raise RuntimeError(msg)
        y: Any = run.y
        return y.array

    def bprops(self, G: Array, y: Array, inputs: Sequence[Array], positions: Sequence[int]) -> list[Any]:
        """Run f again and back-propagate through that."""
        if isinstance(y, Tensor):
            G = G if isinstance(G, Tensor) else Tensor(G)
            arguments = inputs[: self.call.count]
            return [checkpoint(partial(self._recorded, i, y.array))(G, *arguments) for i in positions]
        run = self.call.rerun(self, inputs)
        self._compare(run, y)
        targets = [*run.points, *run.closed]
        gradients = build_grad(run.own, G, [targets[i] for i in positions])
        return [gradients.get(targets[i].order) for i in positions]

    def _recorded(self, i: int, y: Array, G: Tensor, *arguments: Tensor) -> Any:
        """The contribution to input `i` as a function of tensors."""
        run = self.call.rerun(self, arguments)
        self._compare(run, y)
        x = [*run.points, *run.closed][i]
        return record_grad(run.own, G, [x]).get(x.order)

    def _compare(self, run: Run, y: Array) -> None:
        """Raise if f has given another result than the first time."""
        again: Any = run.y
        slack = np.sqrt(np.finfo(y.dtype).eps)
        scale = np.max(np.abs(y), initial=0.0, where=np.isfinite(y))
        if not np.allclose(again.array, y, rtol=slack, atol=slack * scale, equal_nan=True):
            msg = f"{self!r} was run again for its gradient and gave another result: f must not draw anew"
            raise RuntimeError(msg)

    def __eq__(self, other: object) -> bool:
        return self is other

    def __hash__(self) -> int:
        return id(self)

    def __repr__(self) -> str:
        name = getattr(self.call.f, "__name__", None) or type(self.call.f).__name__
        return f"Checkpoint({name})"


def _part(y: Tensor, start: int, x: Tensor) -> Any:
    """The entries of `y` that are those of `x`, in its shape and type."""
    part: Any = y
    if y.shape != x.shape:
        part = np.reshape(y[start : start + x.size], x.shape)
    return part if part.dtype == x.dtype else part.astype(x.dtype)
