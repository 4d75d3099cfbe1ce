"""The factor between somebody's gradient and the automatic one, and the one that most gradients share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

ALIKE = 1e-6


def factor(manual: Any, auto: Any) -> float | None:
    """c where manual = c · automatic, exactly 1.0 where they are equal; None where there is no such c.

    Example:
        >>> factor([2.0, 4.0], [1.0, 2.0]), factor([1.0, 3.0], [1.0, 2.0])
        (2.0, None)
    """
    m, a = np.asarray(manual).reshape(-1), np.asarray(auto).reshape(-1)
    if m.size != a.size or not np.all(np.isfinite(m)) or not np.all(np.isfinite(a)):
        return None
    size = np.max(np.abs(a), initial=0.0)
    if size == 0:
        return None if np.any(m) else 1.0
    if np.max(np.abs(m - a)) <= ALIKE * size:
        return 1.0
    found = float((m @ a) / (a @ a))
    return found if found and np.max(np.abs(m - found * a)) <= ALIKE * size * abs(found) else None


def common(factors: Sequence[float]) -> float:
    """The factor that occurs most often; 1 if there is none.

    Example:
        >>> common([2.0, 0.5, 2.0]), common([])
        (2.0, 1.0)
    """
    return max(factors, key=lambda c: shared(c, factors), default=1.0)


def shared(one: float, factors: Sequence[float]) -> int:
    """How many factors are equal to one of them."""
    return sum(abs(one - other) <= ALIKE * abs(one) for other in factors)
