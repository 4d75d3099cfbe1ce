"""Why a graph does not fold, in words."""

from __future__ import annotations

from typing import Any

from minigrad.fold.equations import CONSTANT, Equations, Member
from minigrad.fold.error import FoldError
from minigrad.fold.notes import moment, raised
from minigrad.fold.pieces import Change
from minigrad.message import describe
from minigrad.tensor import Tensor

ENOUGH = 4
"""With so many steps a rule of delay 1 and both of its ends can be told apart."""


def nothing_repeats(output: Tensor) -> FoldError:
    """The error for a graph without time steps."""
    return FoldError(
        f"nothing repeats: no node that {describe(output)} depends on has a time step; unroll the "
        "recurrence with mg.nn.unroll, or make the nodes of each step inside `with mg.time_step(t):`"
    )


def refusal(changes: list[tuple[int, Change]], equations: Equations, names: dict[int, str]) -> FoldError:
    """The error for classes that change: about the named one that changes first, if there is one.

    Args:
        changes: the numbers of classes, and where each changes.
        equations: of the graph.
        names: what each class is called, by its number.
    """
    number, change = min(changes, key=lambda c: (c[1].after.node.name is None, c[1].after.step))
    before, after = change.before, change.after
    where = f"between steps {before.step} and {after.step} of {after.node.axis}"
    text = (
        f"{names[number]} does not fold: what it is computed from changes {where}: "
        f"{_difference(before, after, equations, names)}"
    )
    if change.n < ENOUGH:
        text += (
            f"; with {change.n} steps it can't be told which of them is the rule: unroll at least {ENOUGH}, "
            "or give the initial state the name of the state and the step before the first"
        )
    return FoldError(text, what=names[number], steps=(before.step, after.step))


def _difference(before: Member, after: Member, equations: Equations, names: dict[int, str]) -> str:
    _, op, refs = equations.keys[before.equation]
    _, other, others = equations.keys[after.equation]
    a, b = f"at step {before.step}", f"at step {after.step}"
    if op != other:
        return f"{a} it is {_op(before)}, {b} {_op(after)}"
    if len(refs) != len(others):
        return f"it has {len(refs) // 2} arguments {a} and {len(others) // 2} {b}"
    for i in range(0, len(refs), 2):
        if refs[i : i + 2] != others[i : i + 2]:
            argument = after.node.op.argument(i // 2) if after.node.op is not None else ""
            this = _source(refs[i], refs[i + 1], names, before)
            that = _source(others[i], others[i + 1], names, after)
            if this.partition("#")[0] == that.partition("#")[0]:
                this, that = this.partition("#")[0], f"another {that.partition('#')[0]}"
            return f"{a} its argument {argument} is {this}, {b} {that}{_advice(refs, others, i)}"
    if before.integers != after.integers:
        return f"its index is {before.integers} {a} and {after.integers} {b}"
    return f"there is a gap in its steps ({before.step}, then {after.step})"


def _op(member: Member) -> str:
    return "a leaf" if member.node.op is None else repr(member.node.op)


def _source(source: Any, where: Any, names: dict[int, str], member: Member) -> str:
    if source == CONSTANT:
        return "a constant"
    name = names.get(source, "a node outside of time")
    if where is None:
        return name
    step = moment(member.node.axis, where) if isinstance(where, int) else str(where[1])
    return name + raised(step)


def _advice(refs: tuple[Any, ...], others: tuple[Any, ...], i: int) -> str:
    """What to do about arguments that are other nodes outside of time at each step."""
    outside = refs[i + 1] is None and others[i + 1] is None and CONSTANT not in {refs[i], others[i]}
    return " (if that belongs to the step, make it inside `with mg.time_step(t):`)" if outside else ""
