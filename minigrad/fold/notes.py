"""What the folded graph does not show, in sentences."""

from __future__ import annotations

from collections.abc import Iterator

from minigrad.fold.folded import BOUNDARY, INITIAL, Axis, Class, Input, Outside, Piece

_SMALL = str.maketrans("0123456789-+tsnijkuvwxabcdefghlmopryz", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺ᵗˢⁿⁱʲᵏᵘᵛʷˣᵃᵇᶜᵈᵉᶠᵍʰˡᵐᵒᵖʳʸᶻ")
FEW = 2
"""So few steps do not show that anything repeats."""


def raised(step: str) -> str:
    """A step as a superscript.

    Example:
        >>> "h" + raised("t-1"), "h" + raised("12")
        ('h⁽ᵗ⁻¹⁾', 'h⁽¹²⁾')
    """
    return f"⁽{step.translate(_SMALL)}⁾"


def moment(axis: str, delay: int) -> str:
    """The step that lies `delay` steps before t: "t", "t-2", "t+1"."""
    return axis if not delay else f"{axis}{-delay:+d}"


def called(source: Input, classes: tuple[Class, ...]) -> str:
    """How a sentence speaks of what an argument comes from."""
    if source.source is None:
        return "a constant"
    there = classes[source.source]
    if there.axis is None:
        return there.place
    if source.delay is not None:
        return there.place + raised(moment(there.axis, source.delay))
    return there.place + raised(str(source.at))


def span(axis: str, piece: Piece) -> str:
    """The steps of a piece: "t = 3", "t = 1 … 5", "t = 2, 4, …, 10"."""
    if piece.first == piece.last:
        return f"{axis} = {piece.first}"
    if piece.stride == 1:
        return f"{axis} = {piece.first} … {piece.last}"
    return f"{axis} = {piece.first}, {piece.first + piece.stride}, …, {piece.last}"


def notes(
    classes: tuple[Class, ...], axes: tuple[Axis, ...], outside: tuple[Outside, ...]
) -> tuple[str, ...]:
    """Sentences about the ends of time, about what is there at some steps only, about sums over time."""
    found = [*_axes(axes)]
    for axis in axes:
        own = [c for c in classes if c.axis == axis.name]
        found += [*_initial(own, classes), *_boundaries(own, classes), *_ranges(own, axis)]
        found += _fixed(own, classes)
    found += _sums(classes, outside)
    return tuple(dict.fromkeys(found))


def _axes(axes: tuple[Axis, ...]) -> Iterator[str]:
    for axis in axes:
        if axis.first == axis.last:
            yield (
                f"There is one step, {axis.name} = {axis.first}: "
                "that others would repeat it is taken for granted."
            )
        elif axis.last - axis.first < FEW:
            yield (
                f"There are two steps, {axis.name} = {axis.first} and {axis.last}: "
                "that others would repeat them is taken for granted."
            )
        if axis.period > 1:
            yield f"The pattern repeats every {axis.period} steps of {axis.name}."


def _initial(own: list[Class], classes: tuple[Class, ...]) -> Iterator[str]:
    leaves = []
    for c in own:
        for piece in c.pieces:
            if piece.kind == INITIAL:
                names = [c.place + raised(str(step)) for step in piece.steps]
                if piece.op is None:
                    leaves += names
                else:
                    made = ", ".join(called(i, classes) for i in piece.inputs)
                    yield f"{' and '.join(names)} = {piece.op.label}({made})."
    if leaves:
        yield f"{_listed(leaves)} {'are initial states' if len(leaves) > 1 else 'is the initial state'}."


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _boundaries(own: list[Class], classes: tuple[Class, ...]) -> Iterator[str]:
    for c in own:
        for piece in c.pieces:
            if piece.kind == BOUNDARY:
                yield f"At {span(c.axis or '', piece)}, {_difference(c, piece, classes)}."


def _difference(c: Class, piece: Piece, classes: tuple[Class, ...]) -> str:
    """What a piece takes where the rule takes something else."""
    rule = c.rules[0]
    if type(piece.op) is not type(rule.op) or len(piece.inputs) != len(rule.inputs):
        return f"{c.place} is {formula(piece, classes)} in place of {formula(rule, classes)}"
    pairs = [
        (called(mine, classes), called(usual, classes))
        for mine, usual in zip(piece.inputs, rule.inputs, strict=True)
        if mine != usual
    ]
    if not pairs:
        return f"{c.place} has another index than before"
    return f"{c.place} takes " + " and ".join(f"{mine} in place of {usual}" for mine, usual in pairs)


def formula(piece: Piece, classes: tuple[Class, ...]) -> str:
    """What a piece computes: "tanh(a⁽ᵗ⁾)"."""
    if piece.op is None:
        return "a leaf"
    return f"{piece.op.label}({', '.join(called(i, classes) for i in piece.inputs)})"


def _fixed(own: list[Class], classes: tuple[Class, ...]) -> Iterator[str]:
    """What is taken from one step of the same axis at all steps."""
    for c in own:
        for i in (i for rule in c.rules for i in rule.inputs):
            if i.at is not None and i.source is not None and classes[i.source].axis == c.axis:
                yield f"At each step, {c.place} takes {called(i, classes)}."


def _ranges(own: list[Class], axis: Axis) -> Iterator[str]:
    """Named classes that are not there at every step."""
    groups: dict[str, list[str]] = {}
    for c in own:
        if c.name is None or len(c.rules) > 1:
            continue
        rule = c.rules[0]
        first = min(p.first for p in c.pieces)
        last = max(p.last for p in c.pieces)
        if first > axis.first or last < axis.last or rule.stride > 1:
            groups.setdefault(span(axis.name, rule), []).append(c.place)
    for steps, names in groups.items():
        yield f"{_listed(names)} {'are' if len(names) > 1 else 'is'} there at {steps} only."


def _sums(classes: tuple[Class, ...], outside: tuple[Outside, ...]) -> Iterator[str]:
    for node in outside:
        if is_sum(node, classes):
            taken = node.takes[0]
            there = classes[taken.source]
            axis = there.axis or ""
            yield (
                f"{classes[node.index].place} is the sum of {there.place}{raised(axis)} "
                f"over {axis} = {taken.first} … {taken.last}."
            )


def is_sum(node: Outside, classes: tuple[Class, ...]) -> bool:
    """Whether a node outside of time is nothing but the sum of one class over time."""
    adds = set(node.through) <= {"add", "addn"}
    return adds and len(node.takes) == 1 and classes[node.takes[0].source].axis is not None
