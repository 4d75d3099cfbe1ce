"""Eigenvalues and eigenvectors of symmetric matrices, and singular values and vectors."""

from __future__ import annotations

from typing import Any

import numpy as np

from minigrad.op import Array, Op, differentiates
from minigrad.ops.broadcasting import ALONG
from minigrad.ops.triangle import onto_triangle

EighResult: Any = type(np.linalg.eigh(np.eye(1)))
SVDResult: Any = type(np.linalg.svd(np.eye(1)))


class Eigenvalues(Op):
    """y = the eigenvalues of a symmetric matrix a of shape (…, n, n), the least first; S = V diag(G) Vᵀ.

    A function of the triangle `UPLO` that NumPy reads: the gradient is zero in the other one. The same
    holds for `Eigenvectors`.
    """

    UPLO: Any = "L"

    def f(self, a: Array) -> Array:
        return np.linalg.eigvalsh(a, self.UPLO)

    def bprop_a(self, G: Array, y: Array, a: Array) -> Array:
        V = Eigenvectors(self.UPLO)(a)
        return onto_triangle((V * G[..., None, :]) @ V.mT, upper=self.UPLO == "U")


class Eigenvectors(Op):
    """y = V with a = V diag(w) Vᵀ; S = V (F ∘ VᵀG) Vᵀ with Fᵢⱼ = 1 / (wⱼ - wᵢ), infinite where they agree.

    Only the part of VᵀG counts that turns two of them into each other, half of VᵀG - GᵀV.
    """

    UPLO: Any = "L"

    def f(self, a: Array) -> Array:
        return np.linalg.eigh(a, self.UPLO)[1]

    def bprop_a(self, G: Array, y: Array, a: Array) -> Array:
        M = y.mT @ G
        turning = ALONG((M - M.mT) / 2, inverse_gaps(Eigenvalues(self.UPLO)(a)))
        return onto_triangle(y @ turning @ y.mT, upper=self.UPLO == "U")


class SingularValues(Op):
    """y = s, the greatest first, with a = U diag(s) V; ∇a = U diag(G) V, with slope 0 at s = 0."""

    def f(self, a: Array) -> Array:
        return np.linalg.svdvals(a)

    def bprop_a(self, G: Array, y: Array, a: Array) -> Array:
        U, _, V = np.linalg.svd(a, full_matrices=False)
        return (U * (G * np.sign(y))[..., None, :]) @ V


class LeftVectors(Op):
    """y = U with a = U diag(s) V, for a of shape (…, m, n) and U of shape (…, m, min(m, n))."""

    def f(self, a: Array) -> Array:
        return np.linalg.svd(a, full_matrices=False)[0]

    def bprop_a(self, G: Array, y: Array, a: Array) -> Array:
        _, s, V = np.linalg.svd(a, full_matrices=False)
        return _by_left_vectors(G, y, s, V)


class RightVectors(Op):
    """y = V with a = U diag(s) V, for a of shape (…, m, n) and V of shape (…, min(m, n), n)."""

    def f(self, a: Array) -> Array:
        return np.linalg.svd(a, full_matrices=False)[2]

    def bprop_a(self, G: Array, y: Array, a: Array) -> Array:
        U, s, _ = np.linalg.svd(a, full_matrices=False)
        return _by_left_vectors(G.mT, y.mT, s, U.mT).mT


def _by_left_vectors(G: Array, U: Array, s: Array, V: Array) -> Array:
    """∇a = U (F ∘ (UᵀG - GᵀU)) diag(s) V + (1 - U Uᵀ) G diag(1/s) V with Fᵢⱼ = 1 / (sⱼ² - sᵢ²)."""
    M = U.mT @ G
    turning = ALONG(M - M.mT, inverse_gaps(s) / (s[..., None, :] + s[..., None]))
    g = U @ (turning * s[..., None, :])
    if np.shape(U)[-2] > np.shape(U)[-1]:
        g = g + ALONG(G - U @ M, 1 / s[..., None, :])
    return g @ V


def inverse_gaps(w: Array) -> Array:
    """1 / (wⱼ - wᵢ) in row i and column j, and 0 on the diagonal."""
    alone = np.eye(np.shape(w)[-1], dtype=bool)
    return 1 / np.where(alone, np.inf, w[..., None, :] - w[..., None])


@differentiates(np.linalg.eigh)
def _eigh(a: Array, UPLO: str = "L") -> Any:
    triangle = UPLO.upper()
    return EighResult(Eigenvalues(triangle)(a), Eigenvectors(triangle)(a))


@differentiates(np.linalg.eigvalsh)
def _eigvalsh(a: Array, UPLO: str = "L") -> Array:
    return Eigenvalues(UPLO.upper())(a)


@differentiates(np.linalg.svd)
def _svd(
    a: Array,
    full_matrices: bool = True,  # noqa: FBT001, FBT002  # as NumPy has it
    compute_uv: bool = True,  # noqa: FBT001, FBT002  # as NumPy has it
) -> Any:
    if not compute_uv:
        return SingularValues()(a)
    if full_matrices and np.shape(a)[-2] != np.shape(a)[-1]:
        msg = (
            f"numpy.linalg.svd of a tensor of shape {np.shape(a)} with full_matrices=True has vectors "
            "that a does not determine: pass full_matrices=False"
        )
        raise TypeError(msg)
    return SVDResult(LeftVectors()(a), SingularValues()(a), RightVectors()(a))


@differentiates(np.linalg.svdvals)
def _svdvals(x: Array) -> Array:
    return SingularValues()(x)
