"""When nothing can be said although gradients were found: what is missing, hidden, or left the graph."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from minigrad import graph
from minigrad.foreign.analysis import Analysis
from minigrad.foreign.doors import Door
from minigrad.foreign.errors import ForeignError
from minigrad.foreign.parameters import ancestors
from minigrad.foreign.steps import blind
from minigrad.tensor import Tensor


def before(analysis: Analysis, path: Path) -> ForeignError | None:
    """Why nothing can be compared: it's unclear of what an upstream gradient is."""
    if not analysis.doubtful:
        return None
    msg = (
        f"none of the gradients ({', '.join(analysis.names)}) is right, be what is handed in the gradient of "
        "the probabilities or of what they are computed from; say of what it is in a case file, by "
        'loss=("upstream", output, G)'
    )
    return _at(analysis, path, msg)


def of_right(analysis: Analysis, path: Path) -> ForeignError | None:
    """Why gradients that are right are not enough: others were not found, or no mistake could show."""
    if analysis.missing:
        msg = (
            f"no gradient was found for {', '.join(analysis.missing)}, and what was found "
            f"({', '.join(analysis.names)}) is right; say by --params, or in a case, what is to be checked"
        )
        return _at(analysis, path, msg)
    if len(analysis.names) == 1 and sum(n > 1 for n in analysis.auto[analysis.names[0]].shape) <= 1:
        msg = (
            f"only the gradient of {analysis.names[0]} was found, and it is right; say by --params, or in a "
            "case, what is to be checked"
        )
        return _at(analysis, path, msg)
    hidden = blind(analysis)
    if hidden:
        msg = (
            f"with the inputs of this run the gradient of {', '.join(hidden)} is zero, right or wrong, and "
            "the others are right; write a case file with a longer sequence"
        )
        return _at(analysis, path, msg)
    return None


def of_wrong(analysis: Analysis, path: Path, doors: Iterable[Door]) -> ForeignError | None:
    """Why gradients that differ may be right: a value left the graph on the way to the loss."""
    leaves = {leaf.order for leaf in analysis.leaves.values()}
    last = _made(analysis)
    for door in doors:
        if door.node.order < last and leaves & ancestors(door.node):
            msg = (
                f"{door.how} takes a value out of the graph here, so that the automatic gradient is not "
                "complete and nothing can be said: write it with NumPy's functions, or leave the line out in "
                "a case file"
            )
            return ForeignError(msg, door.path or path, door.line or None)
    return None


def _made(analysis: Analysis) -> int:
    """The creation counter of the last node of the loss that the file itself has made."""
    end = max((f.value.order for f in analysis.capture.after if isinstance(f.value, Tensor)), default=0)
    return max((node.order for node in graph.nodes(analysis.loss.node) if node.order <= end), default=0)


def _at(analysis: Analysis, path: Path, msg: str) -> ForeignError:
    capture = analysis.capture
    return ForeignError(msg, capture.path or path, capture.line or None)
