"""How people name a parameter and its gradient, and which names belong together."""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import TypeAlias

Part: TypeAlias = str | int

FUZZY_RATIO = 0.8
FUZZY_LETTERS = 5


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


VALUE_WORDS = _words("value v val data array values")
GRADIENT_WORDS = _words(
    "grad grads gradient gradients deriv derivative d g delta deltas diff dvalue dval dparams gradparams "
    "dw nabla updates derivs derivatives paramgrads"
)
OTHER_WORDS = _words(
    "cache caches mem memory m v velocity momentum moment moments state states old best init param params "
    "parameters weights theta adagrad adam optimizer opt s sdw vdw rms history"
)
DATA_WORDS = _words(
    "x xs xt input inputs data sequence seq batch h0 h hs hprev hprevious hinit hidden a0 aprev c0 cprev "
    "c s0 sprev initialstate prevh prevhidden hiddenstate state states y ys target targets label labels"
)
"""What inputs, targets and initial states are called, normalised."""

PASSING_WORDS = _words(
    "h hs ht hnext hraw hprev next y ys yt yhat o ot out output outputs a at anext aprev aprevt z zt zs s st "
    "snext c cs ct cnext cprev x xs xt t net pre raw tanh logits logit p ps prob probs score scores loss "
    "error errors hidden hiddens state states inner act sigmoid softmax future past total gate gates i f g "
    "ig fg og tmp temp da dh"
)
"""What the gradients of single steps belong to, normalised: states, outputs and gates."""

_WHOLE = _words("self returned model net args kwargs")
_BEFORE = re.compile(
    r"(?:gradients?_?(?:of_?)?|grads?_?|deltas?_?|del_?|nabla_?|partial_?|g_|d[ljec]_?(?:by_?)?d_?|dd_?|d_|d)"
    r"(?=.)",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"(?<=.)_?(?:gradients?|grads?|updates?|deltas?|derivs?|derivatives?|diffs?|_d|_g)$", re.IGNORECASE
)
_STEP = re.compile(r"\[(?P<key>\"[^\"]*\"|'[^']*'|[^\]]*)\]|\.?(?P<name>[^.\[\]]+)")


@dataclass(frozen=True)
class Label:
    """What a path calls a value: the name at its end, the positions after it, the place before it.

    Attributes:
        stems: the normalised names it may stand for, the best first.
        index: the positions behind the name: (0,) in `dW[0]`.
        place: the parts of the path before the name.
        gradient: how much the path says that this is a gradient: 1 by its name, 0.9 by its container,
            0.5 if nothing speaks against it, 0 if it's something else.
    """

    stems: tuple[str, ...]
    index: tuple[int, ...]
    place: tuple[Part, ...]
    gradient: float = 0.0

    @property
    def own(self) -> tuple[str, ...]:
        """The names in the place that somebody gave to a part of the network."""
        return tuple(normal(step) for step in self.place if isinstance(step, str) and _is_own(step))

    @property
    def numbers(self) -> tuple[int, ...]:
        """The positions in the place; where something stands in what is returned says nothing."""
        place = self.place[2:] if self.place[:1] == ("returned",) else self.place
        return tuple(step for step in place if isinstance(step, int))


@lru_cache(maxsize=50_000)
def parts(path: str) -> tuple[Part, ...]:
    """A path taken apart.

    Example:
        >>> parts('self.params["Whh"][2].W')
        ('self', 'params', 'Whh', 2, 'W')
    """
    found: list[Part] = []
    for step in _STEP.finditer(path):
        if step["name"] is not None:
            found.append(step["name"])
            continue
        try:
            key = ast.literal_eval(step["key"])
        except (ValueError, SyntaxError):
            key = step["key"]
        found.extend(key if isinstance(key, tuple) else [key if isinstance(key, int) else str(key)])
    return tuple(found)


@lru_cache(maxsize=50_000)
def normal(name: str) -> str:
    """A name without case, underscores and Python's class prefix; weight and bias in one letter.

    Example:
        >>> normal("W_hh"), normal("weights_hh"), normal("_RNN__bias_h")
        ('whh', 'whh', 'bh')
    """
    name = re.sub(r"^_[A-Z]\w*?__(?=\w)", "", name)
    letters = re.sub(r"[^0-9a-zα-ω]", "", name.lower())
    short = re.sub(r"weights?|wts?(?=[a-z])", "w", re.sub(r"bias(?:es)?", "b", letters))
    return short or letters


@lru_cache(maxsize=50_000)
def stems(name: str) -> tuple[str, ...]:
    """The parameters that a gradient's name may stand for, normalised; empty if it isn't called a gradient.

    Example:
        >>> stems("dW_hh"), stems("dLdWhh"), stems("Whh_grad"), stems("Whh")
        (('whh',), ('whh', 'ldwhh'), ('whh',), ())
    """
    name = re.sub(r"^_[A-Z]\w*?__(?=\w)", "", name).strip("_")
    if name in GRADIENT_WORDS:
        return ()
    found = []
    after = _AFTER.sub("", name)
    if after != name:
        found.append(after)
    before = _BEFORE.match(name)
    if before is not None:
        found += [name[before.end() :], *([name[1:]] if name[0] in "dD" else [])]
        found += [_AFTER.sub("", found[-1])]
    # dU2 beside U, where another dU is taken already.
    found += [bare for stem in found if (bare := stem.rstrip("0123456789")) and bare != stem]
    return tuple(dict.fromkeys(stem for stem in map(normal, found) if stem))


def parameter_label(path: str) -> Label:
    """What the path of a parameter calls it.

    Example:
        >>> parameter_label("self.layers[0].W.value")
        Label(stems=('w', 'layers0w'), index=(), place=('self', 'layers', 0), gradient=0.0)
    """
    steps, index = _split(parts(path))
    if len(steps) > 1 and steps[-1] in VALUE_WORDS and _is_own(steps[-2]):
        steps = steps[:-1]
    return Label(_joined(steps, index, (normal(str(steps[-1])),)), index, steps[:-1])


def gradient_label(path: str) -> Label:
    """What the path of a candidate calls it, and how much it says that this is a gradient.

    Example:
        >>> gradient_label('grads["Whh"]').gradient, gradient_label('cache["Whh"]').gradient
        (0.9, 0.0)
    """
    steps, index = _split(parts(path))
    last = str(steps[-1])
    if len(steps) > 1 and last in GRADIENT_WORDS and _is_own(steps[-2]):
        steps = steps[:-1]
        return Label(_joined(steps, index, (normal(str(steps[-1])),)), index, steps[:-1], 1.0)
    named = stems(last)
    if named:
        return Label(_joined(steps, index, named), index, steps[:-1], 1.0)
    plain = (normal(last),)
    return Label(
        _joined(steps, index, plain), index, steps[:-1], _by_container(steps if index else steps[:-1])
    )


def alike(one: str, other: str) -> float:
    """How alike two normalised names of some length are, as people misspell their own; 0 if not enough."""
    if min(len(one), len(other)) < FUZZY_LETTERS:
        return 0.0
    ratio = SequenceMatcher(None, one, other).ratio()
    return ratio if ratio >= FUZZY_RATIO else 0.0


def is_container_of_gradients(name: str) -> bool:
    """Whether a container's name says that gradients are in it."""
    return name == "returned" or name.lower().replace("_", "") in GRADIENT_WORDS or bool(stems(name))


def _by_container(steps: Sequence[Part]) -> float:
    """How much the containers say that a value is a gradient whose own name doesn't say it."""
    around = [step for step in steps if isinstance(step, str)]
    if any(is_container_of_gradients(step) for step in around):
        return 0.9
    if not around or around == ["self"] or any(normal(step) in OTHER_WORDS for step in around):
        return 0.0
    return 0.5


def _split(steps: tuple[Part, ...]) -> tuple[tuple[Part, ...], tuple[int, ...]]:
    """The steps up to the last name, and the positions behind it."""
    end = len(steps)
    while end > 1 and isinstance(steps[end - 1], int):
        end -= 1
    return steps[:end], tuple(step for step in steps[end:] if isinstance(step, int))


def _joined(steps: Sequence[Part], index: Sequence[int], own: tuple[str, ...]) -> tuple[str, ...]:
    """The names of a value together with those that are joined from the names around it: `lstm_W`, `W0`."""
    around = normal("".join(str(step) for step in _near(steps[:-1])))
    behind = "".join(map(str, index))
    joined = [around + stem for stem in own if around] + [stem + behind for stem in own if behind]
    return (*own, *joined)


def _near(steps: Sequence[Part]) -> Sequence[Part]:
    """The name before the last one, with its positions, if it says more than `self` or `params`."""
    start = len(steps) - 1
    while start > 0 and isinstance(steps[start], int):
        start -= 1
    return steps[start:] if start >= 0 and _is_own(steps[start]) else ()


def _is_own(step: Part) -> bool:
    """Whether a step is a name that somebody gave, other than that of an object or a container of all."""
    if not isinstance(step, str):
        return False
    name = step.lower().replace("_", "")
    return name not in GRADIENT_WORDS | OTHER_WORDS | _WHOLE
