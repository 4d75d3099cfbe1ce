"""The signs and words that stand for operations."""

from __future__ import annotations

from minigrad.op import Op

SIGNS = {
    "add": "+",
    "subtract": "−",
    "multiply": "×",
    "divide": "÷",
    "matmul": "@",
    "negative": "−",
    "power": "^",
    "addn": "Σ",
    "sum": "Σ",
    "getitem": "[·]",
    "identity": "=",
    "crossentropy": "cross-entropy",
    "squarederror": "squared error",
    "transpose": "ᵀ",
}


def symbol(op: Op) -> str:
    """What is written into the node of an op that has no name.

    Example:
        >>> from minigrad.ops.arithmetic import Add
        >>> symbol(Add())
        '+'
    """
    return SIGNS.get(op.label, op.label)
