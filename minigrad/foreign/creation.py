"""NumPy's functions that make arrays of what Python holds, also of tensors, and names it has lost."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from minigrad.foreign.arrays import traced, values
from minigrad.foreign.matrices import MATRICES, unwrapped
from minigrad.foreign.stand_in import call
from minigrad.given import has_tensor, stacked

_np: Any = np


def array(obj: Any, dtype: Any = None, *, copy: Any = True, ndmin: int = 0, **_: Any) -> Any:
    """As np.array: a node for tensors, a tensor for floats."""
    obj = unwrapped(obj)
    if not has_tensor(obj):
        made = np.array(obj, dtype=dtype, ndmin=ndmin)
        return traced(made) if copy or not hasattr(obj, "dtype") or made.dtype.kind == "f" else obj
    if dtype is not None and np.dtype(dtype).kind == "O":
        return _objects(obj)
    if dtype is not None and np.dtype(dtype).kind != "f":
        return np.array(values(obj), dtype=dtype, ndmin=ndmin)
    made = _np.copy(obj) if hasattr(obj, "__record__") else _stacked(obj)
    extra = ndmin - made.ndim
    return made.reshape((1,) * extra + made.shape) if extra > 0 else made


def _stacked(obj: Any) -> Any:
    try:
        return stacked(obj)
    except ValueError:
        # Rows of different lengths: what NumPy, too, can only keep as objects.
        return _objects(obj)


def _objects(obj: Any) -> Any:
    made = np.empty(len(obj), dtype=object)
    for i, item in enumerate(obj):
        made[i] = item
    return made


def asarray(obj: Any, dtype: Any = None, **_: Any) -> Any:
    """As np.asarray: a tensor as it is."""
    obj = unwrapped(obj)
    if hasattr(obj, "__record__") and (dtype is None or np.dtype(dtype).kind == "f"):
        return obj
    if isinstance(obj, np.ndarray) and dtype is None:
        return obj if obj.dtype.kind != "f" else traced(obj)
    return array(obj, dtype)


def full(shape: Any, fill_value: Any, dtype: Any = None, **_: Any) -> Any:
    """As np.full: a tensor in every entry is one node."""
    if has_tensor(fill_value):
        return _np.copy(_np.broadcast_to(stacked(fill_value), shape))
    return traced(np.full(shape, fill_value, dtype))


def full_like(a: Any, fill_value: Any, dtype: Any = None, **_: Any) -> Any:
    """As np.full_like."""
    return full(
        np.shape(a),
        fill_value,
        (a if hasattr(a, "dtype") else np.asarray(a)).dtype if dtype is None else dtype,
    )


def copy(a: Any, **_: Any) -> Any:
    """As np.copy."""
    return array(a)


def vectorize(function: Callable[..., Any], **_: Any) -> Callable[..., Any]:
    """As np.vectorize of one argument: a function of each entry."""

    def over(x: Any, *rest: Any) -> Any:
        x = asarray(x)
        entries = [function(item, *rest) for item in x.reshape(-1)]
        return array(entries).reshape(x.shape)

    return over


def apply_along_axis(function: Callable[..., Any], axis: int, a: Any, *args: Any, **kwargs: Any) -> Any:
    """As np.apply_along_axis for a function that gives a number or a vector."""
    a = asarray(a)
    moved = _np.moveaxis(a, axis, -1)
    results = [function(row, *args, **kwargs) for row in moved.reshape(-1, a.shape[axis])]
    made = array(results)
    made = made.reshape(moved.shape[:-1] + made.shape[1:])
    return made if made.ndim < a.ndim else _np.moveaxis(made, -1, axis)


def row_stack(arrays: Iterable[Any]) -> Any:
    """As np.row_stack, which NumPy 2 calls vstack."""
    return _np.vstack([asarray(x) for x in arrays])


def _now(real: Callable[..., Any]) -> Callable[..., Any]:
    """A function of NumPy under the name that it had."""
    return lambda *args, **kwargs: call(real, args, kwargs)


class _Joining:
    """As np.r_ and np.c_: what stands in brackets, joined.

    Args:
        real: NumPy's own, for arrays and slices.
        axis: along which it joins.
    """

    def __init__(self, real: Any, axis: int) -> None:
        self._real = real
        self._axis = axis

    def __getitem__(self, key: Any) -> Any:
        parts = key if isinstance(key, tuple) else (key,)
        if not has_tensor(list(parts)):
            return traced(self._real[key])
        joined = [stacked(part) if has_tensor(part) else np.r_[part] for part in parts]
        return _np.concatenate([self._shaped(part) for part in joined], self._axis)

    def _shaped(self, part: Any) -> Any:
        part = _np.atleast_1d(part)
        return part[:, None] if self._axis and part.ndim == 1 else part


def nothing(*_: Any, **__: Any) -> None:
    """What a function that writes a file does here."""


class _ArrayType(type):
    """The type of arrays, of which tensors are instances too."""

    def __instancecheck__(cls, instance: Any) -> bool:
        return isinstance(instance, np.ndarray) or (hasattr(instance, "__record__") and instance.ndim > 0)

    def __subclasscheck__(cls, kind: type) -> bool:
        return issubclass(kind, np.ndarray)

    def __call__(cls, *args: Any, **kwargs: Any) -> Any:
        """An array of the shape, with zeros where NumPy leaves what there was."""
        made = np.ndarray(*args, **kwargs)
        made[...] = 0
        return traced(made)


class AnyArray(metaclass=_ArrayType):
    """np.ndarray for the questions that a file asks about its arrays."""


AnyArray.__name__ = AnyArray.__qualname__ = "ndarray"

LOST: dict[str, Any] = {
    "float": float, "int": int, "bool": bool, "object": object, "str": str, "complex": complex,
    "float_": np.float64, "Inf": np.inf, "NaN": np.nan, "Infinity": np.inf, "infty": np.inf, "PINF": np.inf,
    "NINF": -np.inf, "int_": np.int64, "unicode_": np.str_, "string_": np.bytes_,
    "product": _now(np.prod), "cumproduct": _now(np.cumprod), "sometrue": _now(np.any),
    "alltrue": _now(np.all), "trapz": _now(np.trapezoid),
}  # fmt: skip
"""Names that NumPy had when many files were written."""

SPECIAL: dict[str, Any] = {
    **MATRICES,
    "array": array, "asarray": asarray, "asanyarray": asarray, "ascontiguousarray": asarray,
    "asfarray": asarray, "copy": copy, "full": full, "full_like": full_like, "row_stack": row_stack,
    "vectorize": vectorize, "apply_along_axis": apply_along_axis, "ndarray": AnyArray,
    "float32": np.float64, "float16": np.float64, "half": np.float64, "single": np.float64,
    "r_": _Joining(np.r_, 0), "c_": _Joining(np.c_, -1),
    "save": nothing, "savez": nothing, "savez_compressed": nothing, "savetxt": nothing,
}  # fmt: skip
"""What stands in the place of NumPy's own."""
