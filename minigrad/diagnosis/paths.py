"""One rule of the graph that, altered, reproduces every gradient at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from minigrad.diagnosis.altered import LARGEST, Alteration, Role, alterations, altered, role_text, roles
from minigrad.diagnosis.factor import EXACT
from minigrad.diagnosis.finding import Finding
from minigrad.diagnosis.trial import Trial, distance
from minigrad.tensor import Tensor

_ROLES = 120
_PRODUCTS = {"matmul", "linear", "affine"}
_LEAF = "leaf"
_DEPTHS = (3, 0, 5)
Edges = set[tuple[int, int]]
Table = dict[Role, list[tuple[int, int]]]


def altered_path(trials: Sequence[Trial], names: Sequence[str]) -> Finding | None:
    """A rule that is altered at every step, or an edge of one step that is missing; None if none is found.

    Args:
        trials: the problems.
        names: the gradients that must be reproduced, the right ones among them.
    """
    if max(len(trial.nodes) for trial in trials) > LARGEST or not names:
        return None
    for depth in _DEPTHS:
        tables = [roles(trial, depth) for trial in trials]
        shared = [role for role in tables[0] if role.source != _LEAF and all(role in t for t in tables)]
        # Of two edges in a row, the one at a parameter says more, and then the one nearer to the loss.
        shared = sorted(shared[::-1][:_ROLES], key=lambda role: role.op not in _PRODUCTS)
        found = _everywhere(trials, names, tables, shared) or _at_an_end(trials, names, tables, shared)
        if found is not None:
            return found
    return None


def _everywhere(
    trials: Sequence[Trial], names: Sequence[str], tables: Sequence[Table], shared: Sequence[Role]
) -> Finding | None:
    """A rule that is altered at every step."""
    for role in shared:
        chosen = [set(table[role]) for table in tables]
        for alteration in _ways(trials[0], tables[0], role):
            exact = _exact(trials, names, chosen, alteration)
            if exact is not None:
                return _finding(trials, tables, role, alteration, "at every step", exact)
    return None


def _at_an_end(
    trials: Sequence[Trial], names: Sequence[str], tables: Sequence[Table], shared: Sequence[Role]
) -> Finding | None:
    """An edge of the first or last step that is missing."""
    left_out = Alteration("missing-edge", "is left out", lambda *_: None)
    for role in shared:
        for place, words in ((0, "at the first step"), (-1, "at the last step")):
            chosen = [{table[role][place]} for table in tables]
            exact = _exact(trials, names, chosen, left_out)
            if exact is not None:
                return _finding(trials, tables, role, left_out, words, exact)
    return None


def _ways(trial: Trial, table: Table, role: Role) -> Iterator[Alteration]:
    consumer = _consumer(trial, table[role][-1])
    return alterations(consumer, role.position)


def _consumer(trial: Trial, edge: tuple[int, int]) -> Tensor:
    return next(node for node in trial.nodes if node.order == edge[0])


def _exact(
    trials: Sequence[Trial], names: Sequence[str], chosen: Sequence[Edges], alteration: Alteration
) -> float | None:
    """How well the altered rule reproduces the gradients, None if not to 1e-8."""
    worst = 0.0
    for trial, edges in zip(trials, chosen, strict=True):
        try:
            given = altered(trial, edges, alteration.change)
        except (ValueError, TypeError):  # the altered rule does not fit the shapes here
            return None
        for name in names:
            error = distance(trial.manual[name], given[name])
            if not error <= EXACT:
                return None
            worst = max(worst, error)
    return worst


def _finding(
    trials: Sequence[Trial],
    tables: Sequence[Table],
    role: Role,
    alteration: Alteration,
    when: str,
    exact: float,
) -> Finding:
    consumer = _consumer(trials[0], tables[0][role][-1])
    called = {leaf.order: name for name, leaf in trials[0].leaves.items()}
    where = role_text(consumer, role.position, called)
    assert exact <= EXACT  # noqa: S101  # no sentence without the numbers that it claims
    place = "" if len(tables[0][role]) == 1 else f", {when},"
    text = f"The way back through {where}{place} {alteration.text}."
    return Finding(alteration.kind, "all", text, reproduces_to=exact)
