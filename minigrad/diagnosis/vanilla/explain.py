"""Which mistakes in a hand-written gradient of a vanilla cell give its numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from minigrad.diagnosis.finding import Finding
from minigrad.diagnosis.observed import Array, Observed
from minigrad.diagnosis.vanilla.explanation import Explanation
from minigrad.diagnosis.vanilla.recursion import Rule
from minigrad.diagnosis.vanilla.scene import Scene, difference
from minigrad.diagnosis.vanilla.search import search
from minigrad.diagnosis.vanilla.sentences import findings

RIGHT = 1e-6
"""Gradients that differ by no more than this, relative to the largest entry, are right."""

SINGLE = 1e-3
"""The same for gradients in float32."""


def explain_vanilla(observed: Sequence[Observed]) -> list[Finding]:
    """The mistakes in a hand-written gradient of a vanilla cell: tanh, sigmoid or relu.

    Every finding but those of kind "unexplained" reproduces the user's gradients on all problems to 1e-8.

    Args:
        observed: problems of the same code; the first should be small, T·B ≤ min(D, H), that da(t) can
            be solved for, another have a batch.

    Returns:
        no finding if all gradients are right.

    Example:
        >>> one = np.ones((1, 1, 1))
        >>> seen = Observed("tanh", one, np.zeros((2, 1, 1)), {"Wx": one[0], "Wh": one[0]},
        ...                 {"Wx": one[0]}, {"Wx": -one[0]}, one)
        >>> [finding.kind for finding in explain_vanilla([seen])]
        ['sign']
    """
    broken = _not_finite(observed)
    scenes = [Scene.of(seen) for seen in observed]
    kept = {role for role in scenes[0].manual if all(role in scene.manual for scene in scenes)}
    scenes = [replace(n, manual={r: m for r, m in n.manual.items() if r in kept}) for n in scenes]
    if not any(_wrong(scene) for scene in scenes):
        return broken
    with np.errstate(all="ignore"):  # wrong recursions overflow
        return broken + findings(scenes, _sound(search(scenes)))


def _wrong(scene: Scene) -> bool:
    seen = scene.observed
    return any(
        difference(m, np.asarray(seen.auto[role], dtype=float))
        > (RIGHT if _double(seen.manual[role]) else SINGLE)
        for role, m in scene.manual.items()
    )


def _double(array: Array) -> bool:
    return array.dtype not in {np.dtype(np.float32), np.dtype(np.float16)}


def _not_finite(observed: Sequence[Observed]) -> list[Finding]:
    found: dict[str, Finding] = {}
    for seen in observed:
        for role, array in seen.manual.items():
            if not np.isfinite(array).all():
                name = seen.names.get(role, role)
                count = int(np.sum(~np.isfinite(array)))
                text = f"d{name} has {count} entries that are NaN or infinite."
                found.setdefault(role, Finding("not-finite", name, text))
    return list(found.values())


def _sound(found: Explanation) -> Explanation:
    """The same without a derivation that nothing but a copy or a zero speaks for."""
    known = [found.fits[role] for role in ("Wx", "Wh", "bh") if role in found.fits]
    speaks = any(not any(_blind(part.name) for part in one.parts) for one in known)
    return found if speaks or not found.missing else replace(found, rule=Rule(), rivals=())


def _blind(name: str) -> bool:
    return name in {"zero", "parameter", "right only"} or name.startswith("copy")
