"""The loss that somebody's gradient belongs to: that of the file, or the one that its first delta shows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from minigrad import graph
from minigrad.foreign.capture import Capture
from minigrad.foreign.errors import ForeignError
from minigrad.foreign.names import normal, parts, stems
from minigrad.foreign.parameters import ancestors
from minigrad.foreign.reach import Found
from minigrad.foreign.wish import is_called, listed
from minigrad.ops.arithmetic import add_n
from minigrad.tensor import Tensor

_np: Any = np
_LOSS = re.compile(r"loss|cost|err|^e$|^j$|^l$|^c$|nll|entropy|mse|objective")
_NOT_LOSS = re.compile(r"smooth|grad|norm|delta|^d|rate|lr|best|prev|old|history|acc")
_EXACT = 1e-12
_SHORT = 4
_TWO = 2


@dataclass(frozen=True)
class Loss:
    """A loss that the manual gradient may belong to.

    Attributes:
        node: the scalar.
        how: where it comes from, for the report.
        own: whether the file computes it; otherwise only its form is known, and not its scale.
    """

    node: Tensor
    how: str
    own: bool = True


def own_losses(capture: Capture, parameters: set[int]) -> list[Loss]:
    """The scalars of the file that look like its loss, the likeliest first.

    Args:
        capture: the call of the gradient function.
        parameters: the creation counters of what a loss must depend on.
    """
    ranked = []
    for place, found in _scalars(capture):
        score = _score(found, place)
        if score is not None:
            ranked.append((score, found.value, found))
    ranked.sort(key=lambda item: item[0])
    kept: dict[int, tuple[Tensor, Found]] = {}
    for _, node, found in ranked:
        if node.order not in kept and parameters & ancestors(node):
            kept[node.order] = node, found
    partial = {order for node, _ in kept.values() for order in ancestors(node) - {node.order}}
    # A loss that another one was computed from is that of a single step.
    ordered = sorted(kept.values(), key=lambda item: item[0].order in partial)
    return [Loss(_np.sum(node), f"`{_own_name(found)}`") for node, found in ordered]


def _scalars(capture: Capture) -> Iterator[tuple[int, Found]]:
    """Every computed number that could be seen, and whether after the call, around it, or before."""
    for place, group in enumerate((capture.after, capture.outside, capture.before)):
        for found in group:
            if isinstance(found.value, Tensor) and found.value.size == 1 and found.value.op is not None:
                yield place, found


def named_losses(capture: Capture, name: str) -> list[Loss]:
    """The loss that the user has named: a variable, or what a function of that name has returned.

    Raises:
        ForeignError: if there is none.
    """
    short = name.rsplit(".", maxsplit=1)[-1]
    returned = [f for f in capture.forward if isinstance(f.value, Tensor) and f.value.size == 1]
    variables = [f for _, f in _scalars(capture) if is_called(f, name) or is_called(f, short)]
    found = [f for f in (*returned[:1], *variables) if f.value.op is not None]
    if found:
        return [Loss(_np.sum(found[0].value), f"`{name}`, as told")]
    shapes = ", ".join(str(f.array.shape) for f in capture.forward)
    if shapes:
        msg = f"--forward names {name}, which returned arrays of shapes {shapes}; wanted: the loss, a number"
    else:
        numbers = listed(f for _, f in _scalars(capture))
        msg = (
            f"--forward names {name}, but before the gradient was there no number of that name was computed; "
            f"there are: {numbers}"
        )
    raise ForeignError(msg, capture.path or None, capture.line or None)


def _is_long_gradient(name: str) -> bool:
    """Whether a name with "loss" in it is that of a gradient, and no short one such as dL."""
    return bool(stems(name)) and len(normal(name)) > _SHORT


def _own_name(found: Found) -> str:
    named = [n for n in found.names if not n.startswith("returned")]
    return named[0] if named else found.path


def _score(found: Found, place: int) -> tuple[float, ...] | None:
    """A small tuple for a likely loss, None for what is none."""
    best: tuple[float, ...] | None = None
    for path in found.names:
        words = [p for p in parts(path) if isinstance(p, str)]
        name = normal(words[-1]) if words else ""
        returned = path.startswith("returned")
        if not returned and stems(words[-1]) and not _LOSS.search(normal(stems(words[-1])[0])):
            return None
        if returned and len(words) == 1:
            score: tuple[float, ...] | None = (1.0, place, len(path))
        elif _LOSS.search(name) and not _NOT_LOSS.search(name) and not _is_long_gradient(words[-1]):
            score = (0.0, place, len(path))
        elif _LOSS.search(name) and not _NOT_LOSS.match(name) and "smooth" not in name:
            score = (2.0, place, len(path))
        else:
            score = None
        if score is not None and (best is None or score < best):
            best = score
    return best


def shown_losses(gradients: Sequence[Tensor], parameters: set[int]) -> list[Loss]:
    """The losses that the first deltas show: p − y after a softmax or sigmoid, y − t of an output.

    Args:
        gradients: the manual gradients, whose graph has the deltas in it.
        parameters: the creation counters of the parameters.
    """
    nodes = graph.nodes(*gradients)
    depends: set[int] = set(parameters)
    for node in nodes:
        if any(edge.source.order in depends for edge in graph.inputs(node)):
            depends.add(node.order)
    # What is taken from a parameter itself is its update.
    deltas = list(_differences(nodes, depends - parameters))
    kinds: dict[str, list[tuple[Tensor, Any]]] = {}
    for y, target in deltas:
        for kind in _kinds(y.array, target):
            kinds.setdefault(kind, []).append((y, target))
    return [Loss(_FORMS[kind](kinds[kind]), _TOLD[kind], own=False) for kind in _FORMS if kind in kinds]


def _differences(nodes: Sequence[Tensor], depends: set[int]) -> Iterator[tuple[Tensor, Any]]:
    """Outputs y and targets t of which the graph has y − t or t − y, or y with 1 taken from entries."""
    done: set[int] = set()
    outputs: set[int] = set()
    for node in nodes:
        if type(node.op).__name__ == "Subtract" and len(node.inputs) == _TWO:
            a, b = _operands(node)
            found = _output_and_target(node, a, b, depends)
        elif type(node.op).__name__ in {"SetItem", "WriteBack"}:
            found = _taken_from(node, depends)
        else:
            found = None
        if found is not None and found[0].order not in done and not _inside(found[0], outputs):
            done.add(found[0].order)
            yield found
        if found is not None:
            outputs.add(node.order)


def _inside(y: Tensor, outputs: set[int]) -> bool:
    """Whether `y` was computed from a delta already, so that it belongs to the way back."""
    return bool(outputs) and bool(outputs & ancestors(y))


def _operands(node: Tensor) -> list[Any]:
    return [x.seen_by(node) if isinstance(x, Tensor) and x.order > node.order else x for x in node.inputs]


def _output_and_target(node: Tensor, a: Any, b: Any, depends: set[int]) -> tuple[Tensor, Any] | None:
    for y, target in ((a, b), (b, a)):
        if isinstance(y, Tensor) and y.order in depends and y.shape == node.shape:
            constant = target.array if isinstance(target, Tensor) else np.asarray(target)
            free = not (isinstance(target, Tensor) and target.order in depends)
            if free and constant.size and not _is_stabilising(y, target, left=target is a):
                return y, np.broadcast_to(constant, y.shape)
    return None


def _is_stabilising(y: Tensor, constant: Any, *, left: bool) -> bool:
    """Whether this is 1 − y or y − max(y), and no delta."""
    one = left and isinstance(constant, (int, float)) and constant == 1
    return one or (np.size(constant.array if isinstance(constant, Tensor) else constant) == 1 and y.size > 1)


def _taken_from(node: Tensor, depends: set[int]) -> tuple[Tensor, Any] | None:
    """The probabilities of which 1 was taken at the classes."""
    before = _operands(node)[0]
    if not isinstance(before, Tensor) or before.order not in depends:
        return None
    target = before.array - node.array
    is_one_hot = np.all((np.abs(target) < _EXACT) | (np.abs(target - 1) < _EXACT)) and np.any(target)
    origin = before
    while type(origin.op).__name__ in {"Copy", "GetItem", "Transpose", "Reshape"} and (
        isinstance(origin.inputs[0], Tensor) and origin.shape == _operands(origin)[0].shape
    ):
        origin = _operands(origin)[0]
    return (origin, np.round(target)) if is_one_hot else None


def _kinds(y: Any, target: Any) -> list[str]:
    """Which losses have the delta y − target."""
    kinds = []
    if y.min() >= 0 and y.max() <= 1:
        distribution = target.min() >= -_EXACT and any(
            np.allclose(y.sum(axis), 1) and y.shape[axis] > 1 and np.allclose(target.sum(axis), 1)
            for axis in range(y.ndim)
        )
        if distribution:
            kinds.append("cross-entropy")
        elif target.min() >= 0 and target.max() <= 1:
            kinds.append("binary")
    return [*kinds, "squared"]


def _total(terms: Sequence[Tensor]) -> Tensor:
    """The sum of some numbers."""
    summed: Tensor = add_n(list(terms))
    return summed


def _cross_entropy(pairs: Sequence[tuple[Tensor, Any]]) -> Tensor:
    return _total([_np.sum(-target * _np.log(_np.maximum(y, 1e-300))) for y, target in pairs])


def _binary(pairs: Sequence[tuple[Tensor, Any]]) -> Tensor:
    return _total([_np.sum(-t * _np.log(y) - (1 - t) * _np.log(1 - y)) for y, t in pairs])


def _squared(pairs: Sequence[tuple[Tensor, Any]]) -> Tensor:
    return _total([_np.sum((y - target) ** 2) / 2 for y, target in pairs])


_FORMS = {"cross-entropy": _cross_entropy, "binary": _binary, "squared": _squared}
_TOLD = {
    "cross-entropy": "cross-entropy, as the delta p − target shows (the file computes no loss)",
    "binary": "binary cross-entropy, as the delta p − target shows (the file computes no loss)",
    "squared": "half the squared error, as the delta y − target shows (the file computes no loss)",
}
