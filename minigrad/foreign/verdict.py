"""The report on somebody's file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from minigrad.diagnosis.judge import judge
from minigrad.diagnosis.report import Report
from minigrad.diagnosis.trial import Trial
from minigrad.foreign import refusal
from minigrad.foreign.analysis import Analysis
from minigrad.foreign.attempt import Attempt
from minigrad.foreign.errors import ForeignError
from minigrad.foreign.examine import Examination, Options, examine
from minigrad.foreign.remarks import remarks


def check_file(path: str | Path, options: Options = Options()) -> Report:  # noqa: B008  # it is frozen
    """Run somebody's file on tensors and judge the gradient that it computes by hand.

    Args:
        path: a Python file or a notebook; it is not changed.
        options: what is told beside it.

    Raises:
        ForeignError: if the file can't be read or run, or its parts can't be found: where, and what to do.
    """
    found = examine(Path(path).resolve(), options)
    if found.chosen is None or found.chosen.analysis is None:
        raise found.refusal()
    return report_of(found, found.chosen)


def report_of(found: Examination, chosen: Attempt) -> Report:
    """The report on the run that is believed."""
    analysis = chosen.analysis
    if analysis is None:
        raise found.refusal()
    _raise(refusal.before(analysis, found.path))
    short = short_names(list(analysis.leaves))
    trial = Trial(
        analysis.loss.node,
        {short[name]: leaf for name, leaf in analysis.leaves.items()},
        {short[name]: gradient for name, gradient in analysis.manual.items()},
        tuple(short[name] for name in analysis.names),
        about=chosen.driver.told,
    )
    notes = remarks(found.source, chosen, analysis)
    report = judge([trial], problem=_problem(found, chosen, analysis), notes=notes)
    if report.ok:
        _raise(refusal.of_right(analysis, found.path))
    else:
        _raise(refusal.of_wrong(analysis, found.path, chosen.world.doors.found.values()))
    return report


def short_names(paths: Sequence[str]) -> dict[str, str]:
    """For each path its last attribute, where that tells all of them apart; else the path itself.

    Example:
        >>> short_names(["net.W", "net.params['b']"])
        {'net.W': 'W', "net.params['b']": "params['b']"}
        >>> short_names(["low.W", "high.W"])
        {'low.W': 'low.W', 'high.W': 'high.W'}
    """
    last = [re.split(r"\.(?=[^\W\d])(?![^\[]*\])", path)[-1] for path in paths]
    distinct = len(set(last)) == len(paths)
    return dict(zip(paths, last if distinct else paths, strict=True))


def _raise(error: ForeignError | None) -> None:
    if error is not None:
        raise error


def _problem(found: Examination, chosen: Attempt, analysis: Analysis) -> list[str]:
    """What was run."""
    capture = analysis.capture
    where = f"`{capture.function}`, line {capture.line}" if capture.line else f"`{found.functions[0]}`"
    numbers = "parameters refilled with numbers of order one" if chosen.refilled else "the file's own numbers"
    lines = [
        f"{found.path.name}: {where}; run by {chosen.driver.told}; {numbers}",
        f"the loss: {analysis.loss.how}",
    ]
    pairs = [f"{p.parameter.path} ← {p.candidate.path}" for p in analysis.pairing.pairs]
    return [*lines, f"gradients: {', '.join(pairs)}"]
