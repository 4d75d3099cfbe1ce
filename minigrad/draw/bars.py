"""Bars under the grid: how much each step contributes to the gradient of each parameter."""

from __future__ import annotations

from typing import Any

from minigrad.draw.backwards import Backwards
from minigrad.draw.layout import Layout
from minigrad.draw.numbers import norm
from minigrad.draw.part import Part
from minigrad.draw.scene import Bar
from minigrad.op import Array

TALLEST, GAP = 34.0, 16.0


def bars(part: Part, layout: Layout, back: Backwards, height: float) -> tuple[tuple[Bar, ...], float]:
    """A row of bars for each parameter below `height`, under the frames of the steps; and the new height.

    A bar's height is the norm as a part of the largest one of its parameter, on a linear scale.

    Args:
        part: what is drawn.
        layout: where.
        back: the gradients.
        height: the lower edge of the picture.
    """
    sums = _by_step(part)
    place = {box.step: box for box in layout.boxes}
    made = []
    y = height
    for parameter, steps in sums.items():
        y += GAP + TALLEST
        sizes = {step: norm(total) for step, total in steps.items() if step in place}
        finite = [s for s in sizes.values() if 0.0 < s < float("inf")]
        largest = max(finite, default=1.0)
        for step, size in sizes.items():
            box = place[step]
            tall = TALLEST * min(size / largest, 1.0) if size == size else 0.0  # noqa: PLR0124  # NaN
            middle = box.corner[0] + box.size[0] / 2
            fill = None if back.ramp is None else back.ramp.fill(size)
            made.append(Bar(parameter, step, size, (middle - 13.0, y - tall), (26.0, tall), fill or 0))
    return tuple(made), y + GAP if made else height


def _by_step(part: Part) -> dict[str, dict[Any, Array]]:
    """The contributions to the gradient of each parameter, added up by the step of their use."""
    found: dict[str, dict[Any, Array]] = {}
    for link in part.links:
        source = link.source.master or link.source
        if link.kind == "parameter" and link.contribution is not None and link.target.step is not None:
            steps = found.setdefault(source.name, {})
            step = link.target.step
            steps[step] = steps[step] + link.contribution if step in steps else link.contribution
    return found
