"""The triangle by which NumPy's functions of a symmetric matrix know it."""

from __future__ import annotations

import numpy as np

from minigrad.op import Array, Op


class LowerHalf(Op):
    """y = the lower triangle of x with half of its diagonal, so that y + yᵀ = x for a symmetric x."""

    def f(self, x: Array) -> Array:
        return np.tril(x) * (1 - np.eye(x.shape[-1], dtype=x.dtype) / 2)

    def bprop_x(self, G: Array, y: Array, x: Array) -> Array:
        return LOWER_HALF(G)


def onto_triangle(S: Array, *, upper: bool) -> Array:
    """The gradient in one triangle of a, where ⟨S, da⟩ is the change for a symmetric change da.

    An entry off the diagonal stands for two of them, and so gets both contributions.
    """
    half = LOWER_HALF(S + S.mT)
    return half.mT if upper else half


LOWER_HALF = LowerHalf()
