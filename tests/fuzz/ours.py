"""The gradients of a program by minigrad."""

from __future__ import annotations

from typing import Any

import numpy as np

import minigrad as mg
from fuzz.program import Program, weights


def names(dtype: Any) -> dict[str, Any]:
    """What a program means by its names when it is run on tensors."""
    return {
        "np": np,
        "mg": mg,
        "F": np.dtype(dtype).type,
        "weighted": lambda v: np.sum(weights(np.shape(v), dtype) * v),
    }


def gradients(program: Program, dtype: Any, directions: dict[str, Any] | None = None) -> dict[str, Any]:
    """Gradient by leaf; with directions that of Σ direction · gradient, so a second derivative."""
    leaves = {name: mg.Tensor(value.astype(dtype), name=name) for name, value in program.leaves.items()}
    loss = program.run(leaves, names(dtype))
    check_value(program, loss, dtype)
    found = {name: np.zeros(leaf.shape, dtype) for name, leaf in leaves.items()}
    reached = {node.order for node in mg.graph.nodes(loss)}
    leaves = {name: leaf for name, leaf in leaves.items() if leaf.order in reached}
    if directions is None:
        table = mg.backprop(loss, list(leaves.values()))
        return found | {name: table[leaf] for name, leaf in leaves.items()}
    first = mg.backprop(loss, list(leaves.values()), record=True)
    # 0 · leaf, so that the sum depends on leaves in which the loss is linear, too.
    turned = sum(
        np.sum(directions[name].astype(dtype) * first[leaf]) + np.sum(0 * leaf)
        for name, leaf in leaves.items()
    )
    table = mg.backprop(turned, list(leaves.values()))
    return found | {name: table[leaf] for name, leaf in leaves.items()}


def check_value(program: Program, loss: Any, dtype: Any) -> None:
    """Raise unless the loss is what NumPy makes of arrays, in the type of the leaves."""
    arrays = {name: value.astype(dtype) for name, value in program.leaves.items()}
    wanted = program.run(arrays, names(dtype))
    error = abs(float(loss) - float(wanted))
    if loss.dtype != dtype or not error <= 1e4 * np.finfo(dtype).eps * (1 + abs(wanted)):
        msg = f"the loss is {loss.item()} of {loss.dtype}; wanted: {wanted} of {np.dtype(dtype)}"
        raise AssertionError(msg)


def check_form(program: Program, found: dict[str, Any], dtype: Any) -> str | None:
    """What is wrong with shapes, types, numbers or memory, if anything is."""
    for name, value in program.leaves.items():
        g = found[name]
        if not isinstance(g, np.ndarray) or g.shape != value.shape or g.dtype != dtype:
            about = getattr(g, "shape", None), getattr(g, "dtype", None)
            return f"∇{name}: wanted {value.shape} {np.dtype(dtype)}, got {type(g).__name__} {about}"
        if not np.all(np.isfinite(g)):
            return f"∇{name} is not finite: {g.tolist()}"
    parts = list(found.items())
    for k, (name, g) in enumerate(parts):
        for other, h in parts[:k]:
            if np.shares_memory(g, h):
                return f"∇{name} shares memory with ∇{other}"
    return None
