"""Division in Python 2, which rounds down between integers."""

from __future__ import annotations

import ast

_INTEGER_CALLS = {"len", "int"}


def rounded_down(text: str, tree: ast.Module) -> tuple[str, list[int], list[int]]:
    r"""A text in which `/` between what can only be integers is `//`, as Python 2 meant it.

    Args:
        text: Python 3, converted from Python 2.
        tree: what it says.

    Returns:
        The text, the lines that were changed, and those on which integers may be divided all the same.

    Example:
        >>> text = "d = W.shape[1] / 4\nn = m / k\ny = 1 / (1 + np.exp(x))"
        >>> rounded_down(text, ast.parse(text))
        ('d = W.shape[1] // 4\nn = m / k\ny = 1 / (1 + np.exp(x))', [1], [2])
    """
    nodes = list(ast.walk(tree))
    imported = [alias.name for n in nodes if isinstance(n, ast.ImportFrom) for alias in n.names]
    if "division" in imported:
        return text, [], []
    quotients = [n for n in nodes if isinstance(n, ast.BinOp) and isinstance(n.op, ast.Div)]
    sure = [q for q in quotients if _is_integer(q) and _place(q)[0] == q.right.lineno]
    maybe = {q.lineno for q in quotients if _may_be_integer(q) and q not in sure}
    lines = [line.encode() for line in text.split("\n")]
    for quotient in sorted(sure, key=_place, reverse=True):
        line, start = _place(quotient)
        at = lines[line - 1].index(b"/", start)
        lines[line - 1] = lines[line - 1][:at] + b"/" + lines[line - 1][at:]
    changed = sorted({quotient.lineno for quotient in sure})
    return b"\n".join(lines).decode(), changed, sorted(maybe)


def _place(quotient: ast.BinOp) -> tuple[int, int]:
    """Where its left side ends."""
    left = quotient.left
    return left.end_lineno or left.lineno, left.end_col_offset or left.col_offset


def _is_integer(node: ast.expr) -> bool:
    """Whether an expression can be nothing but an integer: 4, len(x), x.shape[0], x.size."""
    if isinstance(node, ast.BinOp):
        return not isinstance(node.op, ast.Pow) and _is_integer(node.left) and _is_integer(node.right)
    if isinstance(node, ast.Constant):
        return type(node.value) is int
    if isinstance(node, ast.Call):
        return isinstance(node.func, ast.Name) and node.func.id in _INTEGER_CALLS
    return (
        isinstance(node, ast.Subscript)
        and isinstance(node.value, ast.Attribute)
        and node.value.attr == "shape"
    )


def _may_be_integer(node: ast.expr) -> bool:
    if isinstance(node, ast.BinOp):
        return _may_be_integer(node.left) and _may_be_integer(node.right)
    if isinstance(node, ast.Call):
        return isinstance(node.func, ast.Name) and node.func.id in {*_INTEGER_CALLS, "sum"}
    return _is_integer(node) or isinstance(node, ast.Name | ast.Attribute)
