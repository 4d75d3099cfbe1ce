"""A finding: one mistake, where it is, and how exactly it reproduces the numbers."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

KINDS: dict[str, str] = {
    "carry-not-transposed": "Wh d(t+1) stands where Whᵀ d(t+1) belongs",
    "carry-missing": "the path from h(t+1) is missing, zero or never updated",
    "initial-state": "the boundary at t = 1: h(0) wraps round, is ignored or overwritten, or skipped",
    "derivative-of-activated": "f′ is applied to a value that is activated already: 1 − tanh(h)²",
    "wrong-derivative": "f′ is missing, doubled, or that of another function",
    "derivative-step": "f′ is taken at another step's state",
    "derivative-one-edge": "f′ stands on one of the two edges into h(t) only, or on the wrong side of Wh",
    "carry-accumulated": "dh is constant or only added up, without Wh and without f′",
    "output-step": "dy of another step is used: repeated or shifted",
    "wrong-loss": "dy belongs to another loss, or the softmax's Jacobian is missing",
    "scale": "a constant factor: 2, ½, T, 1/T, the batch, the outputs",
    "sign": "the gradient with the opposite sign",
    "wrong-state": "h of another step stands in the sum of a weight's gradient",
    "wrong-array": "another array stands in the place of the right one",
    "outer-product": "an outer product is written as an inner or elementwise one",
    "bias": "a bias's sum skips a step, is a mean, or lacks a factor",
    "skipped-step": "a step is left out of the sum over time",
    "overwritten": "= for +=: one step's term instead of the sum",
    "zero": "the gradient is exactly zero: nothing was ever added",
    "transposed": "the gradient is the transpose of the right one",
    "truncated": "the sum goes back only k steps",
    "clipped": "entries stand exactly at a bound: the gradient is clipped",
    "injected": "dy enters a layer that has no edge from the output",
    "missing-edge": "the gradient lacks exactly one contribution of the graph",
    "local-rule": "one local rule of a gate or cell is another one than the chain rule's",
    "not-reset": "a second call gives another answer: something is kept between calls",
    "changed-in-place": "an argument is changed by the call",
    "check": "the comparison is at fault: the forward passes differ, or the type is float32",
    "not-finite": "the gradient has NaN or infinite entries",
    "shape": "the gradient has not the shape of its parameter",
    "absent": "no gradient was returned for a parameter",
    "unexplained": "the gradient is wrong, and no explanation reproduces it",
}
"""Every kind of finding, and what was done."""

SHOWS: dict[str, str] = {
    "carry-not-transposed": "dWy, dby and da(T) exact, da(T−1) not; from h(t+1): Wh d(t+1), not Whᵀ d(t+1)",
    "carry-missing": "da(T) exact; at t < T only the edge from y(t) is there, the one from h(t+1) is 0",
    "initial-state": "every da exact; dWh off by da(1) (h(T) − h(0))ᵀ, da(1) h(0)ᵀ or its whole first term",
    "derivative-of-activated": "already da(T) wrong: da/dh = 1 − tanh(h)², larger than 1 − h² everywhere",
    "wrong-derivative": "already da(T) wrong: da/dh is 1, h(1 − h), (1 − h²)² …; of tanh it is in [0, 1]",
    "derivative-step": "da(T) exact or not; da/dh at t is 1 − h² of step T, t − 1 or t + 1",
    "derivative-one-edge": "da(T) exact; below, f′ is missing on one of the two edges or stands outside Wᵀ",
    "carry-accumulated": "da(T) exact; dh(t) = Σ of the edges from y(s), s ≥ t, or the same at every t",
    "output-step": "dh(T) exact; the edge from y(t) is that of y(T) or y(t+1)",
    "wrong-loss": "dy(T) wrong already; the gradient of the squared error, or p − y without the softmax",
    "scale": "manual = c · automatic for every gradient, residual 0; c = 2, ½, T, 1/T, B, 1/B, O …",
    "sign": "manual = −automatic",
    "wrong-state": "every da exact and only dWh wrong: Σ da(t) u(t)ᵀ with u(t) = h(t), h(T) or h(t−2)",
    "wrong-array": "two gradients equal, or a product made with a gradient in the place of its weight",
    "outer-product": "all entries equal, or of rank one with constants",
    "bias": "only a bias wrong: divided by the steps or the batch, or without da's factor",
    "skipped-step": "manual = automatic − the term of one step",
    "overwritten": "manual = the term of one step alone",
    "zero": "exactly 0 in every entry",
    "transposed": "manual = automaticᵀ",
    "truncated": "manual = the sum over pairs (t, s) with t − s < k",
    "clipped": "entries exactly at ±c, the others exact",
    "injected": "a lower layer exact up to an extra edge dy(t)",
    "missing-edge": "manual = automatic − one contribution of the table",
    "local-rule": "every step exact but for one product of the chain rule",
    "not-reset": "first call exact, second call twice as large",
    "changed-in-place": "an argument differs from its copy after the call",
    "check": "the two losses differ before any gradient is looked at",
    "not-finite": "NaN or ±inf",
    "shape": "another shape than the parameter's",
    "absent": "nothing to compare",
    "unexplained": "where, and both numbers; no cause, as none reproduces them",
}
"""What the numbers of each kind show."""


def markdown() -> str:
    """The kinds as a table in Markdown.

    Example:
        >>> markdown().splitlines()[0]
        '| kind | what was done | what the numbers show |'
    """
    rows = [f"| `{kind}` | {KINDS[kind]} | {SHOWS[kind]} |" for kind in KINDS]
    return "\n".join(["| kind | what was done | what the numbers show |", "| --- | --- | --- |", *rows])


@dataclass(frozen=True)
class Finding:
    """One mistake.

    Attributes:
        kind: one of `KINDS`.
        quantity: what is wrong, in the user's names: a parameter, or "da", "dh", "dy" and their like.
        step: the time step, counted from 1, at which it first shows going backwards; None if at none.
        factor: the constant of a scale or sign; None for other kinds.
        reproduces_to: the largest difference between the user's gradient and what the explanation
            gives, relative to the gradient's largest entry; None if nothing is explained.
        equation: the equation that it breaks.
        sentence: what was done and what to write instead.
        alternatives: other explanations that give the same numbers, one sentence each.

    Raises:
        ValueError: for a kind that is not in `KINDS`.

    Example:
        >>> Finding("sign", "Wh", sentence="dWh has the opposite sign.", factor=-1.0).kind
        'sign'
    """

    kind: str
    quantity: str
    sentence: str
    step: int | None = None
    factor: float | None = None
    reproduces_to: float | None = None
    equation: str = ""
    alternatives: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            msg = f"a finding's kind is one of {', '.join(KINDS)}; given: {self.kind!r}"
            raise ValueError(msg)

    def to_dict(self) -> dict[str, Any]:
        """The finding as JSON can hold it."""
        return {**asdict(self), "alternatives": list(self.alternatives)}
