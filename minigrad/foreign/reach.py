"""Every float that can be reached from somebody's variables, under each of the names that lead to it."""

from __future__ import annotations

import types
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from minigrad.tensor import Tensor

VISITS = 20_000
CHILDREN = 2_000
_CLOSED = (
    types.ModuleType,
    type,
    types.FunctionType,
    types.BuiltinFunctionType,
    types.MethodType,
    types.CodeType,
    types.FrameType,
    types.GeneratorType,
    np.ufunc,
    np.dtype,
    str,
    bytes,
)


@dataclass(frozen=True, eq=False)
class Found:
    """A value and how Python reaches it.

    Attributes:
        path: the shortest expression, such as `self.params["Whh"]`.
        names: every expression that leads to the same object, `path` first.
        value: a tensor, an array of floats, or a number.
    """

    path: str
    names: tuple[str, ...]
    value: Any

    @property
    def array(self) -> NDArray[Any]:
        """The value as an array, without its graph."""
        return self.value.array if isinstance(self.value, Tensor) else np.asarray(self.value)


def reach(roots: Mapping[str, Any], depth: int = 5) -> list[Found]:
    """The tensors, arrays of floats and numbers that hang in `roots`, those with short paths first.

    Dicts, lists, tuples, named tuples, arrays of objects and the attributes of instances are gone into;
    modules, classes and functions are not. An object that is bound to
    several names is found once, with all of them.

    Args:
        roots: the variables to start from, by name.
        depth: how many keys, positions and attributes a path may have.

    Example:
        >>> W = np.ones((2, 3))
        >>> [found.names for found in reach({"params": {"W": W, "words": ["a"]}, "W": W})]
        [('W', 'params["W"]')]
    """
    queue = deque((name, 0, value) for name, value in roots.items() if not name.startswith("__"))
    opened: set[int] = set()
    kept: dict[Any, tuple[Any, list[str]]] = {}
    for _ in range(VISITS):
        if not queue:
            break
        path, level, value = queue.popleft()
        if _is_float(value):
            # Equal numbers are often one object by chance, which says nothing.
            key = id(value) if _has_identity(value) else path
            kept.setdefault(key, (value, []))[1].append(path)
        elif level < depth and id(value) not in opened:
            inner = [(path + step, level + 1, child) for step, child in _children(value)]
            if inner:
                opened.add(id(value))
                queue.extend(inner)
    return [Found(paths[0], tuple(dict.fromkeys(paths)), value) for value, paths in kept.values()]


def _is_float(value: Any) -> bool:
    if isinstance(value, (Tensor, float)):
        return True
    if isinstance(value, (np.ndarray, np.generic)):
        return value.dtype.kind == "f"
    return type(value) is int


def _has_identity(value: Any) -> bool:
    return isinstance(value, (Tensor, np.ndarray))


def _children(value: Any) -> Iterator[tuple[str, Any]]:
    """What a container or an instance holds, each with the piece of Python that gets it."""
    if isinstance(value, _CLOSED):
        return
    if isinstance(value, dict):
        items = list(value.items())[:CHILDREN]
        yield from ((f"[{_key(key)}]", child) for key, child in items if _is_plain(key))
    elif isinstance(value, tuple) and hasattr(value, "_fields"):
        yield from ((f".{field}", child) for field, child in zip(value._fields, value, strict=False))
    elif isinstance(value, (list, tuple, deque)):
        yield from ((f"[{i}]", value[i]) for i in range(min(len(value), CHILDREN)))
    elif isinstance(value, np.ndarray):
        yield from _objects(value)
    if not isinstance(value, np.generic):
        yield from ((f".{name}", child) for name, child in _attributes(value))


def _objects(array: NDArray[Any]) -> Iterator[tuple[str, Any]]:
    """The entries of an array of objects; other arrays have no children."""
    if array.dtype.kind == "O":
        for index in list(np.ndindex(array.shape))[:CHILDREN]:
            yield f"[{', '.join(map(str, index))}]", array[index]


def _attributes(value: Any) -> Iterator[tuple[str, Any]]:
    """The attributes that an instance holds itself, in its `__dict__` or its slots."""
    kinds = type(value).__mro__
    if any("__dict__" in vars(kind) for kind in kinds):
        yield from list(value.__dict__.items())
    for kind in kinds:
        slots = vars(kind).get("__slots__", ())
        for slot in [slots] if isinstance(slots, str) else slots:
            name = f"_{kind.__name__.lstrip('_')}{slot}" if slot.startswith("__") else slot
            try:
                yield name, object.__getattribute__(value, name)
            except AttributeError:
                continue  # a slot that was never filled, or one that holds the other attributes


def _is_plain(key: Any) -> bool:
    return isinstance(key, (str, int, float, tuple, type(None)))


def _key(key: Any) -> str:
    """A key as it is written in brackets, strings in double quotes."""
    if isinstance(key, str) and key.isprintable() and not set('"\\') & set(key):
        return f'"{key}"'
    return repr(key)
