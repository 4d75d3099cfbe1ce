"""The closed forms of several sequences put together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from minigrad.closed_form import ClosedForm
from minigrad.closed_form.huang_vector import state_jacobian

Table = dict[Any, Any]
PARAMETERS = frozenset("UWVbc")


def together(forms: Sequence[ClosedForm]) -> ClosedForm:
    """One form for N sequences: parameters' gradients added up, nodes' stacked `(N, …)`.

    ∂L/∂L(t) is 1 whatever N is, L(t) being the sum over the sequences.

    Example:
        >>> one = ClosedForm({}, {"W": np.array(2.0), ("h", 1): np.array([3.0])}, {})
        >>> both = together([one, one])
        >>> both.gradients["W"].item(), both.gradients["h", 1].shape
        (4.0, (2, 1))
    """
    if len(forms) == 1:
        return forms[0]
    return ClosedForm(
        {},
        _merged([form.gradients for form in forms]),
        _merged([form.jacobians for form in forms]),
        _merged([form.loss_terms for form in forms]),
    )


def _merged(tables: Sequence[Table]) -> Table:
    return {key: _entry(key, [table[key] for table in tables]) for key in tables[0]}


def _entry(key: Any, values: list[Any]) -> Any:
    name = key if isinstance(key, str) else key[0]
    if name in PARAMETERS:
        return np.sum(values, axis=0)
    return values[0] if name == "L" else np.stack(values)


def state_products(form: ClosedForm, W: Any, steps: Sequence[int], last: int) -> Table:
    """("h", T, k) → ∂h(T)/∂h(k) for one sequence, by Huang (58)–(62), for a scalar W by (13)."""
    s = np.stack([form.forward["h", t] for t in range(last + 1)])
    if np.ndim(W) == 0:
        return {("h", last, k): np.prod((1 - s[k + 1 :] ** 2) * W) for k in steps}
    return {("h", last, k): state_jacobian(W, s, last, k) for k in steps}
