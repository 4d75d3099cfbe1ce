"""Back-propagation on tensors: the gradients are nodes, named after what they differentiate."""

from __future__ import annotations

import operator

from minigrad.edge import record_contributions, uses_of, within
from minigrad.ops.arithmetic import Identity
from minigrad.tensor import Tensor


def record_grad(nodes: list[Tensor], seed: Tensor, targets: list[Tensor] | None) -> dict[int, Tensor]:
    """The gradients of `targets`, or of all `nodes`, as tensors, by the creation counter of each node.

    The gradient of each named node is a node of its own, also where it is passed through unchanged.
    """
    wanted = None if targets is None else {node.order for node in targets}
    gradients = {nodes[-1].order: seed}
    for node, positions, sources in reversed(uses_of(nodes, wanted)):
        G = gradients.get(node.order)
        if G is None:
            continue
        gradients[node.order] = G = _named(G, node)
        for x, g in zip(sources, record_contributions(node, positions, G), strict=True):
            if g is not None:
                known = gradients.get(x.order)
                gradients[x.order] = g if known is None else within(x, None, operator.add, known, g)
    leaves = [node for node in nodes if not node.inputs and node.order in gradients]
    return gradients | {node.order: _named(gradients[node.order], node) for node in leaves}


def _named(G: Tensor, node: Tensor) -> Tensor:
    """The gradient of a named node as a node of its own, named ∇ and the node's name."""
    if node.name is None:
        return G
    if G.name is not None or G.op is None:
        G = within(node, None, Identity(), G)
    return G.named(f"∇{node.name}")
