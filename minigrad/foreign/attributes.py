"""What arrays have and tensors lack, lent to the class of tensors while somebody's file runs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest import mock

import numpy as np

from minigrad.foreign.arrays import traced, value_of
from minigrad.foreign.doors import note, plain_array
from minigrad.foreign.places import Flat, put
from minigrad.foreign.stand_in import call
from minigrad.methods import ArrayMethods
from minigrad.tensor import Tensor

_WITH_OUT = "all any argmax argmin clip cumprod cumsum dot max mean min prod round std sum take trace var"


def _with_out(name: str) -> Callable[..., Any]:
    """The method `name`, with `out=` and all other keywords of NumPy's."""
    real = getattr(np, name)

    def method(self: Any, *args: Any, **kwargs: Any) -> Any:
        return call(real, (self, *args), kwargs)

    return method


def _view(self: Any, *_: Any) -> Any:
    return self.reshape(self.shape)


def _flat(self: Any) -> Flat:
    return Flat(self)


def _to_flat(self: Any, new: Any) -> None:
    Flat(self)[:] = new


def _reshaped(self: Any, shape: Any) -> None:
    """Give the tensor another shape, which NumPy allows as an assignment."""
    old, name = self.frozen(), self.name
    for known in self.views or () if hasattr(self, "views") else ():
        if (view := known()) is not None:
            view.inputs = (old, *view.inputs[1:])
    self.views = None
    self._become(old.reshape(shape), old)
    self.name = name


def _ptp(self: Any, axis: int | None = None) -> Any:
    return self.max(axis) - self.min(axis)


def _itemset(self: Any, *place_and_value: Any) -> None:
    *place, value = place_and_value
    if len(place) == 1 and not isinstance(place[0], tuple):
        Flat(self)[place[0]] = value
    else:
        self[place[0] if place else ...] = value


def _of_value(name: str) -> property:
    """An attribute that only asks about how the value lies in memory."""
    return property(lambda self: getattr(value_of(self), name))


def _from_value(name: str) -> Callable[..., Any]:
    """A method that only looks at the value."""
    return lambda self, *args: getattr(value_of(self), name)(*args)


def _float(self: Any) -> float:
    note("float()", self)
    return float(value_of(self))


def _array(self: Any, dtype: Any = None, copy: Any = None) -> Any:  # noqa: ARG001  # NumPy's protocol
    raise plain_array()


def _pickled(self: Any) -> Any:
    note("pickle", self)
    return traced, (value_of(self),)


def _text(show: Callable[[Any], str]) -> Callable[[Any], str]:
    return lambda self: show(value_of(self))


def _formatted(self: Any, spec: str) -> str:
    return format(value_of(self), spec)


LENT: dict[str, Any] = {
    **{name: _with_out(name) for name in _WITH_OUT.split()},
    **{name: _of_value(name) for name in ("flags", "strides", "itemsize", "data")},
    **{name: _from_value(name) for name in ("tobytes", "__int__", "__trunc__")},
    "base": None,
    "real": property(lambda self: self),
    "flat": property(_flat, _to_flat),
    "shape": property(vars(ArrayMethods)["shape"].fget, _reshaped),
    "view": _view,
    "put": put,
    "ptp": _ptp,
    "itemset": _itemset,
    "tofile": lambda *_: None,
    "dump": lambda *_: None,
    "byteswap": lambda self: traced(value_of(self).byteswap()),
    "__complex__": lambda self: complex(value_of(self)),
    "__round__": lambda self, *digits: round(value_of(self), *digits),
    "__array__": _array,
    "__float__": _float,
    "__reduce__": _pickled,
    "__repr__": _text(repr),
    "__str__": _text(str),
    "__format__": _formatted,
}
"""By name what a tensor has while a file runs."""


@contextmanager
def lent() -> Iterator[None]:
    """Let tensors have them."""
    with ExitStack() as stack:
        for name, new in LENT.items():
            stack.enter_context(mock.patch.object(Tensor, name, new, create=True))
        yield
