"""The sums over time that make a parameter's gradient."""

from __future__ import annotations

import numpy as np

from minigrad.diagnosis.observed import Array
from minigrad.diagnosis.vanilla.option import Option
from minigrad.diagnosis.vanilla.scene import Scene

RIGHT = {"Wx": "da(t) {x}(t)ᵀ", "Wh": "da(t) h(t−1)ᵀ", "bh": "da(t)", "Wy": "dy(t) h(t)ᵀ", "by": "dy(t)"}
"""The term of each sum."""

BIASES = ("bh", "by")
"""Roles whose gradient has no right factor."""

_KEPT = ("zero", "sign", "overwritten", "clipped", "wrong-array")


def outer(L: Array, R: Array) -> Array:
    """Σ_t Σ_b L Rᵀ for N hypotheses: (T, N, B, K) and (T, B, M) to (N, K, M).

    Example:
        >>> outer(np.ones((2, 1, 3, 1)), np.ones((2, 3, 1)))
        array([[[6.]]])
    """
    T, N, B, K = L.shape
    flat = L.transpose(1, 3, 0, 2).reshape(N, K, T * B)
    return np.asarray(flat @ R.reshape(T * B, -1))


def right_state(scene: Scene, role: str) -> Array:
    """What stands right in the sum, shape (T, B, M): x(t), h(t−1), h(t), or ones for a bias."""
    if role in BIASES:
        return np.ones((*scene.x.shape[:2], 1))
    return {"Wx": scene.x, "Wh": scene.old, "Wy": scene.new}[role]


def option(role: str, name: str, kind: str, did: str, weight: float, step: int | None = None) -> Option:
    """A mistake in the sum of a role; of a bias most are of the kind "bias"."""
    told = kind if role not in BIASES or kind in _KEPT else "bias"
    return Option(f"sum {role}", name, told, did, f"sum {RIGHT[role]} over all steps", weight, step)
