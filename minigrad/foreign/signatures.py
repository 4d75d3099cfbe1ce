"""What the text of a file says of its functions: arguments, results, shapes, the side of weights."""

from __future__ import annotations

import ast
import builtins
import importlib.util
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from minigrad.foreign.meaning import Sizes

Function: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef
_SHAPE = r"\(\s*([^()]*?(?:\([^()]*\)[^()]*?)*)\s*\)"
_DOCUMENTED = re.compile(
    r"^\W*(?P<names>\w+(?:\[[\"']\w+[\"']\])?(?:\s*,\s*\w+)*)\s*(?:--|:|-|=|\()(?P<text>.*)$"
)


@dataclass(frozen=True)
class Signature:
    """A function or method.

    Attributes:
        name: its qualified name.
        node: its definition.
        arguments: the names of its arguments, without self, and whether each has a default.
        returned: the names of what it returns; empty where it returns no tuple of names.
        shapes: shapes that its text tells, by the name of the array.
        called: the names of the functions and methods that it calls.
    """

    name: str
    node: Function
    arguments: dict[str, bool]
    returned: tuple[str, ...]
    shapes: dict[str, tuple[str, ...]] = field(default_factory=dict)
    called: frozenset[str] = frozenset()

    @property
    def owner(self) -> str:
        """The class of a method; empty for a function."""
        return self.name.rpartition(".")[0]

    @property
    def short(self) -> str:
        """The name without its class."""
        return self.name.rpartition(".")[2]


def signatures(tree: ast.Module) -> dict[str, Signature]:
    r"""The functions of a module and the methods of its classes, by their qualified names.

    Example:
        >>> net = signatures(ast.parse("class Net:\n  def f(self, x, lr=1): return x, 2"))["Net.f"]
        >>> net.arguments, net.returned
        ({'x': False, 'lr': True}, ('x', ''))
    """
    classes = {node.name: node for node in ast.walk(tree) if isinstance(node, ast.ClassDef)}
    found = {}
    for name in classes:
        for inner in _methods(classes, name, set()):
            static = any(isinstance(d, ast.Name) and d.id == "staticmethod" for d in inner.decorator_list)
            found[f"{name}.{inner.name}"] = _signature(inner, f"{name}.{inner.name}", method=not static)
    found.update({n.name: _signature(n, n.name, method=False) for n in tree.body if isinstance(n, Function)})
    return found


def _methods(classes: dict[str, ast.ClassDef], name: str, seen: set[str]) -> Iterator[Function]:
    """The methods of a class, after those of its bases in the same file."""
    if name in classes and name not in seen:
        for base in classes[name].bases:
            yield from _methods(classes, _name(base), seen | {name})
        yield from (node for node in classes[name].body if isinstance(node, Function))


def undefined(tree: ast.Module, signature: Signature, folder: Path | None = None) -> list[str]:
    """The names that a function reads and that neither the file nor a module that can be found defines.

    Args:
        tree: the file.
        signature: the function.
        folder: where the file lies; None where nothing lies beside it.

    Example:
        >>> tree = ast.parse("def f(x): return len(W @ x)")
        >>> undefined(tree, signatures(tree)["f"])
        ['W']
    """
    names = [node for node in ast.walk(tree) if isinstance(node, (ast.Name, ast.Global))]
    stored = {n.id for n in names if isinstance(n, ast.Name) and not isinstance(n.ctx, ast.Load)}
    stored |= {a.arg for a in ast.walk(tree) if isinstance(a, ast.arg)} | set(vars(builtins))
    stored |= {n.name for n in ast.walk(tree) if isinstance(n, (ast.ClassDef, Function))}
    for node in ast.walk(tree):
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            absent = isinstance(node, ast.ImportFrom) and not _exists(node.module or "", folder)
            stored |= set() if absent else {(a.asname or a.name).split(".")[0] for a in node.names}
    read = [n.id for n in ast.walk(signature.node) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)]
    return [name for name in dict.fromkeys(read) if name not in stored]


def _exists(module: str, folder: Path | None) -> bool:
    """Whether a module is installed or lies beside the file."""
    top = module.partition(".")[0]
    if not top:
        return False
    if folder is not None and ((folder / f"{top}.py").is_file() or (folder / top).is_dir()):
        return True
    return top in sys.modules or importlib.util.find_spec(top) is not None


def _signature(node: Function, name: str, *, method: bool) -> Signature:
    given = [*node.args.posonlyargs, *node.args.args]
    defaults = [False] * (len(given) - len(node.args.defaults)) + [True] * len(node.args.defaults)
    arguments = dict(zip([a.arg for a in given], defaults, strict=True))
    arguments |= {
        a.arg: d is not None for a, d in zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True)
    }
    if method and given:
        del arguments[given[0].arg]
    called = frozenset(_called(node))
    return Signature(name, node, arguments, _returned(node), {**_documented(node), **_unpacked(node)}, called)


def _called(node: Function) -> Iterator[str]:
    for call in ast.walk(node):
        if isinstance(call, ast.Call):
            if isinstance(call.func, ast.Name):
                yield call.func.id
            elif isinstance(call.func, ast.Attribute):
                yield call.func.attr


def _returned(node: Function) -> tuple[str, ...]:
    """The names in the tuple of the last return; of anything else but None, one empty name."""
    values = [r.value for r in ast.walk(node) if isinstance(r, ast.Return) and r.value is not None]
    if not values:
        return ()
    value = values[-1]
    return tuple(map(_name, value.elts)) if isinstance(value, ast.Tuple) else (_name(value),)


def _name(node: ast.expr) -> str:
    """The name at the end of an expression; empty if it has none."""
    while isinstance(node, ast.Subscript):
        if isinstance(node.slice, ast.Constant) and isinstance(node.slice.value, str):
            return node.slice.value
        node = node.value
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _unpacked(node: Function) -> dict[str, tuple[str, ...]]:
    """Shapes that are unpacked to names: `n_x, m, T_x = x.shape`."""
    found = {}
    for statement in ast.walk(node):
        if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Tuple):
            value = statement.value
            if isinstance(value, ast.Attribute) and value.attr == "shape":
                names = tuple(map(_name, statement.targets[0].elts))
                if all(Sizes().evaluate(name) is not None for name in names):
                    found[_name(value.value)] = names
    return found


def _documented(node: Function) -> dict[str, tuple[str, ...]]:
    """Shapes in the docstring: `Wax -- weights of the input, numpy array of shape (n_a, n_x)`."""
    found: dict[str, tuple[str, ...]] = {}
    for line in (ast.get_docstring(node) or "").splitlines():
        documented = _DOCUMENTED.match(line)
        shape = re.search(r"(?:shape|dimensions?|size)?\W*(?:of|is)?\s*" + _SHAPE, line)
        if documented is None or shape is None:
            continue
        sizes = tuple(part.strip() for part in shape.group(1).rstrip(", ").split(","))
        if all(Sizes().evaluate(size) is not None for size in sizes):
            for name in re.findall(r"\w+", documented["names"]):
                found.setdefault(name, sizes)
    return found


def keys_of(signature: Signature, argument: str) -> list[str]:
    r"""The string keys that a function reads from an argument, in order.

    Example:
        >>> f = signatures(ast.parse("def f(P):\n  return P['W'] @ P['x'] + P['W']"))["f"]
        >>> keys_of(f, "P")
        ['W', 'x']
    """
    reads = [
        (node.lineno, node.col_offset, node.slice.value)
        for node in ast.walk(signature.node)
        if isinstance(node, ast.Subscript)
        and isinstance(node.value, ast.Name)
        and node.value.id == argument
        and isinstance(node.slice, ast.Constant)
        and isinstance(node.slice.value, str)
    ]
    return list(dict.fromkeys(key for *_, key in sorted(reads)))


def multiplies_from_the_left(signature: Signature) -> bool | None:
    """Whether weights stand on the left of products, as in W @ x; None if there are no such products."""
    votes = 0
    for left, right in _products(signature.node):
        votes += _is_weight(left) - _is_weight(right)
    return None if votes == 0 else votes > 0


def _products(node: Function) -> Iterator[tuple[str, str]]:
    for inner in ast.walk(node):
        if isinstance(inner, ast.BinOp) and isinstance(inner.op, ast.MatMult):
            yield _name(inner.left), _name(inner.right)
        elif isinstance(inner, ast.Call) and isinstance(inner.func, ast.Attribute):
            if inner.func.attr in {"dot", "matmul"} and len(inner.args) == 2:  # noqa: PLR2004  # np.dot(a, b)
                yield _name(inner.args[0]), _name(inner.args[1])
            elif inner.func.attr == "dot" and len(inner.args) == 1:
                yield _name(inner.func.value), _name(inner.args[0])


def _is_weight(name: str) -> bool:
    return bool(re.match(r"^(weights?|[WUV])", name)) or bool(re.match(r"^w(_|[a-z]{1,2}$|$)", name))
