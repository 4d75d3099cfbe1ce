"""What is right, and what follows from that: if dWy and dby agree, dy is right."""

from __future__ import annotations

from collections.abc import Sequence

from minigrad.diagnosis.display import listed
from minigrad.diagnosis.measure import Measured
from minigrad.diagnosis.observed import Observed


def agreement(rows: Sequence[Measured], observed: Sequence[Observed]) -> list[str]:
    """Sentences about the gradients that are right while others are wrong; none if all are alike.

    Args:
        rows: of every parameter.
        observed: the same as one recurrent layer, where they are recognised.
    """
    right = {row.name for row in rows if row.ok}
    if not right or len(right) == len(rows):
        return []
    if not observed:
        return [f"{listed([row.name for row in rows if row.ok])}: right"]
    seen = observed[0]
    output = [seen.names[role] for role in ("Wy", "by") if seen.names.get(role) in right]
    layer = [
        name for role, name in seen.names.items() if name in right and role[:2] in {"Wx", "Wh", "bh", "b."}
    ]
    layer = list(dict.fromkeys(layer))
    said = []
    if output and seen.names.get("Wy") in right and _determined(seen):
        said.append(f"{_verb(output)}, so dy is right at every step")
    elif output:
        said.append(_verb(output))
    if layer and _tells_states(seen, right):
        said.append(f"{_verb(layer)}, so da is right at every step: the mistake is in a sum over time")
    elif layer:
        said.append(_verb(layer))
    rest = [row.name for row in rows if row.ok and row.name not in {*output, *layer}]
    return said + ([_verb(rest)] if rest else [])


def _verb(names: Sequence[str]) -> str:
    return f"{listed(list(names))} {'agrees' if len(names) == 1 else 'agree'}"


def _determined(seen: Observed) -> bool:
    """Whether a gradient of the output's weights leaves no choice of dy: the states are independent."""
    steps, batch, _ = seen.upstream.shape
    return bool(steps * batch <= seen.h.shape[-1])


def _tells_states(seen: Observed, right: set[str]) -> bool:
    """Whether a right gradient of a whole weight leaves no choice of da."""
    steps, batch, _ = seen.upstream.shape
    sizes = {"Wx": seen.x.shape[-1], "Wh": seen.h.shape[-1]}
    return seen.cell not in {"lstm", "gru"} and any(
        seen.names.get(role) in right and steps * batch <= size for role, size in sizes.items()
    )
