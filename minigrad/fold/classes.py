"""Which nodes of an unrolled graph are one node of the folded one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Any

from minigrad import graph
from minigrad.tensor import Tensor


@dataclass(eq=False)
class Labels:
    """A number for each node, the same for nodes of one class.

    Attributes:
        of: the number by the creation counter of the node.
        keys: what each number stands for: ("name", axis, name, occurrence), ("term", number of the
            term, occurrence), ("outside", creation counter).
        unnamed: whether there are unnamed nodes in time.
    """

    of: dict[int, int] = field(default_factory=dict)
    keys: list[tuple[Hashable, ...]] = field(default_factory=list)
    unnamed: bool = False
    _numbers: dict[tuple[Hashable, ...], int] = field(default_factory=dict)

    def number(self, *key: Hashable) -> int:
        """The number of a key."""
        found = self._numbers.get(key)
        if found is None:
            found = self._numbers[key] = len(self.keys)
            self.keys.append(key)
        return found


def label(nodes: list[Tensor]) -> Labels:
    """Number the nodes.

    A node in time is known by its axis and name, and of several of one name in one step by which of
    them was made first. An unnamed one is known by the term of named nodes and delays that it is. A node
    outside of time is a class of its own.

    Args:
        nodes: of a graph, inputs before their consumers.
    """
    labels = Labels()
    of, number = labels.of, labels.number
    seen: defaultdict[tuple[str, str], dict[int, int]] = defaultdict(dict)
    for node in nodes:
        step, axis, _ = node.scope
        name = node.name
        if step is None:
            of[node.order] = number("outside", node.order)
        elif name is None:
            labels.unnamed = True
        else:
            known = seen[axis, name]
            same = known[step] = known.get(step, -1) + 1
            of[node.order] = number("name", axis, name, same)
    _adopt(nodes, labels, seen)
    _label_unnamed(nodes, labels)
    return labels


def _adopt(nodes: list[Tensor], labels: Labels, seen: dict[tuple[str, str], dict[int, int]]) -> None:
    """Give an initial state to the layer that takes it, where several layers have one name.

    At its own step it may be the only one of that name, and so be counted as the first.
    """
    most = {key: found for key, steps in seen.items() if (found := max(steps.values()))}
    if not most:
        return
    taker: dict[int, Tensor] = {}
    for node in reversed(nodes):
        for edge in graph.inputs(node):
            taker[edge.source.order] = node
    for node in nodes:
        step, axis, _ = node.scope
        if node.op is None and step is not None and node.name is not None:
            key = (axis, node.name)
            if key in most and seen[key][step] < most[key]:
                labels.of[node.order] = labels.of[_layer(node, taker).order]


def _layer(leaf: Tensor, taker: dict[int, Tensor]) -> Tensor:
    """The first node of the same name on the way from a leaf to the outputs, or the leaf."""
    node = taker.get(leaf.order)
    while node is not None and (node.name != leaf.name or node.axis != leaf.axis or node.step is None):
        node = taker.get(node.order)
    return leaf if node is None else node


def _label_unnamed(nodes: list[Tensor], labels: Labels) -> None:
    """Number the unnamed nodes in time, inputs first."""
    if not labels.unnamed:
        return
    of = labels.of
    terms: dict[Hashable, int] = {}
    term_of: dict[int, int] = {}
    seen: defaultdict[tuple[int, int], int] = defaultdict(int)
    for node in nodes:
        step, axis, _ = node.scope
        if step is None or node.name is not None:
            continue
        key = (bare(node.op)[0], axis, *[_part(x, node, of, term_of) for x in node.inputs])
        term = term_of[node.order] = terms.setdefault(key, len(terms))
        of[node.order] = labels.number("term", term, seen[term, step])
        seen[term, step] += 1


def _part(x: Any, node: Tensor, of: dict[int, int], term_of: dict[int, int]) -> Hashable:
    """What an argument is up to a shift in time; of an unnamed node in another step only its op."""
    if not isinstance(x, Tensor):
        return None
    source = x if x.order < node.order else x.seen_by(node)
    step, axis, _ = source.scope
    if step is None or node.step is None:
        return (-1, source.order)
    delay = node.step - step if axis == node.axis else (axis, step)
    if source.name is not None:
        return (of[source.order], delay)
    return (-2, term_of[source.order] if delay == 0 else bare(source.op)[0], delay)


def bare(op: Any) -> tuple[Hashable, tuple[int, ...] | None]:
    """An op with an index as what is equal for all integers in it, and those integers; None for others."""
    pattern = getattr(op, "pattern", None)
    if pattern is None:
        return op, None
    integers = tuple(part for part in pattern if type(part) is int)
    return (type(op), tuple(int if type(part) is int else part for part in pattern)), integers
