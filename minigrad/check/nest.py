"""The arguments of a function as a flat list of variables, and back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from minigrad.tensor import Tensor


def is_variable(x: Any) -> bool:
    """Whether `x` can be differentiated by: a tensor, or floating-point or complex numbers."""
    if isinstance(x, (Tensor, float, complex)):
        return True
    return isinstance(x, (np.ndarray, np.generic)) and x.dtype.kind in "fc"


def leaves(tree: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Each variable inside lists, tuples and dicts, with the expression that leads to it.

    Example:
        >>> [path for path, _ in leaves({"W": [1.0, 2], "b": 3.0}, "p")]
        ["p['W'][0]", "p['b']"]
    """
    if isinstance(tree, Mapping):
        for key, item in tree.items():
            yield from leaves(item, f"{path}[{key!r}]")
    elif isinstance(tree, (list, tuple)):
        for i, item in enumerate(tree):
            yield from leaves(item, f"{path}[{i}]")
    elif is_variable(tree):
        yield path, tree


def refill(tree: Any, values: Sequence[Any]) -> Any:
    """`tree` with `values` in the place of its variables; constants stay.

    Example:
        >>> refill({"W": [1.0, 2], "b": 3.0}, [5.0, 6.0])
        {'W': [5.0, 2], 'b': 6.0}
    """
    source = iter(values)
    return _mapped(tree, lambda _: next(source))


def _mapped(tree: Any, new: Callable[[Any], Any]) -> Any:
    if isinstance(tree, Mapping):
        return {key: _mapped(item, new) for key, item in tree.items()}
    if isinstance(tree, (list, tuple)):
        items = [_mapped(item, new) for item in tree]
        make = getattr(tree, "_make", type(tree))  # a named tuple takes its items one by one
        return make(items)
    return new(tree) if is_variable(tree) else tree
