"""Linear equations: inverse, solution, determinant and Cholesky factor."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from minigrad.dispatch import plain
from minigrad.op import Array, Op, differentiates
from minigrad.ops.broadcasting import ALONG, SUM_LIKE
from minigrad.ops.triangle import LOWER_HALF, onto_triangle

SlogdetResult: Any = type(np.linalg.slogdet(np.eye(1)))


@differentiates(np.linalg.inv)
class Inverse(Op):
    """y = a⁻¹, for a of shape (…, n, n); ∇a = -yᵀ G yᵀ."""

    def f(self, a: Array) -> Array:
        return np.linalg.inv(a)

    def bprop_a(self, G: Array, y: Array, a: Array) -> Array:
        return -(y.mT @ G @ y.mT)


class Solve(Op):
    """y = a⁻¹ b, for a of shape (…, n, n) and b of shape (…, n, k); ∇b = a⁻ᵀ G and ∇a = -∇b yᵀ."""

    def f(self, a: Array, b: Array) -> Array:
        return np.linalg.solve(a, b)

    def bprop_a(self, G: Array, y: Array, a: Array, b: Array) -> Array:
        return SUM_LIKE(-SOLVE(a.mT, G) @ y.mT, a)

    def bprop_b(self, G: Array, y: Array, a: Array, b: Array) -> Array:
        return SUM_LIKE(SOLVE(a.mT, G), b)


@differentiates(np.linalg.solve)
def _solve(a: Array, b: Array) -> Array:
    if np.ndim(b) == 1:
        return np.squeeze(SOLVE(a, np.expand_dims(b, -1)), -1)
    return SOLVE(a, b)


@differentiates(np.linalg.det)
class Determinant(Op):
    """y = det a, for a of shape (…, n, n); ∇a is G times the matrix of cofactors, for singular a too."""

    def f(self, a: Array) -> Array:
        return np.linalg.det(a)

    def bprop_a(self, G: Array, y: Array, a: Array) -> Array:
        return G[..., None, None] * COFACTORS(a)


class Cofactors(Op):
    """y = the cofactors of a: yᵢⱼ is ± the determinant of a without row i and column j.

    By the singular values, y = det(U V) U diag(Πₖ≠ᵢ sₖ) V, which divides by nothing. The rule is that of
    y = det(a) a⁻ᵀ, so that second derivatives of a determinant want an invertible matrix.
    """

    def f(self, a: Array) -> Array:
        U, s, V = np.linalg.svd(a)
        others = np.where(np.eye(s.shape[-1], dtype=bool), 1, s[..., None, :])
        sign = np.rint(np.linalg.det(U) * np.linalg.det(V))
        return (U * (sign[..., None] * np.prod(others, axis=-1))[..., None, :]) @ V

    def bprop_a(self, G: Array, y: Array, a: Array) -> Array:
        turned = np.linalg.inv(a).mT
        share = np.sum(G * turned, axis=(-2, -1), keepdims=True)
        return y * share - y @ G.mT @ turned


class LogDeterminant(Op):
    """y = ln |det a|, for a of shape (…, n, n); ∇a = G a⁻ᵀ, infinite where a is singular."""

    def f(self, a: Array) -> Array:
        return np.linalg.slogdet(a)[1]

    def bprop_a(self, G: Array, y: Array, a: Array) -> Array:
        singular = np.equal(y, -np.inf)[..., None, None]
        regular = np.where(singular, np.eye(np.shape(a)[-1], dtype=a.dtype), a)
        return ALONG(G[..., None, None], np.where(singular, np.inf, np.linalg.inv(regular).mT))


@differentiates(np.linalg.slogdet)
def _slogdet(a: Array) -> Any:
    return SlogdetResult(np.linalg.slogdet(plain(a))[0], LogDeterminant()(a))


class Cholesky(Op):
    """y = L with a = L Lᵀ, or Lᵀ if `upper`, for a of shape (…, n, n), symmetric and positive definite.

    A function of the triangle that NumPy reads: the gradient is zero in the other one (Murray, 2016,
    section 3).
    """

    upper: bool = False

    def f(self, a: Array) -> Array:
        return np.linalg.cholesky(a, upper=self.upper)

    def bprop_a(self, G: Array, y: Array, a: Array) -> Array:
        R, inner = (y, LOWER_HALF(y @ G.mT)) if self.upper else (y.mT, LOWER_HALF(y.mT @ G))
        S = np.linalg.solve(R, np.linalg.solve(R, inner.mT).mT)
        return onto_triangle(S, upper=self.upper)


@differentiates(np.linalg.cholesky)
def _cholesky(a: Array, *, upper: bool = False) -> Array:
    return Cholesky(bool(upper))(a)


@differentiates(np.linalg.tensorinv)
def _tensorinv(a: Array, ind: int = 2) -> Array:
    if ind < 1:
        msg = f"numpy.linalg.tensorinv wants ind ≥ 1, the number of axes that count as rows; given: {ind}"
        raise ValueError(msg)
    shape = np.shape(a)
    n = math.prod(shape[ind:])
    return np.reshape(np.linalg.inv(np.reshape(a, (n, n))), shape[ind:] + shape[:ind])


@differentiates(np.linalg.tensorsolve)
def _tensorsolve(a: Array, b: Array, axes: Any = None) -> Array:
    if axes is not None:
        a = np.transpose(a, [k for k in range(np.ndim(a)) if k not in axes] + list(axes))
    shape = np.shape(a)[np.ndim(b) :]
    n = math.prod(shape)
    return np.reshape(np.linalg.solve(np.reshape(a, (n, n)), np.ravel(b)), shape)


SOLVE = Solve()
COFACTORS = Cofactors()
