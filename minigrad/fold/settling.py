"""The pieces of all classes, once it is known which arguments are at a fixed step."""

from __future__ import annotations

from minigrad.fold.classes import Labels
from minigrad.fold.equations import CONSTANT, Equations, equate
from minigrad.fold.pieces import Change, pieces
from minigrad.tensor import Tensor

ENDS = 2
"""So many steps at each end may differ in any graph, and more if the delays are longer."""
ROUNDS = 4

Changes = list[tuple[int, Change]]


def settled(nodes: list[Tensor], labels: Labels, equations: Equations) -> tuple[Equations, Changes]:
    """The equations with the pieces of each class, and where classes change that do not repeat.

    An argument may be one node at all steps, as the initial state is where each step takes it again.
    Where the delay changes and the step of the source does not, it is told by its step.
    """
    fixed: set[tuple[int, int]] = set()
    for _ in range(ROUNDS):
        changes = _try(equations)
        more = {place for number, change in changes for place in _fixed(number, change, equations)} - fixed
        if not more:
            break
        fixed |= more
        equations = equate(nodes, labels, fixed)
    return equations, changes


def _try(equations: Equations) -> Changes:
    delays = [ref for _, _, refs in equations.keys for ref in refs[1::2] if isinstance(ref, int)]
    most = max([ENDS, *(abs(delay) for delay in delays)])
    changes = []
    for number, members in equations.members.items():
        members.sort()
        try:
            equations.pieces[number] = pieces(members, equations, most)
        except Change as change:
            changes.append((number, change))
    return changes


def _fixed(number: int, change: Change, equations: Equations) -> list[tuple[int, int]]:
    """The arguments of a class that come from one step both before and after a change."""
    refs, others = (equations.keys[member.equation][2] for member in (change.before, change.after))
    found = []
    for i in range(0, min(len(refs), len(others)), 2):
        before, after = refs[i + 1], others[i + 1]
        if refs[i] != others[i] or refs[i] == CONSTANT or before == after:
            continue
        timed = isinstance(before, int) and isinstance(after, int)
        if timed and change.before.step - before == change.after.step - after:
            found.append((number, i // 2))
    return found
