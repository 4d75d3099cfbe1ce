"""How terms are added up to the gradient of a parameter, as people write it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

import numpy as np

from minigrad.diagnosis.gated.option import Option
from minigrad.diagnosis.gated.scene import Scene
from minigrad.diagnosis.gated.term import Pair, formula, split, total
from minigrad.diagnosis.observed import Array

Sum: TypeAlias = Callable[[Pair], Array]
Row: TypeAlias = tuple[str, str, str, Sum, float]

_OUTER = "outer-product"


def _steps(rows: Pair, chosen: slice | list[int]) -> Array:
    return total((rows[0][chosen], rows[1][chosen]))


def _skipping(index: int) -> Sum:
    return lambda rows: total(rows) - _steps(rows, [index % len(rows[0])])


def _running(rows: Pair) -> Array:
    """The running sums are added, not the terms: a term of step t counts once for each step 1 … t."""
    T = len(rows[0])
    counts = np.arange(1, T + 1)[:, None, None]
    return total((rows[0] * counts, rows[1]))


def _flat(rows: Pair) -> Pair:
    d, u = (a.reshape(-1, a.shape[-1]) for a in rows)
    return d, u


def _filled(rows: Pair, value: Array) -> Array:
    return np.broadcast_to(value, (rows[0].shape[-1], rows[1].shape[-1]))


def _inner(rows: Pair) -> Array:
    return _filled(rows, np.asarray(np.sum(_diagonal(rows))))


def _diagonal(rows: Pair) -> Array:
    d, u = _flat(rows)
    return np.asarray(np.sum(d * u, axis=0)) if d.shape == u.shape else np.full(d.shape[1], np.nan)


def _elementwise(rows: Pair) -> Array:
    diagonal = _diagonal(rows)
    return np.broadcast_to(diagonal, (len(diagonal),) * 2)


def _by_column(rows: Pair) -> Array:
    return _elementwise(rows).T


def _turned(rows: Pair) -> Array:
    return total(rows).T


def _all_sums(rows: Pair) -> Array:
    return _filled(rows, np.asarray(total(rows).sum()))


def _without_u(rows: Pair) -> Array:
    return _filled(rows, _flat(rows)[0].sum(0)[:, None])


def _without_d(rows: Pair) -> Array:
    return _filled(rows, _flat(rows)[1].sum(0)[None, :])


def _u_summed(rows: Pair) -> Array:
    return _filled(rows, total(rows).sum(1)[:, None])


def _d_summed(rows: Pair) -> Array:
    return _filled(rows, total(rows).sum(0)[None, :])


def _sums_multiplied(rows: Pair) -> Array:
    d, u = _flat(rows)
    return np.outer(d.sum(0), u.sum(0))


def _on_diagonal(rows: Pair) -> Array:
    return np.diag(_diagonal(rows))


_WEIGHT: tuple[Row, ...] = (
    ("transposed", "transposed", "{q} is transposed", _turned, 0.9),
    ("inner", _OUTER, "{q} adds the inner product of da(t) and the state to every entry", _inner, 1.0),
    ("elementwise", _OUTER, "{q} adds the elementwise product to every row", _elementwise, 1.0),
    ("by column", _OUTER, "{q} adds the elementwise product to every column", _by_column, 1.0),
    ("diagonal", _OUTER, "{q} adds the elementwise product to the diagonal", _on_diagonal, 1.1),
    ("total", _OUTER, "{q} has the sum of all its entries in every entry", _all_sums, 1.0),
    ("only da", _OUTER, "{q} lacks the second factor of its outer product", _without_u, 1.1),
    ("only state", _OUTER, "{q} lacks the first factor of its outer product", _without_d, 1.1),
    ("row sums", _OUTER, "{q} has the sums of its rows in every column", _u_summed, 1.1),
    ("column sums", _OUTER, "{q} has the sums of its columns in every row", _d_summed, 1.1),
    ("of sums", _OUTER, "{q} is the outer product of the sums over time", _sums_multiplied, 1.0),
)  # fmt: skip


def _common(*, bias: bool) -> list[Row]:
    first = "bias" if bias else "initial-state"
    other = "bias" if bias else "skipped-step"
    return [
        ("overwritten", "overwritten", "{q} is overwritten: only the term of t=1 is left",
         lambda rows: _steps(rows, slice(0, 1)), 0.9),
        ("first written", "overwritten", "{q} has only the term of t=T",
         lambda rows: _steps(rows, slice(-1, None)), 0.9),
        ("zero", "zero", "{q} is exactly zero: nothing was ever added", lambda rows: 0 * total(rows), 0.5),
        ("skip first", first, "{q} lacks the term of t=1", _skipping(0), 1.1),
        ("skip last", other, "{q} lacks the term of t=T", _skipping(-1), 1.1),
        ("running", "scale", "{q} adds up running sums: the term of t counts t times", _running, 1.2),
    ]  # fmt: skip


def _skips(scenes: Sequence[Scene], *, bias: bool) -> list[Row]:
    shortest = min(s.T for s in scenes)
    kind = "bias" if bias else "skipped-step"
    return [
        (f"skip {t}", kind, f"{{q}} lacks the term of t={t}", _skipping(t - 1), 1.1)
        for t in range(2, shortest)
    ]


def sums(scenes: Sequence[Scene], role: str) -> list[Option]:
    """Wrong sums of a parameter; values are f(rows) → (H, K)."""
    bias = split(role)[0] in {"b", "by"}
    rows = [*_common(bias=bias), *_skips(scenes, bias=bias)]
    if bias:
        rows.append(("filled", "bias", "{q} has the sum of all its entries in every entry", _all_sums, 1.1))
    else:
        rows += _WEIGHT
    q = f"d{scenes[0].name(role)}"
    fix = f"add {formula(scenes[0], role)} at every step, once"
    return [
        Option(f"add.{role}", name, kind, did.format(q=q), fix, value, weight, f"add {name}")
        for name, kind, did, value, weight in rows
    ]
