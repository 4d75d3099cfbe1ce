"""The check of an op's rules on one example: orders 1 and 2 against differences, in any layout."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
from drawing import Example

import minigrad as mg

TOLERANCE = {
    (1, np.float64): 1e-10,
    (2, np.float64): 1e-7,
    (1, np.float32): 2e-3,
    (2, np.float32): 2e-3,
}
LAYOUTS = ("C", "F", "strided", "negative", "read-only")
Arrays = tuple[Any, ...]


def complex_step(f: Callable[..., Any], inputs: Arrays, i: int) -> Any:
    """d f / d inputs[i] for a scalar f that is analytic; no cancellation, so good to 1e-15."""
    start = [x.astype(complex) if is_float(x) else x for x in inputs]
    gradient = np.zeros(inputs[i].shape)
    for place in np.ndindex(gradient.shape):
        nudged = start[i].copy()
        nudged[place] += 1e-30j
        gradient[place] = f(*start[:i], nudged, *start[i + 1 :]).imag / 1e-30
    return gradient


def central(f: Callable[..., Any], inputs: Arrays, i: int, h: float = 1e-3) -> Any:
    """d f / d inputs[i] for a scalar f, by central differences of fourth order."""
    gradient = np.zeros(inputs[i].shape)
    for place in np.ndindex(gradient.shape):
        values = []
        for steps in (-2, -1, 1, 2):
            nudged = inputs[i].copy()
            nudged[place] += steps * h
            values.append(f(*inputs[:i], nudged, *inputs[i + 1 :]))
        far_left, left, right, far_right = values
        gradient[place] = (far_left - 8 * left + 8 * right - far_right) / (12 * h)
    return gradient


def is_float(x: Any) -> bool:
    return getattr(x, "dtype", np.dtype(int)).kind == "f"


@cache
def cotangents(example: Example) -> tuple[Any, list[Any]]:
    """G for y, and the second cotangents R, one for each input with a type that has slopes."""
    rng = np.random.default_rng(11)
    shape = np.shape(example.op.f(*example.inputs))
    G = np.asarray(rng.uniform(0.3, 1.5, shape) * rng.choice([-1.0, 1.0], shape))
    R = [np.asarray(rng.uniform(0.3, 1.5, example.inputs[i].shape)) for i in example.floats]
    return G, R


@cache
def first_reference(example: Example) -> list[Any]:
    """The true contributions to the inputs."""
    G, _ = cotangents(example)
    differences = complex_step if example.analytic else central

    def loss(*inputs: Any) -> Any:
        return np.sum(G * example.op.f(*inputs))

    return [differences(loss, example.inputs, i) for i in example.floats]


@cache
def second_reference(example: Example) -> list[Any]:
    """The true derivatives of Σ R · contribution by G and by the inputs.

    Differences of the rule on arrays, which `check_first` compares with the complex step.
    """
    G, R = cotangents(example)
    operands = (G, *example.inputs)
    h = 1e-4 if example.op.label in ("max", "min", "maximum", "minimum", "clip") else 1e-3

    def loss(G: Any, *inputs: Any) -> Any:
        return pulled(example, G, inputs, R)

    return [central(loss, operands, i, h) for i in (0, *(i + 1 for i in example.floats))]


def pulled(example: Example, G: Any, inputs: Arrays, R: list[Any]) -> Any:
    """Σ R · contribution by the rules on arrays."""
    y = np.asarray(example.op.f(*inputs))
    total = 0.0
    for r, i in zip(R, example.floats, strict=True):
        g = example.op.bprop(i, G, y, *inputs)
        total += 0.0 if g is None else np.sum(r * g)
    return total


def placed(x: Any, layout: str) -> Any:
    """An array of the same entries in memory of the given layout."""
    if layout == "F":
        return np.array(x, order="F")
    if layout == "strided" and x.ndim:
        wide = np.full((*x.shape[:-1], 2 * x.shape[-1]), 7, x.dtype)
        wide[..., ::2] = x
        return wide[..., ::2]
    if layout == "negative":
        return np.flip(np.flip(x).copy())
    x = x.copy()
    x.flags.writeable = layout != "read-only"
    return x


def placed_tensor(x: Any, layout: str) -> mg.Tensor:
    """A tensor of the same entries whose value has the given layout, where there is one."""
    if layout == "F":
        return mg.Tensor(x.T.copy()).T
    if layout == "strided" and x.ndim:
        return mg.Tensor(np.repeat(x, 2, axis=-1))[..., ::2]
    if layout == "negative" and x.ndim:
        turned = (slice(None, None, -1),) * x.ndim
        return mg.Tensor(x[turned])[turned]
    return mg.Tensor(x)


def given(example: Example, dtype: Any, layout: str) -> Arrays:
    """The inputs in another type and layout."""
    return tuple(
        placed(x.astype(dtype) if is_float(x) else x, layout) if isinstance(x, np.ndarray) else x
        for x in example.inputs
    )


def check_first(example: Example, dtype: Any = np.float64, layout: str = "C") -> None:
    """The rules on arrays, by the engine, and on tensors, against the true gradient."""
    op, inputs = example.op, given(example, dtype, layout)
    y = np.asarray(op.f(*inputs))
    G = placed(cotangents(example)[0].astype(y.dtype), layout)
    before = [np.array(x) for x in (G, y, *inputs)]
    leaves = [placed_tensor(x, layout) if is_float(x) else x for x in inputs]
    node = op(*leaves)
    eager = mg.backprop(node, seed=G)
    recorded = mg.backprop(node, seed=mg.Tensor(G), record=True)
    for want, i in zip(first_reference(example), example.floats, strict=True):
        what = f"{example}, {op.argument(i)}, {layout}, {np.dtype(dtype)}"
        contribution = op.bprop(i, G, y, *inputs)
        if contribution is None:
            contribution = np.zeros_like(inputs[i])
        if contribution.dtype == y.dtype:
            contribution = contribution.astype(dtype)  # where the op has widened its input
        tolerance = TOLERANCE[1, dtype]
        compare(contribution, want, dtype, tolerance, f"rule on arrays: {what}")
        compare(eager[leaves[i]], want, dtype, tolerance, f"backprop: {what}")
        again = recorded[leaves[i]]
        again = getattr(again, "value", again)
        compare(again, eager[leaves[i]], dtype, 1e-6 if dtype == np.float32 else 1e-14, what)
    for old, new in zip(before, (G, y, *inputs), strict=True):
        assert np.array_equal(old, new), f"{example}: a rule has changed what it was given"


def check_second(example: Example, dtype: Any = np.float64, layout: str = "C") -> None:
    """The gradient of the recorded gradient, by G and by each input, against differences."""
    op, inputs = example.op, given(example, dtype, layout)
    G, R = cotangents(example)
    leaves = [placed_tensor(x, layout) if is_float(x) else x for x in inputs]
    node = op(*leaves)
    seed = placed_tensor(G.astype(node.dtype), layout)
    grads = mg.backprop(node, seed=seed, record=True)
    terms: list[Any] = []
    for r, i in zip(R, example.floats, strict=True):
        if isinstance(grads[leaves[i]], mg.Tensor):
            terms.append(np.sum(grads[leaves[i]] * r.astype(dtype)))
    wrt = [seed, *(leaves[i] for i in example.floats)]
    wanted = second_reference(example)
    if not terms:
        assert not any(np.any(want) for want in wanted), f"{example}: no gradient was recorded"
        return
    table = mg.backprop(sum(terms[1:], terms[0]))
    names = ["G", *(op.argument(i) for i in example.floats)]
    for x, want, name in zip(wrt, wanted, names, strict=True):
        got = table[x] if x in table else np.zeros_like(x.value)
        compare(got, want, x.dtype, TOLERANCE[2, dtype], f"order 2: {example}, by {name}, {layout}")


def compare(got: Any, want: Any, dtype: Any, tolerance: float, what: str) -> None:
    """Shape, type, and entries relative to the largest one.

    Raises:
        AssertionError: naming `what` and the worst entry.
    """
    assert isinstance(got, (np.ndarray, np.generic)), f"{what}: {type(got).__name__} is no array"
    assert got.shape == want.shape, f"{what}: shape {got.shape}, wanted {want.shape}"
    assert got.dtype == dtype, f"{what}: {got.dtype}, wanted {np.dtype(dtype)}"
    if want.size:
        off = np.abs(got.astype(float) - want) / max(float(np.max(np.abs(want))), 1e-3)
        worst = np.unravel_index(np.argmax(off), off.shape)
        message = f"{what}: {got[worst]!r} at {worst}, wanted {want[worst]!r}"
        assert np.all(off <= tolerance), message
