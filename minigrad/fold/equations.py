"""How each node in time is computed, by classes and delays in place of nodes and steps."""

from __future__ import annotations

import operator
from collections import defaultdict
from collections.abc import Hashable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from minigrad.fold.classes import Labels, bare
from minigrad.fold.folded import Input, Piece
from minigrad.tensor import Tensor

CONSTANT = -1


class Member(NamedTuple):
    """A node of a class: its step, the number of its equation, and the integers of its index."""

    step: int
    equation: int
    node: Tensor
    integers: tuple[int, ...] = ()


@dataclass(eq=False)
class Members:
    """The nodes of a class: of each its step, the number of its equation, the integers of its index.

    They are columns, as a long graph has hundreds of thousands of them.
    """

    steps: list[int] = field(default_factory=list)
    equations: list[int] = field(default_factory=list)
    nodes: list[Tensor] = field(default_factory=list)
    integers: list[tuple[int, ...]] = field(default_factory=list)

    def __getitem__(self, i: int) -> Member:
        integers = self.integers[i] if self.integers else ()
        return Member(self.steps[i], self.equations[i], self.nodes[i], integers)

    def sort(self) -> None:
        """Put the nodes into the order of their steps."""
        if all(map(operator.lt, self.steps, self.steps[1:])):
            return
        order = sorted(range(len(self.steps)), key=self.steps.__getitem__)
        columns: list[list[Any]] = [self.steps, self.equations, self.nodes, self.integers]
        for column in columns:
            if column:
                column[:] = [column[i] for i in order]


@dataclass(eq=False)
class Equations:
    """The equations of a graph, equal ones with one number.

    Attributes:
        members: of each class its nodes, by its number.
        keys: what each equation stands for: (class, op, sources and delays in turns).
        firsts: of each equation the first node that it holds for.
        pieces: of each class that repeats.
    """

    members: defaultdict[int, Members] = field(default_factory=lambda: defaultdict(Members))
    keys: list[tuple[int, Any, tuple[Any, ...]]] = field(default_factory=list)
    firsts: list[Tensor] = field(default_factory=list)
    pieces: dict[int, tuple[Piece, ...]] = field(default_factory=dict)

    def inputs(self, equation: int) -> tuple[Input, ...]:
        """What an equation applies its op to."""
        _, _, refs = self.keys[equation]
        found = []
        for i in range(0, len(refs), 2):
            source, where = refs[i], refs[i + 1]
            at = where[1] if isinstance(where, tuple) else None
            delay = where if isinstance(where, int) else None
            known = None if source == CONSTANT else source
            found.append(Input(i // 2, self.argument(equation, i // 2), known, delay, at))
        return tuple(found)

    def argument(self, equation: int, position: int) -> str:
        """The name of an argument."""
        op = self.firsts[equation].op
        return op.argument(position) if op is not None else ""

    def outside(self) -> set[int]:
        """The classes outside of time that something in time takes."""
        return {
            refs[i]
            for _, _, refs in self.keys
            for i in range(0, len(refs), 2)
            if refs[i + 1] is None and refs[i] != CONSTANT
        }

    def in_time(self, equation: int) -> bool:
        """Whether an equation takes anything that is in time on its own axis."""
        return any(isinstance(where, int) for where in self.keys[equation][2][1::2])


def equate(
    nodes: list[Tensor], labels: Labels, fixed: AbstractSet[tuple[int, int]] = frozenset()
) -> Equations:
    """The equation of each node in time, in one pass.

    Args:
        nodes: of the graph.
        labels: the class of each.
        fixed: classes and positions of arguments that are told by the step that they come from.
    """
    found = Equations()
    numbers: dict[Hashable, int] = {}
    of, members = labels.of, found.members
    for node in nodes:
        step, axis, _ = node.scope
        if step is None:
            continue
        op, integers = bare(node.op)
        mine = of[node.order]
        refs = _refs(node, step, axis, of)
        key = (mine, op, _with_steps(refs, mine, step, axis, fixed) if fixed else refs)
        equation = numbers.setdefault(key, len(numbers))
        if equation == len(found.keys):
            found.keys.append(key)
            found.firsts.append(node)
        own = members[mine]
        own.steps.append(step)
        own.equations.append(equation)
        own.nodes.append(node)
        if integers is not None or own.integers:
            missing = len(own.nodes) - len(own.integers) - 1
            own.integers += [()] * missing
            own.integers.append(integers or ())
    return found


def _refs(node: Tensor, step: int, axis: str, of: dict[int, int]) -> tuple[Any, ...]:
    """Of each input its class and, in turns, its delay; (axis, step) for one on another axis."""
    order = node.order
    refs: list[Any] = []
    for x in node.inputs:
        if isinstance(x, Tensor):
            source = x if x.order < order else x.seen_by(node)
            there, other, _ = source.scope
            refs.append(of[source.order])
            if there is None:
                refs.append(None)
            else:
                refs.append(step - there if axis == other else (other, there))
        else:
            refs.append(CONSTANT)
            refs.append(None)
    return tuple(refs)


def _with_steps(
    refs: tuple[Any, ...], mine: int, step: int, axis: str, fixed: AbstractSet[tuple[int, int]]
) -> tuple[Any, ...]:
    found = list(refs)
    for i in range(1, len(refs), 2):
        if (mine, i // 2) in fixed and isinstance(refs[i], int):
            found[i] = (axis, step - refs[i])
    return tuple(found)
