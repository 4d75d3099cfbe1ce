"""How people multiply and sum the factors of a gradient, other than by a sum of outer products."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from minigrad.diagnosis.observed import Array
from minigrad.diagnosis.vanilla.option import Choice
from minigrad.diagnosis.vanilla.scene import Scene
from minigrad.diagnosis.vanilla.sums import BIASES, RIGHT, option, outer

_Form = Callable[[Array, Array], Array]


def _all(L: Array, R: Array, reduce: Callable[..., Array], axis: int | tuple[int, ...] = (1, 2)) -> Array:
    G = outer(L, R)
    return np.broadcast_to(reduce(G, axis=axis, keepdims=True), G.shape)


def _elementwise(L: Array, R: Array) -> Array:
    each = np.einsum("tnbk,tbk->nk", L, R)
    return np.repeat(each[:, None], L.shape[-1], axis=1)


def _columns(L: Array, R: Array) -> Array:
    return np.swapaxes(_elementwise(L, R), 1, 2)


def _inner(L: Array, R: Array) -> Array:
    total = np.einsum("tnbk,tbk->n", L, R)
    return np.broadcast_to(total[:, None, None], (len(total), L.shape[-1], L.shape[-1]))


def _diagonal(L: Array, R: Array) -> Array:
    return _elementwise(L, R) * np.eye(L.shape[-1])


def _of_sums(L: Array, R: Array) -> Array:
    return outer(L.sum(0)[None], R.sum(0)[None])


def _of_all_sums(L: Array, R: Array) -> Array:
    return outer(L.sum((0, 2), keepdims=True), R.sum((0, 1), keepdims=True))


def _of_batch_sums(L: Array, R: Array) -> Array:
    return outer(L.sum(2, keepdims=True), R.sum(1, keepdims=True))


_SUMS = "is the outer product of two sums, not the sum of outer products"
_ENTRIES, _ROWS, _COLUMNS = "all its entries are equal", "all its rows are equal", "all its columns are equal"
_AXIS = "is summed over the wrong axis"

_ANY: tuple[tuple[str, str, str, _Form, float], ...] = (
    ("zero", "zero", "is exactly 0: nothing was ever added", lambda L, R: 0.0 * outer(L, R), 0.9),
    ("one", "skipped-step", "has the first sequence only", lambda L, R: outer(L[:, :, :1], R[:, :1]), 1.1),
    ("last", "overwritten", "has the last sequence only", lambda L, R: outer(L[:, :, -1:], R[:, -1:]), 1.1),
    ("features", "outer-product", f"{_AXIS}: {_ENTRIES}", lambda L, R: _all(L, R, np.sum), 1.1),
    ("mean", "outer-product", f"is a mean over all axes: {_ENTRIES}", lambda L, R: _all(L, R, np.mean), 1.1),
    ("magnitude", "outer-product", "has lost its signs", lambda L, R: np.abs(outer(L, R)), 1.3),
)

_MATRIX: tuple[tuple[str, str, _Form, float], ...] = (
    ("of sums", _SUMS, _of_sums, 1.0),
    ("of all sums", _SUMS, _of_all_sums, 1.0),
    ("of batch sums", "is made of sums over the batch, not summed over the batch", _of_batch_sums, 1.0),
    ("left", f"lacks its right factor: {_COLUMNS}", lambda L, R: outer(L, np.ones_like(R)), 1.1),
    ("right only", f"lacks its left factor: {_ROWS}", lambda L, R: outer(np.ones_like(L), R), 1.1),
    ("columns", f"{_AXIS}: {_ROWS}", lambda L, R: _all(L, R, np.sum, 1), 1.3),
    ("rows", f"{_AXIS}: {_COLUMNS}", lambda L, R: _all(L, R, np.sum, 2), 1.3),
)

_SQUARE: tuple[tuple[str, str, _Form, float], ...] = (
    ("inner", f"is an inner product: {_ENTRIES}", _inner, 1.0),
    ("elementwise", f"is an elementwise product: {_ROWS}", _elementwise, 1.0),
    ("elementwise columns", f"is an elementwise product: {_COLUMNS}", _columns, 1.0),
    ("diagonal", "is an elementwise product, on the diagonal", _diagonal, 1.2),
)


def forms(scene: Scene, role: str) -> list[Choice]:
    """How the factors are multiplied and summed; values are f(L, R) → (N, K, M)."""
    shape = np.shape(scene.observed.auto[role])
    square = role not in BIASES and shape[0] == shape[1]
    found = [(name, kind, words, form, weight) for name, kind, words, form, weight in _ANY]
    for table in (() if role in BIASES else _MATRIX, _SQUARE if square else ()):
        found += [(name, "outer-product", words, form, weight) for name, words, form, weight in table]
    made = [
        Choice(form, (option(role, n, kind, f"d{{{role}}} {words}", w),)) for n, kind, words, form, w in found
    ]
    return made + ([_transposed(role)] if square else [])


def _transposed(role: str) -> Choice:
    fix = f"sum {RIGHT[role]}, the factors in this order"
    part = replace(option(role, "transposed", "transposed", f"d{{{role}}} is transposed", 1.0), fix=fix)
    return Choice(lambda L, R: np.swapaxes(outer(L, R), 1, 2), (part,))
