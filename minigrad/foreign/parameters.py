"""The parameters of somebody's network: what its loss was computed from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from minigrad import graph
from minigrad.foreign.capture import Capture
from minigrad.foreign.names import DATA_WORDS, normal, parts
from minigrad.foreign.reach import Found
from minigrad.tensor import Tensor

_ALSO_WEIGHTS = frozenset({"c", "s", "a", "h", "data", "init", "state", "hidden", "x0"})
_DATA = re.compile(
    r"^(y|t|x)(true|train|test|real|actual|batch|hot|seq|data)$|target|label|onehot|^expected|^[^wubv].*states?$|^states?$"
)


@dataclass(frozen=True)
class Known:
    """The tensors that a program could see, by the creation counters of their versions.

    Attributes:
        by_order: what is known of each version.
    """

    by_order: Mapping[int, Found]

    @classmethod
    def of(cls, *seen: Iterable[Found]) -> Known:
        """Join several views of the same program; a version has all of its names."""
        joined: dict[int, Found] = {}
        for found in (found for group in seen for found in group):
            if isinstance(found.value, Tensor):
                old = joined.get(found.value.order)
                names = (*old.names, *found.names) if old is not None else found.names
                unique = tuple(dict.fromkeys(names))
                joined[found.value.order] = Found(min(unique, key=_shortness), unique, found.value)
        return cls(joined)

    def called(self, names: Iterable[str]) -> Known:
        """Only what goes by one of these names."""
        wanted = set(names)
        return Known({order: f for order, f in self.by_order.items() if wanted & set(f.names)})


def _shortness(name: str) -> tuple[int, int]:
    return name.count(".") + name.count("["), len(name)


def sources(outputs: Sequence[Tensor], known: Known) -> list[Found]:
    """The known tensors that `outputs` were computed from and that come from no other known one.

    Parameters, inputs and initial states are such; a state of the network is none, as it was computed
    from parameters. A parameter is often a node (`0.01 * randn(…)`), whose own inputs nobody knows.

    Args:
        outputs: the loss, or what stands for it.
        known: what the program could see before the network was run.
    """
    found: list[Found] = []
    covered: set[int] = set()
    for node in graph.nodes(*outputs):
        inputs = [edge.source.order for edge in graph.inputs(node)]
        if any(order in covered for order in inputs):
            covered.add(node.order)
        elif node.order in known.by_order:
            covered.add(node.order)
            found.append(_named(known.by_order[node.order], node))
    return found


def latest_sources(outputs: Sequence[Tensor], known: Known) -> list[Found]:
    """The known tensors that are met first on the way back from `outputs`.

    Once weights have been updated they come from each other, and from the states of older steps.

    Args:
        outputs: the loss, or what stands for it.
        known: what is known to be a parameter, an input or an initial state.
    """
    found: dict[int, Found] = {}
    done: set[int] = set()
    stack = list(outputs)
    while stack:
        node = stack.pop()
        if node.order in done:
            continue
        done.add(node.order)
        if node.order in known.by_order:
            found[node.order] = _named(known.by_order[node.order], node)
        else:
            stack += [edge.source for edge in graph.inputs(node)]
    return [found[order] for order in sorted(found)]


def _named(found: Found, node: Tensor) -> Found:
    return Found(found.path, found.names, node)


def ancestors(*outputs: Tensor) -> set[int]:
    """The creation counters of all nodes that `outputs` depend on, and their own."""
    return {node.order for node in graph.nodes(*outputs)}


def is_data(found: Found, capture: Capture) -> bool:
    """Whether a name says that this is an input, a target or a state, and no weight."""
    words = {_word(name) for name in found.names}
    if any(_DATA.search(word) for word in words) or all("cache" in name for name in found.names):
        return True
    arguments = {str(parts(name)[0]) for name in found.names} & (set(capture.arguments) - {"self"})
    last = {normal(str(part)) for name in found.names for part in parts(name) if isinstance(part, str)}
    return bool(words & DATA_WORDS if arguments else (words | last) & (DATA_WORDS - _ALSO_WEIGHTS))


def _word(path: str) -> str:
    """The last name in a path, without the positions behind it."""
    return normal(next((part for part in reversed(parts(path)) if isinstance(part, str)), path))
