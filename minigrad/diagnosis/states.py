"""The gradients of the states at every step: the right ones, and those that the user's code had."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np

from minigrad.diagnosis.departure import Departure, Pair, first_step, worst_entry
from minigrad.diagnosis.factor import EXACT
from minigrad.diagnosis.measure import RIGHT
from minigrad.diagnosis.observed import Array, Observed

TAPPED, SOLVED = "tapped", "solved from the gradients"
_GATED = {"lstm", "gru"}
_INDEPENDENT = 1e-6


class Known(NamedTuple):
    """The user's gradient of one quantity at every step.

    Attributes:
        value: shape (T, B, ·), NaN where it is not known.
        told: how it is known.
    """

    value: Array
    told: str


def slope(observed: Observed) -> Array:
    """f′(a(t)) of a vanilla cell, shape (T, B, H)."""
    h = observed.h[1:]
    if observed.cell == "tanh":
        return np.asarray(1 - h * h)
    return np.asarray(h * (1 - h) if observed.cell == "sigmoid" else (h > 0) * 1.0)


def right_states(observed: Observed) -> dict[str, Array]:
    """∂L/∂o, ∂L/∂h and ∂L/∂a at every step, by "dy", "dh" and "da".

    dh(t) = ∂L/∂h(t) directly + Whᵀ da(t+1), da(t) = f′(a(t)) ∘ dh(t); of a gated cell dy alone.
    """
    right = {} if observed.dy is None else {"dy": observed.dy}
    if observed.cell in _GATED or "Wh" not in observed.params:
        return right
    f, dh = slope(observed), np.array(observed.upstream)
    for t in range(len(dh) - 2, -1, -1):
        dh[t] += (f[t + 1] * dh[t + 1]) @ observed.params["Wh"]
    return right | {"dh": dh, "da": f * dh}


def given_states(observed: Observed) -> dict[str, Known]:
    """The same of the user's code: as tapped, else as the only ones that give the gradients."""
    known = {name: Known(np.asarray(value), TAPPED) for name, value in observed.taps.items()}
    dy = _solved([("Wy", observed.h[1:])], "by", observed)
    if dy is not None:
        known.setdefault("dy", Known(dy, SOLVED))
    if observed.cell not in _GATED:
        da = _solved([("Wx", observed.x), ("Wh", observed.h[:-1])], "bh", observed)
        if da is not None:
            known.setdefault("da", Known(da, SOLVED))
    return known


def departure(observed: Observed) -> Departure | None:
    """The first difference, walking back: of one step dy before dh before da; None if there is none."""
    right, given = right_states(observed), given_states(observed)
    found = []
    for rank, name in enumerate(("dy", "dh", "da")):
        if name in right and name in given and given[name].value.shape == right[name].shape:
            step = first_step(given[name].value, right[name], RIGHT)
            if step is not None:
                found.append((-step, rank, name))
    if not found:
        return None
    minus, _, name = min(found)
    t, known = -minus, given[name]
    gap = np.max(np.abs(known.value[t - 1] - right[name][t - 1]))
    pairs = tuple(_pairs(observed, name, t, right, given))
    scale = float(np.max(np.abs(right[name][t - 1]))) or 1.0
    return Departure(name, t, len(right[name]), float(gap) / scale, pairs, known.told)


def _solved(sources: list[tuple[str, Array]], bias: str, observed: Observed) -> Array | None:
    """The d(t) of which Σ d(t) v(t)ᵀ are the gradients, where two of them agree, or one and its bias."""
    found = []
    for role, inputs in sources:
        m = observed.manual.get(role)
        v = inputs.reshape(-1, inputs.shape[-1])
        if m is None or len(v) > v.shape[1] or np.linalg.cond(v) > 1 / _INDEPENDENT:
            continue
        d = (m @ np.linalg.pinv(v)).T
        if _near(d.T @ v, m):
            found.append(d.reshape(*inputs.shape[:2], -1))
    b = observed.manual.get(bias)
    given = sum(role in observed.manual for role, _ in sources)
    for d in found:
        # Alone it is borne out by the equations that are more than the unknowns.
        alone = given == 1 and d.shape[0] * d.shape[1] < sources[0][1].shape[-1] and b is None
        agrees = alone or sum(_near(d, other) for other in found) > 1
        if agrees or (b is not None and _near(d.sum((0, 1)), b.ravel())):
            return np.asarray(d)
    return None


def _near(a: Array, b: Array) -> bool:
    return a.shape == b.shape and bool(
        np.max(np.abs(a - b), initial=0.0) <= EXACT * np.max(np.abs(b), initial=0.0)
    )


def _pairs(
    observed: Observed, name: str, t: int, right: Mapping[str, Array], given: Mapping[str, Known]
) -> Iterator[Pair]:
    """The worst entry of the step, and the edges into it under names of their own."""
    m, a = given[name].value[t - 1], right[name][t - 1]
    at: Any = worst_entry(np.nan_to_num(m, nan=np.inf), a) if np.any(np.isfinite(m)) else (0, 0)
    yield Pair(f"{name}({t})[{at[-1]}]", float(m[at]), float(a[at]))
    if name == "dy":
        return
    y = _from_output(observed, t, given)
    direct = float(observed.upstream[t - 1][at])
    ours = None if y is None else float(y[at])
    yield Pair(f"from y({t})", ours, direct)
    f = float(slope(observed)[t - 1][at])
    if t == len(right[name]):
        if name == "da" and ours:
            yield Pair(f"f′(a({t}))", float(m[at]) / ours, f)
        return
    carried = float((right["da"][t] @ observed.params["Wh"])[at])
    dh = float(m[at]) if name == "dh" else float(m[at]) / f if f else None
    left = dh - ours if dh is not None and ours is not None else None
    yield Pair(f"from h({t + 1})", left, carried)


def _from_output(observed: Observed, t: int, given: Mapping[str, Known]) -> Array | None:
    """What the user's dy(t) brings to h(t), None if it is not known."""
    if "dy" in given and "Wy" in observed.params:
        return np.asarray(given["dy"].value[t - 1] @ observed.params["Wy"])
    return None if "Wy" in observed.params else np.asarray(observed.upstream[t - 1])
