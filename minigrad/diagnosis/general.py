"""General tests of a wrong gradient, which need no knowledge of the network."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from minigrad.diagnosis.factor import EXACT, factor_name, ratio
from minigrad.diagnosis.finding import Finding
from minigrad.diagnosis.observed import Array
from minigrad.diagnosis.trial import Trial, distance
from minigrad.diagnosis.uses import uses

_ENOUGH = 2


class Hypothesis(NamedTuple):
    """What somebody may have computed in the place of a gradient.

    Attributes:
        kind: of the finding.
        sentence: what was done and what to write instead; {c} is where the factor stands.
        gives: what it would give in a trial, None where it does not apply.
        step: the time step, if it is about one.
    """

    kind: str
    sentence: str
    gives: Callable[[Trial], Array | None]
    step: int | None = None


def scale_of_all(trials: Sequence[Trial], names: Sequence[str]) -> Finding | None:
    """One factor of every gradient, c = -1 among them, or None."""
    factors, worst = [], 0.0
    for trial in trials:
        m = np.concatenate([np.ravel(trial.manual[name]) for name in names])
        a = np.concatenate([np.ravel(trial.auto[name]) for name in names])
        found = ratio(m, a)
        if not found.exact or any(
            distance(trial.manual[name], found.factor * trial.auto[name]) > EXACT for name in names
        ):
            return None
        factors.append(found.factor)
        worst = max(worst, found.residual)
    if len(names) < _ENOUGH or all(np.isclose(c, 1, rtol=EXACT) for c in factors):
        return None
    return _scale("all", factors, trials, worst)


def clipping_of_all(trials: Sequence[Trial], names: Sequence[str]) -> Finding | None:
    """Every gradient clipped at one bound, or None."""
    bound = max(float(np.max(np.abs(trial.manual[name]))) for trial in trials for name in names)
    count, worst = 0, 0.0
    for trial in trials:
        for name in names:
            m = trial.manual[name]
            worst = max(worst, distance(m, np.clip(trial.auto[name], -bound, bound)))
            count += int(np.sum(np.abs(m) == bound))
    if count < _ENOUGH or worst > EXACT:
        return None
    text = (
        f"{count} entries stand exactly at ±{bound:g}, and the others are right: the gradients are "
        "clipped. Take the "
        "clipping out for the comparison."
    )
    return Finding("clipped", "all", text, reproduces_to=worst)


def of_one(name: str, trials: Sequence[Trial]) -> Finding | None:
    """What reproduces one wrong gradient on every problem, or None."""
    given = [trial.manual[name] for trial in trials]
    if not any(np.any(m) for m in given):
        text = (
            f"The gradient of {name} is exactly zero: nothing was ever added to it, or it was not returned."
        )
        return Finding("zero", name, text, reproduces_to=0.0)
    found = [ratio(m, trial.auto[name]) for m, trial in zip(given, trials, strict=True)]
    if all(r.exact for r in found):
        return _scale(name, [r.factor for r in found], trials, max(r.residual for r in found))
    for hypothesis in _hypotheses(name, trials):
        finding = _tested(hypothesis, name, trials)
        if finding is not None:
            return finding
    return None


def _scale(name: str, factors: list[float], trials: Sequence[Trial], residual: float) -> Finding:
    """The finding for gradients that are c times the right ones."""
    label = factor_name(factors, [trial.sizes for trial in trials])
    c = factors[0]
    whose = "Every gradient" if name == "all" else f"The gradient of {name}"
    if label == "-1":
        text = f"{whose} has the opposite sign: the derivative of -L, or ŷ and y exchanged in dy."
        return Finding("sign", name, text, factor=-1.0, reproduces_to=residual)
    if label is None:
        values = " and ".join(f"{c:.4g}" for c in factors)
        text = (
            f"{whose} is a multiple of the right one, with another factor on each problem "
            f"({values}), as clipping by the norm gives it."
        )
        return Finding("scale", name, text, reproduces_to=residual)
    hint = _SCALES.get(label, "")
    text = f"{whose} is {label} times the right one{hint}."
    return Finding("scale", name, text, factor=c, reproduces_to=residual)


_SCALES = {
    "1/T": ": a mean over time here, a sum in the loss",
    "T": ": a sum over time here, a mean in the loss",
    "1/B": ": a mean over the batch here, a sum in the loss",
    "B": ": a sum over the batch here, a mean in the loss",
    "1/(T·B)": ": a mean over time and batch here, a sum in the loss",
    "T·B": ": a sum over time and batch here, a mean in the loss",
    "2": ": the ½ of a squared error is missing in one of the two, or something is added twice",
    "½": ": a ½ stands in the gradient and not in the loss",
    "1/O": ": a mean over the outputs here, a sum in the loss",
    "O": ": a sum over the outputs here, a mean in the loss",
}


def _tested(hypothesis: Hypothesis, name: str, trials: Sequence[Trial]) -> Finding | None:
    """The finding, if the hypothesis reproduces the gradient on every problem up to a factor with a name."""
    factors, worst = [], 0.0
    for trial in trials:
        given, m = hypothesis.gives(trial), trial.manual[name]
        if given is None or given.shape != m.shape:
            return None
        found = ratio(m, given)
        if not found.exact:
            return None
        factors.append(found.factor)
        worst = max(worst, found.residual)
    label = factor_name(factors, [trial.sizes for trial in trials])
    if label is None:
        return None
    c = "" if label == "1" else f", times {label}"
    assert worst <= EXACT  # noqa: S101  # no sentence without the numbers that it claims
    return Finding(
        hypothesis.kind,
        name,
        hypothesis.sentence.format(c=c),
        step=hypothesis.step,
        factor=None if label == "1" else factors[0],
        reproduces_to=worst,
    )


def _hypotheses(name: str, trials: Sequence[Trial]) -> Iterator[Hypothesis]:
    yield Hypothesis(
        "transposed",
        f"The gradient of {name} is the transpose of the right one{{c}}: exchange the two factors of "
        "the outer "
        "product.",
        lambda trial: trial.auto[name].T if trial.auto[name].ndim > 1 else None,
    )
    yield Hypothesis(
        "clipped",
        f"Entries of the gradient of {name} stand exactly at a bound: it is clipped. Take the "
        "clipping out for the "
        "comparison.",
        lambda trial: _clipped(trial.manual[name], trial.auto[name]),
    )
    yield from _by_use(name, trials)
    for other in trials[0].names:
        if other != name:
            yield Hypothesis(
                "wrong-array",
                f"What is given as the gradient of {name} is that of {other}{{c}}.",
                lambda trial, other=other: trial.auto[other],  # type: ignore[misc]  # bound here and now
            )


def _clipped(m: Array, a: Array) -> Array | None:
    bound = np.max(np.abs(m))
    return np.asarray(np.clip(a, -bound, bound)) if np.sum(np.abs(m) == bound) > 1 else None


def _by_use(name: str, trials: Sequence[Trial]) -> Iterator[Hypothesis]:
    """Uses of the parameter that are left out, or are the only ones."""
    used = {id(trial): [use.value for use in uses(trial, name)] for trial in trials}
    fewest = min(map(len, used.values()))
    if fewest < _ENOUGH:
        return
    timed = all(len(used[id(trial)]) == trial.size("T") for trial in trials)
    what = "step" if timed else "use"
    places = [(0, f"the first {what}"), (-1, f"the last {what}")]
    places += [(k, f"{what} {k + 1}") for k in range(1, fewest - 1)]
    last = fewest if len(trials) == 1 else None
    for k, words in places:
        step = (k + 1 if k >= 0 else last) if timed else None
        yield Hypothesis(
            "overwritten",
            f"The gradient of {name} is the contribution of {words} alone{{c}}: = stands where += belongs.",
            lambda trial, k=k: used[id(trial)][k],  # type: ignore[misc]  # bound here and now
            step,
        )
        yield Hypothesis(
            "skipped-step" if timed else "missing-edge",
            f"The gradient of {name} lacks exactly the contribution of {words}{{c}}.",
            lambda trial, k=k: trial.auto[name] - used[id(trial)][k],  # type: ignore[misc]  # as above
            step,
        )
        yield Hypothesis(
            "local-rule",
            f"The gradient of {name} counts the contribution of {words} twice{{c}}.",
            lambda trial, k=k: trial.auto[name] + used[id(trial)][k],  # type: ignore[misc]  # as above
            step,
        )
    for k in range(2, fewest):
        yield Hypothesis(
            "truncated",
            f"The gradient of {name} goes back over the last {k} {what}s only{{c}}.",
            lambda trial, k=k: np.sum(used[id(trial)][-k:], axis=0),  # type: ignore[misc]  # as above
        )
