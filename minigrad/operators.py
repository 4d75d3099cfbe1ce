"""The operators of ndarray, each of them NumPy's function of the tensor."""

from __future__ import annotations

import operator
from typing import Any

import numpy as np

from minigrad.op import DIFFERENTIABLE, Array

_functions: Any = np
"""NumPy, whose stubs do not know that its functions take tensors."""


class ArrayOperators:
    """What Python's operators do with a tensor, by the table of NumPy's functions."""

    __slots__ = ()
    __record__: Any

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

    def __floordiv__(self, other: Any) -> Any:
        return _functions.floor_divide(self, other)

    def __rfloordiv__(self, other: Any) -> Any:
        return _functions.floor_divide(other, self)

    def __divmod__(self, other: Any) -> Any:
        return _functions.divmod(self, other)

    def __rdivmod__(self, other: Any) -> Any:
        return _functions.divmod(other, self)

    def __pow__(self, other: Any) -> Array:
        return DIFFERENTIABLE[np.power](self, other)

    def __rpow__(self, other: Any) -> Array:
        return DIFFERENTIABLE[np.power](other, self)

    def __matmul__(self, other: Any) -> Array:
        return self.__record__(DIFFERENTIABLE[np.matmul], (self, other))

    def __rmatmul__(self, other: Any) -> Array:
        return self.__record__(DIFFERENTIABLE[np.matmul], (other, self))

    def __mod__(self, other: Any) -> Array:
        return _functions.remainder(self, other)

    def __rmod__(self, other: Any) -> Array:
        return _functions.remainder(other, self)

    def __neg__(self) -> Array:
        return DIFFERENTIABLE[np.negative](self)

    def __pos__(self) -> Array:
        return DIFFERENTIABLE[np.positive](self)

    def __abs__(self) -> Array:
        return DIFFERENTIABLE[np.absolute](self)

    def __iadd__(self, other: Any) -> Array:
        return self.updated(DIFFERENTIABLE[np.add], other)

    def __isub__(self, other: Any) -> Array:
        return self.updated(DIFFERENTIABLE[np.subtract], other)

    def __imul__(self, other: Any) -> Array:
        return self.updated(DIFFERENTIABLE[np.multiply], other)

    def __itruediv__(self, other: Any) -> Array:
        return self.updated(DIFFERENTIABLE[np.divide], other)

    def __ipow__(self, other: Any) -> Array:
        return self.updated(DIFFERENTIABLE[np.power], other)

    def __imatmul__(self, other: Any) -> Array:
        return self.updated(DIFFERENTIABLE[np.matmul], other)

    def updated(self, op: Any, other: Any) -> Array:
        """What `x += y` and its like leave in x."""
        raise NotImplementedError

    def __getitem__(self, key: Any) -> Array:
        return DIFFERENTIABLE[operator.getitem](self, key)

    def __setitem__(self, key: Any, value: Any) -> None:
        DIFFERENTIABLE[operator.setitem](self, key, value)

    def __eq__(self, other: object) -> Any:
        return _functions.equal(self, other)

    def __ne__(self, other: object) -> Any:
        return _functions.not_equal(self, other)

    def __lt__(self, other: Any) -> Any:
        return _functions.less(self, other)

    def __le__(self, other: Any) -> Any:
        return _functions.less_equal(self, other)

    def __gt__(self, other: Any) -> Any:
        return _functions.greater(self, other)

    def __ge__(self, other: Any) -> Any:
        return _functions.greater_equal(self, other)

    # A node is itself, whatever its value.
    __hash__ = object.__hash__
