"""A module that stands in for NumPy: the same functions, whose arrays of floats are tensors."""

from __future__ import annotations

import functools
import inspect
import types
from collections.abc import Callable
from typing import Any

import numpy as np

from minigrad.foreign.arrays import taken_out, traced, values
from minigrad.foreign.matrices import has_matrix, unwrapped
from minigrad.foreign.matrices import wrapped as wrapped_matrix
from minigrad.given import has_tensor, stacked
from minigrad.op import CONSTANT, DIFFERENTIABLE

_TAKES_LISTS = {
    np.concatenate, np.stack, np.hstack, np.vstack, np.dstack, np.column_stack, np.block,
    np.meshgrid, np.broadcast_arrays, np.einsum, np.atleast_1d, np.atleast_2d, np.atleast_3d,
    np.select, np.choose, np.linalg.multi_dot,
}  # fmt: skip
_AS_GIVEN = {np.shape, np.ndim, np.size}
_ASKING = {np.isscalar, np.iterable, np.array2string, np.array_repr, np.array_str, np.unique, np.bincount}
_TO_THE_BIT = {np.linalg.svd, np.linalg.lstsq, np.linalg.eigh, np.linalg.eigvalsh, np.linalg.pinv}
"""What our form of computes along another way, whose last digits differ: only the values are had."""


def stand_in(module: types.ModuleType, special: dict[str, Any]) -> types.ModuleType:
    """A module with the names of `module`, whose functions give and take tensors.

    Args:
        module: NumPy or one of its submodules.
        special: what stands in the place of particular names; submodules get it by "module.name".
    """
    return _StandIn(module, special)


class _StandIn(types.ModuleType):
    """The names of another module, each wrapped when it is first asked for."""

    def __init__(self, module: types.ModuleType, special: dict[str, Any]) -> None:
        super().__init__(module.__name__, module.__doc__)
        self.__dict__["_real"] = module
        self.__dict__["_special"] = special
        inner = module.__name__.removeprefix("numpy").removeprefix(".")
        self.__dict__["_prefix"] = f"{inner}." if inner else ""
        self.__dict__["__path__"] = []
        self.__dict__["__version__"] = np.__version__
        names = getattr(module, "__all__", None) or [n for n in dir(module) if not n.startswith("_")]
        self.__dict__["__all__"] = [name for name in names if name[:2] != "__"]

    def __getattr__(self, name: str) -> Any:
        full = self._prefix + name
        if full in self._special:
            found = self._special[full]
        else:
            if name.startswith("__"):
                raise AttributeError(name)
            found = wrapped(getattr(self._real, name), full, self._special)
        self.__dict__[name] = found
        return found

    def __dir__(self) -> list[str]:
        return sorted({*dir(self._real), *self._special})


def wrapped(real: Any, name: str, special: dict[str, Any]) -> Any:
    """What the stand-in has for `real`: classes and numbers as they are, functions on tensors."""
    if isinstance(real, types.ModuleType):
        return stand_in(real, special) if real.__name__.startswith("numpy") else real
    if isinstance(real, np.ufunc):
        return _Ufunc(real, special)
    if isinstance(real, np.ndarray):
        return traced(real)
    if isinstance(real, type) or not callable(real):
        return real
    if name.startswith("random."):
        return special["random."](real)
    return _function(real)


def _function(real: Callable[..., Any]) -> Callable[..., Any]:
    """`real` for tensors and arrays, and for lists of them."""

    @functools.wraps(real)
    def function(*args: Any, **kwargs: Any) -> Any:
        return call(real, args, kwargs)

    return function


def call(real: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """What NumPy's function `real` gives, with `out=` and without precision."""
    if has_matrix(args):
        return wrapped_matrix(call(real, unwrapped(args), kwargs))
    out = kwargs.pop("out", None)
    if isinstance(out, tuple):
        out = out[0]
    if real is np.clip and len(args) == 4:  # noqa: PLR2004  # its fourth argument is out
        *args_, out = args
        args = tuple(args_)
    dtype = kwargs.get("dtype")
    if dtype is not None and np.dtype(dtype).kind == "f":
        # The only precision there is; a creation function has it by default.
        kwargs = {**kwargs, "dtype": np.float64}
    result = _called(real, args, kwargs)
    return result if out is None else filled(out, result)


def _called(real: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    if real not in _TAKES_LISTS:
        args = tuple([stacked(x) if has_tensor(x) else x for x in args])
    if not (has_tensor(args) or has_tensor(list(kwargs.values()))):
        return traced(real(*args, **kwargs))
    if real in DIFFERENTIABLE and real not in _TO_THE_BIT and not _cut(real, kwargs):
        if kwargs.get("dtype") is np.float64:
            kwargs = {key: x for key, x in kwargs.items() if key != "dtype"}
        return DIFFERENTIABLE[real](*args, **kwargs)
    if real in _AS_GIVEN:
        return real(*args, **kwargs)
    if real in CONSTANT or real in _ASKING:
        return traced(real(*values(args), **values(kwargs)))
    how = f"np.{getattr(real, '__name__', real)}"
    return traced(real(*taken_out(args, how), **taken_out(kwargs, how)))


def _cut(real: Callable[..., Any], kwargs: dict[str, Any]) -> bool:
    """Whether our form of `real` lacks one of the keywords, so that only its values can be had."""
    if not kwargs:
        return False
    try:
        parameters = inspect.signature(DIFFERENTIABLE[real]).parameters
    except (TypeError, ValueError):
        return False
    if any(p.kind is p.VAR_KEYWORD for p in parameters.values()):
        return False
    return any(key not in parameters and key != "dtype" for key in kwargs)


def filled(out: Any, result: Any) -> Any:
    """`out` with `result` written to it, as `out=` asks for."""
    if hasattr(out, "__record__"):
        out[...] = result
    else:
        np.copyto(out, taken_out(result, "out= of a plain array"), casting="unsafe")
    return out


class _Ufunc:
    """A ufunc and its methods, for tensors and arrays, and for lists of them."""

    def __init__(self, real: np.ufunc, special: dict[str, Any]) -> None:
        self._real = real
        self._special = special
        self.__name__ = real.__name__
        self.__doc__ = real.__doc__

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        real = self._real
        if len(args) > real.nin:
            kwargs["out"] = args[real.nin]
            args = args[: real.nin]
        return call(real, args, kwargs)

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._real, name)
        return _function(found) if callable(found) else found

    def __repr__(self) -> str:
        return repr(self._real)

    def reduce(self, array: Any, axis: Any = 0, **kwargs: Any) -> Any:
        """As the ufunc's method, on tensors."""
        return self._method("reduce", array, axis=axis, **kwargs)

    def accumulate(self, array: Any, axis: int = 0, **kwargs: Any) -> Any:
        """As the ufunc's method, on tensors."""
        return self._method("accumulate", array, axis=axis, **kwargs)

    def outer(self, a: Any, b: Any, **kwargs: Any) -> Any:
        """As the ufunc's method, on tensors."""
        return self._method("outer", a, b, **kwargs)

    def _method(self, name: str, *args: Any, **kwargs: Any) -> Any:
        method = getattr(self._real, name)
        args = tuple([stacked(x) if has_tensor(x) else x for x in args])
        if not has_tensor(args):
            return traced(method(*args, **kwargs))
        try:
            return method(*args, **kwargs)
        except TypeError:
            return traced(method(*taken_out(args, f"np.{self.__name__}.{name}"), **kwargs))

    def at(self, a: Any, indices: Any, *b: Any) -> None:
        """As the ufunc's method, entry after entry."""
        self._special["at"](self._real, a, indices, *b)
