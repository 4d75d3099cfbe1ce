"""What a function asks of an argument that is an object: attributes, entries under keys, methods."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from minigrad.foreign.names import normal, stems

_TWO = 2


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_OF_ARRAYS = _words(
    "shape T dot copy reshape sum size ndim dtype astype append items keys values get pop max min mean "
    "flatten ravel transpose tolist item squeeze clip any all insert extend index count fill update "
    "setdefault split strip lower reverse sort argmax std swapaxes"
)


@dataclass(frozen=True)
class Use:
    """What is done with an attribute.

    Attributes:
        keys: the string keys under which entries are read, in order.
        called: whether it is called.
    """

    keys: tuple[str, ...] = ()
    called: bool = False


def uses(nodes: Sequence[ast.AST], name: str) -> dict[str, Use]:
    r"""The attributes that are read from a variable, or from the attribute of self that holds it.

    Example:
        >>> uses([ast.parse("model.P['W']")], "model"), uses([ast.parse("model.step(x)")], "model")
        ({'P': Use(keys=('W',), called=False)}, {'step': Use(keys=(), called=True)})
    """
    held = {name, *(alias for node in nodes for alias in _aliases(node, name))}
    found: dict[str, Use] = {}
    for node in (inner for outer in nodes for inner in ast.walk(outer)):
        for attribute, key, called in _read(node, held):
            if attribute in _OF_ARRAYS or attribute.startswith("__"):
                continue
            old = found.get(attribute, Use())
            keys = (*old.keys, key) if key and key not in old.keys and not stems(key) else old.keys
            found[attribute] = Use(keys, old.called or called)
    return found


def _aliases(node: ast.AST, name: str) -> Iterator[str]:
    """`self.prp` where somewhere stands `self.prp = preprocessing`."""
    for inner in ast.walk(node):
        if isinstance(inner, ast.Assign) and isinstance(inner.value, ast.Name) and inner.value.id == name:
            yield from (ast.unparse(target) for target in inner.targets)


def _read(node: ast.AST, held: set[str]) -> Iterator[tuple[str, str, bool]]:
    if isinstance(node, ast.Attribute) and ast.unparse(node.value) in held:
        yield node.attr, "", False
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        if ast.unparse(node.func.value) in held:
            yield node.func.attr, "", True
    elif isinstance(node, ast.Subscript) and isinstance(node.value, ast.Attribute):
        key = node.slice.value if isinstance(node.slice, ast.Constant) else None
        loaded = isinstance(node.ctx, ast.Load) and isinstance(key, str)
        if loaded and ast.unparse(node.value.value) in held:
            yield node.value.attr, str(key), False


def class_for(tree: ast.Module, name: str, used: dict[str, Use], annotation: str = "") -> str:
    r"""The class of the file whose instance an argument may be: by its annotation, its methods, its name.

    Returns:
        Its name; empty if none will do.

    Example:
        >>> tree = ast.parse("class Tanh:\n  def forward(self, x): pass\nclass Other: pass")
        >>> class_for(tree, "activation", {"forward": Use(called=True)})
        'Tanh'
    """
    classes = [node for node in tree.body if isinstance(node, ast.ClassDef)]
    if annotation in {node.name for node in classes}:
        return annotation
    called = {attribute for attribute, use in used.items() if use.called}
    fitting = [node for node in classes if called and called <= _methods(node)]
    if not called:
        word = normal(name)
        fitting = [node for node in classes if len(word) > 3 and word in normal(node.name)]  # noqa: PLR2004  # no cell in `c`
    return min(fitting, key=lambda node: (name not in normal(node.name), node.lineno)).name if fitting else ""


def _methods(node: ast.ClassDef) -> set[str]:
    return {inner.name for inner in node.body if isinstance(inner, ast.FunctionDef)}


def annotation_of(node: ast.FunctionDef | ast.AsyncFunctionDef, name: str) -> str:
    """The annotation of an argument as text; empty if it has none.

    Example:
        >>> annotation_of(ast.parse("def f(cell: Cell): pass").body[0], "cell")
        'Cell'
    """
    found = next((a.annotation for a in [*node.args.args, *node.args.kwonlyargs] if a.arg == name), None)
    return "" if found is None else ast.unparse(found).strip("'\"")


def is_pair(node: ast.AST, name: str) -> bool:
    """Whether an argument is taken apart into two: the two states of an LSTM.

    Example:
        >>> is_pair(ast.parse("h, c = state"), "state"), is_pair(ast.parse("h[0] + h[t]"), "h")
        (True, False)
    """
    places = set()
    for inner in ast.walk(node):
        if (
            isinstance(inner, ast.Assign)
            and _is_named(inner.value, name)
            and isinstance(inner.targets[0], ast.Tuple)
        ):
            return len(inner.targets[0].elts) == _TWO
        if isinstance(inner, ast.Subscript) and _is_named(inner.value, name):
            places.add(ast.unparse(inner.slice))
    return places == {"0", "1"}


def _is_named(node: ast.AST, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name


def default_of(node: ast.FunctionDef | ast.AsyncFunctionDef, name: str) -> object:
    """The default of an argument, where it is a constant; None otherwise.

    Example:
        >>> default_of(ast.parse("def f(x, k=4): pass").body[0], "k")
        4
    """
    given = [*node.args.posonlyargs, *node.args.args]
    named = dict(zip([a.arg for a in reversed(given)], reversed(node.args.defaults), strict=False))
    named |= {a.arg: d for a, d in zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True) if d}
    found = named.get(name)
    return found.value if isinstance(found, ast.Constant) else None
