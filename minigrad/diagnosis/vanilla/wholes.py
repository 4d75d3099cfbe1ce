"""Mistakes that concern all gradients of a code alike."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from minigrad.diagnosis.vanilla.explanation import Explanation
from minigrad.diagnosis.vanilla.factors import FACTORS, name_factor, ratio
from minigrad.diagnosis.vanilla.multiples import bound_of, clip, scale
from minigrad.diagnosis.vanilla.option import Option
from minigrad.diagnosis.vanilla.scene import EXACT, OUTPUT, Scene, difference


def wholes(scenes: Sequence[Scene]) -> list[tuple[Option, list[Scene]]]:
    """Mistakes that concern all gradients alike, with the problems as they are without them."""
    common = common_factors(scenes)
    found = [(_factor_of_all(scenes, factors), _divided(scenes, factors)) for factors in common]
    bound = min(bound_of(list(scene.manual.values())) for scene in scenes)
    if np.isfinite(bound) and all(_within(scene, bound) for scene in scenes):
        found.append((clip("all", bound), [scene.clipped(bound) for scene in scenes]))
    return found


def _factor_of_all(scenes: Sequence[Scene], factors: Sequence[float]) -> Option:
    name = _name(scenes, factors)
    norm = np.inf if name else norm_of(scenes, factors)
    if np.isfinite(norm):
        did, fix = (
            f"the norm of all gradients is clipped to {norm:.6g}",
            "compare the gradient before it is clipped",
        )
        return Option("whole", "norm", "clipped", did, fix, 1.0)
    return scale("all", name or _each(scenes, factors), factors)


def _each(scenes: Sequence[Scene], factors: Sequence[float]) -> str:
    """Factors in words if they are not the same on every problem."""
    if np.allclose(factors, factors[0], rtol=1e-9):
        return ""
    pairs = zip(scenes, factors, strict=True)
    return " and ".join(f"{c:.6g} (at T={n.T}, B={n.sizes['B']})" for n, c in pairs)


def norm_of(scenes: Sequence[Scene], factors: Sequence[float]) -> float:
    """The norm that all gradients together have on every problem where a factor makes them smaller.

    Infinite if it is another one on each, or larger where no factor is.
    """
    norms = [float(np.sqrt(sum(np.sum(m * m) for m in scene.manual.values()))) for scene in scenes]
    small = [norm for norm, c in zip(norms, factors, strict=True) if 0.0 < c < _UNCHANGED]
    equal = bool(small) and np.allclose(small, small[0], rtol=_NEAR)
    known = len(small) > 1 or (equal and bool(np.isclose(small[0], float(f"{small[0]:.3g}"), rtol=_NEAR)))
    return small[0] if equal and known and max(norms) <= small[0] * (1.0 + _NEAR) else float("inf")


_UNCHANGED, _NEAR = 1.0 - 1e-6, 1e-5
"""Factors below the first make smaller; norms are compared to the second."""


def _divided(scenes: Sequence[Scene], factors: Sequence[float]) -> list[Scene]:
    return [scene.divided(factor) for scene, factor in zip(scenes, factors, strict=True)]


def _within(scene: Scene, bound: float) -> bool:
    return all(np.max(np.abs(m), initial=0.0) <= bound * (1 + 1e-12) for m in scene.manual.values())


def common_factors(scenes: Sequence[Scene]) -> list[tuple[float, ...]]:
    """Factors by which two gradients, or the only one of the output, are multiples of the right ones."""
    found: list[tuple[float, ...]] = []
    roles = [role for role in scenes[0].manual if scenes[0].observed.auto[role].any()]
    for role in roles:
        factors = tuple(_factor(scene, role) for scene in scenes)
        known = all(np.isfinite(factors)) and not np.allclose(factors, 1.0) and all(factors)
        if known and not any(np.allclose(factors, old) for old in found):
            found.append(factors)
    alone = len(scenes[0].roles(OUTPUT)) < len(OUTPUT)
    return [
        f
        for f in found
        if (alone and _name(scenes, f)) or sum(_is_scaled(scenes, role, f) for role in roles) > 1
    ]


def _name(scenes: Sequence[Scene], factors: Sequence[float]) -> str:
    return name_factor(factors, [scene.sizes for scene in scenes])


def _is_scaled(scenes: Sequence[Scene], role: str, factors: Sequence[float]) -> bool:
    return bool(np.allclose([_factor(scene, role) for scene in scenes], factors, rtol=1e-9))


def _factor(scene: Scene, role: str) -> float:
    """The factor of a gradient that is a multiple of the right one, NaN if it is none."""
    if role not in scene.manual:
        return float("nan")
    right = np.asarray(scene.observed.auto[role], dtype=float)
    factor = ratio(scene.manual[role], right)
    return factor if difference(scene.manual[role], factor * right) <= EXACT else float("nan")


def shared_factors(scenes: Sequence[Scene], found: Explanation) -> list[tuple[Option, list[Scene]]]:
    """Factors that several gradients of an explanation have, as one mistake in all, as in `wholes`."""
    names = [part.name for one in found.fits.values() for part in one.parts if part.factor]
    changed = []
    for name in {name for name in names if names.count(name) > 1}:
        factors = [_value(name, scene) for scene in scenes]
        if np.isfinite(factors).all():
            changed.append((scale("all", _name(scenes, factors), factors), _divided(scenes, factors)))
    return changed


def _value(name: str, scene: Scene) -> float:
    """The value of a factor on a problem, by the name of its option."""
    if name == "sign":
        return -1.0
    text = name.removeprefix("times ")
    sign, bare = (-1.0, text.removeprefix("−")) if text.startswith("−") else (1.0, text)
    return sign * FACTORS[bare](scene.sizes) if bare in FACTORS else float("nan")
