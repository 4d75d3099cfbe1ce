"""The check of one form of a call of NumPy: value, types, and the orders 1, 2 and 3."""

from __future__ import annotations

from typing import Any

import numpy as np
from orders import check_orders, check_values_and_types

RNG = np.random.default_rng(29)


def draw(*shape: int) -> Any:
    return RNG.uniform(0.3, 2.0, shape) * RNG.choice([-1.0, 1.0], shape)


def joined(y: Any) -> Any:
    """A result of several arrays as one."""
    return np.concatenate([np.ravel(part) for part in y]) if isinstance(y, (list, tuple)) else y


def check_form(f: Any, *xs: Any, h: float = 2e-3) -> None:
    """Check f at arrays, or at random ones where a shape is given; the sine brings the higher orders."""
    points = [draw(*x) if isinstance(x, tuple) else np.asarray(x) for x in xs]
    check_values_and_types(lambda *xs: joined(f(*xs)), *points)
    check_orders(lambda *xs: np.sin(joined(f(*xs))), *points, h=h)
