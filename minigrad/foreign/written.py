"""What a file writes about its arrays: the keys of its dicts, and shapes in docstrings, comments and code."""

from __future__ import annotations

import ast
import io
import re
import tokenize
import warnings
from collections.abc import Iterator

Shape = tuple[str, ...]

_TUPLE = re.compile(r"(?:(?<!\w)|(?<=shape)|(?<=array)|(?<=size))[(\[]\s*(\w[^()\[\]]*)[)\]]")
_SYMBOL = re.compile(r"[\w.'+*\-]+(?:\s*[+*\-]\s*[\w.]+)*")
_SIZE = r"([A-Za-z]\w*|\d+)"
_CROSSES = re.compile(rf"(?<![\w.]){_SIZE}\s*(?:\bx\b|×)\s*{_SIZE}(?:\s*(?:\bx\b|×)\s*{_SIZE})?(?!\w)")
_ENTRY = re.compile(
    r"[\s#*•>-]*(?::param(?:\s+[\w.]+)?\s+)?[`'\"]?"
    r"(?P<names>[A-Za-z_][\w\[\]\"'.]*(?:(?:\s*,\s*|\s+and\s+)[A-Za-z_]\w*)*)[`'\"]?(?:\.shape)?\s*"
    r"(?:\((?P<inner>[^()]*(?:\([^()]*\)[^()]*)*)\))?\s*(?:--|[:=]+|-(?=\s)|\bis\b|~)\s*(?P<rest>.+)$"
)
_ASSIGNED = re.compile(
    r"(?:self\.)?([A-Za-z_]\w*)(?:\[[\"'](\w+)[\"']\])?\s*(?:\+?=)(?!=)|([A-Za-z_]\w*)\s*,?$"
)
_ABOUT = re.compile(r"(?:shape|size|dims?|dimensions?)\b[^(\[\d]{0,20}(.*)", re.IGNORECASE)
_CREATING = {"zeros", "ones", "empty", "randn", "rand", "full"}
_SIZED = {"normal", "uniform", "random", "random_sample", "standard_normal"}


def keys_of(tree: ast.AST, name: str) -> tuple[str, ...]:
    r"""The string keys by which entries of `name` are read or set, in order of their first appearance.

    Args:
        tree: a module, or a function of it.
        name: a variable or argument, or dotted: "self.params".

    Example:
        >>> keys_of(ast.parse('def f(P, x):\n  return P["Wax"] @ x + P.get("ba")'), "P")
        ('Wax', 'ba')
    """
    found: list[tuple[int, int, str]] = []
    for node in ast.walk(tree):
        found += [(*_place(node), key) for key in _keys(node, name)]
    return tuple(dict.fromkeys(key for _, _, key in sorted(found)))


def shapes_of(text: str, first: int = 1, last: int | None = None) -> dict[str, Shape]:
    r"""The shapes of arrays as docstrings, comments or the code say them, by name: `{"Wax": ("n_a", "n_x")}`.

    What is said in words counts before what the code creates or unpacks; the first one before later ones.

    Args:
        text: Python that can be parsed.
        first: the line from which on it is read, as of a function.
        last: the last line that is read.

    Example:
        >>> shapes_of("def f(x, W):\n  '''x -- input, of shape (n_x, m)'''\n  b = np.zeros((H, 1))  # bias")
        {'x': ('n_x', 'm'), 'b': ('H', '1')}
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tree = ast.parse(text)
    found: dict[str, Shape] = {}
    within = range(first, (last or text.count("\n") + 1) + 1)
    for shapes in (_documented(tree), _commented(text), _unpacked(tree), _created(tree)):
        for line, name, shape in sorted(shapes):
            if line in within:
                found.setdefault(name, _resolved(shape, found))
    return {name: shape for name, shape in found.items() if shape}


def _resolved(shape: Shape, known: dict[str, Shape]) -> Shape:
    """A shape that is said to be another array's; empty if that isn't known."""
    if len(shape) == 1 and shape[0].endswith(".shape"):
        return known.get(shape[0].removesuffix(".shape").rpartition(".")[2], ())
    return shape


def _place(node: ast.AST) -> tuple[int, int]:
    return getattr(node, "lineno", 0), getattr(node, "col_offset", 0)


def _keys(node: ast.AST, name: str) -> Iterator[str]:
    if isinstance(node, ast.Subscript) and _dotted(node.value) == name:
        yield from _string(node.slice)
    elif isinstance(node, ast.Call) and _dotted(node.func) in {f"{name}.get", f"{name}.pop"} and node.args:
        yield from _string(node.args[0])
    elif isinstance(node, ast.For) and isinstance(node.iter, ast.List | ast.Tuple) and _reads(node, name):
        for item in node.iter.elts:
            yield from _string(item)


def _reads(loop: ast.For, name: str) -> bool:
    """Whether the loop's variable is used as a key of `name`."""
    subscripts = [node for node in ast.walk(loop) if isinstance(node, ast.Subscript)]
    return any(_dotted(s.value) == name and _dotted(s.slice) == _dotted(loop.target) for s in subscripts)


def _string(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value


def _dotted(node: ast.expr) -> str:
    return ast.unparse(node) if isinstance(node, ast.Name | ast.Attribute) else ""


def _documented(tree: ast.Module) -> Iterator[tuple[int, str, Shape]]:
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)):
            continue
        if isinstance(node.value.value, str):
            lines = node.value.value.split("\n")
            for i, line in enumerate(lines):
                yield from _said(line, node.lineno + i, lines[i + 1] if i + 1 < len(lines) else "")


def _commented(text: str) -> Iterator[tuple[int, str, Shape]]:
    lines = text.split("\n")
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type != tokenize.COMMENT:
            continue
        line = token.start[0]
        code = lines[line - 1][: token.start[1]].strip()
        comment = token.string.lstrip("#").strip()
        if not code:
            yield from _said(comment, line)
            continue
        assigned = _ASSIGNED.match(code)
        shape = _shape(comment)
        if assigned and shape:
            yield line, assigned[2] or assigned[1] or assigned[3], shape


def _said(line: str, number: int, below: str = "") -> Iterator[tuple[int, str, Shape]]:
    """`Wax -- weights, of shape (n_a, n_x)`, `x: (N, T, D)`, `:param h0: H x 1`, `x (array (T, D)): in`."""
    match = _ENTRY.match(line)
    if not match:
        return
    shape = _shape(match["inner"] or "") or _shape(match["rest"])
    if not shape and "shape" in below and not _ENTRY.match(below):
        shape = _shape(below)
    if shape:
        for name in re.split(r"\s*(?:,|\band\b)\s*", match["names"]):
            key = re.search(r"\[[\"'](\w+)[\"']\]", name)
            if name:
                plain = name.removeprefix("self.").removesuffix(".shape")
                yield number, key[1] if key else plain, shape


def _shape(text: str) -> Shape:
    """The first shape that a text writes, as a tuple or with crosses."""
    about = _ABOUT.search(text)
    for part in (about[1] if about else "", text):
        for match in _TUPLE.finditer(part):
            symbols = _symbols(match[1], alone=about is not None)
            if symbols:
                return symbols
        crossed = _CROSSES.search(part)
        if crossed:
            return tuple(size for size in crossed.groups() if size)
    return ()


def _symbols(text: str, *, alone: bool) -> Shape:
    """The sizes of a tuple; a single one counts with its comma, or if the text speaks of a shape."""
    parts = [part.strip() for part in re.split(r"[,×]|(?<=\w)\s+x\s+(?=\w)", text)]
    symbols = tuple(part for part in parts if part)
    enough = alone or len(parts) > 1
    sizes = all(_SYMBOL.fullmatch(symbol) and not symbol.endswith(".T") for symbol in symbols)
    return symbols if enough and sizes else ()


def _unpacked(tree: ast.Module) -> Iterator[tuple[int, str, Shape]]:
    """`n_x, m = x.shape`."""
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Assign) and isinstance(node.value, ast.Attribute)):
            continue
        if node.value.attr == "shape" and isinstance(node.targets[0], ast.Tuple):
            symbols = tuple(ast.unparse(item) for item in node.targets[0].elts)
            name = _last(node.value.value)
            if name:
                yield node.lineno, name, symbols


def _created(tree: ast.Module) -> Iterator[tuple[int, str, Shape]]:
    """`W = np.random.randn(H, D) * 0.01`, `b = np.zeros((H, 1))`."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Assign):
            continue
        calls = [call for call in ast.walk(node.value) if isinstance(call, ast.Call)]
        shape = next((shape for shape in map(_creation, calls) if shape), ())
        name = _last(node.targets[0])
        if name and shape:
            yield node.lineno, name, shape


def _creation(call: ast.Call) -> Shape:
    name = _dotted(call.func).rpartition(".")[2]
    sizes: list[ast.expr] = [keyword.value for keyword in call.keywords if keyword.arg in {"size", "shape"}]
    if name in _CREATING and call.args:
        sizes = list(call.args) if name in {"randn", "rand"} else call.args[:1]
    elif name in _SIZED and not sizes:
        sizes = [arg for arg in call.args if isinstance(arg, ast.Tuple)]
    if len(sizes) == 1 and isinstance(sizes[0], ast.Tuple | ast.List):
        sizes = list(sizes[0].elts)
    known = name in _CREATING or name in _SIZED
    return tuple(ast.unparse(size).removeprefix("self.") for size in sizes) if known else ()


def _last(node: ast.expr) -> str:
    """The name by which a target is spoken of: of `self.W` it is W, of `P["Wax"]` it is Wax."""
    if isinstance(node, ast.Subscript):
        return next(_string(node.slice), "")
    return _dotted(node).rpartition(".")[2]
