"""Back-propagation on tensors: the gradients are nodes, named after what they differentiate."""

from __future__ import annotations

import operator

from minigrad.anomaly import ANOMALY, check_sum
from minigrad.edge import record_contributions, uses_of, within
from minigrad.ops.arithmetic import Identity
from minigrad.scope import Scope
from minigrad.tensor import Tensor


def record_grad(nodes: list[Tensor], seed: Tensor, targets: list[Tensor] | None) -> dict[int, Tensor]:
    """The gradients of `targets`, or of all `nodes`, as tensors, by the creation counter of each node.

    The gradient of each named node is a node of its own, also where it is passed through unchanged.
    """
    wanted = None if targets is None else {node.order for node in targets}
    gradients = {nodes[-1].order: seed}
    named: set[int] = set()
    for node, positions, sources in reversed(uses_of(nodes, wanted)):
        G = gradients.get(node.order)
        if G is None:
            continue
        gradients[node.order] = G = _named(G, node)
        named.add(node.order)
        for x, g in zip(sources, record_contributions(node, positions, G), strict=True):
            if g is not None:
                known = gradients.get(x.order)
                gradients[x.order] = g if known is None else within(x, None, operator.add, known, g)
                if known is not None and ANOMALY.get() is not None:
                    check_sum(x, gradients[x.order])
    ends = [node for node in nodes if node.order in gradients and node.order not in named]
    return gradients | {node.order: _named(gradients[node.order], node) for node in ends}


def _named(G: Tensor, node: Tensor) -> Tensor:
    """The gradient of a named node as a node of its own, with the name ∇ and the step of that node."""
    if node.name is None:
        return G
    if G.name is not None or G.op is None:
        G = within(node, None, Identity(), G)
    G.scope = Scope(node.step, node.axis, G.scope.of)
    return G.named(f"∇{node.name}")
