"""The judgement of somebody's gradients: right or wrong, and which mistakes give the same numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from minigrad.diagnosis.agreement import agreement
from minigrad.diagnosis.departure import Departure
from minigrad.diagnosis.display import listed
from minigrad.diagnosis.experts import departure_of, explain, observe
from minigrad.diagnosis.factor import EXACT
from minigrad.diagnosis.finding import Finding
from minigrad.diagnosis.general import clipping_of_all, of_one, scale_of_all
from minigrad.diagnosis.measure import CLOSE, Measured, measure
from minigrad.diagnosis.observed import Observed
from minigrad.diagnosis.paths import altered_path
from minigrad.diagnosis.report import Report
from minigrad.diagnosis.trial import Trial, distance


def judge(
    trials: Sequence[Trial],
    *,
    problem: Sequence[str] = (),
    facts: Sequence[str] = (),
    notes: Sequence[str] = (),
    remarks: Sequence[Finding] = (),
) -> Report:
    """Compare the gradients of some trials of the same code, and say what is wrong with them.

    A gradient is right if no entry is off by more than 1e-6 of the largest one; of a float32 gradient
    1e-3, and the report says so. Where the graph is that of one recurrent layer, the mistake is looked
    for in its formulas; elsewhere by general tests. A cause is named only if it reproduces the given
    numbers to 1e-8 on every trial.

    Args:
        trials: one or more problems, at least one of them.
        problem: lines that say what was run.
        facts: what else was checked and is in order.
        notes: what is worth knowing and no mistake.
        remarks: findings that were made before; after one about the call no cause is looked for.

    Example:
        >>> import numpy as np
        >>> from minigrad import Tensor
        >>> W, b = Tensor([1.0, 2.0], "W"), Tensor([0.5, 0.5], "b")
        >>> loss = ((W * 3.0 + b) ** 2).sum()
        >>> given = {"W": -np.array([21.0, 39.0]), "b": -np.array([7.0, 13.0])}
        >>> print(judge([Trial(loss, {"W": W, "b": b}, given)]).findings[0].kind)
        sign
    """
    rows = [measure(name, trials) for name in trials[0].names]
    findings = [*remarks, *_of_form(rows, trials)]
    observed: list[Observed] = []
    departure: Departure | None = None
    wrong = any(row.verdict == "wrong" for row in rows)
    disturbed = bool({"check", "not-reset"} & {finding.kind for finding in remarks})
    if (wrong or any(trial.taps for trial in trials)) and not disturbed:
        observed = observe(trials)
        departure = departure_of(observed)
        findings += _causes(rows, trials, observed) if wrong else []
    return Report(
        tuple(rows),
        tuple(findings),
        tuple(problem),
        tuple(facts),
        (*notes, *_notes(rows, trials)),
        tuple(agreement(rows, observed)),
        departure,
        trials,
    )


def _of_form(rows: Sequence[Measured], trials: Sequence[Trial]) -> list[Finding]:
    """Findings about gradients that can't be compared number by number."""
    found = []
    spoilt = [row for row in rows if row.verdict == "not finite"]
    if spoilt:
        names = [row.name for row in spoilt]
        text = (
            f"The gradient of {listed(names)}: {spoilt[0].shows[0]}{' and so on' if len(names) > 1 else ''}."
        )
        found.append(Finding("not-finite", "all" if len(spoilt) == len(rows) else names[0], text))
    for row in rows:
        if row.verdict == "absent":
            found.append(Finding("absent", row.name, f"No gradient was returned for {row.name}."))
        elif row.verdict == "shape":
            found.append(_of_shape(row, trials[row.problem]))
    return found


def _of_shape(row: Measured, trial: Trial) -> Finding:
    """The finding for a gradient of another shape: as its parameter's, but for a transpose or a sum."""
    m, a = trial.manual[row.name], trial.auto[row.name]
    text = f"The gradient of {row.name} has shape {m.shape}; wanted: {a.shape}, that of the parameter"
    if m.size == a.size and distance(m.reshape(a.shape), a) <= EXACT:
        return Finding("shape", row.name, f"{text}. Its entries are right: reshape it.")
    if m.shape == a.T.shape and distance(m.T, a) <= EXACT:
        sentence = f"{text}. It is the transpose of the right one: exchange the factors of the outer product."
        return Finding("transposed", row.name, sentence, reproduces_to=distance(m.T, a))
    for axis in range(m.ndim):
        summed = m.sum(axis)
        if summed.size == a.size and distance(summed.reshape(a.shape), a) <= EXACT:
            return Finding(
                "shape", row.name, f"{text}. Summed over its axis {axis} it is right: add .sum({axis})."
            )
    return Finding("shape", row.name, f"{text}.")


def _causes(rows: Sequence[Measured], trials: Sequence[Trial], observed: Sequence[Observed]) -> list[Finding]:
    """The mistakes that reproduce the wrong gradients; for what none reproduces, where it is wrong."""
    wrong = [row for row in rows if row.verdict == "wrong"]
    if any(row.single for row in wrong):
        text = (
            f"The gradients of {listed([row.name for row in wrong])} are float32 and further off than "
            "rounding "
            "explains; compute them in float64, and the mistake can be named."
        )
        return [Finding("check", "all", text)]
    found = explain(observed) if observed else []
    if found and all(finding.kind != "unexplained" for finding in found):
        return found
    return _in_general(rows, trials, found)


def _in_general(rows: Sequence[Measured], trials: Sequence[Trial], found: Sequence[Finding]) -> list[Finding]:
    """What general tests say, together with what was found before."""
    wrong = [row.name for row in rows if row.verdict == "wrong"]
    if len(wrong) == 1:
        alone = of_one(wrong[0], trials)
        if alone is not None:
            return [alone]
    whole = _of_all(rows, trials)
    if whole is not None:
        return [whole]
    explained = [finding for finding in found if finding.kind != "unexplained"]
    done = {finding.quantity for finding in explained}
    left: list[Finding] = []
    for row in rows:
        if row.verdict == "wrong" and row.name not in done:
            one = of_one(row.name, trials)
            (left if one is None else explained).append(one or _unexplained(row))
    before = [finding for finding in found if finding.kind == "unexplained"]
    return explained + ((before or left) if left else [])


def _of_all(rows: Sequence[Measured], trials: Sequence[Trial]) -> Finding | None:
    """One mistake that reproduces every gradient at once."""
    if any(row.ratio is None or row.single for row in rows):
        return None
    names = [row.name for row in rows]
    tests: tuple[Callable[..., Finding | None], ...] = (scale_of_all, clipping_of_all, altered_path)
    return next((one for one in (test(trials, names) for test in tests) if one is not None), None)


def _unexplained(row: Measured) -> Finding:
    at = f" at {list(row.index)}" if row.index else ""
    shown = f" It shows: {', '.join(row.shows)}." if row.shows else ""
    scaled = f"; no factor makes it right (the best leaves {row.ratio.residual:.1e})" if row.ratio else ""
    text = (
        f"The gradient of {row.name} is wrong{at}: manual {row.manual!r}, automatic {row.auto!r}, off by "
        f"{row.error:.2g} of the largest entry{scaled}.{shown} No mistake that is known reproduces it."
    )
    return Finding("unexplained", row.name, text)


def _notes(rows: Sequence[Measured], trials: Sequence[Trial]) -> list[str]:
    """What is worth knowing of gradients that are right."""
    nearly = [row.name for row in rows if row.ok and row.error > CLOSE and not row.single]
    single = [row.name for row in rows if row.single]
    unused = [name for name in trials[0].names if not any(trial.reaches(name) for trial in trials)]
    notes = []
    if nearly:
        worst = max(row.error for row in rows if row.name in nearly)
        notes.append(
            f"{listed(nearly)}: right to {worst:.1e} only, as with an ε inside a logarithm or a root, or a "
            "numerical derivative"
        )
    if single:
        notes.append(f"{listed(single)}: of single precision (float32), so compared to 1e-3 only")
    if unused:
        notes.append(f"the loss does not depend on {listed(unused)}: the right gradient is zero")
    return notes
