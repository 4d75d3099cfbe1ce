"""From a graph to a scene."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np

from minigrad.draw.backwards import Backwards, backwards
from minigrad.draw.bars import bars
from minigrad.draw.choose import choose
from minigrad.draw.formula import formula
from minigrad.draw.layered import layered_layout
from minigrad.draw.layers import with_copies
from minigrad.draw.layout import Layout
from minigrad.draw.notes import Placer
from minigrad.draw.numbers import numbers, short
from minigrad.draw.options import Options
from minigrad.draw.parameters import as_copies, as_labels
from minigrad.draw.part import Item, Link, Part
from minigrad.draw.roles import assign_roles
from minigrad.draw.scene import Line, Mark, Numbers, Scene
from minigrad.draw.sizes import size
from minigrad.draw.unroll import unrolled_layout
from minigrad.message import describe
from minigrad.tensor import Tensor

WIDTHS = {"forward": 1.2, "recurrent": 2.0, "parameter": 1.0, "tie": 1.0}


def compose(outputs: Sequence[Tensor], options: Options) -> Scene:
    """The scene of the graph of `outputs`.

    Args:
        outputs: the tensors whose graph is drawn.
        options: how.

    Raises:
        TooLargeError: if there are more than `max_nodes` nodes.
        ValueError: if the gradients belong to another graph.

    Example:
        >>> x = Tensor(3.0, name="x")
        >>> scene = compose([(x * x).named("L")], Options())
        >>> [node.name for node in scene.nodes], len(scene.lines)
        (['x', 'L'], 2)
    """
    part = choose(outputs, detail=options.detail, collapse=options.collapse, max_nodes=options.max_nodes)
    assign_roles(part)
    back = None if options.grads is None else backwards(part, options.grads)
    timed = part.timed
    if options.params == "labels":
        as_labels(part)
    elif options.params == "copies" and timed:
        as_copies(part)
    if not timed:
        with_copies(part, every=options.params == "copies")
    values = _values(part)
    for item in part.items:
        item.lines = _lines(item, values, back, options.show)
        item.size = size(item)
    place = unrolled_layout if timed else layered_layout
    layout = place(part, backwards=back is not None)
    return _scene(part, layout, values, back, options)


def _values(part: Part) -> dict[Item, Numbers]:
    found = {}
    for item in part.items:
        if item.master is None and item.array is not None:
            found[item] = numbers(item.array)
    return found | {item: found[item.master] for item in part.items if item.master in found}


def _lines(
    item: Item, values: dict[Item, Numbers], back: Backwards | None, show: Sequence[str]
) -> tuple[str, ...]:
    """What is written below an item's name."""
    if item.beside is not None or item not in values:
        return ()
    shown, lines = values[item], []
    if "shape" in show:
        lines.append(str(shown.shape).replace(",)", ")").replace("()", "scalar"))
    if "value" in show:
        few = len(shown.entries) in (1, 2)
        lines.append(", ".join(map(short, shown.entries)) if few else f"‖·‖ {short(shown.norm)}")
    if "grad" in show and back is not None and item.tensor is not None:
        known = back.norms.get(item.tensor.order)
        lines.append("no ∇" if known is None else f"‖∇‖ {short(known)}")
    return tuple(lines)


def _scene(
    part: Part, layout: Layout, values: dict[Item, Numbers], back: Backwards | None, options: Options
) -> Scene:
    drawn = {item.tensor.order for item in part.items if item.tensor is not None}
    nodes = tuple(_mark(item, layout, values, back, drawn) for item in part.items)
    keys = {link: f"e{k}" for k, link in enumerate(part.links)}
    placer = Placer(part.items, layout)
    near = _ends(part)
    lines = [_line(link, keys[link], layout, placer, near[link]) for link in part.links]
    order: Any = ()
    if back is not None:
        flipped = {"start": "end", "end": "start", "middle": "middle"}
        lines += [
            _back_line(link, keys[link], layout, placer, (back, flipped[near[link]])) for link in layout.backs
        ]
        order = back.order(part, {link: f"b{keys[link]}" for link in layout.backs})
    width, height = max(layout.size[0], 60.0), layout.size[1]
    drawn_bars: Any = ()
    if "bars" in options.show and back is not None:
        drawn_bars, height = bars(part, layout, back, height)
    legend = None
    if back is not None and back.ramp is not None:
        legend, height, width = back.legend(height, width)
    notes = tuple(part.notes + ([] if back is None else back.notes) + _left_out(placer))
    width = max(width, *(20.0 + 5.2 * len(note) for note in notes)) if notes else width
    size_ = (width, height + 16.0 * len(notes) + (8.0 if notes else 0.0))
    boxes = tuple(layout.boxes)
    return Scene(nodes, tuple(lines), boxes, size_, order, legend, drawn_bars, notes, _title(part, boxes))


def _left_out(placer: Placer) -> list[str]:
    if not placer.omitted:
        return []
    return [f"{placer.omitted} labels of edges had no room; the page and the JSON have them."]


def _mark(
    item: Item, layout: Layout, values: dict[Item, Numbers], back: Backwards | None, drawn: set[int]
) -> Mark:
    x = item.tensor
    gradient, state, fill = (None, "not-computed", None) if back is None else back.of(item)
    name = "⋯" if item.omitted else item.name
    return Mark(
        item.key,
        name,
        None if item.omitted else item.step,
        item.axis,
        item.role,
        layout.at[item],
        item.size,
        "" if x is None or x.op is None else repr(x.op),
        "" if x is None or item.master is not None else formula(x, drawn),
        values.get(item),
        gradient,
        state,
        fill,
        "" if item.master is None else item.master.key,
        item.lines,
    )


def _ends(part: Part) -> dict[Link, str]:
    """Near which end of each link its label is told from those of others: where fewer meet."""
    leaving, entering = Counter(k.source for k in part.links), Counter(k.target for k in part.links)
    found = {}
    for link in part.links:
        out, into = leaving[link.source], entering[link.target]
        found[link] = "middle" if out == into else "end" if out > into else "start"
    return found


def _line(link: Link, key: str, layout: Layout, placer: Placer, near: str) -> Line:
    points = layout.lines[link]
    at = placer.place(layout.own.get(link, points), link.label, 12.0, near=near) if link.label else None
    norm = None if link.contribution is None else float(np.linalg.norm(np.ravel(link.contribution)))
    source, target = link.source.key, link.target.key
    return Line(
        key,
        source,
        target,
        link.kind,
        link.argument,
        link.position,
        points,
        link.label,
        at,
        norm,
        WIDTHS[link.kind],
        through=link.through,
    )


def _back_line(link: Link, key: str, layout: Layout, placer: Placer, known: tuple[Backwards, str]) -> Line:
    points = layout.backs[link]
    back, near = known
    norm = back.norm(link)
    text = short(norm)
    at = placer.place(points, text, 9.0, near=near)
    width = 1.0 if back.ramp is None else back.ramp.width(norm)
    source, target = link.target.key, link.source.key
    kind = "backward"
    return Line(f"b{key}", source, target, kind, link.argument, link.position, points, text, at, norm, width)


def _title(part: Part, boxes: Sequence[Any]) -> str:
    steps = sum(1 if not box.collapsed else box.collapsed for box in boxes)
    names = ", ".join(describe(x) for x in part.outputs[:3]) + (", …" if len(part.outputs) > 3 else "")  # noqa: PLR2004
    over = f" over {steps} time steps" if steps else ""
    return f"Computational graph of {names}{over}: {len(part.items)} nodes, {len(part.links)} edges"
