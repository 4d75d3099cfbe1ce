"""What enters dh(t) from h(t+1), Whᵀ da(t+1), as people write it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from minigrad.diagnosis.observed import Array
from minigrad.diagnosis.vanilla.option import Choice, Option
from minigrad.diagnosis.vanilla.recursion import CARRY, Run
from minigrad.diagnosis.vanilla.scene import Scene

_FIX = "write {Wh}ᵀ da(t+1)"
_EDGE = "what enters dh(t) from h(t+1) is"
_Argument = Callable[[Run, int], Array]
_Matrix = Callable[[Run, int, Array], Array]


def _after(run: Run, t: int) -> Array:
    return np.asarray(run.d[t + 2] if t + 2 < len(run.d) else np.zeros_like(run.d[-1]))


_ARGUMENTS: tuple[tuple[str, str, str, _Argument, float], ...] = (
    ("g", "derivative-one-edge", "made of dh(t+1), without f′, not of da(t+1)", lambda r, t: r.g[t + 1], 1.0),
    (
        "s∘d",
        "derivative-one-edge",
        "made of f′∘da(t+1): f′ stands there twice",
        lambda r, t: r.s[t + 1] * r.d[t + 1],
        1.1,
    ),
    (
        "s(t)∘d",
        "derivative-one-edge",
        "made of f′(a(t))∘da(t+1)",
        lambda r, t: r.s[max(t, 0)] * r.d[t + 1],
        1.2,
    ),
    ("s(t)∘g", "derivative-step", "made of f′(a(t))∘dh(t+1)", lambda r, t: r.s[max(t, 0)] * r.g[t + 1], 1.1),
    (
        "s∘o",
        "truncated",
        "made of f′∘(what enters h(t+1) from y(t+1)) alone: it goes back one step",
        lambda r, t: r.s[t + 1] * r.o[t + 1],
        1.0,
    ),
    (
        "o",
        "truncated",
        "made of what enters h(t+1) from y(t+1) alone, without f′",
        lambda r, t: r.o[t + 1],
        1.2,
    ),
    ("d later", "wrong-array", "made of da(t+2), not of da(t+1)", _after, 1.1),
    (
        "d last",
        "carry-missing",
        "made of da(T) at every step: it is never updated",
        lambda r, _t: r.d[-1],
        1.0,
    ),
    (
        "d sum",
        "carry-accumulated",
        "made of Σ da(s) over s > t: it is added up and never reset",
        lambda r, t: r.d[t + 1 :].sum(0),
        1.0,
    ),
    ("g sum", "carry-accumulated", "made of Σ dh(s) over s > t", lambda r, t: r.g[t + 1 :].sum(0), 1.2),
    (
        "slope right",
        "derivative-one-edge",
        "made with the right f′, which da has not",
        lambda r, t: r.scene.slope[t + 1][None] * r.g[t + 1],
        1.2,
    ),
)

_MATRICES: tuple[tuple[str, str, str, _Matrix, float], ...] = (
    (
        "Wh",
        "carry-not-transposed",
        "{Wh} da(t+1): {Wh} is not transposed",
        lambda r, _t, v: v @ r.scene.Wh.T,
        1.0,
    ),
    ("none", "carry-accumulated", "da(t+1) itself, without {Wh}ᵀ", lambda _r, _t, v: v, 1.1),
    ("diagonal", "wrong-array", "diag({Wh})∘da(t+1)", lambda r, _t, v: v * np.diag(r.scene.Wh), 1.3),
    ("rows", "outer-product", "da(t+1)∘(row sums of {Wh})", lambda r, _t, v: v * r.scene.Wh.sum(axis=1), 1.3),
    (
        "columns",
        "outer-product",
        "da(t+1)∘(column sums of {Wh})",
        lambda r, _t, v: v * r.scene.Wh.sum(axis=0),
        1.3,
    ),
    ("whole", "outer-product", "da(t+1) times the sum of {Wh}", lambda r, _t, v: v * r.scene.Wh.sum(), 1.4),
    (
        "dWh",
        "wrong-array",
        "d{Wh}ᵀ da(t+1): the gradient so far in place of the weight",
        lambda r, t, v: v @ _running(r, t),
        1.1,
    ),
    (
        "dWh only",
        "wrong-array",
        "(da(t+1) h(t)ᵀ)ᵀ da(t+1): a step's gradient in place of the weight",
        lambda r, t, v: v @ _term(r, t),
        1.2,
    ),
    (
        "dWh before",
        "wrong-array",
        "d{Wh} da(t+1): the gradient so far in place of the weight",
        lambda r, t, v: v @ np.swapaxes(_running(r, t), -1, -2),
        1.2,
    ),
    ("sign", "sign", "−{Wh}ᵀ da(t+1): the sign is the opposite one", lambda r, _t, v: -(v @ r.scene.Wh), 1.1),
    ("2", "scale", "2 {Wh}ᵀ da(t+1)", lambda r, _t, v: 2.0 * (v @ r.scene.Wh), 1.1),
    ("1/2", "scale", "½ {Wh}ᵀ da(t+1)", lambda r, _t, v: 0.5 * (v @ r.scene.Wh), 1.1),
    ("1/T", "scale", "{Wh}ᵀ da(t+1)/T", lambda r, _t, v: (v @ r.scene.Wh) / len(r.d), 1.2),
    ("1/B", "scale", "{Wh}ᵀ da(t+1)/B", lambda r, _t, v: (v @ r.scene.Wh) / r.d.shape[-2], 1.2),
    (
        "sum",
        "scale",
        "the sum of {Wh}ᵀ da(t+1) over the batch",
        lambda r, _t, v: _over(np.sum, v @ r.scene.Wh),
        1.2,
    ),
    (
        "mean",
        "scale",
        "the mean of {Wh}ᵀ da(t+1) over the batch",
        lambda r, _t, v: _over(np.mean, v @ r.scene.Wh),
        1.2,
    ),
    (
        "printed",
        "derivative-one-edge",
        "f′(a(t+1))∘({Wh}ᵀ da(t+1)): f′ stands on the wrong side of {Wh}",
        lambda r, t, v: r.s[t + 1] * (v @ r.scene.Wh),
        1.0,
    ),
    (
        "printed t",
        "derivative-one-edge",
        "f′(a(t))∘({Wh}ᵀ da(t+1))",
        lambda r, t, v: r.s[max(t, 0)] * (v @ r.scene.Wh),
        1.1,
    ),
)

_MISSING = Option(
    "carry",
    "missing",
    "carry-missing",
    f"{_EDGE} missing or zero",
    "add {Wh}ᵀ da(t+1) to dh(t)",
    1.0,
    also=("The variable that carries dh to the step before is never added, or never updated from 0.",),
)


def _running(run: Run, t: int) -> Array:
    """dWh as far as it is added up before step t, shape (N, H, H)."""
    return np.asarray(np.einsum("tnbh,tbk->nhk", run.d[t + 1 :], run.scene.old[t + 1 :]))


def _term(run: Run, t: int) -> Array:
    return np.asarray(np.einsum("nbh,bk->nhk", run.d[t + 1], run.scene.old[t + 1]))


def _over(reduce: Callable[..., Array], v: Array) -> Array:
    return np.broadcast_to(reduce(v, axis=-2, keepdims=True), v.shape)


def carries(scene: Scene) -> list[Choice]:
    """What enters from h(t+1): right, with one mistake, then with two; values are f(run, t) → (N, B, H)."""
    arguments = [(_option(*row[:3], row[4]), row[3]) for row in _ARGUMENTS]
    matrices = [(_option(*row[:3], row[4]), row[3]) for row in _MATRICES]
    if scene.sizes["D"] == scene.sizes["H"]:
        square = _option("Wx", "wrong-array", "{Wx}ᵀ da(t+1): another matrix", 1.2)
        matrices.append((square, lambda r, _t, v: v @ r.scene.Wx))
    found = [CARRY, Choice(lambda run, _t: np.zeros_like(run.d[0]), (_MISSING,))]
    found += [_choice(None, row) for row in matrices] + [_choice(row, None) for row in arguments]
    found += [_printed()]
    return found + [_choice(a, m) for a in arguments for m in matrices]


def _option(name: str, kind: str, words: str, weight: float) -> Option:
    return Option("carry", name, kind, f"{_EDGE} {words}", _FIX, weight)


def _choice(argument: tuple[Option, _Argument] | None, matrix: tuple[Option, _Matrix] | None) -> Choice:
    parts = tuple(chosen[0] for chosen in (argument, matrix) if chosen is not None)
    take: _Argument = argument[1] if argument else lambda run, t: run.d[t + 1]
    turn: _Matrix = matrix[1] if matrix else lambda run, _t, v: v @ run.scene.Wh
    return Choice(lambda run, t: turn(run, t, take(run, t)), parts)


def _printed() -> Choice:
    """Goodfellow's (10.21) as it is printed, read left to right."""
    words = "f′(a(t+1))∘({Wh}ᵀ dh(t+1)): f′ stands on the wrong side of {Wh}, as (10.21) is printed"
    option = _option("as printed", "derivative-one-edge", words, 1.0)
    return Choice(lambda run, t: run.s[t + 1] * (run.g[t + 1] @ run.scene.Wh), (option,))
