"""The operators and methods of ndarray, each of them NumPy's function of the tensor."""

from __future__ import annotations

import operator
from collections.abc import Iterator
from typing import Any

import numpy

from minigrad.op import DIFFERENTIABLE, Array

np: Any = numpy
"""NumPy, whose stubs do not know that its functions take tensors."""


class ArrayMethods:
    """What an ndarray can do, for a class that has its value in `array`."""

    __slots__ = ()
    array: Any
    __record__: Any

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
    def T(self) -> Array:
        """The transpose: the axes in reverse order."""
        return np.transpose(self)

    @property
    def mT(self) -> Array:
        """The transpose of the last two axes."""
        return np.swapaxes(self, -1, -2)

    def __add__(self, other: Any) -> Array:
        return self.__record__(DIFFERENTIABLE[np.add], (self, other))

    def __radd__(self, other: Any) -> Array:
        return self.__record__(DIFFERENTIABLE[np.add], (other, self))

    def __sub__(self, other: Any) -> Array:
        return self.__record__(DIFFERENTIABLE[np.subtract], (self, other))

    def __rsub__(self, other: Any) -> Array:
        return self.__record__(DIFFERENTIABLE[np.subtract], (other, self))

    def __mul__(self, other: Any) -> Array:
        return self.__record__(DIFFERENTIABLE[np.multiply], (self, other))

    def __rmul__(self, other: Any) -> Array:
        return self.__record__(DIFFERENTIABLE[np.multiply], (other, self))

    def __truediv__(self, other: Any) -> Array:
        return self.__record__(DIFFERENTIABLE[np.divide], (self, other))

    def __rtruediv__(self, other: Any) -> Array:
        return self.__record__(DIFFERENTIABLE[np.divide], (other, self))

    def __pow__(self, other: Any) -> Array:
        return DIFFERENTIABLE[np.power](self, other)

    def __rpow__(self, other: Any) -> Array:
        return DIFFERENTIABLE[np.power](other, self)

    def __matmul__(self, other: Any) -> Array:
        return self.__record__(DIFFERENTIABLE[np.matmul], (self, other))

    def __rmatmul__(self, other: Any) -> Array:
        return self.__record__(DIFFERENTIABLE[np.matmul], (other, self))

    def __neg__(self) -> Array:
        return DIFFERENTIABLE[np.negative](self)

    def __pos__(self) -> Array:
        return np.positive(self)

    def __abs__(self) -> Array:
        return np.abs(self)

    def __iadd__(self, other: Any) -> Array:
        return self.write(DIFFERENTIABLE[np.add], other)

    def __isub__(self, other: Any) -> Array:
        return self.write(DIFFERENTIABLE[np.subtract], other)

    def __imul__(self, other: Any) -> Array:
        return self.write(DIFFERENTIABLE[np.multiply], other)

    def __itruediv__(self, other: Any) -> Array:
        return self.write(DIFFERENTIABLE[np.divide], other)

    def __ipow__(self, other: Any) -> Array:
        return self.write(DIFFERENTIABLE[np.power], other)

    def __imatmul__(self, other: Any) -> Array:
        return self.write(DIFFERENTIABLE[np.matmul], other)

    def write(self, op: Any, *operands: Any) -> Array:
        """Make op(self, *operands) the new version of this tensor."""
        raise NotImplementedError

    def __getitem__(self, key: Any) -> Array:
        return DIFFERENTIABLE[operator.getitem](self, key)

    def __setitem__(self, key: Any, value: Any) -> None:
        DIFFERENTIABLE[operator.setitem](self, key, value)

    def __eq__(self, other: object) -> Any:
        return np.equal(self, other)

    def __ne__(self, other: object) -> Any:
        return np.not_equal(self, other)

    def __lt__(self, other: Any) -> Any:
        return np.less(self, other)

    def __le__(self, other: Any) -> Any:
        return np.less_equal(self, other)

    def __gt__(self, other: Any) -> Any:
        return np.greater(self, other)

    def __ge__(self, other: Any) -> Any:
        return np.greater_equal(self, other)

    # A node is itself, whatever its value.
    __hash__ = object.__hash__

    def __len__(self) -> int:
        return len(self.array)

    def __iter__(self) -> Iterator[Array]:
        return iter([self[i] for i in range(len(self.array))])

    def __bool__(self) -> bool:
        return bool(self.array)

    def __float__(self) -> float:
        return float(self.array)

    def __format__(self, spec: str) -> str:
        return format(self.array.item(), spec) if spec and self.ndim == 0 else format(str(self), spec)

    def item(self) -> float:
        """The value of a tensor of one entry as a Python number, out of the graph."""
        return self.array.item()  # type: ignore[no-any-return]  # as above

    def astype(self, dtype: Any) -> Array:
        """The tensor in another floating-point type."""
        return DIFFERENTIABLE[np.ndarray.astype](self, dtype)

    def copy(self) -> Array:
        """A node of its own with the same value."""
        return np.copy(self)

    def dot(self, other: Any) -> Array:
        """As np.dot."""
        return np.dot(self, other)

    def sum(self, axis: Any = None, *, keepdims: bool = False) -> Array:
        """As np.sum."""
        return np.sum(self, axis=axis, keepdims=keepdims)

    def mean(self, axis: Any = None, *, keepdims: bool = False) -> Array:
        """As np.mean."""
        return np.mean(self, axis=axis, keepdims=keepdims)

    def max(self, axis: Any = None, *, keepdims: bool = False) -> Array:
        """As np.max."""
        return np.max(self, axis=axis, keepdims=keepdims)

    def min(self, axis: Any = None, *, keepdims: bool = False) -> Array:
        """As np.min."""
        return np.min(self, axis=axis, keepdims=keepdims)

    def clip(self, a_min: Any = None, a_max: Any = None) -> Array:
        """As np.clip."""
        return np.clip(self, a_min, a_max)

    def reshape(self, *shape: Any) -> Array:
        """As np.reshape; the shape as one tuple or as numbers."""
        return np.reshape(self, shape[0] if len(shape) == 1 else shape)

    def ravel(self) -> Array:
        """As np.ravel."""
        return np.ravel(self)

    def flatten(self) -> Array:
        """As np.ravel."""
        return np.ravel(self)

    def transpose(self, *axes: Any) -> Array:
        """As np.transpose; the axes as one tuple, as numbers, or none."""
        return np.transpose(self, axes[0] if len(axes) == 1 else axes or None)

    def swapaxes(self, axis1: int, axis2: int) -> Array:
        """As np.swapaxes."""
        return np.swapaxes(self, axis1, axis2)

    def squeeze(self, axis: Any = None) -> Array:
        """As np.squeeze."""
        return np.squeeze(self, axis)
