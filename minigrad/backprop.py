"""Back-propagation: the chain rule applied from the loss back to every node that it depends on."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

import numpy as np

from minigrad import graph
from minigrad.anomaly import ANOMALY, check_sum
from minigrad.dispatch import plain
from minigrad.edge import argument_name, contributions, record_contributions, uses_of
from minigrad.gradtable import GradTable, UnknownTensorError
from minigrad.message import describe
from minigrad.op import Array
from minigrad.recorded import record_grad
from minigrad.tensor import Tensor


def backprop(
    loss: Tensor,
    wrt: Tensor | Iterable[Tensor] | None = None,
    *,
    seed: Any = None,
    record: bool = False,
) -> GradTable:
    """The gradient of `loss` with respect to every node, or to those of `wrt` alone.

    Section 6.5.6 of Goodfellow et al.: nodes are visited in the reverse of the order in which they
    were made; the gradient of each is the sum of the contributions of the edges that leave it.

    Args:
        loss: a tensor; with `seed` it may have any shape.
        wrt: the tensors whose gradients are wanted; no work is done for others. None: every node.
        seed: ∂L/∂loss for a later scalar L, of the shape of `loss`; 1 for a scalar.
        record: whether the gradients are tensors, with a graph of their own that can be drawn and
            differentiated again; that of a node h at step 3 is named ∇h and has step 3.

    Raises:
        TypeError: if `loss` or one of `wrt` is no tensor, or a rule returns no array.
        ValueError: if `loss` is no scalar and there is no `seed`, if the loss does not depend on one
            of `wrt`, or if a rule returns a contribution of the wrong shape.

    Example:
        >>> x = Tensor([3.0, 4.0], name="x")
        >>> backprop((x * x).sum())[x].tolist()
        [6.0, 8.0]
    """
    _check_tensor("the loss", loss)
    nodes = graph.nodes(loss)
    if wrt is not None:
        wrt = _targets(loss, nodes, wrt)
    first = _seed(loss, seed, record=record)
    # A gradient may overflow or meet 0/0 as any number may, without a warning for each rule.
    build = record_grad if record else build_grad
    with np.errstate(all="ignore"):
        gradients = build(nodes, first, wrt)
    uses = partial(_uses, loss.frozen(), first, record=record)
    return GradTable(loss, nodes if wrt is None else wrt, gradients, uses)


def build_grad(nodes: list[Tensor], seed: Array, targets: list[Tensor] | None) -> dict[int, Array]:
    """The gradients of `targets`, or of all `nodes`, by the creation counter of each node."""
    wanted = None if targets is None else {node.order for node in targets}
    gradients = {nodes[-1].order: seed}
    own: set[int] = set()
    for node, positions, sources in reversed(uses_of(nodes, wanted)):
        keep = wanted is None or node.order in wanted
        G = gradients.get(node.order) if keep else gradients.pop(node.order, None)
        if G is None:
            continue
        if type(G) is np.ndarray:
            # It is complete, and no rule may write to it.
            G.flags.writeable = False
        for k, g in enumerate(contributions(node, positions, G)):
            if g is not None:
                _add(gradients, own, sources[k], g)
    return gradients


def _add(gradients: dict[int, Array], own: set[int], x: Tensor, g: Array) -> None:
    """Add a contribution to ∂L/∂x; a sum in `own` is nobody else's array and grows in place."""
    order = x.order
    if order not in gradients:
        gradients[order] = g
        return
    if order in own:
        np.add(gradients[order], g, gradients[order])
    else:
        gradients[order] = total = gradients[order] + g
        if type(total) is np.ndarray:
            own.add(order)
    if ANOMALY.get() is not None:
        check_sum(x, gradients[order])


def _uses(loss: Tensor, seed: Array, target: Tensor, *, record: bool) -> list[tuple[Tensor, str, Array]]:
    """Consumer, argument and contribution of each edge that leaves `target`, in the order of use."""
    build, rules = (record_grad, record_contributions) if record else (build_grad, contributions)
    nodes = graph.nodes(loss)
    places: dict[int, tuple[Tensor, list[int]]] = {}
    for edge in graph.consumers(target, loss):
        places.setdefault(edge.consumer.order, (edge.consumer, []))[1].append(edge.position)
    found = []
    with np.errstate(all="ignore"):
        gradients = build(nodes, seed, [consumer for consumer, _ in places.values()])
        for order, (consumer, positions) in places.items():
            if order in gradients:
                values = rules(consumer, positions, gradients[order])
                found += [
                    (consumer, argument_name(consumer, i), g) for i, g in zip(positions, values, strict=True)
                ]
    return [(consumer, argument, g) for consumer, argument, g in found if g is not None]


def _targets(loss: Tensor, nodes: list[Tensor], wrt: Any) -> list[Tensor]:
    """The versions of the tensors `wrt` that the loss depends on."""
    known = {node.order: node for node in nodes}
    targets = []
    single = isinstance(wrt, (Tensor, np.ndarray)) or not hasattr(wrt, "__iter__")
    for k, x in enumerate([wrt] if single else wrt):
        _check_tensor(f"wrt[{k}]", x)
        version = next((v for v in x.versions() if v.order in known), None)
        if version is None:
            msg = f"{describe(loss)} does not depend on wrt[{k}] = {describe(x)}, shape {x.shape}"
            raise UnknownTensorError(msg)
        targets.append(known[version.order])
    return targets


def _seed(loss: Tensor, seed: Any, *, record: bool) -> Array:
    """∂L/∂loss, of the shape and type of the loss."""
    if seed is None and loss.size != 1:
        msg = (
            f"{describe(loss)} of shape {loss.shape} is no scalar: reduce it, as with np.sum, "
            "or pass seed= with its own gradient"
        )
        raise ValueError(msg)
    given = np.ones_like(loss.array) if seed is None else np.array(plain(seed), loss.dtype)
    if given.shape != loss.shape:
        msg = f"seed has shape {given.shape}; wanted: {loss.shape}, that of {describe(loss)}"
        raise ValueError(msg)
    if not record:
        return given
    if not isinstance(seed, Tensor):
        return Tensor(given)
    return seed if seed.dtype == loss.dtype else seed.astype(loss.dtype)


def _check_tensor(what: str, x: Any) -> None:
    if not isinstance(x, Tensor) or x.array is None:
        msg = f"{what} is no Tensor but {x!r}: backprop wants tensors, as arrays are constants"
        raise TypeError(msg)


def backward(loss: Tensor, seed: Any = None) -> None:
    """Add the gradient of `loss` to `.grad` of each leaf that it depends on.

    Args:
        loss: a scalar, or any tensor with a `seed` of its shape.
        seed: ∂L/∂loss.

    Example:
        >>> w = Tensor(3.0)
        >>> (w * w).backward(); (w * w).backward()
        >>> float(w.grad)
        12.0
    """
    table = backprop(loss, seed=seed)
    reached = {node.order: node for node in table}
    handles = {id(x): x for node in reached.values() for x in (node, *node.inputs) if isinstance(x, Tensor)}
    for x in handles.values():
        for version in x.versions():
            if version.op is None and version.order in reached:
                gradient = table[reached[version.order]]
                x.grad = gradient if x.grad is None else x.grad + gradient


Tensor.backward = backward
