"""Products of several matrices, and powers of one."""

from __future__ import annotations

import operator
from collections.abc import Sequence
from typing import Any

import numpy as np

from minigrad.op import Array, Op, differentiates


class MultiDot(Op):
    """y = x₁ x₂ … xₙ, for n ≥ 2 matrices, multiplied in the order that costs least.

    ∇xᵢ = (x₁ … xᵢ₋₁)ᵀ G (xᵢ₊₁ … xₙ)ᵀ, which is such a product of n matrices too.
    """

    def f(self, *xs: Array) -> Array:
        return np.linalg.multi_dot(xs)

    def bprops(self, G: Array, y: Array, inputs: Sequence[Array], positions: Sequence[int]) -> list[Any]:
        turned = [x.T for x in inputs]
        return [np.linalg.multi_dot([*turned[:i][::-1], G, *turned[i + 1 :][::-1]]) for i in positions]


@differentiates(np.linalg.multi_dot)
def _multi_dot(arrays: Any) -> Array:
    xs = list(arrays)
    row, column = np.ndim(xs[0]) == 1, np.ndim(xs[-1]) == 1
    if row:
        xs[0] = np.expand_dims(xs[0], 0)
    if column:
        xs[-1] = np.expand_dims(xs[-1], 1)
    y = MultiDot()(*xs)
    return np.squeeze(y, (0,) * row + (1,) * column) if row or column else y


@differentiates(np.linalg.matrix_power)
def _matrix_power(a: Array, n: Any) -> Array:
    n = operator.index(n)
    if n == 0:
        # A constant, but a node all the same.
        return np.where(np.zeros((), bool), a, np.eye(np.shape(a)[-1], dtype=a.dtype))
    square = np.linalg.inv(a) if n < 0 else a
    n = abs(n)
    y = None
    while n:
        if n % 2:
            y = square if y is None else y @ square
        n //= 2
        if n:
            square = square @ square
    return y
