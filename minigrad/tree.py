"""Nested dicts, lists and tuples of arrays, taken apart and put together again."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator, Mapping
from typing import Any


def leaves(tree: Any, path: str = "") -> list[tuple[str, Any]]:
    """What hangs in the containers of `tree`, in order, each with its place as it is written in Python.

    Example:
        >>> leaves({"W": 1.0, "b": [2.0, 3.0]}, "p")
        [("p['W']", 1.0), ("p['b'][0]", 2.0), ("p['b'][1]", 3.0)]
    """
    children = _children(tree)
    if children is None:
        return [(path, tree)]
    return [leaf for key, child in children.items() for leaf in leaves(child, f"{path}[{key!r}]")]


def build(like: Any, new: Iterable[Any]) -> Any:
    """Containers as those of `like`, of the same types, with the leaves `new` in order.

    Example:
        >>> build({"W": 1.0, "b": (2.0, 3.0)}, [4.0, 5.0, 6.0])
        {'W': 4.0, 'b': (5.0, 6.0)}
    """
    return _build(like, iter(new))


def match(like: Any, tree: Any, path: str) -> list[tuple[str, Any]]:
    """The leaves of `tree`, with their places, in the order of those of `like`.

    A list may stand for a tuple and the other way round; what stands for a leaf is taken as it is.

    Raises:
        ValueError: if `tree` has other containers, lengths or keys than `like`.
    """
    wanted = _children(like)
    if wanted is None:
        return [(path, tree)]
    given = _children(tree)
    if given is None or given.keys() != wanted.keys():
        found = f"a {type(tree).__name__}" if given is None else f"entries {list(given)}"
        msg = f"{path} is {found}; wanted: a {type(like).__name__} with entries {list(wanted)}"
        raise ValueError(msg)
    return [leaf for key in wanted for leaf in match(wanted[key], given[key], f"{path}[{key!r}]")]


def _children(tree: Any) -> Mapping[Any, Any] | None:
    """What a container holds, by key or number; None for a leaf."""
    if isinstance(tree, (list, tuple)):
        return dict(enumerate(tree))
    return tree if isinstance(tree, dict) else None


def _build(like: Any, new: Iterator[Any]) -> Any:
    children = _children(like)
    if children is None:
        return next(new)
    built = {key: _build(child, new) for key, child in children.items()}
    if isinstance(like, dict):
        # A copy keeps what a subclass knows beside its items, as a defaultdict its factory.
        twin = copy.copy(like)
        twin.update(built)
        return twin
    make = getattr(type(like), "_make", type(like))
    return make(built.values())
