"""The loss ⟨output, G⟩ of a gradient function that is handed the gradient G of its output."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from minigrad import graph
from minigrad.foreign.capture import Capture
from minigrad.foreign.names import normal, parts, stems
from minigrad.foreign.parameters import Known
from minigrad.foreign.probabilities import are_probabilities, logits
from minigrad.foreign.reach import Found
from minigrad.ops.arithmetic import add_n
from minigrad.tensor import Tensor

_np: Any = np
TOLD = "⟨output, the gradient that is handed in⟩"
OF_PROBABILITIES = f"{TOLD}, the output being probabilities"
OF_LOGITS = f"{TOLD}, the output being what the probabilities are computed from"
_ANONYMOUS = frozenset(
    {"delta", "upstream", "g", "grad", "gradient", "error", "err", "errortensor", "outputmsg"}
)
_MOST = 12


@dataclass(frozen=True)
class Handed:
    """An upstream gradient.

    Attributes:
        name: the argument.
        entries: its arrays by what stands behind the name: "" for one array, "[2]" for one of a list.
        stems: what it may be the gradient of.
    """

    name: str
    entries: Mapping[str, Any]
    stems: tuple[str, ...]


def handed_in(capture: Capture) -> list[Handed]:
    """The arguments of a gradient function that are called gradients."""
    found = []
    for name in capture.arguments:
        entries = {
            path[len(name) :]: one.value
            for one in capture.before
            for path in one.names
            if str(parts(path)[0]) == name and isinstance(one.value, Tensor) and "." not in path[len(name) :]
        }
        given = capture.arguments[name]
        if not entries and isinstance(given, np.ndarray) and given.dtype.kind in "iu" and given.ndim:
            entries = {"": Tensor(given.astype(float))}
        called = stems(name) or (("out",) if normal(name) in _ANONYMOUS else ())
        if entries and called and len({path.count("[") for path in entries}) == 1:
            found.append(Handed(name, entries, called))
    return found


def is_handed_in(found: Found, capture: Capture) -> bool:
    """Whether a tensor is (part of) an upstream gradient."""
    names = {handed.name for handed in handed_in(capture)}
    return any(str(parts(path)[0]) in names for path in found.names)


def upstream_terms(capture: Capture, known: Known, parameters: set[int]) -> Iterator[tuple[str, Tensor]]:
    """⟨output, G⟩ for the upstream gradients that are given, the outputs that fit best first.

    Args:
        capture: the call.
        known: what could be seen when it was called.
        parameters: the creation counters of what an output depends on.

    Yields:
        What it is, and the loss.
    """
    outputs = _Outputs(known, parameters)
    choices = []
    for handed in handed_in(capture):
        if any(np.any(G.array) for G in handed.entries.values()):
            terms = list(itertools.islice(outputs.terms(handed), _MOST))
            if terms:
                choices.append(terms)
    if choices:
        for chosen in itertools.islice(itertools.product(*choices), _MOST):
            told = next((how for how, _ in chosen if how != TOLD), TOLD)
            yield told, _total([term for _, term in chosen])


def zero_upstream(capture: Capture) -> str | None:
    """The name of an upstream gradient if all that are handed in are zero."""
    handed = handed_in(capture)
    zero = [one for one in handed if not any(np.any(G.array) for G in one.entries.values())]
    return zero[0].name if zero and len(zero) == len(handed) else None


class _Outputs:
    """What may be the output of a network, alone or in containers by time step."""

    def __init__(self, known: Known, parameters: set[int]) -> None:
        depends: set[int] = set(parameters)
        for node in graph.nodes(*[f.value for f in known.by_order.values()]):
            if any(edge.source.order in depends for edge in graph.inputs(node)):
                depends.add(node.order)
        computed = [f for order, f in known.by_order.items() if order in depends - parameters]
        self.single = [(name, f.value) for f in computed for name in f.names]
        self.groups: dict[str, dict[str, Tensor]] = {}
        for name, value in self.single:
            if name.endswith("]"):
                start = name.rindex("[")
                self.groups.setdefault(name[:start], {})[name[start:]] = value

    def terms(self, handed: Handed) -> Iterator[tuple[str, Tensor]]:
        """⟨output, G⟩ for each output that fits G, the likeliest first; each once."""
        ranked = sorted(self._matches(handed), key=lambda match: match[:2], reverse=True)
        done = set()
        for _, _, pairs in ranked:
            key = tuple(y.order for y, _ in pairs)
            if key not in done:
                done.add(key)
                likely = all(are_probabilities(y.array) for y, _ in pairs)
                yield OF_PROBABILITIES if likely else TOLD, _inner(pairs)
                before = [logits(y, G) for y, G in pairs] if likely else []
                if before and None not in before:
                    yield OF_LOGITS, _inner([pair for found in before for pair in found or ()])

    def _matches(self, handed: Handed) -> Iterator[tuple[int, int, list[tuple[Tensor, Any]]]]:
        """How well a name fits, how late it was made, and the pairs of an output and its gradient."""
        for name, value in self.single:
            pairs = _with_array(value, handed.entries)
            if pairs is not None:
                yield _fit(name, handed.stems), value.order, pairs
        for name, group in self.groups.items():
            pairs = _with_group(group, handed.entries)
            if pairs is not None:
                yield _fit(name, handed.stems), max(y.order for y, _ in pairs), pairs


def _total(terms: Sequence[Tensor]) -> Tensor:
    """The sum of some numbers."""
    summed: Tensor = add_n(list(terms))
    return summed


def _inner(pairs: Sequence[tuple[Tensor, Any]]) -> Tensor:
    """The sum of all products of the entries of the outputs and of their gradients."""
    return _total([_np.sum(y * np.asarray(G).reshape(y.shape)) for y, G in pairs])


def _with_array(y: Tensor, entries: Mapping[str, Any]) -> list[tuple[Tensor, Any]] | None:
    """An output in one array with its gradient: of the same shape, or a list over its first axis."""
    if set(entries) == {""}:
        G = entries[""].array
        return [(y, G)] if _alike(y.shape, G.shape) else None
    steps = [f"[{t}]" for t in range(len(entries))]
    if not y.ndim or len(y) != len(entries) or set(steps) != set(entries):
        return None
    arrays = [entries[step].array for step in steps]
    if any(G.size * len(y) != y.size for G in arrays):
        return None
    return [(y, np.stack([G.reshape(y.shape[1:]) for G in arrays]))]


def _with_group(group: Mapping[str, Tensor], entries: Mapping[str, Any]) -> list[tuple[Tensor, Any]] | None:
    """Outputs by time step with their gradients: by the same keys, or in one array over time."""
    if set(entries) == {""}:
        G = entries[""].array
        steps = [f"[{t}]" for t in range(len(G) if G.ndim else 0)]
        if not steps or not set(steps) <= set(group) or f"[{len(steps)}]" in group:
            return None
        pairs = [(group[step], G[t]) for t, step in enumerate(steps)]
    else:
        if not set(entries) <= set(group):
            return None
        pairs = [(group[step], G.array) for step, G in entries.items()]
    return pairs if all(_alike(y.shape, G.shape) for y, G in pairs) else None


def _alike(one: Sequence[int], other: Sequence[int]) -> bool:
    """Whether two shapes are equal but for axes of length 1."""
    return [n for n in one if n != 1] == [n for n in other if n != 1]


def _fit(name: str, wanted: Sequence[str]) -> int:
    """How well a node's name fits what a gradient says that it is of."""
    words = [part for part in parts(name) if isinstance(part, str)]
    last = normal(words[-1]) if words else ""
    if last in wanted:
        return 3
    return 1 + any(last[:1] == stem[:1] and "prev" not in last for stem in wanted)
