"""Back-propagation through the time of a gated cell, with mistakes where a hypothesis has them."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from minigrad.diagnosis.gated import factor, slope
from minigrad.diagnosis.gated.carry import right_carry, right_path
from minigrad.diagnosis.gated.local import right_base, right_keep
from minigrad.diagnosis.gated.option import Hypothesis
from minigrad.diagnosis.gated.past import Past
from minigrad.diagnosis.gated.scene import Scene
from minigrad.diagnosis.observed import Array

RIGHT: Hypothesis = {}
"""The hypothesis without a mistake."""


def output_gradient(scene: Scene, hypothesis: Hypothesis) -> Array:
    """dy(t), shape (T, B, O); empty without an output layer."""
    if scene.observed.dy is None:
        return np.zeros((*scene.old.shape[:2], 0))
    dy = np.asarray(scene.observed.dy, dtype=float)
    option = hypothesis.get("dy")
    return dy if option is None else np.asarray(option.value(scene, dy))


def upstream(scene: Scene, hypothesis: Hypothesis) -> Array:
    """What enters dh(t) at each step, shape (T, B, H)."""
    u = np.asarray(scene.observed.upstream, dtype=float)
    Wy = scene.observed.params.get("Wy")
    if "dy" in hypothesis and Wy is not None:
        u = u + (output_gradient(scene, hypothesis) - output_gradient(scene, RIGHT)) @ Wy
    option = hypothesis.get("upstream")
    return u if option is None else np.asarray(option.value(scene, u))


class Rules:
    """The rules of one step under a hypothesis."""

    def __init__(self, scene: Scene, hypothesis: Hypothesis) -> None:
        self.scene, self.hypothesis = scene, hypothesis
        letters = [*scene.letters, "c"] if scene.cell == "lstm" else list(scene.letters)
        self.factor = {g: self._array(f"factor.{g}", factor.right(scene, g)) for g in letters}
        self.slope = {g: self._array(f"slope.{g}", slope.right(*slope.values(scene, g)[:2])) for g in letters}
        self.sources: Mapping[str, str] = hypothesis["swap"].value(scene) if "swap" in hypothesis else {}
        self.cut = hypothesis["cut"].value(scene) if "cut" in hypothesis else np.zeros(scene.T, bool)

    def _array(self, site: str, right: Array) -> Array:
        option = self.hypothesis.get(site)
        return right if option is None else np.asarray(option.value(self.scene))

    def carry(self, past: Past, t: int) -> Array:
        """What comes into dh(t) through the gates of t+1, shape (B, H)."""
        if t >= 0 and self.cut[t]:
            return np.zeros_like(past.dh[0])
        total = self._through(past, t)
        flow = self.hypothesis.get("flow")
        return total if flow is None else np.asarray(flow.value(self.scene, past, t, total))

    def _through(self, past: Past, t: int) -> Array:
        if "carry" in self.hypothesis:
            return np.asarray(self.hypothesis["carry"].value(self.scene, past, t))
        if not any(f"carry.{g}" in self.hypothesis for g in self.scene.letters):
            return right_carry(self.scene, past, t)
        return np.asarray(sum(self._path(past, g, t) for g in self.scene.letters))

    def _path(self, past: Past, g: str, t: int) -> Array:
        option = self.hypothesis.get(f"carry.{g}")
        if option is None:
            return right_path(self.scene, past, g, t + 1)
        return np.asarray(option.value(self.scene, past, t))

    def keep(self, past: Past, t: int) -> Array:
        """What comes from t+1 along the state itself, shape (B, H)."""
        if t >= 0 and self.cut[t]:
            return np.zeros_like(past.dh[0])
        option = self.hypothesis.get("keep")
        return np.asarray((right_keep if option is None else option.value)(self.scene, past, t))

    def _clipped(self, what: str, a: Array) -> Array:
        option = self.hypothesis.get(f"clip.{what}")
        if option is None:
            return a
        bound = option.value(self.scene)
        return np.clip(a, -bound, bound)

    def state(self, past: Past, t: int) -> None:
        """dh(t) and dc(t)."""
        past.carry[t] = self._clipped("carry", self.carry(past, t))
        past.kept[t] = self.keep(past, t)
        if self.scene.cell == "gru":
            past.dh[t] = self._clipped("dh", past.up[t] + past.carry[t] + past.kept[t])
            return
        past.dh[t] = self._clipped("dh", past.up[t] + past.carry[t])
        past.local[t] = self.base(past, "c", t) * self.factor["c"][t] * self.slope["c"][t]
        past.dc[t] = self._clipped("dc", past.local[t] + past.kept[t])

    def base(self, past: Past, g: str, t: int) -> Array:
        """The gradient that a rule starts from, shape (B, H)."""
        option = self.hypothesis.get(f"base.{g}")
        if option is None:
            return right_base(self.scene, past, g, t)
        return np.asarray(option.value(self.scene, past, t))

    def gate(self, past: Past, g: str, t: int) -> None:
        """d and da of one gate at t."""
        past.pre[g][t] = self.base(past, g, t) * self.factor[g][t]
        past.da[g][t] = past.pre[g][t] * self.slope[g][t]

    def step(self, past: Past, t: int) -> None:
        """Every gradient of step t."""
        self.state(past, t)
        for g in self.scene.letters:
            self.gate(past, g, t)
        for g in self.scene.letters:
            past.da[g][t] = self._clipped("da", past.da[g][t])
        swapped = {g: past.da[g][t].copy() for g in self.sources.values()}
        for g, source in self.sources.items():
            past.da[g][t] = swapped[source]


def simulate(scene: Scene, hypothesis: Hypothesis = RIGHT, given: Mapping[str, Array] | None = None) -> Past:
    """Go back from T to 1 under a hypothesis.

    Args:
        scene: the problem.
        hypothesis: the mistakes.
        given: the user's own da by gate, (T, B, H), where known: what goes back to t is made of
            them, so that every step is judged by its own rule.

    Returns:
        Everything that was computed; `carry[-1]` and `kept[-1]` hold what comes into h(0) and c(0).
    """
    if "window" in hypothesis:
        return _windowed(scene, hypothesis)
    active = hypothesis["loop"].value(scene) if "loop" in hypothesis else np.ones(scene.T, bool)
    return _back(scene, hypothesis, Past(scene, upstream(scene, hypothesis), given or {}), active)


def _back(scene: Scene, hypothesis: Hypothesis, past: Past, active: Array) -> Past:
    rules = Rules(scene, hypothesis)
    with np.errstate(all="ignore"):
        for t in reversed(range(scene.T)):
            if active[t]:
                rules.step(past, t)
        first, second = rules.carry(past, -1), rules.keep(past, -1)
        past.carry[-1], past.kept[-1] = first, second
    return past


def _windowed(scene: Scene, hypothesis: Hypothesis) -> Past:
    """The sum over the steps' losses, each followed back through k steps only."""
    k, rest = hypothesis["window"].value(scene), {s: o for s, o in hypothesis.items() if s != "window"}
    u = upstream(scene, rest)
    whole = Past(scene, u)
    steps = np.arange(scene.T)
    for s in range(scene.T):
        alone = Past(scene, np.where((steps == s)[:, None, None], u, 0.0))
        part = _back(scene, rest, alone, (steps <= s) & (steps >= s - k))
        for name in ("dh", "dc", "local", "carry", "kept"):
            getattr(whole, name)[:] += getattr(part, name)
        for g in scene.letters:
            whole.da[g] += part.da[g]
            whole.pre[g] += part.pre[g]
    return whole
