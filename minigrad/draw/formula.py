"""How a node is computed, written with the names of the nodes that are drawn."""

from __future__ import annotations

from collections.abc import Container
from typing import Any

import numpy as np

from minigrad.draw.numbers import short
from minigrad.message import describe
from minigrad.tensor import Tensor

INFIX = {"add": "+", "subtract": "−", "multiply": "∘", "divide": "/", "matmul": "@", "power": "^"}
LOOSE = ("add", "subtract")
DEEPEST = 6
MOST_TERMS = 6
LONGEST = 120


def formula(node: Tensor, drawn: Container[int]) -> str:
    """How `node` is computed from the nodes of the creation numbers `drawn`; empty for a leaf.

    Example:
        >>> x, h = Tensor(1.0, name="x"), Tensor(2.0, name="h")
        >>> formula(np.tanh(x * h + 1.0), {x.order, h.order})
        'tanh(x ∘ h + 1)'
    """
    if node.op is None:
        return ""
    text = _expression(node, drawn, DEEPEST)[0]
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def _expression(node: Tensor, drawn: Container[int], depth: int) -> tuple[str, str]:
    """The text of what computes `node`, and the label of its outermost operation."""
    op: Any = node.op
    label = op.label
    count = len(node.inputs)
    parts = [_operand(node, i, drawn, depth) for i in range(min(count, MOST_TERMS))]
    texts = [text for text, _ in parts]
    if label == "affine" and count <= MOST_TERMS:
        products = [f"{texts[k + 1]} {texts[k]}" for k in range(1, count - 1, 2)]
        return " + ".join([texts[0], *products]), "add"
    if label == "linear":
        return f"{texts[1]} {texts[0]}", "matmul"
    if label == "addn":
        return " + ".join(texts + ["…"] * (count > MOST_TERMS)), "add"
    if label in INFIX and count == len(("a", "b")):
        sides = [_bracketed(text, inner, label, i) for i, (text, inner) in enumerate(parts)]
        return f" {INFIX[label]} ".join(sides), label
    return f"{label}({', '.join(texts + ['…'] * (count > MOST_TERMS))})", ""


def _bracketed(text: str, inner: str, outer: str, i: int) -> str:
    """`text` in brackets where it would else be read otherwise."""
    if not inner or (outer == "add" and inner in LOOSE):
        return text
    if inner in LOOSE or i == 1 or inner != outer:
        weak = outer in LOOSE and inner not in LOOSE
        return text if weak else f"({text})"
    return text


def _operand(node: Tensor, i: int, drawn: Container[int], depth: int) -> tuple[str, str]:
    x = node.inputs[i]
    if not isinstance(x, Tensor):
        return _constant(node, i, x), ""
    source = x if x.order < node.order else x.seen_by(node)
    if source.op is None or source.name is not None:
        return describe(source) if source.name else "leaf", ""
    if not depth:
        return "…", ""
    return _expression(source, drawn, depth - 1)


def _constant(node: Tensor, i: int, x: Any) -> str:
    """A number, or the shape of an array."""
    op: Any = node.op
    if op.argument(i) == "target":
        return "y"
    if op.label == "lookup":
        return "x"
    if np.ndim(x) == 0:
        return short(float(x))
    return f"constant{np.shape(x)}".replace(",)", ")")
