"""What one watched call of a gradient function says: the loss, the parameters, and their gradients."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from minigrad.backprop import backprop
from minigrad.foreign.capture import Capture
from minigrad.foreign.clipped import unclipped
from minigrad.foreign.errors import ForeignError
from minigrad.foreign.losses import Loss, named_losses, own_losses, shown_losses
from minigrad.foreign.names import normal, parts
from minigrad.foreign.pairing import Pairing, pair
from minigrad.foreign.parameters import Known, is_data, latest_sources, sources
from minigrad.foreign.reach import Found
from minigrad.foreign.scale import common, factor, shared
from minigrad.foreign.upstream import OF_PROBABILITIES, is_handed_in, upstream_terms, zero_upstream
from minigrad.foreign.wish import Wish
from minigrad.tensor import Tensor

_RATE = re.compile(r"lr|(learn(ing)?)?rate|learnrate|lrate|alpha|eta|stepsize|learningrate0?")

_WEIGHT = re.compile(r"^(w|u|v|weight|kernel|theta)")


@dataclass(frozen=True)
class Analysis:
    """A loss with its parameters and the gradients that the file has for them.

    Attributes:
        capture: the call.
        loss: the loss.
        parameters: everything that the loss comes from, inputs and initial states too.
        candidates: the tensors that the call has made or changed.
        pairing: which of them is the gradient of which parameter.
        wish: what the user has named.
    """

    capture: Capture
    loss: Loss
    parameters: list[Found]
    candidates: list[Found]
    pairing: Pairing
    wish: Wish = field(default_factory=Wish)

    @property
    def names(self) -> list[str]:
        """A name for each pair, all different."""
        return [self._name(p.parameter) for p in self.pairing.pairs]

    def _name(self, found: Found) -> str:
        own = next(
            (name for name, one in self.wish.chosen(self.parameters) if one.value is found.value), None
        )
        return own or found.path

    @property
    def absent(self) -> dict[str, Tensor]:
        """The weights without a gradient."""
        return {self._name(p): p.value for p in self.pairing.unpaired if self.is_weight(p)}

    @cached_property
    def missing(self) -> list[str]:
        """The matrices without a gradient that the function could see and that should have one.

        Those that go by the name of a weight, or all, if most matrices have no gradient.
        """
        inside = {f.value.order for f in self.capture.before if isinstance(f.value, Tensor)}
        matrices = [name for name, leaf in self.leaves.items() if leaf.ndim > 1 and leaf.order in inside]
        absent = [name for name in matrices if name in self.absent]
        weights = [name for name in absent if _WEIGHT.match(normal(str(parts(name)[-1])))]
        return weights or (absent if len(absent) > len(matrices) / 2 else [])

    @property
    def leaves(self) -> dict[str, Tensor]:
        """Every parameter that the loss comes from."""
        given = {name: p.parameter.value for name, p in zip(self.names, self.pairing.pairs, strict=True)}
        return {**self.absent, **given}

    @cached_property
    def clipped(self) -> dict[str, int]:
        """For the name of a parameter how many entries of its gradient were clipped at the end."""
        pairs = zip(self.names, self.pairing.pairs, strict=True)
        entries = {name: unclipped(p.candidate.value)[1] for name, p in pairs}
        return {name: n for name, n in entries.items() if n}

    @property
    def manual(self) -> dict[str, Any]:
        """The file's gradients; of a loss whose scale is not known, in the scale that most of them have."""
        return {name: gradient / self.scale for name, gradient in self.given.items()}

    @cached_property
    def given(self) -> dict[str, Any]:
        """The file's gradients as they are."""
        rate = learning_rate(self.capture)
        found = {}
        for name, p in zip(self.names, self.pairing.pairs, strict=True):
            gradient = unclipped(p.candidate.value)[0] / (rate if p.rule == "update" else 1.0)
            # A bias of shape (1, H) takes a gradient of shape (H,) as well.
            found[name] = gradient.reshape(p.parameter.array.shape) if p.shape == "squeezed" else gradient
        return found

    @cached_property
    def auto(self) -> dict[str, Any]:
        """The automatic gradients of what has one by hand."""
        wrt = [p.parameter.value for p in self.pairing.pairs]
        table = backprop(self.loss.node, wrt=wrt) if wrt else {}
        return {name: table[leaf] for name, leaf in zip(self.names, wrt, strict=True)}

    @cached_property
    def factors(self) -> list[float | None]:
        """The factor of each gradient, None where there is none."""
        return [factor(self.given[name], self.auto[name]) for name in self.names]

    @cached_property
    def scale(self) -> float:
        """The constant between the file's loss, where only its form is known, and ours."""
        if self.loss.own and not self._only_updates:
            return 1.0
        return common(
            [c for c, name in zip(self.factors, self.names, strict=True) if c and np.any(self.auto[name])]
        )

    @property
    def _only_updates(self) -> bool:
        """Whether the gradients are only known by what they did to the weights, at an unknown rate."""
        return all(p.rule == "update" for p in self.pairing.pairs)

    @cached_property
    def doubtful(self) -> bool:
        """Whether it's unclear of what the gradient is that is handed in.

        Beside probabilities it may be that of what they were computed from; a gradient that is right tells.
        """
        return self.loss.how == OF_PROBABILITIES and not self.agreement[1]

    def is_weight(self, found: Found) -> bool:
        """Whether a source of the loss is a parameter, and no input or state."""
        return not is_data(found, self.capture) and not is_handed_in(found, self.capture)

    @cached_property
    def agreement(self) -> tuple[int, int, int]:
        """How many gradients are right, how many right up to one factor, how many there are; zeros apart."""
        told = [
            c
            for c, name in zip(self.factors, self.names, strict=True)
            if c is None or np.any(self.auto[name])
        ]
        factors = [c for c in told if c is not None]
        return sum(c == 1.0 for c in factors), shared(common(factors), factors), len(told)


def analyses(
    capture: Capture,
    losses: Sequence[Loss] | None = None,
    wish: Wish = Wish(),  # noqa: B008  # it is frozen
    names: frozenset[str] | None = None,
) -> list[Analysis]:
    """What the call may have been about, one for each loss that it may belong to; the likeliest first.

    Args:
        capture: the call.
        losses: the losses that come into question; None to find them.
        wish: what the user has named.
        names: of a later call, how what the loss comes from was called at the first one.

    Raises:
        ForeignError: if what the user has named isn't there, or every loss is zero whatever the parameters.
    """
    before = Known.of(capture.seen)
    unchanged = {f.value.order for f in capture.before if isinstance(f.value, Tensor)}
    candidates = [f for order, f in Known.of(capture.after).by_order.items() if order not in unchanged]
    origin = _Origin(before, names)
    found = []
    for loss in _losses(capture, candidates, origin, wish) if losses is None else losses:
        parameters = origin.of([loss.node])
        pairing = paired(parameters, candidates, capture, wish)
        if pairing.pairs:
            found.append(Analysis(capture, loss, parameters, candidates, pairing, wish))
    told = [one for one in found if any(np.any(gradient) for gradient in one.auto.values())]
    if not told:
        _refuse_zero(capture, found)
    return told


def _refuse_zero(capture: Capture, found: Sequence[Analysis]) -> None:
    """Say why there is nothing to compare with."""
    zero = zero_upstream(capture)
    if zero is not None:
        msg = f"the gradient {zero} that is handed in is zero, and so is every gradient; hand in another one"
        raise ForeignError(msg, capture.path or None, capture.line or None)
    if found:
        msg = f"the loss {found[0].loss.how} does not change with any of {', '.join(found[0].names)}"
        raise ForeignError(msg, capture.path or None, capture.line or None)


@dataclass(frozen=True)
class _Origin:
    """Where a value comes from: at a later call only from what was a parameter at the first one."""

    known: Known
    names: frozenset[str] | None

    def of(self, outputs: Sequence[Tensor]) -> list[Found]:
        if self.names is None:
            return sources(outputs, self.known)
        return latest_sources(outputs, self.known.called(self.names))


def _losses(capture: Capture, candidates: Sequence[Found], origin: _Origin, wish: Wish) -> list[Loss]:
    gradients = [f.value for f in candidates]
    if not gradients:
        return []
    if wish.forward is not None:
        return named_losses(capture, wish.forward)
    found = origin.of(gradients)
    weights = [f for f in found if not is_data(f, capture) and not is_handed_in(f, capture)]
    orders = {f.value.order for f in weights or found}
    own = own_losses(capture, orders)
    handed_in = [Loss(term, how) for how, term in upstream_terms(capture, origin.known, orders)]
    return [*own, *handed_in, *shown_losses(gradients, orders)]


def paired(
    parameters: Sequence[Found],
    candidates: Sequence[Found],
    capture: Capture,
    wish: Wish = Wish(),  # noqa: B008  # it is frozen
) -> Pairing:
    """The pairs of the weights; of inputs and initial states only where their gradient is returned."""
    if wish.params:
        wanted = [one for _, one in wish.chosen(parameters)]
        return pair(wanted, candidates, changes=_changes(wanted, capture))
    parameters = [p for p in parameters if not is_handed_in(p, capture)]
    weights = [p for p in parameters if not is_data(p, capture)]
    first = pair(weights, candidates, changes=_changes(weights, capture))
    taken = {id(p.candidate) for p in first.pairs}
    returned = [
        c for c in candidates if id(c) not in taken and any(name.startswith("returned") for name in c.names)
    ]
    data = [p for p in parameters if is_data(p, capture)]
    second = pair(data, returned)
    named = tuple(p for p in second.pairs if p.rule in {"name", "container"} and p.shape == "same")
    done = {p.parameter.path for p in named}
    return Pairing(first.pairs + named, first.unpaired + tuple(p for p in data if p.path not in done))


def best(found: Sequence[Analysis]) -> Analysis | None:
    """The analysis to believe: one that explains every gradient, then the one that explains most of them."""
    ranked = []
    most = max((len(one.names) for one in found), default=0)
    for i, one in enumerate(found):
        if 2 * len(one.names) <= most:
            continue  # what explains a few gradients of many explains nothing
        right, scaled, n = one.agreement
        ranked.append(((scaled < n, -(scaled > 0), not one.loss.own, -right, -scaled, -n, i), one))
    return min(ranked, key=lambda item: item[0])[1] if ranked else None


def _changes(parameters: Sequence[Found], capture: Capture) -> dict[str, Any]:
    """What each parameter was before minus what it was after the call."""
    after = {name: f for f in capture.after for name in f.names}
    changes = {}
    for found in parameters:
        new = next((after[name] for name in found.names if name in after), None)
        if new is not None and isinstance(new.value, Tensor) and new.value.shape == found.value.shape:
            change = found.value.array - new.value.array
            if np.any(change):
                changes[found.path] = change
    return changes


def learning_rate(capture: Capture) -> float:
    """The number by which the file multiplies a gradient when it updates a weight, 1 if none is found."""
    for group in (capture.after, capture.before, capture.outside):
        for found in group:
            is_rate = any(_RATE.fullmatch(normal(str(parts(name)[-1]))) for name in found.names)
            if is_rate and isinstance(found.value, (int, float)) and found.value:
                return float(found.value)
    return 1.0
