"""Forward and backward of the vanilla RNN, every contestant side by side."""

from collections.abc import Callable, Sequence

import numpy as np
from agreement import TOLERANCE, disagreement
from contestant import Contestant
from problem import SIZES, Array, Problem
from table import Table
from timing import ratio, time_rounds

Seconds = dict[str, Array]


def compare(
    contestants: Sequence[Contestant],
    problem: Problem,
    rounds: int,
    tick: Callable[[], None],
) -> tuple[Seconds, dict[str, float]]:
    """Everybody's error against `hand`, and the seconds of those that agree."""
    runs = {each.key: each.make(problem) for each in contestants}
    reference = runs["hand"]()
    errors = {key: disagreement(run(), reference) for key, run in runs.items()}
    tolerance = TOLERANCE[problem.x.dtype.name]
    fit = {key: run for key, run in runs.items() if errors[key] <= tolerance}
    return time_rounds(fit, rounds, tick), errors


def detailed(
    title: str,
    contestants: Sequence[Contestant],
    problem: Problem,
    seconds: Seconds,
    errors: dict[str, float],
) -> Table:
    """A row per contestant: error, ops recorded, median, ratio to each."""
    numbers = {each.key: i for i, each in enumerate(contestants, start=1)}
    table = Table(title, ["", "error", "ops", "ms", *(f"/{numbers[key]}" for key in seconds)])
    for each in contestants:
        ops = str(each.ops(problem)) if each.ops else "–"
        row = [f"{numbers[each.key]} {each.title}", f"{errors[each.key]:.0e}", ops]
        if each.key in seconds:
            own = seconds[each.key]
            ratios = [f"{ratio(own, other):.2f}" for other in seconds.values()]
            table.rows.append([*row, f"{1e3 * np.median(own):.3f}", *ratios])
        else:
            table.rows.append([*row, "disagrees", *["–"] * len(seconds)])
    table.remarks.append("/1: time over that of contestant 1, median of the rounds' ratios")
    return table


def summary(contestants: Sequence[Contestant], cells: dict[tuple[str, str], Seconds]) -> Table:
    """A row per contestant, a column per dtype and size: ratio to `hand`."""
    columns = [f"{size} {dtype[-2:]}" for dtype, size in cells]
    table = Table("Time relative to the plain hand-written loop", ["", *columns])
    for each in contestants:
        ratios = [
            f"{ratio(seconds[each.key], seconds['hand']):.2f}" if each.key in seconds else "–"
            for seconds in cells.values()
        ]
        table.rows.append([each.title, *ratios])
    table.remarks += [
        f"{name}: K={size.K} H={size.H} N={size.N} T={size.T}"
        for name, size in SIZES.items()
        if any(name == of for _, of in cells)
    ]
    return table
