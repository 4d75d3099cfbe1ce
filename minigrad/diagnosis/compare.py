"""A finished gradient beside an unrolled network: the comparison, and what is wrong with the derivation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import Any

import numpy as np

from minigrad import check, graph
from minigrad.check import Comparison
from minigrad.check.arrays import as_array
from minigrad.check.compare import Equations
from minigrad.diagnosis import display, page
from minigrad.diagnosis.departure import Departure
from minigrad.diagnosis.explanation import Explanation
from minigrad.diagnosis.finding import Finding
from minigrad.diagnosis.judge import judge
from minigrad.diagnosis.observed import Array
from minigrad.diagnosis.report import Report
from minigrad.diagnosis.tap import Taps
from minigrad.diagnosis.trial import Trial
from minigrad.nn import Run
from minigrad.tensor import Tensor

STATES = {"h": "dh", "a": "da", "o": "dy"}
"""The nodes of a cell whose gradients per step say where a derivation goes wrong."""


def compare(  # two sides, the rest are options
    manual: Any,
    auto: Any,
    *,
    rtol: float = 1e-10,
    atol: float = 0.0,
    require: str | Iterable[Any] | None = None,
    equations: Equations | None = None,
) -> Comparison:
    """Compare two sets of gradients, quantity by quantity; beside a `Run`, say what is wrong.

    All that `minigrad.check.compare` does. Where the automatic side is a `Run`, a mapping may also call
    a gradient by a name with d: "dW" or "W" for ∂L/∂W, "dh" for all ∂L/∂h⁽ᵗ⁾ as an array (T, …),
    ("dh", 3) for one of them, likewise "da", and "dy" for ∂L/∂o⁽ᵗ⁾. What comes out then has `.findings`,
    `.departure` and `.explain(name)`, as a `Report` has them. Arrays of PyTorch, JAX and CuPy are taken.

    Args:
        manual: what was derived by hand.
        auto: what it is measured against.
        rtol: tolerance relative to the largest entry of the quantity.
        atol: absolute tolerance.
        require: what must be on the manual side, as in `minigrad.check.compare`.
        equations: the source of a quantity.

    Raises:
        TypeError: if a side is of another kind.
        ValueError: if a tolerance is negative or not finite, or `require` means nothing.

    Example:
        >>> from minigrad.nn import RNN
        >>> from minigrad.backprop import backprop
        >>> run = RNN(4, 5, 3).unroll([0, 3, 1], [2, 2, 0])
        >>> right = backprop(run.loss).named()
        >>> found = compare({f"d{name}": -right[name] for name in "UWVbc"}, run)
        >>> found.ok, [finding.kind for finding in found.findings]
        (False, ['sign'])
    """
    diagnosed = isinstance(auto, Run) and isinstance(manual, Mapping)
    if diagnosed:
        manual = translated(manual, auto)
    found = check.compare(manual, auto, rtol=rtol, atol=atol, require=require, equations=equations)
    if not diagnosed:
        return found
    given = {f.name: getattr(found, f.name) for f in fields(Comparison)}
    return Diagnosed(**given, manual=manual, run=auto)


@dataclass(frozen=True, repr=False)
class Diagnosed(Comparison):
    """A comparison with an unrolled network, which also knows what is wrong.

    Attributes:
        manual: what was derived by hand.
        run: the unrolled network.
    """

    manual: Mapping[Any, Any] = field(default_factory=dict, compare=False)
    run: Any = field(default=None, compare=False)

    @cached_property
    def report(self) -> Report:
        """The report on the parameters."""
        trial = trial_of(self.manual, self.run)
        return judge([trial], problem=[trial.about])

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The mistakes; none where everything is equal."""
        return () if self.ok else self.report.findings

    @property
    def departure(self) -> Departure | None:
        """The first difference, walking back in time."""
        return None if self.ok else self.report.departure

    def explain(self, name: str) -> Explanation:
        """All about one parameter.

        Raises:
            KeyError: if there is no such parameter.
        """
        return self.report.explain(name)

    def to_dict(self) -> dict[str, Any]:
        """The comparison as JSON can hold it."""
        departure = self.departure.to_dict() if self.departure else None
        return {
            **super().to_dict(),
            "findings": [finding.to_dict() for finding in self.findings],
            "departure": departure,
        }

    def __str__(self) -> str:
        return super().__str__() if self.ok else display.text(self.__rich__())

    def __rich__(self) -> Any:
        from rich.console import Group  # noqa: PLC0415  # only printing needs rich

        more = [] if self.ok else list(display.causes(self.report))
        return Group(super().__rich__(), *more)

    def _repr_html_(self) -> str:
        return super()._repr_html_() + ("" if self.ok else page.causes(self.report))


def translated(manual: Mapping[Any, Any], run: Run) -> dict[Any, Any]:
    """The mapping with "dW" as "W", "dh" as ("h", 1) … ("h", T), and "dy" as ∂L/∂o.

    Example:
        >>> from minigrad.nn import RNN
        >>> run = RNN(4, 5, 3).unroll([0, 3], [2, 2])
        >>> list(translated({"dU": 1.0, "dh": np.zeros((2, 5)), ("dy", 1): np.zeros(3)}, run))
        ['U', ('h', 1), ('h', 2), ('o', 1)]
    """
    known = set(run.names())
    found: dict[Any, Any] = {}
    for key, value in manual.items():
        name, *steps = key if isinstance(key, tuple) and key else (key,)
        node = _node(name, known)
        if node is None:
            found[key] = value
        elif steps:
            found[node, *steps] = value
        elif node in STATES or (node, None) not in run.nodes:
            found |= _by_step(node, key, value, len(run))
        else:
            found[node] = value
    return found


def _node(name: Any, known: set[str]) -> str | None:
    """The node whose gradient is called `name` with a d; None where the name is to be left alone."""
    if not isinstance(name, str) or name in known or not name.startswith("d"):
        return None
    if name == "dy" and "y" not in known:
        return "o" if "o" in known else None
    return name[1:] if name[1:] in known else None


def _by_step(node: str, key: Any, value: Any, steps: int) -> dict[Any, Any]:
    """An array (T, …) as one gradient for each step; of another length as it is, for the table to refuse."""
    items = list(value) if isinstance(value, (list, tuple)) else list(as_array(value))
    return {(node, t): item for t, item in enumerate(items, 1)} if len(items) == steps else {key: value}


def trial_of(manual: Mapping[Any, Any], run: Run) -> Trial:
    """The run as a trial: its parameters and h(0), and what is known of its states as taps."""
    leaves = {n.name: n for n in graph.nodes(run.loss) if n.op is None and n.step is None and n.name}
    if ("h", 0) in manual and "h" in run.initial:
        leaves["h0"] = run.initial["h"]
    given: dict[str, Array] = {}
    taps: Taps = {}
    for key, value in manual.items():
        array = _array(value)
        if array is None:
            continue
        if isinstance(key, Tensor):
            key = key.name if key.step is None else (key.name, key.step)  # noqa: PLW2901  # its name is the key
        if key == ("h", 0):
            given["h0"] = array
        elif key in leaves:
            given[key] = array
        elif isinstance(key, tuple) and key[0] in STATES:
            taps.setdefault(STATES[key[0]], {})[key[1]] = array
    sizes = _sizes(run)
    about = " ".join(f"{letter}={n}" for letter, n in sizes.items())
    return Trial(run.loss, leaves, given, tuple(given), taps, sizes, about)


def _array(value: Any) -> Array | None:
    """The numbers of a gradient, None where the table has refused it already."""
    try:
        array = as_array(value)
    except Exception:  # noqa: BLE001  # the comparison has a row for it
        return None
    return (
        array if array.dtype.kind == "f" else array.astype(np.float64) if array.dtype.kind in "iu" else None
    )


def _sizes(run: Run) -> dict[str, int]:
    """The sizes of a run, as far as its nodes have the usual names."""
    sizes = {"T": len(run)}
    out = run.outputs[0]
    if "h" in out and out["h"].ndim:
        sizes["B"] = out["h"].shape[0] if out["h"].ndim > 1 else 1
        sizes["H"] = out["h"].shape[-1]
    if "o" in out and out["o"].ndim:
        sizes["O"] = out["o"].shape[-1]
    return sizes
