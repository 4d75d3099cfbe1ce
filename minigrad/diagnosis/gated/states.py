"""dh and dc at every step from the user's own da, quickly, under many hypotheses."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from minigrad.diagnosis.gated import factor, slope
from minigrad.diagnosis.gated.book import Book
from minigrad.diagnosis.gated.carry import right_path
from minigrad.diagnosis.gated.local import right_base, right_keep
from minigrad.diagnosis.gated.option import Hypothesis, Option
from minigrad.diagnosis.gated.past import Past
from minigrad.diagnosis.gated.recursion import Rules, upstream
from minigrad.diagnosis.gated.scene import Scene
from minigrad.diagnosis.observed import Array


class States:
    """What enters the gates of every step.

    Args:
        scene: the problem.
        given: the user's da by gate, where known, (T, B, H).
        fixed: mistakes that are taken for granted.
    """

    def __init__(self, scene: Scene, given: Mapping[str, Array], fixed: Hypothesis) -> None:
        self.scene, self.given, self.fixed = scene, given, fixed
        self.active = fixed["loop"].value(scene) if "loop" in fixed else np.ones(scene.T, bool)
        self.cut = fixed["cut"].value(scene) if "cut" in fixed else np.zeros(scene.T, bool)
        self.plain = len(given) == len(scene.letters) and not any(s.startswith("clip") for s in fixed)
        self.known: dict[tuple[str, str], Array] = {}
        self.blank = Past(scene, upstream(scene, fixed), given)
        lstm = scene.cell == "lstm"
        self.factor = factor.right(scene, "c") if lstm else np.zeros(0)
        self.slope = slope.right(*slope.values(scene, "c")[:2]) if lstm else np.zeros(0)

    def dh(self, hypothesis: Hypothesis) -> Past:
        """dh of every step (and all of dc where the gates are not all known)."""
        if not self.plain:
            return self._slow(hypothesis)
        past = self._copy(self._upstream(hypothesis))
        past.carry[:-1] = self._carry(hypothesis)
        if self.scene.cell == "lstm" and "flow" not in hypothesis:
            past.carry[:-1][self.cut] = 0.0
            past.dh[:-1] = past.up + past.carry[:-1]
            past.dh[:-1][~self.active] = 0.0
        else:
            self._step_by_step(past, hypothesis)
        return past

    def _step_by_step(self, past: Past, hypothesis: Hypothesis) -> None:
        """dh where it depends on the dh of later steps."""
        gru, flow, keep = self.scene.cell == "gru", hypothesis.get("flow"), hypothesis.get("keep")
        rule = right_keep if keep is None else keep.value
        for t in reversed(range(self.scene.T)):
            if flow is not None:
                past.carry[t] = flow.value(self.scene, past, t, past.carry[t])
            past.kept[t] = rule(self.scene, past, t) if gru else 0.0
            if self.cut[t]:
                past.carry[t] = past.kept[t] = 0.0
            if self.active[t]:
                past.dh[t] = past.up[t] + past.carry[t] + past.kept[t]

    def dc(self, past: Past, hypothesis: Hypothesis) -> Past:
        """dc of every step from dh; the same past, changed, for a GRU."""
        if self.scene.cell == "gru":
            return past
        if not self.plain:
            return self._slow(hypothesis)
        option = hypothesis.get("base.c")
        T = self.scene.T
        base = past.dh[:T] if option is None else option.value(self.scene, past, slice(0, T))
        past.local[:T] = base * self._array(hypothesis, "factor.c", self.factor)
        past.local[:T] *= self._array(hypothesis, "slope.c", self.slope)
        past.local[:T][~self.active] = 0.0
        keep = hypothesis.get("keep")
        rule = right_keep if keep is None else keep.value
        for t in reversed(range(T)):
            past.kept[t] = rule(self.scene, past, t) if self.active[t] and not self.cut[t] else 0.0
            past.dc[t] = past.local[t] + past.kept[t]
        return past

    def bases(self, past: Past, g: str, book: Book) -> list[tuple[Option | None, Array]]:
        """What a gate's rule may start from, each (T, B, H)."""
        steps = slice(0, self.scene.T)
        if g == "r" and "clip.da" in self.fixed:
            # The reset gate's rule runs before the clipping: it needs what da.n was then.
            made = (
                past.dh[steps]
                * factor.right(self.scene, "n")
                * slope.right(*slope.values(self.scene, "n")[:2])
            )
            past.fed = {**past.fed, "n": np.concatenate([made, np.zeros_like(made[:1])])}
        options = book.rules.get(f"base.{g}", [])
        right = right_base(self.scene, past, g, steps)
        return [(None, right), *((o, o.value(self.scene, past, steps)) for o in options)]

    def _copy(self, up: Array) -> Past:
        past = object.__new__(Past)
        past.__dict__.update(self.blank.__dict__)
        past.up = up
        for name in ("dh", "dc", "local", "carry", "kept"):
            setattr(past, name, np.zeros_like(self.blank.dh))
        return past

    def _array(self, hypothesis: Hypothesis, site: str, right: Array) -> Array:
        option = hypothesis.get(site)
        if option is None:
            return right
        key = (site, option.name)
        if key not in self.known:
            with np.errstate(all="ignore"):
                self.known[key] = np.nan_to_num(np.asarray(option.value(self.scene)))
        return self.known[key]

    def _upstream(self, hypothesis: Hypothesis) -> Array:
        option = hypothesis.get("upstream")
        key = ("upstream", "" if option is None else option.name)
        if key not in self.known:
            self.known[key] = upstream(self.scene, hypothesis)
        return self.known[key]

    def _carry(self, hypothesis: Hypothesis) -> Array:
        if "carry" in hypothesis:
            return self._path(hypothesis["carry"], "")
        return np.asarray(sum(self._path(hypothesis.get(f"carry.{g}"), g) for g in self.scene.letters))

    def without_slope(self, g: str, option: Option) -> States:
        """The same states where the user's da.g is taken to have another slope in it."""
        other = States(self.scene, self.given, self.fixed)
        with np.errstate(all="ignore"):
            pre = self.given[g] / np.asarray(option.value(self.scene))
        other.blank.pre[g][:-1] = np.nan_to_num(pre, posinf=0.0, neginf=0.0)
        return other

    def _path(self, option: Option | None, g: str) -> Array:
        """What comes through one gate (or through all), right or by an option, (T, B, H)."""
        key = (f"carry.{g}", "" if option is None else option.name)
        if key not in self.known:
            past = self._copy(self.blank.up)
            for t in reversed(range(self.scene.T)):
                if option is None:
                    past.carry[t] = right_path(self.scene, past, g, t + 1)
                else:
                    past.carry[t] = option.value(self.scene, past, t)
            self.known[key] = past.carry[:-1]
        return self.known[key]

    def _slow(self, hypothesis: Hypothesis) -> Past:
        past = Past(self.scene, upstream(self.scene, hypothesis), self.given)
        rules = Rules(self.scene, hypothesis)
        missing = [g for g in self.scene.letters if g not in self.given]
        with np.errstate(all="ignore"):
            for t in reversed(range(self.scene.T)):
                if self.active[t]:
                    rules.state(past, t)
                    for g in missing:
                        rules.gate(past, g, t)
        return past
