"""The functions that are called before a gradient function: forward pass, loss, what makes the parameters."""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from minigrad.foreign.meaning import kind_of, size_letter
from minigrad.foreign.names import normal
from minigrad.foreign.signatures import Signature

FORWARD = re.compile(
    r"forward|fprop|feed|predict|propagat|^fwd|_fwd|^call$|^__call__$|^run$|^step$|activate|^unroll",
    re.IGNORECASE,
)
BACKWARD = re.compile(r"backward|backprop|back_prop|bprop|bptt|back|grad(ient)?s?|bwd", re.IGNORECASE)
_LOSS = re.compile(r"loss|cost|cross_?entropy|^error|nll|mse|objective", re.IGNORECASE)
_NO_LOSS = re.compile(
    r"grad|deriv|back|delta|train|plot|_d$|^d_|prime|init|smooth|numerical|accuracy$", re.IGNORECASE
)
_MAKING = re.compile(r"init|create|build|make|setup|set_up|reset|random", re.IGNORECASE)
_MADE = re.compile(r"param|weight|net|model|theta|rnn|lstm|gru|layer", re.IGNORECASE)
_CALLING = re.compile(r"train|fit|learn|sgd|step|update|optimi[sz]e|epoch|run|main", re.IGNORECASE)
_BETWEEN = frozenset({"cache", "output", "state", "cell", "other", "upstream"})
_MANY = re.compile(r"^[XY]$|[A-Za-z]s$|(?i:train|data|set|batch|all|list|test)")


def forward_of(near: Sequence[Signature], gradient: Signature) -> Signature | None:
    """The forward pass that belongs to a gradient function, unless that calls it itself.

    It is called so, or as the gradient function but for the word for backward, or it returns what that takes.
    """
    bare = normal(BACKWARD.sub("", gradient.short))
    wanted = {normal(name) for name in gradient.arguments if kind_of(name) in _BETWEEN}
    found = {}
    for other in near:
        gives = len(wanted & {normal(name) for name in other.returned if name})
        alike = bool(bare) and normal(other.short) == bare
        if BACKWARD.search(other.short) or not (FORWARD.search(other.short) or alike or gives > 1):
            continue
        found[other.name] = (other, _likeness(other.short, gradient.short) + gives / (1 + len(wanted)))
    if any(other.short in gradient.called for other, _ in found.values()):
        return None
    best = max(found.values(), key=lambda pair: pair[1], default=None)
    return None if best is None else best[0]


def _likeness(forward: str, backward: str) -> float:
    """How alike two names are but for forward and backward."""
    one, other = FORWARD.sub("", forward), BACKWARD.sub("", backward)
    return SequenceMatcher(None, one, other).ratio() + 0.1 * ("forward" in forward)


def loss_of(near: Sequence[Signature], gradient: Signature) -> Signature | None:
    """The loss of the file, if it has one that is no gradient."""
    found = [s for s in near if _LOSS.search(s.short) and not _NO_LOSS.search(s.short) and s.arguments]
    return found[0] if found and gradient.short != found[0].short else None


def is_loss(name: str) -> bool:
    """Whether a name is that of a loss.

    Example:
        >>> is_loss("loss"), is_loss("d_loss"), is_loss("h")
        (True, False, False)
    """
    return _LOSS.search(name) is not None and not _NO_LOSS.search(name)


def takes_many(loss: Signature, gradient: Signature) -> bool:
    """Whether a loss goes over several sequences where the gradient function takes one: X beside x."""
    data = [name for name in loss.arguments if kind_of(name) in {"input", "target"}]
    return any(name not in gradient.arguments and _MANY.search(name) for name in data)


def makers(near: Sequence[Signature], gradient: Signature, constructor: Signature | None) -> list[Signature]:
    """What makes the parameters from sizes: functions that return them, or set them."""
    called = frozenset() if constructor is None else constructor.called
    found = []
    for other in near:
        sizes = all(size_letter(name) for name, optional in other.arguments.items() if not optional)
        making = _MAKING.search(other.short) and not re.search("grad|cache|hidden|state", other.short)
        if making and sizes and other.short not in called | gradient.called:
            found.append(other)
    named = [other for other in found if _MADE.search(other.short)]
    return [other for other in named or found if other.owner or other.returned or sets_globals(other)]


def sets_globals(signature: Signature) -> bool:
    """Whether a function sets variables of its module."""
    return any(isinstance(node, ast.Global) for node in ast.walk(signature.node))


def caller_of(near: Sequence[Signature], gradient: Signature) -> Signature | None:
    """The function that trains: it calls the gradient function and takes data."""
    for other in near:
        data = any(kind_of(name) in {"input", "target"} for name in other.arguments)
        if gradient.short in other.called and _CALLING.search(other.short) and data:
            return other
    return None


def parts_of(forward: Signature) -> tuple[str, ...]:
    """The names of what a forward pass puts in the single tuple that it returns."""
    if len(forward.returned) != 1:
        return ()
    found: dict[str, tuple[str, ...]] = {}
    for node in ast.walk(forward.node):
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Tuple):
            named = [ast.unparse(target) for target in node.targets]
            found |= {named[0]: tuple(map(ast.unparse, node.value.elts))}
    return found.get(forward.returned[0], ())
