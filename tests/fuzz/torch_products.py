"""NumPy's products and linear algebra in PyTorch."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import torch


def bilinear(function: Any, a: Any, b: Any) -> Any:
    """A bilinear function of two vectors, by what it makes of the unit vectors."""
    table = [[function(i, j) for j in np.eye(len(b))] for i in np.eye(len(a))]
    return torch.einsum("ijk,i,j->k", torch.as_tensor(np.array(table)), a, b)


class Products:
    """Products of vectors, matrices and tensors."""

    def dot(self, a: Any, b: Any) -> Any:
        if 0 in (a.ndim, b.ndim):
            return a * b
        return torch.tensordot(a, b, dims=([a.ndim - 1], [max(b.ndim - 2, 0)]))

    def inner(self, a: Any, b: Any) -> Any:
        return a * b if 0 in (a.ndim, b.ndim) else torch.tensordot(a, b, dims=([a.ndim - 1], [b.ndim - 1]))

    def vdot(self, a: Any, b: Any) -> Any:
        return (a.reshape(-1) * b.reshape(-1)).sum()

    def vecdot(self, a: Any, b: Any) -> Any:
        return (a * b).sum(-1)

    def matvec(self, a: Any, b: Any) -> Any:
        return a @ b

    vecmat = matvec

    def outer(self, a: Any, b: Any) -> Any:
        return a.reshape(-1)[:, None] * b.reshape(-1)

    def tensordot(self, a: Any, b: Any, axes: Any) -> Any:
        return torch.tensordot(a, b, dims=axes)

    def einsum(self, subscripts: str, *operands: Any) -> Any:
        terms = subscripts.partition("->")[0].split(",")
        # PyTorch takes no operand without indices.
        lengthened = [x if term else x[None] for term, x in zip(terms, operands, strict=True)]
        left = ",".join(term or "z" for term in terms)
        return torch.einsum(f"{left}->{subscripts.partition('->')[2]}", *lengthened)

    def kron(self, a: Any, b: Any) -> Any:
        rows, columns = (np.arange(x.numel()).reshape(x.shape) for x in (a, b))
        ones = np.ones((), int)
        places = np.kron(rows, ones + 0 * columns) * b.numel() + np.kron(ones + 0 * rows, columns)
        return self.outer(a, b).reshape(-1)[torch.as_tensor(places)]

    def trace(self, x: Any, offset: int) -> Any:
        return torch.diagonal(x, offset, 0, 1).sum(-1)

    def cross(self, a: Any, b: Any) -> Any:
        return torch.linalg.cross(*torch.broadcast_tensors(a, b))

    def convolve(self, a: Any, b: Any, mode: str) -> Any:
        return bilinear(lambda i, j: np.convolve(i, j, mode), a, b)

    def correlate(self, a: Any, b: Any, mode: str) -> Any:
        return bilinear(lambda i, j: np.correlate(i, j, mode), a, b)


PRODUCTS = Products()


def norm(x: Any, axis: Any = None, *, keepdims: bool = False) -> Any:
    """The 2-norm of vectors, or of all entries."""
    every = tuple(range(x.ndim)) if axis is None else axis
    y = (x * x).sum(every, keepdim=keepdims) if x.ndim else x * x
    return torch.sqrt(y)


def solve(a: Any, b: Any) -> Any:
    """PyTorch takes a matrix b for vectors where a is a stack of matrices."""
    return torch.linalg.solve(a, b if b.ndim == 1 else b.expand(*a.shape[:-2], *b.shape[-2:]))


LINALG = SimpleNamespace(
    inv=torch.linalg.inv,
    pinv=torch.linalg.inv,
    det=torch.linalg.det,
    slogdet=torch.linalg.slogdet,
    solve=solve,
    cholesky=torch.linalg.cholesky,
    eigvalsh=torch.linalg.eigvalsh,
    cond=lambda a: torch.linalg.svdvals(a)[..., 0] / torch.linalg.svdvals(a)[..., -1],
    svdvals=torch.linalg.svdvals,
    matrix_power=torch.linalg.matrix_power,
    multi_dot=lambda matrices: matrices[0] @ matrices[1] @ matrices[2],
    qr=lambda a, mode: torch.linalg.qr(a)[1],
    norm=norm,
    vector_norm=norm,
    matmul=torch.matmul,
    matrix_transpose=lambda x: x.mT,
    diagonal=lambda x, offset: torch.diagonal(x, offset, -2, -1),
    vecdot=PRODUCTS.vecdot,
    outer=PRODUCTS.outer,
    tensordot=PRODUCTS.tensordot,
    trace=lambda x, offset: torch.diagonal(x, offset, -2, -1).sum(-1),
    cross=PRODUCTS.cross,
)
