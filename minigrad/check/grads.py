"""A gradient checked against the function that it belongs to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from minigrad.check.entries import Variable, VariableReport
from minigrad.check.probe import Function, Probe, projected_gradient, title


@dataclass(frozen=True)
class GradReport:
    """What `check_grads` found to be right.

    Attributes:
        orders: for each order of differentiation a report on each variable.
    """

    orders: tuple[tuple[VariableReport, ...], ...]

    def __str__(self) -> str:
        return "\n".join(
            f"order {order}: {report}" for order, reports in enumerate(self.orders, 1) for report in reports
        )


def check_grads(
    f: Function,
    args: Any,
    order: int = 1,
    *,
    rtol: float | None = None,
    entries: int = 1000,
) -> GradReport:
    """Check minigrad's gradient of f(*args) with respect to every floating-point argument.

    Where f is analytic (it takes complex numbers and treats them consistently) the truth is the
    complex step, exact to rounding; elsewhere it is central differences. At a kink, as of the
    absolute value at 0, each value between the slopes to the left and to the right is right; at a
    jump nothing is judged. An f that returns an array is weighted with fixed random numbers and summed.

    Args:
        f: takes arrays and tensors, or tensors alone, and returns one array of any shape.
        args: its arguments, a list or tuple; one that is no list or tuple is the only argument. Each
            may be a nest of lists, tuples and dicts. Floating-point arrays, numbers and tensors are
            variables; all else, also integers, is passed on as it is.
        order: 2 checks also the gradient of a random projection of the recorded gradient, and so on.
        rtol: the tolerance relative to the largest entry of the gradient; None for 1e-10 by the complex
            step and 1e-6 by differences in float64, 1e-4 in float32, 1e-2 in float16.
        entries: of a larger variable only so many random entries are checked, and the one that a search
            along random directions finds.

    Returns:
        For each variable what was checked, how, and the largest difference.

    Raises:
        AssertionError: if a gradient is wrong: which argument, the index, both numbers, their ratio; or
            if f is random, leaves the graph, or has another value for tensors than for arrays.
        TypeError: if no argument is a variable, or f returns no array.
        ValueError: if `order` or `entries` is below 1, or the value of f is not finite.

    Example:
        >>> import numpy as np
        >>> def energy(W, x):
        ...     return np.sum(np.tanh(W @ x) ** 2)
        >>> report = check_grads(energy, (np.ones((2, 3)) / 7, np.arange(3.0)))
        >>> [(v.path, v.checked, v.method) for v in report.orders[0]]
        [('W', 6, 'complex step'), ('x', 3, 'complex step')]
    """
    if order < 1 or entries < 1:
        msg = f"check_grads wants order ≥ 1 and entries ≥ 1; given: order={order}, entries={entries}"
        raise ValueError(msg)
    given = tuple(args) if isinstance(args, (list, tuple)) else (args,)
    function = f
    found = []
    size = 0.0
    for k in range(1, order + 1):
        probe = Probe(function, given, size)
        variables = [Variable(probe, i, rtol) for i in range(len(probe.values))]
        reports = tuple(variable.check(entries) for variable in variables)
        _raise_wrong(f, k, reports)
        found.append(reports)
        size = probe.size
        function = projected_gradient(probe)
    return GradReport(tuple(found))


def _raise_wrong(f: Function, order: int, reports: tuple[VariableReport, ...]) -> None:
    """Raise AssertionError if an entry is wrong, with the worst of each variable."""
    bad = [report for report in reports if report.wrong]
    if not bad:
        return
    what = f"the gradient of {title(f)} is wrong"
    if order > 1:
        what = f"the derivative of order {order} of {title(f)}, along a random direction, is wrong"
    lines = [
        f"  with respect to {r.path} {r.wrong[0]} ({len(r.wrong)} of {r.checked} entries are wrong"
        f"{f'; {r.relation}' if r.relation else ''})"
        for r in bad
    ]
    raise AssertionError("\n".join([what, *lines]))
