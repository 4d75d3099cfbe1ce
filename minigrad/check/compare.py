"""A gradient derived by hand beside an automatic one."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from minigrad.check.comparison import Comparison
from minigrad.check.quantity import Quantity
from minigrad.check.row import Tolerance, judge
from minigrad.check.side import requirements, side

Equations = Mapping[Any, str] | Callable[[Any], str]


def compare(
    manual: Any,
    auto: Any,
    *,
    rtol: float = 1e-10,
    atol: float = 0.0,
    require: str | Iterable[Any] | None = None,
    equations: Equations | None = None,
) -> Comparison:
    """Compare two sets of gradients, quantity by quantity.

    Each side is a mapping from names, (name, step) or tensors to arrays, a `GradTable`, a `Run`
    (whose loss is differentiated), or a closed form. In a table or run the key "W" means the gradient
    of W, ("h", 3) that of the node h⁽³⁾, and ("W", 3), where W is a parameter, the contribution of its
    uses at step 3 (Goodfellow 10.25). Two entries are equal if |manual - automatic| ≤ atol + rtol ·
    the largest finite |automatic| entry of the same quantity; for float32 take rtol=1e-4.

    Everything in a mapping is compared. Of a table on the automatic side, `require` says what must
    be on the manual side, lest the verdict be "missing"; what is neither required nor on the manual
    side stands in `Comparison.skipped`.

    Args:
        manual: what was derived by hand.
        auto: what it is measured against.
        rtol: tolerance relative to the largest entry of the quantity.
        atol: absolute tolerance.
        require: None for a mapping's every key, for every tensor of a table made with `wrt=`, and for
            the parameters (named leaves outside of time) of a run or of a table of every node; "all"
            for every named node; or a list of keys.
        equations: the source of a quantity by key, or else by name; or a function of the key.

    Raises:
        TypeError: if a side is of another kind.
        ValueError: if a tolerance is negative or not finite, or `require` means nothing.

    Example:
        >>> import minigrad as mg
        >>> W = mg.Tensor([1.0, 2.0], name="W")
        >>> print(compare({"W": [2.0, 4.5]}, mg.backprop((W * W).sum())).worst)
        W: different: 4.5 (manual) ≠ 4.0 (automatic) at [1], off by 0.5 = 0.12 of the largest entry
    """
    for name, value in (("rtol", rtol), ("atol", atol)):
        if not (math.isfinite(value) and value >= 0):
            msg = f"compare wants {name} ≥ 0 and finite; given: {value!r}"
            raise ValueError(msg)
    left, right = side("manual", manual), side("automatic", auto)
    given = left.default()
    answered = {right.resolve(q) for q in given}
    wanted = given + [q for q in requirements(right, require) if q not in answered]
    tolerance = Tolerance(float(rtol), float(atol))
    rows = [
        judge(q, left.find(q), right.find(q), tolerance, _source(equations, q)) for q in dict.fromkeys(wanted)
    ]
    compared = {right.resolve(q) for q in wanted}
    skipped = [q for q in right.quantities() if q not in compared]
    return Comparison(tuple(rows), tolerance, tuple(skipped))


def _source(equations: Equations | None, quantity: Quantity) -> str:
    """The equation behind a quantity, empty if none is given."""
    if equations is None:
        return ""
    name, step = quantity
    steps = step if isinstance(step, tuple) else (step,)
    key = name if step is None else (name, *steps)
    if isinstance(equations, Mapping):
        return str(equations.get(key, equations.get(name, "")))
    try:
        return str(equations(key))
    except KeyError:
        return ""
