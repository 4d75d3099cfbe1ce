"""Products of vectors and matrices."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from minigrad.op import Array, Op, differentiates
from minigrad.ops.broadcasting import SUM_LIKE


@differentiates(np.matmul)
class Matmul(Op):
    """y = a b, for a of shape (…, n, k) and b of shape (…, k, m); either may be a vector (k,).

    For matrices ∇a = G bᵀ and ∇b = aᵀ G, summed over the leading axes that were broadcast.
    """

    def f(self, a: Array, b: Array) -> Array:
        # For vectors and matrices dot is the same product with less work around it.
        return a.dot(b) if 0 < a.ndim <= 2 and 0 < b.ndim <= 2 else np.matmul(a, b)  # noqa: PLR2004

    def bprop_a(self, G: Array, y: Array, a: Array, b: Array) -> Array:
        match a.ndim, b.ndim:
            case 1, 1:
                return G * b
            case 2, 1:
                return OUTER(G, b)
            case 2, 2:
                return G.dot(b.T)
            case 1, _:
                return SUM_LIKE((b @ G[..., None])[..., 0], a)
            case _, 1:
                return G[..., None] * b
        return SUM_LIKE(G @ b.mT, a)

    def bprop_b(self, G: Array, y: Array, a: Array, b: Array) -> Array:
        match a.ndim, b.ndim:
            case 1, 1:
                return G * a
            case 2, (1 | 2):
                return np.dot(a.T, G)
            case 1, 2:
                return OUTER(a, G)
            case 1, _:
                return a[:, None] * G[..., None, :]
            case _, 1:
                return SUM_LIKE((G[..., None, :] @ a)[..., 0, :], b)
        return SUM_LIKE(a.mT @ G, b)


@differentiates(np.dot)
def _dot(a: Array, b: Array) -> Array:
    if np.ndim(a) == 0 or np.ndim(b) == 0:
        return np.multiply(a, b)
    return np.matmul(a, b) if np.ndim(b) <= 2 else np.tensordot(a, b, (-1, -2))  # noqa: PLR2004


class Linear(Op):
    """y = x Wᵀ, for x of shape (…, k) and W of shape (n, k); for a vector this is W x."""

    def f(self, x: Array, W: Array) -> Array:
        if W.ndim != 2 or not x.ndim:  # noqa: PLR2004  # a matrix
            msg = f"linear(x, W) wants x of shape (…, K) and W of shape (H, K), not {x.shape} and {W.shape}"
            raise ValueError(msg)
        return x.dot(W.T)

    def bprop_x(self, G: Array, y: Array, x: Array, W: Array) -> Array:
        return G.dot(W)

    def bprop_W(self, G: Array, y: Array, x: Array, W: Array) -> Array:
        if x.ndim == 1:
            return OUTER(G, x)
        return G.T.dot(x) if x.ndim == 2 else SUM_LIKE(G.mT @ x, W)  # noqa: PLR2004  # a batch


def linear(x: Any, W: Any) -> Array:
    """x Wᵀ as one node: W x for a vector, each row times Wᵀ for a batch.

    Args:
        x: shape (…, K).
        W: shape (H, K).

    Returns:
        Shape (…, H).

    Raises:
        ValueError: if W is no matrix, or its second axis is not as long as the last one of x.

    Example:
        >>> import numpy as np
        >>> linear(np.array([1.0, 2.0]), np.array([[3.0, 4.0], [5.0, 6.0], [7.0, 8.0]])).tolist()
        [11.0, 17.0, 23.0]
    """
    return LINEAR(x if hasattr(x, "shape") else np.asarray(x), W)


class Affine(Op):
    """y = b + Σᵢ xᵢ Wᵢᵀ, the inputs in the order b, x₁, W₁, x₂, W₂ …, each as in `Linear`."""

    def f(self, *b_xs_Ws: Array) -> Array:
        b, x, W = b_xs_Ws[:3]
        y = LINEAR.f(x, W)
        for k in range(3, len(b_xs_Ws), 2):
            y = _plus(y, LINEAR.f(b_xs_Ws[k], b_xs_Ws[k + 1]), y.shape)
        return _plus(y, b, y.shape[-1:])

    def bprops(self, G: Array, y: Array, inputs: Sequence[Array], positions: Sequence[int]) -> list[Any]:
        return [self._contribution(i, G, y, inputs) for i in positions]

    def _contribution(self, i: int, G: Array, y: Array, inputs: Sequence[Array]) -> Array:
        if i == 0:
            return G if G.ndim == 1 else SUM_LIKE(G, inputs[0])
        if i % 2:
            return LINEAR.bprop_x(G, y, inputs[i], inputs[i + 1])
        return LINEAR.bprop_W(G, y, inputs[i - 1], inputs[i])

    def argument(self, i: int) -> str:
        return "b" if i == 0 else f"{'Wx'[i % 2]}{(i + 1) // 2}"


def _plus(y: Array, z: Array, shape: tuple[int, ...]) -> Array:
    """y + z for a term z of an affine map, in the memory of y where its type holds the sum."""
    if z.shape != shape:
        msg = f"a term of an affine map has shape {z.shape}; wanted: {shape}, as the terms before it"
        raise ValueError(msg)
    if z.dtype is not y.dtype:
        return y + z
    y += z
    return y


def affine(b: Any, *terms: tuple[Any, Any]) -> Array:
    """b + Σ linear(x, W) over the pairs (x, W), as one node.

    Args:
        b: the bias, shape (H,).
        terms: pairs of x, shape (…, Kᵢ), and W, shape (H, Kᵢ); the shapes … agree.

    Returns:
        Shape (…, H).

    Raises:
        ValueError: if there is no pair, or the shapes do not fit.

    Example:
        >>> import numpy as np
        >>> affine(np.array([1.0]), (np.array([2.0, 3.0]), np.array([[1.0, 10.0]]))).tolist()
        [33.0]
    """
    if not terms:
        msg = "affine(b, (x, W), …) wants at least one pair (x, W)"
        raise ValueError(msg)
    return AFFINE(b, *[operand for term in terms for operand in term])


class Outer(Op):
    """y = a bᵀ, for vectors a of shape (n,) and b of shape (m,)."""

    def f(self, a: Array, b: Array) -> Array:
        return a[:, None].dot(b[None])

    def bprop_a(self, G: Array, y: Array, a: Array, b: Array) -> Array:
        return G @ b

    def bprop_b(self, G: Array, y: Array, a: Array, b: Array) -> Array:
        return a @ G


@differentiates(np.outer)
def _outer(a: Array, b: Array) -> Array:
    return OUTER(np.ravel(a), np.ravel(b))


class Lookup(Op):
    """y = the columns of W that `index` names, as rows: the product of one-hot rows with Wᵀ."""

    def f(self, W: Array, index: Array) -> Array:
        return W.T[index]

    def bprop_W(self, G: Array, y: Array, W: Array, index: Array) -> Array:
        return SCATTER_COLUMNS(G, W, index)

    def bprop_index(self, G: Array, y: Array, W: Array, index: Array) -> None:
        return None


class ScatterColumns(Op):
    """y = zeros like W, with the rows of g added to the columns that `index` names."""

    def f(self, g: Array, W: Array, index: Array) -> Array:
        y = np.zeros_like(W, dtype=g.dtype)
        if np.ndim(index):
            np.add.at(y.T, index, g)
        else:
            y[:, index] = g
        return y

    def bprop_g(self, G: Array, y: Array, g: Array, W: Array, index: Array) -> Array:
        return LOOKUP(G, index)

    def bprop_W(self, G: Array, y: Array, g: Array, W: Array, index: Array) -> None:
        return None

    def bprop_index(self, G: Array, y: Array, g: Array, W: Array, index: Array) -> None:
        return None


def lookup(index: Any, W: Any) -> Array:
    """linear(one_hot(index), W) without the product: column `index` of W.

    Args:
        index: integers in 0 … K−1, any shape (…).
        W: shape (H, K).

    Returns:
        Shape (…, H).

    Raises:
        TypeError: if `index` holds no integers.
        ValueError: if W is no matrix.
        IndexError: if one of them is not in 0 … K−1.

    Example:
        >>> import numpy as np
        >>> lookup(1, np.array([[3.0, 4.0], [5.0, 6.0], [7.0, 8.0]])).tolist()
        [4.0, 6.0, 8.0]
    """
    index = np.asarray(index)
    if index.dtype.kind not in "iu":
        msg = f"lookup wants integers as index, not {index.dtype} of shape {index.shape}"
        raise TypeError(msg)
    if np.ndim(W) != 2:  # noqa: PLR2004  # a matrix
        msg = f"lookup wants W of shape (H, K), not {np.shape(W)}"
        raise ValueError(msg)
    K = np.shape(W)[1]
    if index.size and not 0 <= index.min() <= index.max() < K:
        found = f"{index.min()} … {index.max()}"
        msg = f"lookup wants an index in 0 … {K - 1} for W of shape {np.shape(W)}; given: {found}"
        raise IndexError(msg)
    return LOOKUP(W, index)


LINEAR = Linear()
AFFINE = Affine()
OUTER = Outer()
LOOKUP = Lookup()
SCATTER_COLUMNS = ScatterColumns()
