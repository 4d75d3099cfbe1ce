"""Versions of a node: what writing to a tensor makes of it, while its consumers keep the old one."""

from __future__ import annotations

import sys
from bisect import bisect_left
from operator import attrgetter
from typing import Any

import numpy as np

from minigrad.message import describe
from minigrad.methods import ArrayMethods
from minigrad.op import Op

_UNREFERENCED = 2
_order = attrgetter("order")


class Versioned(ArrayMethods):
    """A node that keeps the Python object when it is written to."""

    __slots__ = ()
    op: Any
    inputs: Any
    values: Any
    order: Any
    name: Any
    scope: Any
    past: Any
    leaf_of: Any

    def seen_by(self, consumer: Any) -> Any:
        """The version of this tensor that `consumer` was computed from."""
        if self.order < consumer.order or self.past is None:
            return self
        return self.past[bisect_left(self.past, consumer.order, key=_order) - 1]

    def version(self, order: int) -> Any:
        """The version of this tensor that was made as number `order`."""
        if self.order == order or self.past is None:
            return self
        return self.past[bisect_left(self.past, order, key=_order)]

    def versions(self) -> list[Any]:
        """This node and the older versions of it that are still in use, newest first."""
        return [self, *reversed(self.past or ())]

    def write(self, op: Op, *operands: Any) -> Any:
        """Make op(self, *operands) the new version of this tensor, of unchanged shape and dtype.

        A leaf outside of time that is changed by constants alone, as a parameter is by its update,
        stays a leaf. What is written to a view is written to what it shows.

        Raises:
            ValueError: if the shape would change, or a view shows what was written to since.
        """
        old = self.frozen()
        tensors = [x for x in operands if isinstance(x, Versioned)]
        _replace(self, old, tensors)
        new = self.__record__(op, (old, *[old if x is self else x for x in operands]))
        if new.shape != self.shape:
            msg = f"{describe(self)} has shape {self.shape} and can't hold {op!r} of shape {new.shape}"
            raise ValueError(msg)
        if new.dtype != self.dtype:
            new = new.astype(self.dtype)
        if old.op is None and old.step is None and not tensors:
            new = self.leaf_of(new.array)
        self._become(self._written_back(new), old)
        return self

    def _written_back(self, new: Any) -> Any:
        """The new version of this tensor, after `new` was written to what it shows, if it is a view."""
        view = self.op
        back = view.write_back if view else None
        shown = self.inputs[0] if back else None
        # NumPy, too, makes a copy where a view can't be had, and a number of a single entry.
        if view is None or back is None or not isinstance(shown, Versioned) or not self.ndim:
            return new
        if not np.may_share_memory(self.array, self.values[0]):
            return new
        if shown.order > self.order:
            msg = f"{describe(self)} is a view of {describe(shown)}, written to since: take the view again"
            raise ValueError(msg)
        shown.write(back, new)
        return self.__record__(view, (shown,))

    def frozen(self) -> Any:
        """This version as a node of its own, which stays when the tensor is written to."""
        old: Any = object.__new__(type(self))
        old.array, old.op, old.inputs, old.values = self.array, self.op, self.inputs, self.values
        old.order, old.scope, old.name, old.past = self.order, self.scope, self.name, None
        return old

    def _become(self, new: Any, old: Any) -> None:
        """Take over the node `new`; forget old versions whose values nobody uses any more."""
        past = self.past = [] if self.past is None else self.past
        # Looking through them at each power of two only keeps n writes at O(n).
        if len(past) & (len(past) - 1) == 0:
            past[:] = [v for v in past if sys.getrefcount(v.array) > _UNREFERENCED]
        past.append(old)
        self.array, self.op, self.inputs, self.values = new.array, new.op, new.inputs, new.values
        self.order = new.order
        if new.op is not None:
            self.scope = new.scope


def _replace(handle: Any, old: Any, outputs: list[Any]) -> None:
    """Let the nodes that `outputs` depend on refer to the version `old` and not to its handle.

    The new version of the handle will lead to these nodes: a reference back to it would be a cycle.
    Only nodes made since `old` can have one.
    """
    stack = [x for x in outputs if x is not handle and x.order > old.order]
    seen = {x.order for x in stack}
    while stack:
        node = stack.pop()
        if any(x is handle for x in node.inputs):
            node.inputs = tuple(old if x is handle else x for x in node.inputs)
        for x in node.inputs:
            if isinstance(x, Versioned) and x.order > old.order and x.order not in seen:
                seen.add(x.order)
                stack.append(x)
