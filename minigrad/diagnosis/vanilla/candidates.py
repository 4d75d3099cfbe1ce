"""The sums that may stand for a gradient, right and with one or two mistakes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations, product

import numpy as np

from minigrad.diagnosis.observed import Array
from minigrad.diagnosis.vanilla import sums
from minigrad.diagnosis.vanilla.forms import forms
from minigrad.diagnosis.vanilla.lefts import PAIRED, lefts
from minigrad.diagnosis.vanilla.option import Choice, Option, later, only
from minigrad.diagnosis.vanilla.recursion import Run
from minigrad.diagnosis.vanilla.scene import Scene
from minigrad.diagnosis.vanilla.spans import spans
from minigrad.diagnosis.vanilla.states import states

Sum = Callable[[Run], Array]
"""A gradient made of a run, (N, …)."""


def right(role: str) -> Sum:
    """The right gradient of a role from a run, a function to (N, …)."""
    if role == "h0":
        return lambda run: run.start
    if role == "x":
        return lambda run: _dx(run.d, run)
    return lambda run: _shaped(role, sums.outer(run.d, sums.right_state(run.scene, role)))


def _shaped(role: str, G: Array) -> Array:
    return G[..., 0] if role in sums.BIASES else G


def _dx(d: Array, run: Run) -> Array:
    return np.moveaxis(d @ run.scene.Wx, 1, 0)


def candidates(role: str, scene: Scene, level: int) -> Iterator[tuple[tuple[Option, ...], Sum]]:
    """Sums with a given number of mistakes, scales and clips aside, as functions of a run to (N, …)."""
    if level == 0:
        yield (), right(role)
    elif role in {"h0", "x"}:
        yield from _direct(role) if level == 1 else ()
    else:
        yield from _combined(role, scene, level)


def _combined(role: str, scene: Scene, level: int) -> Iterator[tuple[tuple[Option, ...], Sum]]:
    sites = _sites(scene, role)
    if level == 1:
        for place, choices in enumerate(sites):
            for choice in choices:
                yield choice.parts, _sum(role, {place: choice})
        return
    for i, j in combinations(range(len(sites)), 2):
        for one, two in product(sites[i][: PAIRED if i == 0 else None], sites[j]):
            if two.parts[0].name != "zero":
                yield one.parts + two.parts, _sum(role, {i: one, j: two})


def _sites(scene: Scene, role: str) -> tuple[list[Choice], ...]:
    """The choices for the left factor, the right factor, the steps and the form, made once for a scene."""
    made: tuple[list[Choice], ...] | None = scene.memory.get(role)
    if made is None:
        made = (lefts(scene, role), states(scene, role), spans(scene, role), forms(scene, role))
        scene.memory[role] = made
    return made


def _sum(role: str, chosen: dict[int, Choice]) -> Sum:
    """The sum with choices at some of the places of `_sites`."""
    left, state, span, form = (chosen.get(place) for place in range(4))

    def value(run: Run) -> Array:
        L = left.value(run) if left else run.d
        R = state.value(run.scene) if state else sums.right_state(run.scene, role)
        L = L * span.value(run.scene.T)[:, None, None, None] if span else L
        return _shaped(role, form.value(L, R) if form else sums.outer(L, R))

    return value


_DIRECT: dict[str, tuple[tuple[str, str, str, Sum], ...]] = {
    "h0": (
        (
            "right",
            "derivative-one-edge",
            "is not made as dh of the other steps",
            lambda r: r.d[0] @ r.scene.Wh,
        ),
        ("first", "initial-state", "is dh(1): {Wh}ᵀ and f′ are missing", lambda r: r.g[0]),
        ("da", "initial-state", "is da(1): {Wh}ᵀ is missing", lambda r: r.d[0]),
        ("no slope", "derivative-one-edge", "is {Wh}ᵀ dh(1), without f′", lambda r: r.g[0] @ r.scene.Wh),
        (
            "Wh",
            "carry-not-transposed",
            "is {Wh} da(1): {Wh} is not transposed",
            lambda r: r.d[0] @ r.scene.Wh.T,
        ),
        (
            "second",
            "initial-state",
            "is {Wh}ᵀ da(2), one step too early",
            lambda r: (r.d[1:2] @ r.scene.Wh).sum(0),
        ),
        ("zero", "zero", "is exactly 0", lambda r: 0.0 * r.start),
    ),
    "x": (
        ("g", "wrong-derivative", "is {Wx}ᵀ dh(t), without f′", lambda r: _dx(r.g, r)),
        ("later", "wrong-array", "is that of step t+1", lambda r: _dx(later(r.d), r)),
        ("reversed", "wrong-array", "has the steps in the opposite order", lambda r: _dx(r.d[::-1], r)),
        ("last", "overwritten", "has the last step's entry alone", lambda r: _dx(only(r.d, -1), r)),
        ("first", "overwritten", "has step 1's entry alone", lambda r: _dx(only(r.d, 0), r)),
        ("zero", "zero", "is exactly 0", lambda r: _dx(0.0 * r.d, r)),
    ),
}


def _direct(role: str) -> Iterator[tuple[tuple[Option, ...], Sum]]:
    fix = {"h0": "write {Wh}ᵀ da(1)", "x": "write {Wx}ᵀ da(t)"}[role]
    for name, kind, words, value in _DIRECT[role]:
        yield (Option(f"sum {role}", name, kind, f"d{{{role}}} {words}", fix, 1.0),), value
