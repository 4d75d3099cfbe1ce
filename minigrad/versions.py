"""Versions of a node: what writing to a tensor makes of it, while its consumers keep the old one."""

from __future__ import annotations

import sys
from bisect import bisect_left
from itertools import count
from operator import attrgetter
from typing import Any
from weakref import ref

import numpy as np

from minigrad.message import describe
from minigrad.methods import ArrayMethods
from minigrad.op import Op

_UNREFERENCED = 2
CREATED = count()
"""The creation counter of all nodes."""
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
    views: Any
    leaf_of: Any
    outdate: Any

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

    def updated(self, op: Op, other: Any) -> Any:
        """What `x += y` and its like leave in x: this tensor in a new version.

        A number that was computed, a result without dimensions, can't be written to, as with NumPy: the
        name is then given to another node.
        """
        if not self.ndim and self.op is not None and self.past is None:
            return self.__record__(op, (self, other))
        return self.write(op, other)

    def write(self, op: Op, *operands: Any) -> Any:
        """Make op(self, *operands) the new version of this tensor, of unchanged shape and dtype.

        A leaf outside of time that is changed by constants alone, as a parameter is by its update,
        stays a leaf. What is written to a view is written to what it shows, and seen by its other views.

        Raises:
            ValueError: if the shape would change.
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
        shown = self._shown()
        if shown is not None:
            # This view is then read again from what it shows.
            shown.write(old.op.write_back, new)
        else:
            self._become(new, old)
        return self

    def _shown(self) -> Any:
        """What this tensor is a view of, or None."""
        # NumPy, too, makes a copy where a view can't be had, and a number of a single entry.
        if self.op is None or self.op.write_back is None or not self.ndim:
            return None
        shown = self.inputs[0]
        shares = isinstance(shown, Versioned) and np.may_share_memory(self.array, self.values[0])
        return shown if shares else None

    def shows(self, view: Any) -> None:
        """Know `view`, a node made of this one, as a view that a later write changes."""
        if view.ndim and np.may_share_memory(view.array, self.array):
            views = self.views = getattr(self, "views", None) or []
            if len(views) & (len(views) - 1) == 0:
                views[:] = [known for known in views if known() is not None]
            views.append(ref(view))

    def _outdate_views(self) -> None:
        """Let each view of this tensor, and the views of those, be read again when it is next used."""
        stack = [self]
        while stack:
            shown = stack.pop()
            views, shown.views = getattr(shown, "views", None) or [], None
            for known in views:
                view = known()
                if view is not None:
                    stack.append(view)
                    view.past = [*(view.past or ()), view.frozen()]
                    # Consumers so far keep the old version; the next use reads it anew.
                    view.order = next(CREATED)
                    view.outdate()

    def read_again(self) -> None:
        """Take the present value of what this view shows."""
        shown = self.inputs[0]
        new = self.__record__(self.op, (shown,))
        self.array, self.inputs, self.values = new.array, new.inputs, new.values
        self.order, self.scope = new.order, new.scope
        shown.shows(self)

    def frozen(self) -> Any:
        """This version as a node of its own, which stays when the tensor is written to."""
        array = self.array
        old: Any = object.__new__(type(self))
        old.array, old.op, old.inputs, old.values = array, self.op, self.inputs, self.values
        old.order, old.scope, old.name, old.past = self.order, self.scope, self.name, None
        return old

    def _become(self, new: Any, old: Any) -> None:
        """Take over the node `new`; forget old versions whose values nobody uses any more."""
        past = self.past = [] if self.past is None else self.past
        # Looking through them at each power of two only keeps n writes at O(n).
        if len(past) & (len(past) - 1) == 0:
            past[:] = [v for v in past if sys.getrefcount(v.array) > _UNREFERENCED]
        past.append(old)
        self._outdate_views()
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
