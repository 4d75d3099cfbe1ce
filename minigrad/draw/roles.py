"""What the nodes and edges of a picture are, from their names and time steps."""

from __future__ import annotations

from collections.abc import Iterable

from minigrad.draw.part import NOTE, Item, Link, Part
from minigrad.ops.arithmetic import Identity
from minigrad.ops.loss import Loss
from minigrad.tensor import Tensor

INPUTS = frozenset({"x", "X", "xs", "input", "inputs"})
TARGETS = frozenset({"y", "Y", "ys", "target", "targets"})
LOSSES = frozenset({"L", "loss", "Loss", "J", "E", "cost"})
STATES = frozenset({"h", "s", "c", "z", "hidden"})


def assign_roles(part: Part) -> None:
    """Give each item its role and each link its kind.

    Example:
        >>> from minigrad.draw.choose import choose
        >>> from minigrad.tensor import Tensor
        >>> part = choose([(Tensor(2.0, name="W") * Tensor(3.0, name="x")).named("L")])
        >>> assign_roles(part)
        >>> [item.role for item in part.items], [link.kind for link in part.links]
        (['parameter', 'input', 'loss'], ['parameter', 'forward'])
    """
    states = _states(part)
    losses = _losses(part, states)
    outputs = {x.order for x in part.outputs}
    for item in part.items:
        if item.role == "op" and item.omitted == 0:
            item.role = _leaf(item, states) if item.leaf else _computed(item, states, losses, outputs)
    _mark_targets(part)
    for link in part.links:
        link.kind = kind(link.source, link.target)


def kind(source: Item, target: Item) -> str:
    """Which kind of edge leads from one item to another."""
    if source.role == "parameter":
        return "tie" if target.role == "parameter" else "parameter"
    crosses = source.step != target.step and source.step is not None and target.step is not None
    if source.step is None and source.leaf and source.role == "hidden" and target.step is not None:
        return "recurrent"
    return "recurrent" if crosses and source.axis == target.axis else "forward"


def crossing(links: Iterable[Link]) -> Iterable[Link]:
    """The links from one step to another of the same axis."""
    for link in links:
        a, b = link.source, link.target
        if a.step is not None and b.step is not None and a.step != b.step and a.axis == b.axis:
            yield link


def _states(part: Part) -> set[str]:
    """The names of the nodes that other steps use; in a graph without time those that books use."""
    found = {link.source.name for link in crossing(part.links) if link.source.named}
    return found if part.timed else found | STATES


def _losses(part: Part, states: set[str]) -> set[str]:
    """The names of losses: those that books use, and that of a scalar output that is no state."""
    found = {x.name for x in part.outputs if x.name is not None and x.size == 1}
    return {name for name in found - states if not name.startswith("∇")} | LOSSES


def _computed(item: Item, states: set[str], losses: set[str], outputs: set[int]) -> str:
    x = item.tensor
    if x is None or (x.name is None and not (x.order in outputs and x.size == 1)):
        return "op"
    if x.name is None or (x.name in losses and (x.size == 1 or isinstance(x.op, Loss))):
        return "loss"
    if x.name in states or base(x.name) in states:
        return "hidden"
    return "parameter" if _is_copy(x) else "output"


def _is_copy(x: Tensor) -> bool:
    """Whether it is a copy of a parameter for one step, under the parameter's name."""
    if not isinstance(x.op, Identity):
        return False
    source = x.inputs[0]
    return isinstance(source, Tensor) and source.op is None and (source.name, source.step) == (x.name, None)


def _leaf(item: Item, states: set[str]) -> str:
    if not item.named:
        return "input"
    stem = base(item.name)
    if item.name in states or (item.step is None and stem in states and item.name != stem):
        return "hidden"
    return "input" if item.step is not None or stem in INPUTS or stem in TARGETS else "parameter"


def base(name: str) -> str:
    """A name without its number: h0, h_0 and h1 are all h's."""
    return name.rstrip("0123456789₀₁₂₃₄₅₆₇₈₉").rstrip("_") or name


def _mark_targets(part: Part) -> None:
    """An input is a target if losses alone use it as such, or no state uses it and its name says so."""
    used: dict[Item, bool] = {}
    for link in part.links:
        source, target = link.source, link.target
        if source.role == "input" and source.tensor is not None:
            called = base(source.name) in TARGETS and target.role in ("loss", "op")
            at_loss = target.role == "loss" and link.argument == "target"
            used[source] = used.get(source, True) and (at_loss or called)
    for item, only in used.items():
        if only:
            item.role = "target"
    for item in part.items:
        if item.omitted:
            item.role = NOTE
