"""Orthogonal projection: the QR factors, the pseudo-inverse and least squares."""

from __future__ import annotations

from typing import Any

import numpy as np

from minigrad.dispatch import plain
from minigrad.op import Array, Op, differentiates
from minigrad.ops.triangle import LOWER_HALF

_NOT_GIVEN: Any = object()
QRResult: Any = type(np.linalg.qr(np.eye(1)))


class QFactor(Op):
    """y = Q with a = Q R, for a of shape (…, m, n), m ≥ n, of full rank; R has shape (…, n, n)."""

    def f(self, a: Array) -> Array:
        return np.linalg.qr(a)[0]

    def bprop_a(self, G: Array, y: Array, a: Array) -> Array:
        return _by_factors(y, y.mT @ a, G, -(G.mT @ y))


class RFactor(Op):
    """y = R with a = Q R, for a of shape (…, m, n), m ≥ n, of full rank; R has shape (…, n, n)."""

    def f(self, a: Array) -> Array:
        return np.linalg.qr(a, mode="r")

    def bprop_a(self, G: Array, y: Array, a: Array) -> Array:
        return _by_factors(QFactor()(a), y, 0, y @ G.mT)


def _by_factors(Q: Array, R: Array, G: Array, M: Array) -> Array:
    """∇a = (G + Q (lower half of M + its transpose)) R⁻ᵀ, where G is that of Q (Walter, 2012)."""
    half = LOWER_HALF(M)
    return np.linalg.solve(R, (G + Q @ (half + half.mT)).mT).mT


@differentiates(np.linalg.qr)
def _qr(a: Array, mode: str = "reduced") -> Any:
    if mode not in {"reduced", "r"}:
        msg = f"numpy.linalg.qr of a tensor has mode 'reduced' or 'r', not {mode!r}"
        raise TypeError(msg)
    rows, columns = np.shape(a)[-2:]
    first = a[..., :rows] if columns > rows else a
    R = RFactor()(first)
    if columns <= rows and mode == "r":
        return R
    Q = QFactor()(first)
    if columns > rows:
        R = np.concatenate([R, Q.mT @ a[..., rows:]], axis=-1)
    return R if mode == "r" else QRResult(Q, R)


class PseudoInverse(Op):
    """y = a⁺, for a of shape (…, m, n), singular values up to `rcond` times the greatest counting as 0.

    The rule is that of matrices of the same rank as a (Golub and Pereyra, 1973):
    ∇a = -yᵀGyᵀ + (1 - a y) Gᵀ y yᵀ + yᵀ y Gᵀ (1 - y a).
    """

    def f(self, a: Array, rcond: Array) -> Array:
        return np.linalg.pinv(a, rcond)

    def bprop_a(self, G: Array, y: Array, a: Array, rcond: Array) -> Array:
        left, right = G.mT @ y @ y.mT, y.mT @ y @ G.mT
        return left - a @ (y @ left) + right - (right @ y) @ a - y.mT @ G @ y.mT

    def bprop_rcond(self, G: Array, y: Array, a: Array, rcond: Array) -> None:
        return None


@differentiates(np.linalg.pinv)
def _pinv(a: Array, rcond: Any = None, *, rtol: Any = _NOT_GIVEN) -> Array:
    if rcond is not None and rtol is not _NOT_GIVEN:
        msg = "numpy.linalg.pinv was given both rcond and rtol: give one of them"
        raise ValueError(msg)
    if rcond is None:
        rcond = 1e-15 if rtol is _NOT_GIVEN else rtol
    return PseudoInverse()(a, max(np.shape(a)[-2:]) * np.finfo(a.dtype).eps if rcond is None else rcond)


@differentiates(np.linalg.lstsq)
def _lstsq(a: Array, b: Array, rcond: Any = None) -> tuple[Any, Any, Any, Array]:
    rows, columns = np.shape(a)[-2:]
    rank = np.linalg.lstsq(plain(a), plain(b), rcond)[2]
    if rcond is None:
        rcond = np.finfo(np.result_type(a, b)).eps * max(rows, columns)
    x = np.linalg.pinv(a, rcond) @ b
    errors = np.expand_dims(b, -1) if np.ndim(b) == 1 else b
    residuals: Any = np.zeros(0, np.result_type(a, b))
    if rank == columns < rows:
        residuals = np.sum(np.square(errors - a @ np.reshape(x, (columns, -1))), axis=0)
    return x, residuals, rank, np.linalg.svdvals(a)
