"""The gradient with respect to one variable, judged entry by entry."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from minigrad.check.blame import blame
from minigrad.check.numeric import (
    STEPS,
    Line,
    Slope,
    central_difference,
    complex_step,
    is_analytic,
    jumps,
    one_sided,
    with_scatter,
)
from minigrad.check.probe import Probe

COMPLEX_STEP = "complex step"
DIFFERENCES = "central differences"
_RTOL = {8: 1e-10, 4: 1e-4, 2: 1e-2}
_DOUBTFUL = 1e-5
_ROUGH = 1e-2
_KINK = 1e-3


@dataclass(frozen=True)
class Wrong:
    """An entry whose gradient is wrong: both numbers, and how they were told apart."""

    index: tuple[int, ...]
    given: float
    numeric: float
    allowed: float
    method: str

    @property
    def excess(self) -> float:
        """How far off, for ranking; NaN is the furthest."""
        gap = abs(self.given - self.numeric)
        return np.inf if np.isnan(gap) else gap

    def __str__(self) -> str:
        with np.errstate(all="ignore"):
            ratio = float(np.divide(self.given, self.numeric))
        return (
            f"at {list(self.index)}: minigrad gives {self.given!r}, {self.method} {self.numeric!r}, "
            f"ratio {ratio:.10g}; they differ by {abs(self.given - self.numeric):.2g}, "
            f"allowed: {self.allowed:.2g}"
        )


@dataclass(frozen=True)
class VariableReport:
    """What the check of one variable found.

    Attributes:
        path: the expression that leads to it: `W`, `params['W']`.
        size: how many entries it has.
        checked: how many of them were checked.
        method: "complex step" or "central differences".
        ties: at how many entries there is a kink, where each value between the slopes is right, or a
            jump, where there is nothing to compare with.
        error: the largest difference, relative to the largest entry, leaving out the kinks.
        wrong: the entries that are wrong, the worst first.
        relation: what the gradient is to the right one, if all entries were checked and it is simple.
    """

    path: str
    size: int
    checked: int
    method: str
    ties: int
    error: float
    wrong: tuple[Wrong, ...]
    relation: str = ""

    def __str__(self) -> str:
        ties = f", {self.ties} at a kink or jump" if self.ties else ""
        return (
            f"{self.path}: {self.checked} of {self.size} entries by {self.method}{ties}, "
            f"largest relative difference {self.error:.1e}"
        )


class Variable:
    """One variable of a probe, its gradient by minigrad, and its numerical slopes."""

    def __init__(self, probe: Probe, i: int, rtol: float | None) -> None:
        self._probe = probe
        self._i = i
        self.x = probe.values[i]
        self._gradient = probe.gradients[i].astype(float)
        self._noise = probe.noise[i]
        v = np.random.default_rng(2).normal(size=self.x.shape)
        v *= np.max(np.abs(self.x), initial=1.0)
        self.analytic = is_analytic(probe.line(i, v))
        self.method = COMPLEX_STEP if self.analytic else DIFFERENCES
        narrow = max(_RTOL.get(x.dtype.itemsize, _RTOL[8]) for x in (self.x, probe.G))
        self._rtols = (narrow, max(narrow, 1e-6)) if rtol is None else (rtol, rtol)

    def check(self, most: int) -> VariableReport:
        """Judge every entry, or a sample of `most` and the one that looks worst of all."""
        chosen = np.arange(self.x.size)
        if self.x.size > most:
            rng = np.random.default_rng(3)
            sample = rng.choice(self.x.size, most, replace=False)
            chosen = np.union1d(sample, [self._suspect(chosen, rng)])
        slopes = {int(k): self._slope(int(k)) for k in chosen}
        scale = max((abs(s.value) for s in slopes.values() if np.isfinite(s.value)), default=0.0)
        wrong, ties, error = [], 0, 0.0
        for k, slope in slopes.items():
            gap = abs(self._gradient.flat[k] - slope.value)
            if gap <= self._allowed(scale, slope, analytic=self.analytic):
                error = max(error, (gap - self._noise) / scale if scale else 0.0)
                continue
            found = self._suspected(k, slope, scale)
            wrong += [found] if found else []
            ties += found is None
        wrong.sort(key=lambda w: w.excess, reverse=True)
        return VariableReport(
            self._probe.paths[self._i],
            self.x.size,
            len(slopes),
            self.method,
            ties,
            float(error),
            tuple(wrong),
            self._relation(slopes) if wrong else "",
        )

    def _relation(self, slopes: dict[int, Slope]) -> str:
        """What the whole gradient is to the right one."""
        if len(slopes) < self.x.size:
            return ""
        right = np.array([slopes[k].value for k in range(self.x.size)]).reshape(self.x.shape)
        return blame(self._gradient, right)

    def _line(self, k: int) -> Line:
        direction = np.zeros(self.x.shape)
        direction.flat[k] = 1.0
        return self._probe.line(self._i, direction)

    def _slope(self, k: int) -> Slope:
        line = self._line(k)
        return Slope(complex_step(line), 0.0) if self.analytic else self._difference(line, k)

    def _difference(self, line: Line, k: int) -> Slope:
        """A difference whose steps suit a large x, and then one that is near to a singularity at 0."""
        size = abs(float(self.x.flat[k]))
        steps = [h * max(1.0, size) for h in STEPS]
        return central_difference(line, [*steps, *([STEPS[0] * size] if 0 < size < 1 else [])])

    def _allowed(self, scale: float, slope: Slope, *, analytic: bool) -> float:
        """The difference that is allowed; none where the numerical slope itself is worth nothing."""
        # A difference divides the rounding of the values by its step.
        floor = self._noise if analytic else self._noise / STEPS[1]
        if slope.error > _ROUGH * scale + floor + (0.0 if analytic else STEPS[-1]):
            return -1.0
        return floor + self._rtols[not analytic] * scale + slope.error

    def _suspected(self, k: int, slope: Slope, scale: float) -> Wrong | None:
        """What is wrong with entry k, None if it is found to be right after all."""
        given = float(self._gradient.flat[k])
        line = self._line(k)
        method = self.method
        analytic = self.analytic
        if analytic:
            second = self._difference(line, k)
            doubt = _DOUBTFUL * max(scale, abs(second.value)) + 10 * second.error
            if abs(second.value - slope.value) > doubt:
                # f is analytic along a random direction but not here.
                slope, method, analytic = second, DIFFERENCES, False
                scale = max(scale, abs(second.value))
        slope = slope if analytic else with_scatter(line, slope)
        allowed = self._allowed(scale, slope, analytic=analytic)
        if abs(given - slope.value) <= allowed:
            return None
        if not analytic and (self._between_slopes(line, given) or jumps(line)):
            return None
        index = tuple(int(j) for j in np.unravel_index(k, self.x.shape))
        if allowed < 0:
            method += f" (which are too rough here to be sure, ±{slope.error:.1g})"
        return Wrong(index, given, slope.value, max(allowed, 0.0), method)

    def _between_slopes(self, line: Line, given: float) -> bool:
        """Whether there is a kink, and `given` lies between the slopes to its left and right."""
        low, high = sorted(one_sided(line))
        gap = high - low
        rounding = 1e-8 * abs(float(line(0.0)))
        if not gap > _KINK * max(abs(low), abs(high)) + rounding:
            return False
        return low - _KINK * gap <= given <= high + _KINK * gap

    def _suspect(self, entries: NDArray[Any], rng: np.random.Generator) -> int:
        """The entry at which halving leads to the largest error along random directions."""
        weights = rng.normal(size=self.x.shape)
        while len(entries) > 1:
            halves = np.array_split(entries, 2)
            entries = max(halves, key=lambda half: self._residual(half, weights))
        return int(entries[0])

    def _residual(self, entries: NDArray[Any], weights: NDArray[Any]) -> float:
        """How far the gradient is off along a direction that moves some entries alone."""
        direction = np.zeros(self.x.shape)
        direction.flat[entries] = weights.flat[entries]
        line = self._probe.line(self._i, direction)
        slope = complex_step(line) if self.analytic else central_difference(line).value
        gap = abs(float(np.sum(self._gradient * direction)) - slope)
        return np.inf if np.isnan(gap) else gap
