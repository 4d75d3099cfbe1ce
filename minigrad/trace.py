"""What a function has recorded: the nodes made since it was called, and the older ones that they use."""

from __future__ import annotations

from collections.abc import Iterable

from minigrad.tensor import Tensor


def since(mark: int, outputs: Iterable[Tensor]) -> tuple[list[Tensor], list[Tensor]]:
    """The graph of `outputs` down to the nodes with creation counter `mark`, not further.

    Args:
        mark: the creation counter of the first node that belongs to the trace.
        outputs: what the function has returned.

    Returns:
        The nodes of the trace, inputs before their consumers, and the older nodes that they use.

    Example:
        >>> W = Tensor(2.0, name="W")
        >>> x = Tensor(3.0, name="x")
        >>> own, older = since(x.order, [W * x])
        >>> [node.name or node.op for node in own], older[0].name
        (['x', Multiply()], 'W')
    """
    found = {y.order: y for y in outputs}
    stack = [y for y in found.values() if y.order >= mark]
    while stack:
        consumer = stack.pop()
        for x in consumer.inputs:
            if isinstance(x, Tensor):
                source = x if x.order < consumer.order else x.seen_by(consumer)
                if source.order not in found:
                    found[source.order] = source
                    if source.order >= mark:
                        stack.append(source)
    nodes = [found[order] for order in sorted(found)]
    return [x for x in nodes if x.order >= mark], [x for x in nodes if x.order < mark]
