"""What could be seen when a gradient function was called, and when it returned."""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from minigrad.foreign.reach import Found, reach
from minigrad.tensor import Tensor
from minigrad.versions import CREATED


@dataclass(frozen=True)
class Capture:
    """The outermost call of a gradient function.

    Attributes:
        function: its qualified name.
        path: the file it is in.
        line: its first line.
        before: every tensor and array that it could see when it was called.
        after: every one that could be seen when it returned.
        outside: what the functions that called it, and the file itself, could see then.
        returned: what it returned.
        arguments: the names and values of its parameters.
        owner: the object whose method it is.
        forward: what the function that the user names as the loss returned last.
        start: the creation counter when it was called; None if it is not known.
    """

    function: str
    path: str
    line: int
    before: list[Found]
    after: list[Found]
    outside: list[Found]
    returned: Any
    arguments: Mapping[str, Any]
    owner: Any = None
    forward: tuple[Found, ...] = ()
    start: int | None = None

    @property
    def seen(self) -> list[Found]:
        """What could be seen when it was called, by the function or by those that called it."""
        return [*self.before, *(f for f in self.outside if not self._is_later(f))]

    def _is_later(self, found: Found) -> bool:
        is_node = isinstance(found.value, Tensor)
        return is_node and self.start is not None and bool(found.value.order > self.start)


@dataclass(frozen=True)
class Entry:
    """What there was when a function was called: the variables, their values then, the creation counter."""

    before: list[Found]
    seen: dict[str, Any]
    arguments: dict[str, Any]
    start: int

    @classmethod
    def of(cls, seen: dict[str, Any], arguments: dict[str, Any]) -> Entry:
        """What there is now."""
        return cls(frozen(seen), seen, arguments, next(CREATED))


def visible(names: Mapping[str, Any]) -> dict[str, Any]:
    """A module's names, without its modules, functions and classes."""
    skipped = (types.ModuleType, types.FunctionType, type)
    return {k: v for k, v in names.items() if k[:1] != "_" and not isinstance(v, skipped)}


def outside(frame: types.FrameType | None, files: set[str]) -> dict[str, Any]:
    """What the callers in the user's files can see, the innermost first."""
    seen: dict[str, Any] = {}
    while frame is not None:
        if frame.f_code.co_filename in files:
            own = frame.f_locals if frame.f_code.co_name != "<module>" else visible(frame.f_globals)
            seen = {**own, **seen}
        frame = frame.f_back
    return seen


def frozen(roots: Mapping[str, Any]) -> list[Found]:
    """Everything that can be reached, as it is now."""
    return [replace(found, value=_now(found.value)) for found in reach(roots)]


def _now(value: Any) -> Any:
    """A value that later writing does not change."""
    if isinstance(value, Tensor):
        value.array  # noqa: B018  # a view is read again before it is kept
        return value.frozen()
    return value.copy() if isinstance(value, np.ndarray) else value


def local(frame: types.FrameType) -> dict[str, Any]:
    """The variables of a function; those of a module are its globals."""
    return dict(frame.f_locals) if frame.f_locals is not frame.f_globals else {}
