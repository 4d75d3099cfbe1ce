"""np.matrix on tensors: always two axes, and `*` is the product of matrices."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from minigrad.foreign.arrays import traced, value_of
from minigrad.given import stacked
from minigrad.op import DIFFERENTIABLE, Op
from minigrad.tensor import record

_np: Any = np
_AXIS = frozenset({"sum", "mean", "max", "min", "prod", "std", "var", "argmax", "argmin"})
_PRODUCT = DIFFERENTIABLE[np.multiply]


class Matrix:
    """A matrix, as np.matrix has it.

    Args:
        data: a tensor, an array, or nested lists; text as NumPy reads it.
    """

    def __init__(self, data: Any, dtype: Any = None, *, copy: bool = True) -> None:  # noqa: ARG002  # NumPy's
        if isinstance(data, Matrix):
            data = data.tensor
        if isinstance(data, (str, np.matrix)):
            data = np.asarray(np.asmatrix(data))
        tensor = stacked(data)
        if not hasattr(tensor, "__record__"):
            tensor = traced(np.asarray(tensor, dtype=np.float64))
        self.tensor: Any = _np.atleast_2d(_np.copy(tensor) if copy else tensor)

    def __takes__(self, op: Op, inputs: tuple[Any, ...]) -> Any:
        if op == _PRODUCT:
            return _binary(operator.mul)(*inputs)
        return wrapped(record(op, unwrapped(inputs)))

    def __getitem__(self, key: Any) -> Any:
        found = self.tensor[key]
        if np.ndim(found) != 1:
            return wrapped(found)
        column = isinstance(key, tuple) and isinstance(key[-1], int)
        return wrapped(found.reshape(-1, 1) if column else found.reshape(1, -1))

    def __setitem__(self, key: Any, value: Any) -> None:
        self.tensor[key] = unwrapped(value)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        found = getattr(self.tensor, name)
        if not callable(found) or hasattr(found, "__record__"):
            return wrapped(found)

        def method(*args: Any, **kwargs: Any) -> Any:
            axis = kwargs.get("axis", args[0] if args else None)
            keep = {"keepdims": True} if name in _AXIS and axis is not None else {}
            return wrapped(found(*unwrapped(args), **unwrapped(kwargs), **keep))

        return method

    def __iter__(self) -> Iterator[Matrix]:
        return (self[i] for i in range(len(self)))

    def __len__(self) -> int:
        return len(self.tensor)

    def __float__(self) -> float:
        return float(value_of(self.tensor))

    def __repr__(self) -> str:
        return repr(np.asmatrix(value_of(self.tensor)))

    @property
    def A(self) -> Any:
        """The array."""
        return self.tensor

    @property
    def A1(self) -> Any:
        """The array of all entries in a row."""
        return self.tensor.reshape(-1)

    @property
    def I(self) -> Any:  # noqa: E743  # its name in NumPy
        """The inverse."""
        return wrapped(_np.linalg.inv(self.tensor))

    def flatten(self) -> Any:
        """All entries as a single row."""
        return wrapped(self.tensor.reshape(1, -1) * 1)


def unwrapped(x: Any) -> Any:
    """`x` with the tensor for every matrix in it."""
    if isinstance(x, Matrix):
        return x.tensor
    if type(x) in {tuple, list}:
        return type(x)([unwrapped(item) for item in x])
    return {key: unwrapped(item) for key, item in x.items()} if type(x) is dict else x


def wrapped(x: Any) -> Any:
    """A matrix for a tensor with two axes."""
    return Matrix(x, copy=False) if hasattr(x, "__record__") and x.ndim == 2 else x  # noqa: PLR2004


def has_matrix(x: Any) -> bool:
    """Whether `x` is a matrix, or a list or tuple with one in it."""
    return isinstance(x, Matrix) or (type(x) in {list, tuple} and any(map(has_matrix, x)))


def _binary(function: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    """An operator between matrices, arrays and numbers."""

    def operate(x: Any, y: Any) -> Any:
        number = np.ndim(unwrapped(x)) == 0 or np.ndim(unwrapped(y)) == 0
        how = operator.matmul if function is operator.mul and not number else function
        if function is operator.pow:
            return wrapped(_np.linalg.matrix_power(unwrapped(x), y))
        return wrapped(how(_two_axes(x), _two_axes(y)))

    return operate


def _two_axes(x: Any) -> Any:
    x = stacked(unwrapped(x))
    return x.reshape(1, -1) if np.ndim(x) == 1 else x


def _in_place(function: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    """An operator with `=`, after which other names see the new entries too."""

    def operate(x: Matrix, y: Any) -> Any:
        x.tensor[...] = unwrapped(_binary(function)(x, y))
        return x

    return operate


def _unary(function: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda x: wrapped(function(x.tensor))


def _turned(function: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    return lambda x, y: function(y, x)


for _name in ("add", "sub", "mul", "truediv", "matmul", "pow", "eq", "ne", "lt", "le", "gt", "ge"):
    _operate = _binary(getattr(operator, _name))
    setattr(Matrix, f"__{_name}__", _operate)
    setattr(Matrix, f"__r{_name}__", _turned(_operate))
    setattr(Matrix, f"__i{_name}__", _in_place(getattr(operator, _name)))
for _name in ("neg", "pos", "abs"):
    setattr(Matrix, f"__{_name}__", _unary(getattr(operator, _name)))
Matrix.__array_ufunc__ = None  # type: ignore[attr-defined]  # an array leaves its operators to us


def asmatrix(data: Any, dtype: Any = None) -> Matrix:
    """As np.asmatrix."""
    return data if isinstance(data, Matrix) else Matrix(data, dtype, copy=False)


MATRICES: dict[str, Any] = {"matrix": Matrix, "mat": asmatrix, "asmatrix": asmatrix, "bmat": asmatrix}
"""What stands in the place of NumPy's own."""
