"""What back-propagation has computed so far: the steps after t."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from minigrad.diagnosis.gated import slope
from minigrad.diagnosis.gated.scene import Scene
from minigrad.diagnosis.observed import Array


@dataclass(eq=False)
class Past:
    """Arrays (T + 1, B, H) of which the last row, beyond the end, is 0; step t is at index t − 1.

    Attributes:
        scene: the problem.
        up: the gradients that enter at each step, (T, B, H).
        given: the user's own da by gate, where known, (T, B, H).
        da: by gate, the gradient before the activation.
        pre: by gate, the gradient after the activation.
        dh: ∂L/∂h(t).
        dc: ∂L/∂c(t) of an LSTM.
        local: the part of dc(t) that comes through h(t).
        carry: what has come into dh(t) through the gates of t+1.
        kept: what has come into dc(t), or a GRU's dh(t), along the state itself.
        ahead: the gates with a row of 0 at the end.
    """

    scene: Scene
    up: Array
    given: Mapping[str, Array] = field(default_factory=dict)

    def __post_init__(self) -> None:
        T, *rest = self.scene.old.shape
        for name in ("dh", "dc", "local", "carry", "kept"):
            setattr(self, name, np.zeros((T + 1, *rest)))
        self.dh: Array
        self.dc: Array
        self.local: Array
        self.carry: Array
        self.kept: Array
        self.da = {g: np.zeros((T + 1, *rest)) for g in self.scene.letters}
        self.pre = {g: np.zeros((T + 1, *rest)) for g in self.scene.letters}
        self.fed = dict(self.da)
        self.ahead = {g: _padded(a) for g, a in self.scene.act.items()}
        for g, a in self.given.items():
            self.fed[g] = _padded(a)
            self.pre[g] = _padded(_unsloped(self.scene, g, a))


def _padded(a: Array) -> Array:
    return np.concatenate([a, np.zeros_like(a[:1])])


def _unsloped(scene: Scene, g: str, da: Array) -> Array:
    s = slope.right(scene.functions[g], scene.act[g])
    return da / np.where(s == 0, 1.0, s)
