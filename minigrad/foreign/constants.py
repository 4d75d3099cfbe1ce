"""The sizes that a file has as numbers at its top level, and the names that it imports."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import dataclass, field

from minigrad.foreign.mathematics import ABSENT
from minigrad.foreign.meaning import kind_of, size_letter


@dataclass(frozen=True)
class Constants:
    """Sizes at the top level of a file.

    Attributes:
        names: those that functions read, and that can be set to other numbers before they are called.
        sizes: the numbers by their letters, where weights of these sizes are made at the top level too.
    """

    names: tuple[str, ...] = ()
    sizes: dict[str, int] = field(default_factory=dict)


def constants(tree: ast.Module, functions: Sequence[ast.AST], absent: Sequence[str] = ()) -> Constants:
    r"""The sizes at the top level of a file.

    Args:
        tree: the file.
        functions: those that are called.
        absent: names that are not there.

    Example:
        >>> tree = ast.parse("hidden_dim = 100\ndef f(x): return np.zeros(hidden_dim)")
        >>> constants(tree, [tree.body[1]])
        Constants(names=('hidden_dim',), sizes={})
    """
    numbers, weights = {}, False
    for node in tree.body:
        for name in _targets(node):
            value = getattr(node, "value", None)
            weights |= kind_of(name) == "weight" and isinstance(value, (ast.Call, ast.BinOp))
            if isinstance(value, ast.Constant) and type(value.value) is int and size_letter(name):
                numbers[name] = value.value
    if weights:
        letters = {str(size_letter(name)): n for name, n in numbers.items() if n > 1}
        return Constants((), {k: n for k, n in letters.items() if k in {"H", "D", "O", "V"}})
    read = {node.id for f in functions for node in ast.walk(f) if isinstance(node, ast.Name)}
    return Constants(tuple(name for name in numbers if name in read and name not in absent))


def _targets(node: ast.stmt) -> list[str]:
    if not isinstance(node, ast.Assign):
        return []
    return [target.id for target in node.targets if isinstance(target, ast.Name)]


def imported(tree: ast.Module) -> frozenset[str]:
    """The functions that a file imports, and that are there even where their module is not.

    Example:
        >>> sorted(imported(ast.parse("from utils import softmax, W")))
        ['softmax']
    """
    nodes = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    return frozenset(
        alias.asname or alias.name for node in nodes for alias in node.names if alias.name in ABSENT
    )
