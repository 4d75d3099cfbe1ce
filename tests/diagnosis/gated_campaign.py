"""Plant mistakes and count how many are named."""

import warnings

import gated_table
import numpy as np
from gated_mutants import both

from minigrad.diagnosis.finding import KINDS
from minigrad.diagnosis.gated import explain_gated

CELLS = (
    ("lstm", ""),
    ("gru", "before,z-old"),
    ("gru", "before,z-new"),
    ("gru", "after,z-old"),
    ("gru", "after,z-new"),
)


def planted(cell, variant, seed, *mistakes):
    """The two problems with some mistakes; None where a mistake changes nothing."""
    options = {} if cell == "lstm" else {"variant": variant}
    return both(cell, seed, *mistakes, **options)


def visible(problems):
    """Whether the mistakes change the numbers of either problem."""
    return any(
        np.max(np.abs(o.manual[role] - o.auto[role])) > 1e-9 for o in problems for role in o.manual
    )  # fmt: skip


def names(findings, row):
    """Whether some finding, or an alternative of one, names a planted mistake."""
    _, kinds, step, where = row
    for finding in findings:
        if finding.kind not in kinds or (
            where and finding.quantity != "all" and where not in finding.quantity
        ):
            continue
        if step is None or finding.step == step:
            return True
    return False


def sound(findings):
    """Every finding is of a known kind and either reproduces the numbers or claims no cause."""
    return all(
        f.kind in KINDS
        and (f.kind == "unexplained" or (f.reproduces_to is not None and f.reproduces_to <= 1e-8))
        for f in findings
    )


def explained(findings):
    """Whether everything is explained."""
    return bool(findings) and all(f.kind != "unexplained" for f in findings)


def single(cell, variant, seed, row):
    """The findings of one planted mistake; nothing where it is invisible."""
    problems = planted(cell, variant, seed, row[0])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return explain_gated(problems) if visible(problems) else None


def place(row):
    """Where a mistake is, such as "slope" or "Wh"."""
    return row[0].split(":", maxsplit=1)[0].split()[0]


def apart(rule, total):
    """Whether two mistakes are two: a dWh that stands for Wh carries the mistakes of its own sum."""
    return not rule[0].startswith("path buffer") or place(total) not in {"Wh", "W"}


def several(cell, variant, seed, count, rng):
    """Some rows of the table at once, the first from the recursion, and the findings."""
    # The mutants sum each window anew, so that a mistake in a sum is another one there.
    recursion = [row for row in gated_table.recursion(cell, variant) if place(row) != "window"]
    sums, chosen = gated_table.sums(cell), []
    while not chosen or not all_visible(cell, variant, seed, chosen):
        chosen = [recursion[rng.integers(len(recursion))]]
        while len(chosen) < count:
            rows = sums if len(chosen) % 2 else recursion
            more = rows[rng.integers(len(rows))]
            if all(place(more) != place(c) and apart(more, c) and apart(c, more) for c in chosen):
                chosen.append(more)
    return chosen, explain_gated(planted(cell, variant, seed, *(c[0] for c in chosen)))


def all_visible(cell, variant, seed, chosen):
    """Whether each of some mistakes changes a number in the presence of the others."""
    everything = planted(cell, variant, seed, *(c[0] for c in chosen))
    for one in chosen:
        others = planted(cell, variant, seed, *(c[0] for c in chosen if c is not one))
        if not any(
            np.max(np.abs(a.manual[role] - b.manual[role])) > 1e-9
            for a, b in zip(everything, others, strict=True)
            for role in a.manual
        ):
            return False
    return True
