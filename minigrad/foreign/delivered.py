"""The gradients that are handed to a backward pass: how each is written, and the loss that it belongs to."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Form:
    """One form of an upstream gradient; {y} stands for the output, {d} for the gradient, {t} for targets.

    Attributes:
        text: the expression that makes it; it raises where the output is of another type.
        loss: the loss that it is the gradient of; empty where that is to be read off the difference.
    """

    text: str
    loss: str


DRAWN = (
    Form("np.random.randn(*{y}.shape)", "np.sum({y} * {d})"),
    Form("[np.random.randn(*one.shape) for one in {y}]", "sum(np.sum(a * b) for a, b in zip({y}, {d}))"),
    Form("{{t: np.random.randn(*{y}[t].shape) for t in {y}}}", "sum(np.sum({y}[t] * {d}[t]) for t in {d})"),
    Form("np.random.randn(*{y}[-1].shape)", "np.sum({y}[-1] * {d})"),
    Form("np.random.randn(*{y}[1:].shape)", "np.sum({y}[1:] * {d})"),
    Form("np.random.randn(len({y}), *{y}[0].shape)", "sum(np.sum({y}[t] * {d}[t]) for t in range(len({d})))"),
)
"""Numbers of no special meaning: L = ⟨output, gradient⟩."""

_STEPS = "for t in range(len({t}))"
_DIFFERENCES = (
    "{y} - {t}",
    "[one - t for one, t in zip({y}, {t})]",
    "{y}[-1] - {t}",
    f"{{{{t: {{y}}[t] - {{t}}[t] {_STEPS}}}}}",
)
_ENTROPIES = (
    "np.sum(-{t} * np.log({y}))",
    "sum(np.sum(-t * np.log(one)) for one, t in zip({y}, {t}))",
    "np.sum(-{t} * np.log({y}[-1]))",
    f"sum(np.sum(-{{t}}[t] * np.log({{y}}[t])) {_STEPS})",
)
_SQUARES = (
    "np.sum(({y} - {t}) ** 2) / 2",
    "sum(np.sum((one - t) ** 2) / 2 for one, t in zip({y}, {t}))",
    "np.sum(({y}[-1] - {t}) ** 2) / 2",
    f"sum(np.sum(({{y}}[t] - {{t}}[t]) ** 2) / 2 {_STEPS})",
)
_PAST_SOFTMAX = tuple(map(Form, _DIFFERENCES, _ENTROPIES))
_ERRORS = tuple(map(Form, _DIFFERENCES, _SQUARES))


def forms(*, softmax: bool, error: bool) -> tuple[Form, ...]:
    """The forms that come into question, the likeliest first.

    Args:
        softmax: whether the output has gone through a softmax, so that the gradient is rather p − target.
        error: whether the gradient is called an error.

    Example:
        >>> forms(softmax=True, error=False)[0]
        Form(text='{y} - {t}', loss='np.sum(-{t} * np.log({y}))')
    """
    if softmax:
        return _PAST_SOFTMAX
    return _ERRORS + DRAWN if error else DRAWN
