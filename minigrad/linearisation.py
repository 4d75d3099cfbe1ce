"""A function near one point: its value there, and the linear map of small changes in both directions."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Any

import numpy as np

from minigrad import tree
from minigrad.backprop import build_grad
from minigrad.op import Array
from minigrad.ops.arithmetic import Identity, add_n
from minigrad.recorded import record_grad
from minigrad.scope import DIFFERENTIATING
from minigrad.tensor import Tensor
from minigrad.tensor import record as make_node
from minigrad.trace import since

Argnums = int | tuple[int, ...] | list[int]

_REAL = "fiub"


class Linearisation:
    """f(*args, **kwargs), called once, and what its result does when the chosen arguments change.

    f gets nodes of its own in the place of the arguments, so that whatever it writes into them is
    differentiated and reaches nobody else. Everything is recorded, and tensors come out, when a chosen
    argument is a tensor or f uses tensors that were there before the call; else arrays come out.

    Args:
        f: the function.
        args: its arguments; the chosen ones are floats, or dicts, lists and tuples of floats.
        kwargs: its keyword arguments, which are constants.
        argnums: the position of the chosen argument, or a tuple of positions.

    Attributes:
        value: the result, of tensors if `record`, else of arrays and numbers.
        outputs: the leaves of the result, tensors and constants.
        points: the nodes that stand for the leaves of the chosen arguments.
        record: whether what comes out is recorded.

    Raises:
        TypeError: if f can't be called, if a chosen leaf is no float, or if a result is no real number.
        ValueError: if `argnums` names an argument that is not given, or one twice.
    """

    def __init__(
        self, f: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any], argnums: Argnums
    ) -> None:
        self._name = getattr(f, "__name__", repr(f))
        self._argnums = argnums
        self._positions = _positions(argnums, len(args))
        chosen = [args[i] for i in self._positions]
        places = [leaf for i in self._positions for leaf in tree.leaves(args[i], f"args[{i}]")]
        self._shape = tree.build(chosen, [None] * len(places))
        self._numbers = [not isinstance(x, np.ndarray) for _, x in places]
        starts = [_start(path, x) for path, x in places]
        # f may write to its nodes, which then are other versions of themselves.
        self.points = [x.frozen() for x in starts]
        moved = list(args)
        for i, x in zip(self._positions, tree.build(chosen, starts), strict=True):
            moved[i] = x
        token = DIFFERENTIATING.set(True)
        try:
            result = f(*moved, **kwargs)
        finally:
            DIFFERENTIATING.reset(token)
        found = tree.leaves(result, self._name + "(…)")
        tensors = [y for path, y in found if _is_tensor(path, y)]
        mark = self.points[0].order if self.points else 0
        foreign = bool(self.points) and bool(since(mark, tensors)[1])
        self.record = foreign or any(isinstance(x, Tensor) for _, x in places)
        self.outputs = [y.frozen() if isinstance(y, Tensor) else y for _, y in found]
        self.shape = tree.build(result, [None] * len(found))
        self.value = result if self.record else tree.build(result, [_plain(y) for y in self.outputs])

    def scalar(self) -> Any:
        """The only output.

        Raises:
            TypeError: if f returns a container.
            ValueError: if it returns more than one number.
        """
        if self.shape is not None:
            msg = (
                f"{self._name} returned a {type(self.shape).__name__}; a gradient is that of one number: "
                "return one, or use vjp or jacobian"
            )
            raise TypeError(msg)
        if np.size(_array(self.outputs[0])) != 1:
            msg = (
                f"{self._name} returned shape {np.shape(_array(self.outputs[0]))}; a gradient is that of "
                "one number: reduce it, as with np.sum, or use vjp or jacobian"
            )
            raise ValueError(msg)
        return self.outputs[0]

    def pull(self, cotangents: list[Any]) -> list[Any]:
        """∂⟨cotangents, outputs⟩/∂point for each point, in shape and type of the point."""
        record = self.record or any(isinstance(c, Tensor) for c in cotangents)
        pairs = [(y, c) for y, c in zip(self.outputs, cotangents, strict=True) if isinstance(y, Tensor)]
        gradients = _transpose(pairs, self.points, record=record)
        return [_number(g) if n else g for g, n in zip(gradients, self._numbers, strict=True)]

    def push(self, tangents: list[Any]) -> list[Any]:
        """∂outputs/∂points · tangents, for each output, in shape and type of the output."""
        record = self.record or any(isinstance(t, Tensor) for t in tangents)
        seeds, gradients = self._transposed
        found = iter(_transpose(zip(gradients, tangents, strict=True), seeds, record=record))
        pushed = [next(found) if isinstance(y, Tensor) else _zeros(y) for y in self.outputs]
        return [_number(t) for t in pushed]

    @cached_property
    def _transposed(self) -> tuple[list[Tensor], list[Tensor]]:
        """Cotangents u and the graph of pull(u), whose transpose in turn is the derivative itself."""
        outputs = [y for y in self.outputs if isinstance(y, Tensor)]
        # pull is linear, so that any u will do; no entry or difference of these is 0, for rules that ask.
        draw = np.random.default_rng(0).uniform
        seeds = [Tensor(draw(1.0, 2.0, y.shape).astype(y.dtype)) for y in outputs]
        return seeds, _transpose(zip(outputs, seeds, strict=True), self.points, record=True)

    def cotangents(self, given: Any) -> list[Any]:
        """A tree of cotangents as a list, in shapes and types of the outputs."""
        found = tree.match(self.shape, given, "the cotangent")
        return [_like(c, path, _array(y)) for (path, c), y in zip(found, self.outputs, strict=True)]

    def tangents(self, given: Any) -> list[Any]:
        """Tangents, one tree per chosen argument, as a list in shapes and types of the points."""
        found = tree.match(self._shape, given, "the tangent")
        return [_like(t, path, x.array) for (path, t), x in zip(found, self.points, strict=True)]

    def arranged(self, leaves: Iterable[Any]) -> Any:
        """One leaf for each point, in the containers of the chosen arguments."""
        arguments = tree.build(self._shape, leaves)
        return tuple(arguments) if isinstance(self._argnums, (tuple, list)) else arguments[0]


def _transpose(pairs: Iterable[tuple[Tensor, Any]], targets: list[Tensor], *, record: bool) -> list[Any]:
    """∂(Σ ⟨c, y⟩)/∂target over the pairs (y, c), each an array or tensor that is shared with nobody."""
    mark = min((x.order for x in targets), default=0)
    depending = [(y, c) for y, c in pairs if y.order >= mark]
    gradients: dict[int, Array] = {}
    if depending and targets:
        with np.errstate(all="ignore"):
            y, seed = depending[0] if len(depending) == 1 else _inner(depending)
            if record and not isinstance(seed, Tensor):
                seed = Tensor(seed)
            build = record_grad if record else build_grad
            gradients = build(since(mark, [y])[0], seed, targets)
    return [_own(gradients.get(x.order), x, record=record) for x in targets]


def _inner(pairs: list[tuple[Tensor, Any]]) -> tuple[Tensor, Any]:
    """The scalar Σ ⟨c, y⟩ and its own cotangent, 1."""
    total = add_n([np.sum(y * c) for y, c in pairs])
    return total, np.ones_like(total.array)


def _own(g: Any, x: Tensor, *, record: bool) -> Any:
    if record:
        return np.copy(g) if isinstance(g, Tensor) else Tensor(np.zeros_like(x.array) if g is None else g)
    return np.zeros_like(x.array) if g is None else np.array(g)


def _positions(argnums: Argnums, count: int) -> list[int]:
    """The positions that `argnums` names, counted from the front."""
    given = tuple(argnums) if isinstance(argnums, (tuple, list)) else (argnums,)
    found = []
    for number in map(operator.index, given):
        if not -count <= number < count:
            msg = f"argnums names argument {number}, but {count} positional arguments were given"
            raise ValueError(msg)
        found.append(number % count)
    if len(set(found)) < len(found):
        msg = f"argnums={argnums} names an argument twice"
        raise ValueError(msg)
    return found


def _start(path: str, x: Any) -> Any:
    """The node that f gets in the place of `x`."""
    if isinstance(x, Tensor):
        return make_node(Identity(), (x,))
    array = np.asarray(x) if isinstance(x, (np.ndarray, np.generic, int, float, complex)) else None
    if array is None or array.dtype.kind != "f":
        kind = type(x).__name__ if array is None or not array.ndim else f"array of {array.dtype}"
        advice = "pass a float (3.0, x.astype(float)), or name other arguments with argnums"
        msg = f"{path} is of type {kind}, which has no small changes and so no derivative: {advice}"
        raise TypeError(msg)
    return make_node(Identity(), (array,))


def _is_tensor(path: str, y: Any) -> bool:
    if isinstance(y, Tensor):
        return True
    real = isinstance(y, (np.ndarray, np.generic, int, float)) and np.asarray(y).dtype.kind in _REAL
    if not real:
        msg = f"{path} is {y!r} of type {type(y).__name__}; wanted: tensors, arrays or real numbers"
        raise TypeError(msg)
    return False


def _like(given: Any, path: str, wanted: Any) -> Any:
    """A tangent or cotangent of `wanted`: of its shape and floating-point type, and nobody else's."""
    dtype = wanted.dtype if wanted.dtype.kind == "f" else np.dtype(float)
    change = given if isinstance(given, Tensor) else np.asarray(given)
    if change.dtype.kind not in _REAL:
        msg = f"{path} is of {change.dtype}; wanted: real numbers of shape {wanted.shape}"
        raise TypeError(msg)
    if change.shape != wanted.shape:
        msg = f"{path} has shape {change.shape}; wanted: {wanted.shape}"
        raise ValueError(msg)
    return change if isinstance(change, Tensor) and change.dtype == dtype else change.astype(dtype)


def _array(y: Any) -> Any:
    return y.array if isinstance(y, Tensor) else np.asarray(y)


def _plain(y: Any) -> Any:
    """What f would have given for arrays."""
    return _number(np.array(y.array)) if isinstance(y, Tensor) else y


def _number(g: Any) -> Any:
    """A NumPy number in the place of an array without axes."""
    return g[()] if isinstance(g, np.ndarray) and g.ndim == 0 else g


def _zeros(y: Any) -> Any:
    """The tangent of a constant."""
    array = np.asarray(y)
    return np.zeros(array.shape, array.dtype if array.dtype.kind == "f" else float)
