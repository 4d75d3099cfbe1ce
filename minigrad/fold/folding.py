"""From an unrolled graph to the step that it repeats."""

from __future__ import annotations

from math import lcm
from typing import Any

from minigrad import graph
from minigrad.fold.classes import Labels, label
from minigrad.fold.equations import Equations
from minigrad.fold.folded import Axis, Class, Folded, Outside, Taken
from minigrad.fold.merging import equated
from minigrad.fold.notes import notes
from minigrad.fold.outside import shown, taken
from minigrad.fold.pieces import renumbered
from minigrad.fold.places import places
from minigrad.fold.refusal import nothing_repeats, refusal
from minigrad.fold.settling import settled
from minigrad.nn.unroll import Run
from minigrad.tensor import Tensor


def fold(*outputs: Tensor | Run) -> Folded:
    """Find the step that an unrolled graph repeats, from its names, steps and operations alone.

    Nodes of one name on one time axis are a class; an unnamed node is known by its path to a named one.
    A class folds if its nodes are computed from the same classes with the same delays at all steps but
    a few at the ends, which are told apart. It may alternate with a period of up to 12 steps; it may run
    backwards in time, with negative delays. Takes O(nodes + edges).

    Args:
        outputs: the tensors whose graph is folded, a loss for example; a run stands for its loss, if it
            has one, and everything that its cell returned.

    Raises:
        FoldError: if no node has a time step, or a class does not repeat; it names the class and the two
            steps between which it changes.
        TypeError: if one of `outputs` is neither a tensor nor a run.
        ValueError: if there are none.

    Example:
        >>> import minigrad as mg, numpy as np
        >>> run = mg.nn.unroll(lambda x, h: np.tanh(h + x), np.ones((5, 2)), np.zeros(2))
        >>> folded = fold(run)
        >>> rule = folded["h"].rules[0]
        >>> rule.first, rule.last, rule.op
        (1, 5, Tanh())
        >>> folded.notes
        ('h⁽⁰⁾ is the initial state.',)
    """
    ends = [end for x in outputs for end in _ends(x)]
    if not ends:
        msg = "fold wants at least one tensor or run; given: none"
        raise ValueError(msg)
    nodes = graph.nodes(*ends)
    labels = label(nodes)
    equations = equated(nodes, labels)
    if not equations.members:
        raise nothing_repeats(ends[0])
    equations, changes = settled(nodes, labels, equations)
    outside = [node for node in nodes if node.step is None]
    used = equations.outside()
    apart = shown(outside, ends, {node.order for node in outside if labels.of[node.order] in used})
    order = _order(apart, labels, equations)
    names = places(order, labels, equations, apart)
    if changes:
        raise refusal(changes, equations, names)
    classes = _classes(order, apart, labels, equations, names)
    axes = _axes(classes)
    index = {number: i for i, number in enumerate(order)}
    found = _outside(outside, apart, labels, index)
    return Folded(classes, axes, found, notes(classes, axes, found))


def _ends(x: Any) -> list[Tensor]:
    """The tensors that an output of `fold` stands for."""
    if isinstance(x, Tensor):
        return [x]
    if not isinstance(x, Run):
        msg = f"fold wants tensors or runs; given: {type(x).__name__}"
        raise TypeError(msg)
    returned = [node for out in x.outputs for node in out.values()]
    lossy = any("L" in out for out in x.outputs)
    return [*([x.loss] if lossy else []), *returned]


def _order(apart: list[Tensor], labels: Labels, equations: Equations) -> list[int]:
    """The numbers of the classes, in the order in which their first nodes were made."""
    firsts = {number: min(n.order for n in own.nodes) for number, own in equations.members.items()}
    firsts |= {labels.of[node.order]: node.order for node in apart}
    return sorted(firsts, key=lambda number: firsts[number])


def _classes(
    order: list[int], apart: list[Tensor], labels: Labels, equations: Equations, names: dict[int, str]
) -> tuple[Class, ...]:
    index = {number: i for i, number in enumerate(order)}
    alone = {labels.of[node.order]: node for node in apart}
    classes = []
    for i, number in enumerate(order):
        if number in alone:
            node = alone[number]
            classes.append(Class(i, node.name, 0, None, names[number], {None: node}))
        else:
            mine = equations.members[number]
            key = labels.keys[number]
            occurrence = int(str(key[3])) if key[0] == "name" else 0
            rule = tuple(renumbered(piece, index) for piece in equations.pieces[number])
            by_step: dict[int | None, Tensor] = dict(zip(mine.steps, mine.nodes, strict=True))
            name = mine.nodes[0].name or mine.nodes[-1].name
            classes.append(Class(i, name, occurrence, mine.nodes[0].axis, names[number], by_step, rule))
    return tuple(classes)


def _axes(classes: tuple[Class, ...]) -> tuple[Axis, ...]:
    """The time axes, with the steps that the rules of computed classes span."""
    found = []
    for name in dict.fromkeys(c.axis for c in classes if c.axis is not None):
        own = [c for c in classes if c.axis == name]
        computed = [c for c in own if c.op is not None] or own
        steps = [piece for c in computed for piece in c.pieces if piece.kind != "initial"]
        periods = [c.rules[0].stride for c in computed if len(c.rules) > 1]
        period = lcm(*periods)
        found.append(Axis(name, min(p.first for p in steps), max(p.last for p in steps), period))
    return tuple(found)


def _outside(
    nodes: list[Tensor], apart: list[Tensor], labels: Labels, index: dict[int, int]
) -> tuple[Outside, ...]:
    found = []
    for node, sources, through in taken(nodes, apart, labels.of):
        takes = []
        for number, steps in sources.items():
            known = [step for step in steps if step is not None]
            span = (min(known), max(known)) if known else (None, None)
            takes.append(Taken(index[number], *span))
        takes.sort(key=lambda t: t.source)
        found.append(Outside(index[labels.of[node.order]], tuple(takes), tuple(through)))
    return tuple(found)
