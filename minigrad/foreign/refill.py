"""The same run with other numbers: parameters of order one, under which no mistake is too small to see."""

from __future__ import annotations

import gc
import re
from collections.abc import Sequence
from typing import Any

import numpy as np

from minigrad import graph
from minigrad.foreign.analysis import Analysis
from minigrad.foreign.names import normal, parts
from minigrad.foreign.reach import Found
from minigrad.foreign.watch import Watch
from minigrad.tensor import Tensor

_STATE = re.compile(
    r"^(h|c|s|a|z)?_?(0|00|t0|init|initial|prev|previous|last|old|start)|prev|hidden|state|^init"
)
_SEED = 1


def replaced(analysis: Analysis) -> list[Found]:
    """What gets other numbers: the weights that have a gradient, and initial states of zero."""
    paired = [p.parameter for p in analysis.pairing.pairs]
    weights = [f for f in paired if f.value.size and analysis.is_weight(f) and not _is_chosen(f)]
    made = max((f.value.order for f in weights), default=0)
    states = [
        f
        for f in analysis.parameters
        if not analysis.is_weight(f) and f.value.order <= made + _LATER and _is_zero_state(f)
    ]
    return weights + states if weights else []


def _is_chosen(found: Found) -> bool:
    """Whether an array holds zeros and ones, as targets and masks do that no name tells."""
    values = found.value.array
    return bool(np.all((values == 0) | (values == 1)) and np.ptp(values) > 0)


_LATER = 10_000


def _is_zero_state(found: Found) -> bool:
    names = [normal(str(parts(name)[-1])) for name in found.names]
    return not np.any(found.value.array) and any(_STATE.search(name) for name in names)


def moment(analysis: Analysis, watch: Watch, targets: Sequence[Found]) -> int:
    """The creation counter before the first node of the network that uses one of the parameters."""
    orders = {f.value.order for f in targets}
    last = max(orders)
    used = [
        node.order
        for node in graph.nodes(analysis.loss.node)
        if node.order > last and any(edge.source.order in orders for edge in graph.inputs(node))
    ]
    first = min(used) - watch.start
    return max(mark for mark in watch.marks if mark <= first)


def refill(targets: Sequence[Found], old: Watch, new: Watch, scale: float) -> None:
    """Give the tensors of the present run that correspond to `targets` of the old one new values.

    Args:
        targets: tensors of the old run.
        old: what watched it.
        new: what watches the present one.
        scale: the size of what is filled in, 1 for weights that neither shrink nor blow up a state.
    """
    rng = np.random.default_rng(_SEED)
    wanted = {f.value.order - old.start + new.start: f for f in targets}
    handles: dict[int, Tensor] = {}
    for candidate in gc.get_objects():
        if type(candidate) is Tensor and candidate.order in wanted:
            handles[candidate.order] = candidate
    for order in sorted(wanted):
        if order in handles and handles[order].shape == wanted[order].value.shape:
            handles[order].value = _numbers(handles[order].shape, scale, rng)


def _numbers(shape: tuple[int, ...], scale: float, rng: np.random.Generator) -> Any:
    """Random numbers of order one; of a matrix so that its products are of order one."""
    sizes = [n for n in shape if n > 1]
    fan = min(sizes) if len(sizes) > 1 else 4
    return scale * rng.normal(size=shape) * (1.2 / np.sqrt(fan))
