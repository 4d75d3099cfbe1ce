"""Back-propagation with one rule altered wherever it occurs: what a mistake there would give."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, NamedTuple

import numpy as np

from minigrad import graph
from minigrad.diagnosis.observed import Array
from minigrad.diagnosis.trial import Trial
from minigrad.edge import contributions, uses_of
from minigrad.message import describe
from minigrad.op import Op
from minigrad.tensor import Tensor

Change = Callable[[Tensor, int, Array, Array], Array | None]
"""What stands for a contribution: the consumer, the position, the right contribution, ∂L/∂consumer."""
LARGEST = 1500
"""The most nodes of a graph whose edges are tried one by one."""


class Role(NamedTuple):
    """What edges have in common that stand in the same place of the formulas, one for each time step.

    Attributes:
        op: the op that they enter.
        position: the argument.
        source: the op that they come from.
        of: the parameters that the consumer is made of.
    """

    op: str
    position: int
    source: str
    of: tuple[str, ...]


class Alteration(NamedTuple):
    """One way in which the rule of a role may be wrong.

    Attributes:
        kind: of the finding.
        text: what was done, in words.
        change: what stands for the right contribution.
    """

    kind: str
    text: str
    change: Change


def altered(trial: Trial, edges: set[tuple[int, int]], change: Change) -> dict[str, Array]:
    """The gradients by name, with `change` at `edges`, pairs of a consumer's order and a position.

    Example:
        >>> W = Tensor([1.0, 2.0], "W")
        >>> loss = (W * W).sum()
        >>> where = {(node.order, 0) for node in graph.nodes(loss) if node.shape == (2,) and node.op}
        >>> altered(Trial(loss, {"W": W}, {}), where, lambda *_: None)["W"].tolist()
        [1.0, 2.0]
    """
    wanted = {leaf.order for name, leaf in trial.leaves.items() if trial.reaches(name)}
    gradients: dict[int, Any] = {trial.nodes[-1].order: np.ones_like(trial.nodes[-1].array)}
    with np.errstate(all="ignore"):
        for node, positions, sources in reversed(uses_of(trial.nodes, wanted)):
            G = gradients.get(node.order)
            if G is None:
                continue
            found = contributions(node, positions, G)
            for i, source, g in zip(positions, sources, found, strict=True):
                given = change(node, i, g, G) if g is not None and (node.order, i) in edges else g
                if given is not None:
                    known = gradients.get(source.order)
                    gradients[source.order] = given if known is None else known + given
    return {
        name: np.asarray(gradients.get(leaf.order, np.zeros_like(leaf.array)))
        for name, leaf in trial.leaves.items()
    }


def roles(trial: Trial, depth: int = 3) -> dict[Role, list[tuple[int, int]]]:
    """The edges of a graph by what they do, those of one role in the order of time.

    Args:
        trial: the problem.
        depth: how many operations back the parameters that a node is made of count as a part of its
            role, so that two layers can be told apart; the first step, whose state is a constant, still
            has the role of the others.
    """
    wanted = set(trial.leaves if trial.required is None else trial.required)
    names = {leaf.order: name for name, leaf in trial.leaves.items() if name in wanted}
    by_order = {node.order: node for node in trial.nodes}

    @cache
    def made_of(order: int, depth: int) -> frozenset[str]:
        node = by_order[order]
        if node.op is None or not depth:
            return frozenset({names[order]} if order in names else ())
        return frozenset().union(*(made_of(edge.source.order, depth - 1) for edge in graph.inputs(node)))

    found: dict[Role, list[tuple[int, int]]] = {}
    for node in trial.nodes:
        of = tuple(sorted(made_of(node.order, depth)))
        for edge in graph.inputs(node):
            role = Role(_label(node), edge.position, _label(edge.source), of)
            found.setdefault(role, []).append((node.order, edge.position))
    return found


def alterations(consumer: Tensor, position: int) -> Iterator[Alteration]:
    """How the rule of an edge may be wrong: those that the op of its consumer is known for."""
    yield Alteration("missing-edge", "is left out", lambda *_: None)
    yield Alteration("sign", "has the opposite sign", lambda _n, _i, g, _G: -g)
    others = [x for i, x in enumerate(consumer.values) if i != position]
    if _label(consumer) == "matmul" and len(others) == 1 and _is_square(others[0]):
        yield Alteration("local-rule", "multiplies by the matrix instead of its transpose", _untransposed)
    if len(consumer.values) == 1 and consumer.shape == consumer.values[0].shape:
        yield Alteration("wrong-derivative", "lacks the derivative f′", lambda _n, _i, _g, G: np.array(G))
        yield Alteration("wrong-derivative", "has the derivative f′ twice", _twice)
        yield Alteration(
            "derivative-of-activated",
            "takes the derivative f′ at the value that is activated already",
            _again,
        )


def role_text(consumer: Tensor, position: int, names: dict[int, str]) -> str:
    """An edge in words: the product of which it is an argument, or the function."""
    sides = []
    for i, x in enumerate(consumer.inputs):
        if not isinstance(x, Tensor):
            sides.append("…")
            continue
        source = x if x.order < consumer.order else x.seen_by(consumer)
        called = names.get(source.order) or (describe(source) if source.name else _label(source))
        sides.append(f"[{called}]" if i == position else called)
    return f"{_label(consumer)}({', '.join(sides)})"


def _label(node: Tensor) -> str:
    return node.op.label if isinstance(node.op, Op) else "leaf"


def _is_square(x: Any) -> bool:
    return np.ndim(x) == 2 and x.shape[0] == x.shape[1]  # noqa: PLR2004  # a matrix


def _untransposed(node: Tensor, i: int, _g: Array, G: Array) -> Array:
    W = node.values[1 - i]
    return np.asarray(W @ G if i else G @ W)


def _twice(node: Tensor, i: int, g: Array, _G: Array) -> Array:
    return np.asarray(contributions(node, [i], g)[0])


def _again(node: Tensor, _i: int, _g: Array, G: Array) -> Array:
    op: Any = node.op
    y = node.array
    return np.asarray(op.bprops(G, op.f(y), [y], (0,))[0])
