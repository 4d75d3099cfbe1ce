"""The places where Python gives no way to answer: float(x), x.item(), isinstance(x, …), n / 2 of integers."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable
from typing import Any

import numpy as np

from minigrad.foreign.arrays import is_plain_float, taken_in, traced, value_of, values
from minigrad.foreign.creation import AnyArray
from minigrad.foreign.doors import plain_array
from minigrad.given import has_tensor, stacked

_PREFIX = "_minigrad_"
_NAMES = {"float", "int", "isinstance", "type"}
_NUMBERS = {"float64", "float32", "float_"}
_INTEGERS = {"int_", "int64", "int32", "int16", "int8", "uint8", "intp", "bool_"}
_METHODS = {
    "item", "tolist", "dot", "astype", "tofile", "dump", "mean", "std", "var", "clip", *_NUMBERS, *_INTEGERS,
}  # fmt: skip
_OPERATORS: dict[type[ast.operator], str] = {
    ast.Add: "add", ast.Sub: "sub", ast.Mult: "mul", ast.Div: "truediv", ast.Pow: "pow",
    ast.MatMult: "matmul", ast.Mod: "mod",
}  # fmt: skip


class Rewriting(ast.NodeTransformer):
    """Lets what would lose a tensor go through `HELPERS`; lines stay what they are."""

    def visit_Call(self, node: ast.Call) -> Any:
        """Calls of functions and methods that would give a plain number."""
        self.generic_visit(node)
        function = node.func
        if isinstance(function, ast.Name) and function.id in _NAMES and len(node.args) in {1, 2}:
            return _call(node, function.id, list(node.args), node.keywords)
        if isinstance(function, ast.Attribute) and function.attr in _METHODS:
            owner: list[ast.expr] = [function.value, ast.Constant(function.attr)]
            return _call(node, "method", [*owner, *node.args], node.keywords)
        return node

    def visit_Attribute(self, node: ast.Attribute) -> Any:
        """The class of a tensor."""
        self.generic_visit(node)
        asked = node.attr == "__class__" and isinstance(node.ctx, ast.Load)
        return _call(node, "type", [node.value], []) if asked else node

    def visit_BinOp(self, node: ast.BinOp) -> Any:
        """Operators, whose result may be an array of floats that came of integers."""
        self.generic_visit(node)
        name = _OPERATORS.get(type(node.op))
        both = isinstance(node.left, ast.Constant) and isinstance(node.right, ast.Constant)
        return node if name is None or both else _call(node, name, [node.left, node.right], [])

    def visit_AugAssign(self, node: ast.AugAssign) -> Any:
        """Operators with `=`, whose name may have to be given to a tensor."""
        self.generic_visit(node)
        name = _OPERATORS.get(type(node.op))
        present = _read(node.target)
        if name is None or present is None:
            return node
        call = _call(node, f"i{name}", [present, node.value], [])
        return ast.copy_location(ast.Assign([node.target], call), node)

    def visit_Assign(self, node: ast.Assign) -> Any:
        """What comes from elsewhere, and what is written to entries."""
        self.generic_visit(node)
        written = [target for target in node.targets if isinstance(target, ast.Subscript)]
        if written and (owner := _read(written[0].value)) is not None:
            node.value = _call(node.value, "stored", [owner, node.value], [])
        elif isinstance(node.value, (ast.Call, ast.Attribute, ast.Subscript)) and not _is_ours(node.value):
            node.value = _call(node.value, "taken_in", [node.value], [])
        return node


def _read(target: ast.expr) -> ast.expr | None:
    """The expression that reads a variable or attribute, if that can be done twice."""
    if isinstance(target, ast.Name):
        return ast.copy_location(ast.Name(target.id, ast.Load()), target)
    if isinstance(target, ast.Attribute) and isinstance(target.value, ast.Name):
        return ast.copy_location(ast.Attribute(target.value, target.attr, ast.Load()), target)
    return None


def _is_ours(node: ast.expr) -> bool:
    called = isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    return called and node.func.id.startswith(_PREFIX)  # type: ignore[attr-defined]  # a call of a name


def _call(at: ast.expr | ast.stmt, name: str, args: list[ast.expr], keywords: list[ast.keyword]) -> ast.Call:
    call = ast.Call(ast.Name(_PREFIX + name, ast.Load()), args, keywords)
    return ast.fix_missing_locations(ast.copy_location(call, at))


def rewritten(tree: ast.Module) -> ast.Module:
    """The same program with those places going through `HELPERS`."""
    new: ast.Module = ast.fix_missing_locations(Rewriting().visit(tree))
    return new


def _binary(function: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    """An operator, whose array of floats that came of integers is a tensor."""

    def binary(x: Any, y: Any) -> Any:
        result = function(x, y)
        return traced(result) if is_plain_float(result) else result

    return binary


def _in_place(
    function: Callable[[Any, Any], Any], other: Callable[[Any, Any], Any]
) -> Callable[[Any, Any], Any]:
    """An operator with `=`; an array that can't hold the graph gives way to a tensor."""

    def binary(x: Any, y: Any) -> Any:
        result = other(x, y) if is_plain_float(x) and has_tensor(y) else function(x, y)
        return traced(result) if is_plain_float(result) and result is not x else result

    return binary


def _stored(x: Any, value: Any) -> Any:
    """What is to be written to entries of x, of which only tensors can take up tensors."""
    if not isinstance(x, np.ndarray) or x.dtype.kind == "O" or not has_tensor(value):
        return value
    if x.dtype.kind == "f":
        raise plain_array()
    return values(value)


def formatted(text: Any, given: Any) -> Any:
    """text % given, which is only looked at, or the remainder."""
    if isinstance(text, str):
        return text % _shown(given)
    result = text % given
    return traced(result) if is_plain_float(result) else result


def _shown(x: Any) -> Any:
    if isinstance(x, (tuple, dict)) or hasattr(x, "__record__"):
        return values(x)
    return x


def _float(x: Any = 0.0) -> Any:
    """float(x), which leaves a tensor in the graph."""
    return x.reshape(()) if hasattr(x, "__record__") and x.ndim == 0 else float(values(x))


def _int(x: Any = 0, *base: Any) -> Any:
    return int(values(x), *base)


def _isinstance(x: Any, kinds: Any) -> bool:
    """isinstance(x, kinds), where a tensor is the array or number that it stands for."""
    return isinstance(x, kinds) or (hasattr(x, "__record__") and isinstance(value_of(x), kinds))


def _type(x: Any, *rest: Any, **keywords: Any) -> Any:
    if rest:
        return type(x, *rest, **keywords)
    kind = type(values(x)) if hasattr(x, "__record__") else type(x)
    return AnyArray if kind is np.ndarray else kind


def _method(x: Any, name: str, *args: Any, **kwargs: Any) -> Any:
    """x.name(…), where x may be an array and an argument a tensor, or the other way round."""
    if hasattr(x, "__record__"):
        own = _ON_TENSORS.get(name)
        return own(x, *args, **kwargs) if own is not None else getattr(x, name)(*args, **kwargs)
    if name in _NUMBERS | _INTEGERS and args and has_tensor(args[0]):
        return stacked(args[0]) if name in _NUMBERS else getattr(x, name)(values(stacked(args[0])))
    if not isinstance(x, np.ndarray):
        result = getattr(x, name)(*args, **kwargs)
        return taken_in(result) if name in _NUMBERS else result
    if name in {"tofile", "dump"}:
        return None
    if name == "dot" and has_tensor(list(args)):
        product: Any = np.dot
        return product(x, *[stacked(y) for y in args])
    return taken_in(getattr(x, name)(*args, **kwargs))


def _item(x: Any, *place: Any) -> Any:
    if not place:
        return x.reshape(()) if x.size == 1 else value_of(x).item()
    return (
        x.reshape(-1)[place[0]]
        if len(place) == 1 and isinstance(place[0], int)
        else x[place[0] if len(place) == 1 else place]
    )


def _tolist(x: Any) -> Any:
    return x.reshape(()) if not x.ndim else [_tolist(item) for item in x]


def _astype(x: Any, dtype: Any, *_: Any, **__: Any) -> Any:
    """Integers and truth values do not change continuously."""
    return x.copy() if np.dtype(dtype).kind == "f" else np.asarray(value_of(x)).astype(dtype)


_ON_TENSORS: dict[str, Callable[..., Any]] = {"item": _item, "tolist": _tolist, "astype": _astype}

HELPERS: dict[str, Any] = {
    _PREFIX + name: helper
    for name, helper in {
        **{name: _binary(getattr(operator, name)) for name in _OPERATORS.values()},
        **{
            f"i{name}": _in_place(getattr(operator, f"i{name}"), getattr(operator, name))
            for name in _OPERATORS.values()
        },
        "mod": formatted,
        "float": _float,
        "int": _int,
        "isinstance": _isinstance,
        "type": _type,
        "method": _method,
        "taken_in": taken_in,
        "stored": _stored,
    }.items()
}
"""What a rewritten program calls, by name."""
