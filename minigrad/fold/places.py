"""What a message calls a class: its name, or the path that leads to it from a name."""

from __future__ import annotations

from collections import Counter

from minigrad.fold.classes import Labels
from minigrad.fold.equations import Equations
from minigrad.message import describe
from minigrad.tensor import Tensor

LONGEST_PATH = 4


def places(order: list[int], labels: Labels, equations: Equations, apart: list[Tensor]) -> dict[int, str]:
    """The name of each class: "h", "h (2)" for the second of that name, "the multiply h.a" below h.

    Args:
        order: the numbers of the classes.
        labels: of the graph.
        equations: of the graph.
        apart: the nodes outside of time that stand for themselves.
    """
    found = {labels.of[node.order]: node.name or describe(node) for node in apart}
    named = Counter(found.values())
    for number, node in ((labels.of[x.order], x) for x in apart):
        if named[found[number]] > 1:
            found[number] = f"{found[number]}#{node.order}"
    above = _above(equations)
    for number in order:
        if number not in found:
            found[number] = _place(number, labels, equations, above)
    return found


def _above(equations: Equations) -> dict[int, tuple[int, str]]:
    """Of each class one that takes it in the same step, and as which argument."""
    found: dict[int, tuple[int, str]] = {}
    for equation, (consumer, _, refs) in enumerate(equations.keys):
        for i in range(0, len(refs), 2):
            if refs[i + 1] == 0 and refs[i] not in found:
                found[refs[i]] = (consumer, equations.argument(equation, i // 2))
    return found


def _place(number: int, labels: Labels, equations: Equations, above: dict[int, tuple[int, str]]) -> str:
    own = equations.members[number].nodes
    name = own[0].name or own[-1].name
    key = labels.keys[number]
    if name is not None:
        return name if key[0] != "name" or key[3] == 0 else f"{name} ({int(str(key[3])) + 1})"
    kind = own[0].op.label if own[0].op is not None else "leaf"
    steps: list[str] = []
    while number in above and len(steps) < LONGEST_PATH:
        number, argument = above[number]
        steps.append(argument)
        if equations.members[number].nodes[0].name is not None:
            return f"the {kind} {'.'.join([_place(number, labels, equations, above), *reversed(steps)])}"
    return f"an unnamed {kind}"
