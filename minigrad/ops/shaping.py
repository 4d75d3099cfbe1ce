"""The same entries in another shape, order of axes, or type."""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.lib.array_utils import normalize_axis_tuple

from minigrad.op import Array, Op, differentiates
from minigrad.ops.viewing import View


class Reshape(View):
    """y = the entries of x in `shape`, in C order."""

    shape: Any

    def f(self, x: Array) -> Array:
        return np.reshape(x, self.shape)

    def bprop_x(self, G: Array, y: Array, x: Array) -> Array:
        return ReshapeLike()(G, x)


class ReshapeLike(Op):
    """y = the entries of g in the shape of `like`."""

    def f(self, g: Array, like: Array) -> Array:
        return np.reshape(g, np.shape(like))

    def bprop_g(self, G: Array, y: Array, g: Array, like: Array) -> Array:
        return ReshapeLike()(G, g)

    def bprop_like(self, G: Array, y: Array, g: Array, like: Array) -> None:
        return None


class Transpose(View):
    """y = x with its axes in the order `axes`, reversed if None."""

    axes: tuple[int, ...] | None = None

    def f(self, x: Array) -> Array:
        return np.transpose(x, self.axes)

    def bprop_x(self, G: Array, y: Array, x: Array) -> Array:
        if self.axes is None:
            return np.transpose(G)
        n = len(self.axes)
        return np.transpose(G, tuple(int(i) for i in np.argsort([axis % n for axis in self.axes])))


class SwapAxes(View):
    """y = x with two axes exchanged."""

    axis1: int
    axis2: int

    def f(self, x: Array) -> Array:
        return np.swapaxes(x, self.axis1, self.axis2)

    def bprop_x(self, G: Array, y: Array, x: Array) -> Array:
        return np.swapaxes(G, self.axis1, self.axis2)


class ExpandDims(View):
    """y = x with new axes of length 1 at the places `axis` of y."""

    axis: Any

    def f(self, x: Array) -> Array:
        return np.expand_dims(x, self.axis)

    def bprop_x(self, G: Array, y: Array, x: Array) -> Array:
        return np.squeeze(G, self.axis)


class Squeeze(View):
    """y = x without the axes `axis` of length 1, without all of those if None."""

    axis: Any = None

    def f(self, x: Array) -> Array:
        return np.squeeze(x, self.axis)

    def bprop_x(self, G: Array, y: Array, x: Array) -> Array:
        return ReshapeLike()(G, x)


class Cast(Op):
    """y = x in the floating-point type `dtype`."""

    dtype: Any

    def f(self, x: Array) -> Array:
        return x.astype(self.dtype)

    def bprop_x(self, G: Array, y: Array, x: Array) -> Array:
        return G.astype(x.dtype)


@differentiates(np.reshape)
def _reshape(a: Array, shape: Any, order: str = "C") -> Array:
    shape = operator.index(shape) if hasattr(shape, "__index__") else tuple(shape)
    if _in_columns(order, "reshape"):
        return np.transpose(Reshape(shape if isinstance(shape, int) else shape[::-1])(np.transpose(a)))
    return Reshape(shape)(a)


@differentiates(np.ravel)
def _ravel(a: Array, order: str = "C") -> Array:
    return Reshape(-1)(np.transpose(a) if _in_columns(order, "ravel") else a)


def _in_columns(order: str, name: str) -> bool:
    """Whether the first axis runs fastest."""
    if order not in {"C", "F"}:
        msg = f"numpy.{name} of a tensor takes order='C' or 'F', independent of memory; given: {order!r}"
        raise ValueError(msg)
    return order == "F"


@differentiates(np.transpose)
def _transpose(a: Array, axes: Any = None) -> Array:
    return Transpose(None if axes is None else tuple(axes))(a)


@differentiates(np.swapaxes)
def _swapaxes(a: Array, axis1: int, axis2: int) -> Array:
    return SwapAxes(axis1, axis2)(a)


@differentiates(np.expand_dims)
def _expand_dims(a: Array, axis: Any) -> Array:
    return ExpandDims(tuple(axis) if isinstance(axis, list) else axis)(a)


@differentiates(np.squeeze)
def _squeeze(a: Array, axis: Any = None) -> Array:
    return Squeeze(tuple(axis) if isinstance(axis, list) else axis)(a)


@differentiates(np.ndarray.astype)
def _astype(a: Array, dtype: Any) -> Array:
    kind = np.dtype(dtype)
    if kind.kind != "f":
        msg = f"astype({kind}) would cut a tensor out of the graph: take its .value.astype({kind})"
        raise TypeError(msg)
    return Cast(kind)(a)


def _astype_function(x: Array, dtype: Any, /) -> Array:
    return _astype(x, dtype)


# This came with NumPy 2.1.
if hasattr(np, "astype"):
    differentiates(np.astype)(_astype_function)


@differentiates(np.moveaxis)
def _moveaxis(a: Array, source: Any, destination: Any) -> Array:
    n = np.ndim(a)
    moved = normalize_axis_tuple(source, n, "source")
    places = normalize_axis_tuple(destination, n, "destination")
    if len(moved) != len(places):
        msg = f"numpy.moveaxis wants as many destinations as sources; given: {source} and {destination}"
        raise ValueError(msg)
    order = [axis for axis in range(n) if axis not in moved]
    for place, axis in sorted(zip(places, moved, strict=True)):
        order.insert(place, axis)
    return np.transpose(a, order)


@differentiates(np.rollaxis)
def _rollaxis(a: Array, axis: int, start: int = 0) -> Array:
    n = np.ndim(a)
    (axis,) = normalize_axis_tuple(axis, n)
    place = start + n if start < 0 else start
    if not 0 <= place <= n:
        msg = f"numpy.rollaxis wants {-n} <= start <= {n} for a tensor of {n} axes; given: {start}"
        raise ValueError(msg)
    return np.moveaxis(a, axis, place - 1 if axis < place else place)


@differentiates(np.matrix_transpose, np.linalg.matrix_transpose)
def _matrix_transpose(x: Array) -> Array:
    if np.ndim(x) < 2:  # noqa: PLR2004  # a matrix
        msg = f"numpy.matrix_transpose wants at least two axes; given: shape {np.shape(x)}"
        raise ValueError(msg)
    return np.swapaxes(x, -1, -2)


@differentiates(np.atleast_1d)
def _atleast_1d(*arys: Array) -> Any:
    return _each(lambda x: np.reshape(x, 1) if np.ndim(x) == 0 else x, arys)


@differentiates(np.atleast_2d)
def _atleast_2d(*arys: Array) -> Any:
    return _each(lambda x: x if np.ndim(x) > 1 else np.reshape(x, (1, -1)), arys)


@differentiates(np.atleast_3d)
def _atleast_3d(*arys: Array) -> Any:
    def deepened(x: Array) -> Array:
        n = np.ndim(x)
        return x if n > 2 else np.reshape(x, (*np.shape(x), 1) if n == 2 else (1, -1, 1))  # noqa: PLR2004

    return _each(deepened, arys)


def _each(f: Callable[[Array], Array], xs: tuple[Array, ...]) -> Any:
    """f of the only one, or of each in a tuple."""
    found = tuple([f(x if hasattr(x, "shape") else np.asarray(x)) for x in xs])
    return found[0] if len(found) == 1 else found
