"""Unnamed nodes that are another term in some steps and are one class all the same."""

from __future__ import annotations

from collections import defaultdict

from minigrad.fold.classes import Labels
from minigrad.fold.equations import Equations, equate
from minigrad.tensor import Tensor

ROUNDS = 60
"""How deep a difference at an end of time may lie below a name."""


def equated(nodes: list[Tensor], labels: Labels) -> Equations:
    """The equations of a graph; classes of unnamed nodes that belong together become one in `labels`."""
    found = equate(nodes, labels)
    if not labels.unnamed:
        return found
    merged = _Merged(found, labels)
    for _ in range(ROUNDS):
        if not merged.more():
            break
    if merged.known:
        labels.of = {order: merged.of(number) for order, number in labels.of.items()}
        found = equate(nodes, labels)
    return equate(nodes, labels) if _name_ends(found, labels) else found


class _Merged:
    """Classes that were found to be one: unnamed, one op, one argument of one class, never in one step.

    Args:
        equations: before merging.
        labels: of the graph.
    """

    def __init__(self, equations: Equations, labels: Labels) -> None:
        self._equations = equations
        self._labels = labels
        self.known: dict[int, int] = {}
        self._steps: dict[int, set[int]] = {}

    def of(self, number: int) -> int:
        """The class that a class has become part of, or itself."""
        while number in self.known:
            number = self.known[number]
        return number

    def steps(self, number: int) -> set[int]:
        """The steps of a class and of what has become part of it."""
        if number not in self._steps:
            self._steps[number] = set(self._equations.members[number].steps)
        return self._steps[number]

    def more(self) -> bool:
        """Merge once; whether there was anything to merge."""
        before = len(self.known)
        for group in self._alike():
            first, *rest = sorted(group, key=lambda number: (-len(self.steps(number)), number))
            for other in rest:
                apart = first not in self.known and other not in self.known
                if apart and self.steps(first).isdisjoint(self.steps(other)):
                    self.known[other] = first
                    self._steps[first] |= self._steps.pop(other)
        return len(self.known) > before

    def _alike(self) -> list[set[int]]:
        slots: defaultdict[tuple[int, int, str], set[int]] = defaultdict(set)
        members, keys = self._equations.members, self._labels.keys
        for consumer, _, refs in self._equations.keys:
            for i in range(0, len(refs), 2):
                source = refs[i]
                if source >= 0 and keys[source][0] == "term":
                    op = members[source].nodes[0].op
                    kind = op.label if op is not None else ""
                    slots[self.of(consumer), i, kind].add(self.of(source))
        return [group for group in slots.values() if len(group) > 1]


def _name_ends(equations: Equations, labels: Labels) -> bool:
    """Make the only node of a name the last of the unnamed ones that are computed as it is.

    In `total = total + L` the sum gets its name after the loop. Whether there was such a name.
    """
    unnamed = {
        (op, refs): number
        for number, op, refs in equations.keys
        if op is not None and labels.keys[number][0] == "term"
    }
    found = False
    for number, op, refs in equations.keys:
        same = unnamed.get((op, refs))
        if same is None or labels.keys[number][0] != "name":
            continue
        own, others = equations.members[number], equations.members[same]
        if len(own.steps) == 1 and own.steps[0] not in others.steps:
            labels.of[own.nodes[0].order] = same
            found = True
    return found
