"""One case run: the gradients of both sides, and whether the calls themselves are in order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from minigrad.diagnosis.calls import Called, call
from minigrad.diagnosis.case import Case
from minigrad.diagnosis.finding import Finding
from minigrad.diagnosis.forward import differs
from minigrad.diagnosis.observed import Array
from minigrad.diagnosis.returned import Gradients, gradients_of
from minigrad.diagnosis.search import Forward, Manual
from minigrad.diagnosis.tap import by_step, collecting
from minigrad.diagnosis.trial import Trial

_AGREE = 1e-10


@dataclass
class Session:
    """The runs of a check: their trials, and what was found about the calls.

    Attributes:
        trials: one for each case.
        remarks: findings about the calls, one of a kind and quantity.
        facts: what is in order.
        losses: the losses that are the same on arrays and on tensors.
        notes: what is worth knowing.
    """

    forward: Forward
    manual: Manual
    trials: list[Trial] = field(default_factory=list)
    remarks: list[Finding] = field(default_factory=list)
    facts: list[str] = field(default_factory=list)
    losses: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def run(self, case: Case) -> None:
        """Run both functions on a case.

        Raises:
            ManualError: if one of them can't be run, or gives something that can't be compared.
        """
        names = list(case.params)
        plain = self.forward.plain(case)
        with collecting() as taps:
            first = call(self.manual, "manual", case.arguments)
        gradients = gradients_of(first.value, names)
        gradients = self._again(case, gradients)
        recorded = self.forward.recorded(case, tuple(n for n in ("xs",) if n in gradients.arrays))
        self._same_loss(case, plain.value, recorded.loss.item())
        self._unchanged("forward", plain, {})
        self._unchanged("manual", first, gradients.arrays)
        for note in gradients.notes:
            _add(self.notes, note)
        arrays = {name: array for name, array in gradients.arrays.items() if name in recorded.leaves}
        for name in gradients.arrays.keys() - arrays.keys():
            _add(self.notes, f"the gradient of {name} was not compared")
        steps = case.sizes.get("T", 0)
        trial = Trial(
            recorded.loss, recorded.leaves, arrays, tuple(names), by_step(taps, steps), case.sizes, case.about
        )
        self.trials.append(trial)

    def _again(self, case: Case, first: Gradients) -> Gradients:
        """The gradients of a second call, which must be those of the first."""
        second = gradients_of(call(self.manual, "manual", case.arguments).value, list(case.params))
        if not _apart(first.arrays, second.arrays):
            _add(self.facts, "a second call of manual gives the same numbers")
            return first
        third = gradients_of(call(self.manual, "manual", case.arguments).value, list(case.params))
        each = _difference(second.arrays, first.arrays)
        if not _apart(each, _difference(third.arrays, second.arrays)):
            text = (
                "A second call of manual adds its gradients to those of the first: set them to zero "
                "at the beginning. "
                "Below, what one call adds is compared."
            )
            self._remark(Finding("not-reset", "all", text))
            return Gradients(each, first.notes)
        names = ", ".join(name for name in first.arrays if _apart_in(name, first.arrays, second.arrays))
        text = (
            f"A second call of manual with the same arguments gives other numbers ({names}): "
            "something is kept "
            "between the calls, or is random."
        )
        self._remark(Finding("not-reset", "all", text))
        return first

    def _same_loss(self, case: Case, plain: float, recorded: float) -> None:
        """Compare the loss on arrays with that on tensors."""
        if not np.isfinite(plain):
            text = f"forward gives {plain!r} ({case.about}): the gradient of that means nothing."
            self._remark(Finding("check", "loss", text))
        elif differs(plain, recorded):
            text = (
                f"forward gives {plain!r} on arrays and {recorded!r} on tensors ({case.about}): it is "
                "random, keeps "
                "something between calls, or looks at the type of its arguments."
            )
            self._remark(Finding("check", "loss", text))
        else:
            self.losses.append(f"{plain:.6g}")

    def _unchanged(self, what: str, called: Called, gradients: Mapping[str, Array]) -> None:
        """Find the arguments that a call has changed; an update of the parameters is only told."""
        if "params" in called.changed:
            before, after = called.changed["params"]
            rate = _rate(before, after, gradients)
            told = f" (learning rate {rate:.6g})" if rate is not None else ""
            _add(
                self.notes,
                f"{what} changes the parameters{told}; each call gets a copy, so the check is not touched",
            )
        for name in called.changed:
            if name != "params":
                text = (
                    f"{what} changes its argument {name} in place: who calls it twice, or calls "
                    "forward before, "
                    f"computes with other numbers. Copy it first ({name} = np.copy({name}))."
                )
                self._remark(Finding("changed-in-place", name, text))
        if not called.changed and what == "manual":
            _add(self.facts, "the arguments are unchanged")

    def _remark(self, finding: Finding) -> None:
        if (finding.kind, finding.quantity) not in {(f.kind, f.quantity) for f in self.remarks}:
            self.remarks.append(finding)


def _add(lines: list[str], line: str) -> None:
    if line not in lines:
        lines.append(line)


def _difference(a: Mapping[str, Array], b: Mapping[str, Array]) -> dict[str, Array]:
    return {name: a[name] - b[name] for name in a if name in b and a[name].shape == b[name].shape}


def _apart(a: Mapping[str, Array], b: Mapping[str, Array]) -> bool:
    return set(a) != set(b) or any(_apart_in(name, a, b) for name in a)


def _apart_in(name: str, a: Mapping[str, Array], b: Mapping[str, Array]) -> bool:
    x, y = a[name], b.get(name)
    if y is None or x.shape != y.shape:
        return True
    scale = float(np.max(np.abs(x), initial=0.0, where=np.isfinite(x)))
    return not np.allclose(x, y, rtol=0, atol=_AGREE * scale, equal_nan=True)


def _rate(before: Any, after: Any, gradients: Mapping[str, Array]) -> float | None:
    """The learning rate of a plain update, None if it is none."""
    rates = []
    for name, g in gradients.items():
        if name in before and g.shape == np.shape(before[name]) and np.any(g):
            change = np.asarray(before[name]) - np.asarray(after[name])
            rate = float(np.sum(change * g) / np.sum(g * g))
            if not np.allclose(change, rate * g, rtol=1e-6, atol=1e-12):
                return None
            rates.append(rate)
    return rates[0] if rates and np.allclose(rates, rates[0]) else None
