"""The methods of ndarray, each of them NumPy's function of the tensor."""

from __future__ import annotations

import opcode
import sys
from collections.abc import Iterator
from typing import Any

import numpy

from minigrad.op import DIFFERENTIABLE, Array
from minigrad.operators import ArrayOperators
from minigrad.scope import DIFFERENTIATING

np: Any = numpy
"""NumPy, whose stubs do not know that its functions take tensors."""

_STORE = opcode.opmap["STORE_SUBSCR"]


def _method(name: str) -> Any:
    """The function `name` of NumPy as a method, with the tensor as its first argument."""
    function = getattr(np, name)

    def method(self: Any, *args: Any, **kwargs: Any) -> Any:
        return function(self, *args, **kwargs)

    method.__name__, method.__qualname__ = name, f"ArrayMethods.{name}"
    method.__doc__ = f"As np.{name} of the tensor, with the arguments of that function."
    return method


class ArrayMethods(ArrayOperators):
    """What an ndarray can do, for a class that has its value in `array`."""

    __slots__ = ()
    array: Any

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape of the value."""
        return self.array.shape  # type: ignore[no-any-return]  # `array` is a slot of the subclass

    @property
    def ndim(self) -> int:
        """The number of dimensions."""
        return self.array.ndim  # type: ignore[no-any-return]  # as above

    @property
    def size(self) -> int:
        """The number of entries."""
        return self.array.size  # type: ignore[no-any-return]  # as above

    @property
    def dtype(self) -> Any:
        """The floating-point type."""
        return self.array.dtype

    @property
    def nbytes(self) -> int:
        """The size of the value in memory."""
        return self.array.nbytes  # type: ignore[no-any-return]  # as above

    @property
    def real(self) -> Array:
        """The tensor: its value is real."""
        return np.real(self)

    @property
    def imag(self) -> Any:
        """Zeros: its value is real."""
        return np.imag(self)

    @property
    def T(self) -> Array:
        """The transpose: the axes in reverse order."""
        return np.transpose(self)

    @property
    def mT(self) -> Array:
        """The transpose of the last two axes."""
        return np.swapaxes(self, -1, -2)

    def __len__(self) -> int:
        return len(self.array)

    def __iter__(self) -> Iterator[Array]:
        # One after the other, as the loop may write to them.
        return (self[i] for i in range(len(self.array)))

    def __bool__(self) -> bool:
        return bool(self.array)

    def __float__(self) -> float:
        if DIFFERENTIATING.get():
            msg = (
                "float() of a tensor inside of a function that is being differentiated would cut it out of "
                "the graph: use NumPy's functions (np.sin for math.sin), or .item() if that is what you mean"
            )
            raise TypeError(msg)
        caller = sys._getframe(1)  # noqa: SLF001  # how an entry of a plain array is assigned
        if caller.f_code.co_code[caller.f_lasti] == _STORE:
            msg = "a plain array can't hold a tensor: fill a Tensor, stack a list, or assign its .value"
            raise TypeError(msg)
        return float(self.array)

    def __round__(self, digits: int = 0) -> Any:
        return np.round(self, digits)

    def __format__(self, spec: str) -> str:
        return format(self.array.item(), spec) if spec and self.ndim == 0 else format(str(self), spec)

    def item(self, *place: Any) -> float:
        """An entry, by default the only one, as a Python number, out of the graph."""
        return self.array.item(*place)  # type: ignore[no-any-return]  # as above

    def tolist(self) -> Any:
        """The value as nested lists of Python numbers, out of the graph."""
        return self.array.tolist()

    def astype(self, dtype: Any) -> Array:
        """The tensor in another floating-point type."""
        return DIFFERENTIABLE[numpy.ndarray.astype](self, dtype)

    def copy(self) -> Array:
        """A node of its own with the same value."""
        return np.copy(self)

    def fill(self, value: Any) -> None:
        """Write `value` everywhere, a new version of this tensor."""
        self[...] = value

    def sort(self, axis: int = -1) -> None:
        """Write the entries in ascending order along `axis`, a new version of this tensor."""
        self[...] = np.sort(self, axis)

    def partition(self, kth: Any, axis: int = -1) -> None:
        """Write as np.partition orders, a new version of this tensor."""
        self[...] = np.partition(self, kth, axis)

    def reshape(self, *shape: Any, order: str = "C") -> Array:
        """As np.reshape; the shape as one tuple or as numbers."""
        return np.reshape(self, shape[0] if len(shape) == 1 else shape, order)

    def ravel(self, order: str = "C") -> Array:
        """As np.ravel."""
        return np.ravel(self, order)

    def flatten(self, order: str = "C") -> Array:
        """As ravel, and never a view."""
        return np.ravel(np.copy(self), order)

    def transpose(self, *axes: Any) -> Array:
        """As np.transpose; the axes as one tuple, as numbers, or none."""
        return np.transpose(self, axes[0] if len(axes) == 1 else axes or None)

    all = _method("all")
    any = _method("any")
    argmax = _method("argmax")
    argmin = _method("argmin")
    argpartition = _method("argpartition")
    argsort = _method("argsort")
    clip = _method("clip")

    def compress(self, condition: Any, axis: int | None = None) -> Array:
        """As np.compress."""
        return np.compress(condition, self, axis)

    conj = _method("conj")
    conjugate = _method("conjugate")
    cumprod = _method("cumprod")
    cumsum = _method("cumsum")
    diagonal = _method("diagonal")
    dot = _method("dot")
    max = _method("max")
    mean = _method("mean")
    min = _method("min")
    nonzero = _method("nonzero")
    prod = _method("prod")
    repeat = _method("repeat")
    round = _method("round")
    searchsorted = _method("searchsorted")
    squeeze = _method("squeeze")
    std = _method("std")
    sum = _method("sum")
    swapaxes = _method("swapaxes")
    take = _method("take")
    trace = _method("trace")
    var = _method("var")
