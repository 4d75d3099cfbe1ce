"""The same entries in another shape, order of axes, or type."""

from __future__ import annotations

from typing import Any

import numpy as np

from minigrad.op import Array, Op, differentiates


class Reshape(Op):
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


class Transpose(Op):
    """y = x with its axes in the order `axes`, reversed if None."""

    axes: tuple[int, ...] | None = None

    def f(self, x: Array) -> Array:
        return np.transpose(x, self.axes)

    def bprop_x(self, G: Array, y: Array, x: Array) -> Array:
        if self.axes is None:
            return np.transpose(G)
        n = len(self.axes)
        return np.transpose(G, tuple(int(i) for i in np.argsort([axis % n for axis in self.axes])))


class SwapAxes(Op):
    """y = x with two axes exchanged."""

    axis1: int
    axis2: int

    def f(self, x: Array) -> Array:
        return np.swapaxes(x, self.axis1, self.axis2)

    def bprop_x(self, G: Array, y: Array, x: Array) -> Array:
        return np.swapaxes(G, self.axis1, self.axis2)


class ExpandDims(Op):
    """y = x with new axes of length 1 at the places `axis` of y."""

    axis: Any

    def f(self, x: Array) -> Array:
        return np.expand_dims(x, self.axis)

    def bprop_x(self, G: Array, y: Array, x: Array) -> Array:
        return np.squeeze(G, self.axis)


class Squeeze(Op):
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
def _reshape(a: Array, shape: Any) -> Array:
    return Reshape(shape if isinstance(shape, int) else tuple(shape))(a)


@differentiates(np.ravel)
def _ravel(a: Array) -> Array:
    return Reshape(-1)(a)


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
