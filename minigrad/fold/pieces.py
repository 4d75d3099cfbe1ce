"""The steps at which the nodes of a class are computed in one way."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import replace

from minigrad.fold.equations import Equations, Member, Members
from minigrad.fold.folded import BOUNDARY, INITIAL, RULE, Input, Piece
from minigrad.fold.runs import longest, repeated


class Change(Exception):  # noqa: N818  # told to the caller, who says where it is
    """A class does not repeat: it changes between two of its members."""

    def __init__(self, before: Member, after: Member, n: int) -> None:
        super().__init__()
        self.before, self.after, self.n = before, after, n


def pieces(members: Members, equations: Equations, most: int) -> tuple[Piece, ...]:
    """The pieces of a class.

    Args:
        members: its nodes by ascending step.
        equations: of the graph.
        most: how many steps at each end may differ.

    Raises:
        Change: if it does not repeat.
    """
    start, stop = _computed(members, equations)
    keys = _keys(members, start, stop)
    run = repeated(keys[start:stop], members.steps[start:stop], most)
    if run is None:
        run = longest(keys[start:stop], members.steps[start:stop], 1)
        i = start + (run.stop if start + run.stop < stop else run.start)
        raise Change(members[i - 1], members[i], stop - start)
    first, last = start + run.start, start + run.stop
    rules = [_piece(members, range(first + k, last, run.period), equations) for k in range(run.period)]
    rules = [replace(rule, stride=run.stride) for rule in rules]
    outer = INITIAL if members.nodes[0].name is not None else BOUNDARY
    return (
        *_ends(members, keys, range(start), equations, outer),
        *_ends(members, keys, range(start, first), equations, BOUNDARY),
        *rules,
        *_ends(members, keys, range(last, stop), equations, BOUNDARY),
        *_ends(members, keys, range(stop, len(keys)), equations, outer),
    )


def _computed(members: Members, equations: Equations) -> tuple[int, int]:
    """Where the members without the initial states begin and end.

    An initial state takes nothing that is in time, where other members of its class do.
    """
    found = members.equations
    known = {equation: equations.in_time(equation) for equation in set(found)}
    if not any(known.values()):
        return 0, len(found)
    start, stop = 0, len(found)
    while not known[found[start]]:
        start += 1
    while not known[found[stop - 1]]:
        stop -= 1
    return start, stop


def _keys(members: Members, start: int, stop: int) -> Sequence[Hashable]:
    """What is equal for members that are computed in one way.

    An index that grows with the step, as in X[t], counts as the same in each of them.
    """
    if not members.integers:
        return members.equations
    i = (start + stop) // 2
    before, after = members[max(i - 1, start)], members[i]
    gap = after.step - before.step
    pairs = zip(after.integers, before.integers, strict=False)
    slopes = [(a - b) // gap if gap and not (a - b) % gap else 0 for a, b in pairs]
    columns = zip(members.steps, members.equations, members.integers, strict=True)
    return [
        (equation, *(k - slope * step for k, slope in zip(integers, slopes, strict=False)))
        for step, equation, integers in columns
    ]


def _ends(
    members: Members, keys: Sequence[Hashable], places: range, equations: Equations, kind: str
) -> list[Piece]:
    """Steps at an end, neighbours that are computed in one way together."""
    found: list[Piece] = []
    start = places.start
    for i in places:
        last = i + 1 == places.stop
        if last or keys[i + 1] != keys[i] or members.steps[i + 1] != members.steps[i] + 1:
            piece = _piece(members, range(start, i + 1), equations)
            found.append(replace(piece, kind=kind))
            start = i + 1
    return found


def _piece(members: Members, places: range, equations: Equations) -> Piece:
    first = members[places[0]]
    op = first.node.op
    inputs = equations.inputs(first.equation)
    return Piece(first.step, members.steps[places[-1]], 1, op, inputs, RULE)


def renumbered(piece: Piece, index: dict[int, int]) -> Piece:
    """The piece with places in `Folded.classes` for the numbers of classes."""
    inputs: list[Input] = []
    for i in piece.inputs:
        inputs.append(i if i.source is None else replace(i, source=index[i.source]))  # noqa: PERF401  # as long
    return replace(piece, inputs=tuple(inputs))
