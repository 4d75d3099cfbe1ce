"""Derivatives of a function of NumPy at orders 1, 2, 3, each against differences of the order below."""

from __future__ import annotations

import importlib
import pkgutil
from typing import Any

import numpy as np

import minigrad as mg
from minigrad import ops

for _module in pkgutil.iter_modules(ops.__path__, "minigrad.ops."):
    importlib.import_module(_module.name)

TOLERANCES = {1: 1e-9, 2: 1e-7, 3: 1e-5}
WEIGHTS = {1: 4 / 5, 2: -1 / 5, 3: 4 / 105, 4: -1 / 280}
"""Of f(x + kh) - f(x - kh) in the difference of eighth order."""


def derivatives(f: Any, xs: list[Any], order: int) -> tuple[Any, list[mg.Tensor]]:
    """A scalar made of the derivatives of f of the given order, with the tensors that it depends on."""
    rng = np.random.default_rng(3)
    leaves = [mg.Tensor(x) for x in xs]
    y = f(*leaves)
    s = np.sum(y * rng.uniform(0.5, 1.5, y.shape).astype(y.dtype))
    for _ in range(order):
        table = mg.backprop(s, record=True)
        s = 0.0
        for x in leaves:
            r = rng.uniform(0.5, 1.5, x.shape).astype(x.dtype)
            s = s + np.sum(r * (table[x] if x in table else np.zeros(x.shape)))
        if not isinstance(s, mg.Tensor):
            break
    return s, leaves


def slope(f: Any, xs: list[Any], vs: list[Any], order: int) -> float:
    """The derivative along `vs` of the scalar made of derivatives of one order less."""
    s, leaves = derivatives(f, xs, order - 1)
    if not isinstance(s, mg.Tensor):
        return 0.0
    table = mg.backprop(s)
    return sum(float(np.sum(table[x] * v)) for x, v in zip(leaves, vs, strict=True) if x in table)


def difference(f: Any, xs: list[Any], vs: list[Any], order: int, h: float) -> float:
    """The same by a central difference of eighth order."""

    def value(k: int) -> float:
        moved = [x + k * h * v for x, v in zip(xs, vs, strict=True)]
        return float(getattr(derivatives(f, moved, order - 1)[0], "value", 0.0))

    return sum(w * (value(k) - value(-k)) for k, w in WEIGHTS.items()) / h


def check_orders(f: Any, *xs: Any, h: float = 2e-3) -> None:
    """Compare orders 1, 2 and 3 at `xs` along a random direction."""
    rng = np.random.default_rng(5)
    points = [np.asarray(x, float) for x in xs]
    vs = [rng.uniform(-1, 1, np.shape(x)) for x in points]
    for order, tolerance in TOLERANCES.items():
        got, want = slope(f, points, vs, order), difference(f, points, vs, order, h)
        off = abs(got - want) / max(abs(want), 1.0)
        assert off <= tolerance, f"order {order}: {got!r}, wanted {want!r}, off by {off:.1e}"


def check_values_and_types(f: Any, *xs: Any) -> None:
    """The value of NumPy; the gradient in float32 near that in float64, of the leaf's shape and type."""
    grads = {}
    for dtype in (np.float64, np.float32):
        arrays = [np.asarray(x, dtype) for x in xs]
        leaves = [mg.Tensor(x) for x in arrays]
        y, want = f(*leaves), np.asarray(f(*arrays))
        assert isinstance(y, mg.Tensor)
        assert (y.shape, y.dtype) == (want.shape, want.dtype)
        eps = 4 * np.finfo(dtype).eps
        scale = np.max(np.abs(want), initial=0.0)
        np.testing.assert_allclose(y.value, want, rtol=eps, atol=eps * scale)
        table = mg.backprop(y, seed=np.ones(y.shape))
        grads[dtype] = [table[x] for x in leaves]
        for x, g in zip(leaves, grads[dtype], strict=True):
            assert (g.shape, g.dtype) == (x.shape, x.dtype)
    for wide, narrow in zip(*grads.values(), strict=True):
        scale = np.max(np.abs(wide), initial=1e-3)
        np.testing.assert_allclose(narrow, wide, rtol=2e-3, atol=2e-3 * scale)
