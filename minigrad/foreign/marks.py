"""Marks in a program whose gradient is no function: where an iteration starts and has its gradient."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from copy import copy, deepcopy

from minigrad.foreign.gradientlike import evidence, walks_back

STARTED, REACHED = "_minigrad_started", "_minigrad_reached"
_LEAST = 3.0
_FRACTION = 0.5
_SUMS = 1.0
_LOOPS = (ast.For, ast.While)
_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def mark(tree: ast.Module, function: str) -> bool:
    r"""Put calls of `_minigrad_started` and `_minigrad_reached` into a function that trains, or a script.

    Nothing is done to a function that walks back in time outside of any other loop: it has the gradient
    when it returns.

    Args:
        tree: the program, which is changed.
        function: the qualified name of the function, "" for the top level of the file.

    Returns:
        Whether marks were put in.

    Example:
        >>> tree = ast.parse("for epoch in range(9):\n  for t in reversed(range(3)):\n    dW += dy * h.T")
        >>> mark(tree, "")
        True
        >>> print(ast.unparse(tree))
        for epoch in range(9):
            _minigrad_started()
            for t in reversed(range(3)):
                dW += dy * h.T
            _minigrad_reached()
    """
    scope = tree if not function else _scope(tree, function.split("."))
    if scope is None:
        return False
    found = list(_backward_loops(scope, []))
    if not found:
        return False
    scores = [evidence(ast.Module([loop], [])) for loop, _ in found]
    # A loop that goes forward may read its inputs backwards: the last one that speaks for a gradient.
    likely = [item for item, score in zip(found, scores, strict=True) if score > _FRACTION * max(scores)]
    loop, around = likely[-1]
    outer = next((block for block, owner in around if isinstance(owner, _LOOPS)), None)
    if outer is None and function:
        return False
    block = around[-1][0]
    last = _last(block, block.index(loop))
    block.insert(last + 1, _call(REACHED, block[last], end=True))
    first = outer if outer is not None else block
    first.insert(_start(first, loop if outer is None else None), _call(STARTED, first[0]))
    return True


Block = list[ast.stmt]


def _scope(tree: ast.AST, names: list[str]) -> ast.AST | None:
    for node in ast.walk(tree):
        if isinstance(node, _SCOPES) and node.name == names[0]:
            return node if len(names) == 1 else _scope(ast.Module(node.body, []), names[1:])
    return None


def _backward_loops(
    scope: ast.AST, around: list[tuple[Block, ast.AST]]
) -> Iterator[tuple[ast.stmt, list[tuple[Block, ast.AST]]]]:
    """The loops that go back in time, each with the blocks that it stands in, the outermost first."""
    for block in _blocks(scope):
        inside = [*around, (block, scope)]
        for statement in block:
            if isinstance(statement, _SCOPES):
                continue
            body = ast.Module([statement], [])
            if isinstance(statement, _LOOPS) and _goes_back(statement):
                if evidence(body) >= _LEAST:
                    yield statement, inside
            else:
                yield from _backward_loops(statement, inside)


def _goes_back(loop: ast.For | ast.While) -> bool:
    """Whether this loop itself, and not one inside it, goes back in time."""
    alone = copy(loop)
    alone.body = [_WithoutLoops().visit(deepcopy(statement)) for statement in loop.body]
    return walks_back(ast.Module([alone], []))


class _WithoutLoops(ast.NodeTransformer):
    """Loops as blocks that are run once, so that what is left of them says nothing of time."""

    def visit_For(self, node: ast.For) -> ast.If:
        self.generic_visit(node)
        return ast.If(ast.Constant(value=True), node.body, [])

    def visit_While(self, node: ast.While) -> ast.If:
        self.generic_visit(node)
        return ast.If(node.test, node.body, [])


def _blocks(scope: ast.AST) -> Iterator[Block]:
    for name in ("body", "orelse", "finalbody"):
        block = getattr(scope, name, None)
        if isinstance(block, list):
            yield block
    for handler in getattr(scope, "handlers", []):
        yield handler.body


def _last(block: Block, at: int) -> int:
    """The position of the last loop that sums up gradients, where they are not summed on the way back."""
    sums = [
        i
        for i, statement in enumerate(block[at + 1 :], at + 1)
        if isinstance(statement, _LOOPS) and evidence(ast.Module([statement], [])) >= _SUMS
    ]
    return max(sums, default=at)


def _start(block: Block, loop: ast.stmt | None) -> int:
    """Where an iteration starts: on top of its block, or before the first loop of a script without epochs."""
    if loop is not None:
        loops = [i for i, statement in enumerate(block) if isinstance(statement, _LOOPS)]
        return loops[0]
    return 0


def _call(name: str, at: ast.stmt, *, end: bool = False) -> ast.stmt:
    call = ast.Expr(ast.Call(ast.Name(name, ast.Load()), [], []))
    ast.copy_location(call, at)
    if end and at.end_lineno is not None:
        call.lineno = at.end_lineno
        call.end_lineno = at.end_lineno
    return ast.fix_missing_locations(call)
