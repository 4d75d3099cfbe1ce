"""The book's grad_table: the gradient of each node, and what each edge contributed to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from minigrad import graph
from minigrad.message import describe
from minigrad.op import Array
from minigrad.tensor import Tensor

Key = Any  # a tensor, a name, or a name and time step


class UnknownTensorError(KeyError, ValueError):
    """A gradient was asked for of a tensor that is not in the graph or not in the table."""

    def __str__(self) -> str:
        return str(self.args[0])


class Contribution(NamedTuple):
    """What one edge adds to the gradient of the node that it leaves.

    Attributes:
        consumer: the node that the edge enters.
        argument: the name of the argument of the consumer's op.
        step: the time step of the consumer, or None.
        value: the contribution, of the shape of the node.
    """

    consumer: Tensor
    argument: str
    step: int | None
    value: Array


class GradTable(Mapping[Tensor, Any]):
    """Gradients of a loss, looked up by tensor, by name, or by name and time step.

    Each look-up of an array gives a copy that is shared with nothing else.

    Example:
        >>> import minigrad as mg
        >>> w = mg.Tensor(3.0, name="w")
        >>> grads = mg.backprop(w * w)
        >>> float(grads[w]), float(grads["w"]), [c.argument for c in grads.contributions(w)]
        (6.0, 6.0, ['a', 'b'])
    """

    def __init__(
        self,
        loss: Tensor,
        nodes: list[Tensor],
        gradients: dict[int, Array],
        uses: Callable[[Tensor], list[tuple[Tensor, str, Array]]],
    ) -> None:
        self._loss = loss
        # What is written to the loss later is another node; the table is about this one.
        self._frozen = loss.frozen()
        self._nodes = {node.order: node for node in nodes}
        self._gradients = gradients
        self._recorded = any(isinstance(G, Tensor) for G in gradients.values())
        self._uses = uses

    @property
    def loss(self) -> Tensor:
        """The tensor that was differentiated, as it was then."""
        return self._loss if self._loss.order == self._frozen.order else self._frozen

    def __getitem__(self, key: Key) -> Any:
        node = self._find(key)
        G = self._gradients.get(node.order)
        if G is None:
            # A node that is reached only through its shape has no slope.
            zeros = np.zeros_like(node.array)
            return Tensor(zeros) if self._recorded else zeros
        return G if isinstance(G, Tensor) else np.array(G)

    def __iter__(self) -> Iterator[Tensor]:
        # A tensor that was written to since has become another node; the table is about the old one.
        return (node if node.order == order else node.version(order) for order, node in self._nodes.items())

    def __len__(self) -> int:
        return len(self._nodes)

    def named(self) -> dict[str | tuple[str, int], Any]:
        """The gradients of the named nodes, by name or by (name, step).

        Of two nodes with the same name and step the later one gets its creation number in its name.
        """
        table: dict[str | tuple[str, int], Any] = {}
        for node in self:
            if node.name is not None:
                name = node.name if _key(node) not in table else f"{node.name}#{node.order}"
                table[name if node.step is None else (name, node.step)] = self[node]
        return table

    def contributions(self, key: Key) -> list[Contribution]:
        """What each use of a node adds to its gradient, one entry per edge, in the order of the uses.

        Args:
            key: a tensor, a name, or a name and time step.

        Raises:
            UnknownTensorError: if there is no such node in the table.
        """
        return [
            Contribution(consumer, argument, consumer.step, g if isinstance(g, Tensor) else np.array(g))
            for consumer, argument, g in self._uses(self._find(key))
        ]

    def per_step(self, key: Key) -> dict[Any, Any]:
        """The contributions to a node's gradient, added up by the time step of the consumer.

        For a parameter W this is {t: ∇_{W⁽ᵗ⁾} L}, the gradients of the dummy copies that are used at
        one step each (Goodfellow 10.25, 10.27; Rossi 37–41), without making copies. Uses outside of
        time stand under None.

        Args:
            key: a tensor, a name, or a name and time step.
        """
        steps: dict[Any, Any] = {}
        for consumer, _, t, value in self.contributions(key):
            step = t if consumer.axis == "t" or t is None else (consumer.axis, t)
            steps[step] = steps[step] + value if step in steps else value
        return dict(sorted(steps.items(), key=lambda item: _place(item[0])))

    def _find(self, key: Key) -> Tensor:
        """The node of this table that `key` means."""
        if isinstance(key, Tensor):
            version: Tensor | None = next((v for v in key.versions() if v.order in self._nodes), None)
            if version is not None:
                return version
            msg = f"no gradient for {describe(key)} of shape {key.shape}: {self._reason(key)}"
            raise UnknownTensorError(msg)
        if not isinstance(key, (str, tuple)):
            msg = f"gradients are looked up by tensor, name, or (name, step), not by {type(key).__name__}"
            raise UnknownTensorError(msg)
        found: list[Tensor] = self._by_name.get(key, [])
        if len(found) == 1:
            return found[0]
        if found:
            problem = (
                f"there are {len(found)} such nodes: add the step, as in grads['h', 3], or take the tensor"
            )
        else:
            problem = (
                f"the names in the table are {', '.join(sorted({n.name for n in self if n.name})) or 'none'}"
            )
        msg = f"no single gradient {key!r}: {problem}"
        raise UnknownTensorError(msg)

    @cached_property
    def _by_name(self) -> dict[Any, list[Tensor]]:
        """The nodes by name and step, and by name alone those that have no step, or else all of the name."""
        exact: dict[Any, list[Tensor]] = {}
        of_name: dict[Any, list[Tensor]] = {}
        for node in self:
            if node.name is not None:
                exact.setdefault(_key(node), []).append(node)
                of_name.setdefault(node.name, []).append(node)
        return of_name | exact

    def _reason(self, x: Tensor) -> str:
        orders = {node.order for node in graph.nodes(self._frozen)}
        if any(version.order in orders for version in x.versions()):
            return "it was not among the tensors asked for with wrt="
        return f"{describe(self.loss)} does not depend on it"

    def __repr__(self) -> str:
        names = [describe(node) for node in self if node.name is not None]
        shown = ", ".join(names[:8]) + (", …" if len(names) > 8 else "")  # noqa: PLR2004  # one line
        return f"GradTable(of {describe(self.loss)}: {len(self)} nodes; {shown})"


def _key(node: Tensor) -> Any:
    """The name of a node, with its step if it has one."""
    return node.name if node.step is None else (node.name, node.step)


def _place(step: Any) -> tuple[int, str, int]:
    """The order in which steps are listed: the axis t, other axes, what is outside of time."""
    if step is None:
        return (2, "", 0)
    return (1, *step) if isinstance(step, tuple) else (0, "", step)
