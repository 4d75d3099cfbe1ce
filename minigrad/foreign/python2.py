"""Python 2 made readable to Python 3, mechanically and line by line."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator

from minigrad.foreign.pieces import Token, tokens_of

_BLOCKS = {"if", "elif", "else", "for", "while", "try", "except", "finally", "with", "def", "class"}
_NAMES = {
    "xrange": "range",
    "raw_input": "input",
    "unicode": "str",
    "basestring": "str",
    "unichr": "chr",
    "long": "int",
    "cPickle": "pickle",
}
_METHODS = {"iteritems": "items", "itervalues": "values", "iterkeys": "keys", "has_key": "__contains__"}
_MODULES = {"StringIO": "io", "Queue": "queue", "urllib2": "urllib.request"}
_CALLED = {
    **{name: f"(lambda *a: list({name}(*a)))" for name in ("map", "filter", "zip")},
    "izip": "zip",
    "imap": "map",
    "ifilter": "filter",
    "file": "open",
    "reduce": "__import__('functools').reduce",
}
_ITERATORS = {"izip": "zip", "imap": "map", "ifilter": "filter"}


def is_python2(tree: ast.Module) -> bool:
    """Whether a module that Python 3 can read uses names that only Python 2 has, and does not bind them.

    Example:
        >>> is_python2(ast.parse("for t in xrange(3): pass"))
        True
    """
    used: set[str] = set()
    bound: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            (used if isinstance(node.ctx, ast.Load) else bound).add(node.id)
        elif isinstance(node, ast.Attribute) and node.attr in _METHODS:
            used.add(node.attr)
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            bound.add(node.name)
        elif isinstance(node, ast.alias):
            bound.add(node.asname or node.name)
        elif isinstance(node, ast.arg):
            bound.add(node.arg)
    return bool((used - bound) & ({*_NAMES, *_METHODS} - {"cPickle", "long"}))


def convert(text: str, tab: int = 8) -> str:
    """A text in Python 2 as Python 3 reads it; every line stays where it is.

    Statements (print, exec, raise, except), names, methods, numbers, backticks and tabs are rewritten.
    Division is not: see `division`.

    Args:
        text: the source.
        tab: the columns that a tab stands for.

    Example:
        >>> convert("print 'loss', `x`,")
        "print( 'loss', repr(x), end=' ')"
    """
    pieces = tokens_of(text)
    _indent(pieces, tab)
    for statement in _statements(pieces):
        for i in range(len(statement)):
            _rewrite_token(statement, i)
        rewrite = _STATEMENTS.get(statement[0].text)
        if rewrite and statement[0].kind == "name":
            rewrite(statement)
    return "".join(piece.text for piece in pieces)


def _indent(pieces: list[Token], tab: int) -> None:
    for i, piece in enumerate(pieces):
        if piece.kind == "space" and (i == 0 or pieces[i - 1].kind == "newline"):
            piece.text = piece.text.replace("\f", "").expandtabs(tab)


def _statements(pieces: list[Token]) -> Iterator[list[Token]]:
    """The pieces of each simple statement or head of a block, without space and comments."""
    statement: list[Token] = []
    for piece in pieces:
        if piece.depth == 0 and (piece.text in {"\n", ";"} or _ends_head(statement, piece)):
            if statement:
                yield statement
            statement = []
        elif piece.kind in {"name", "number", "string", "op"}:
            statement.append(piece)
    if statement:
        yield statement


def _ends_head(statement: list[Token], piece: Token) -> bool:
    return piece.text == ":" and bool(statement) and statement[0].text in _BLOCKS


def _rewrite_token(statement: list[Token], i: int) -> None:
    """Names, methods, numbers, operators."""
    piece = statement[i]
    before = statement[i - 1].text if i else ""
    after = statement[i + 1].text if i + 1 < len(statement) else ""
    if piece.kind == "number":
        piece.text = re.sub(r"^0(?=[0-7]+[lL]?$)", "0o", piece.text)
        piece.text = re.sub(r"[lL]$", "", piece.text)
    elif piece.kind == "string":
        piece.text = re.sub(r"^[uU][rR]", "r", piece.text)
    elif piece.text == "<>":
        piece.text = "!="
    elif piece.text == "`":
        quotes = sum(p.kind == "quote" for p in statement[:i])
        piece.kind, piece.text = "quote", ")" if quotes % 2 else "repr("
    elif piece.text in {"range", "xrange"} and after == "(":
        _rewrite_range(statement, i, before)
    elif piece.kind == "name":
        piece.text = _renamed(statement, i, before, after)


def _rewrite_range(statement: list[Token], i: int, before: str) -> None:
    """A range that is added to a list or repeated, which Python 3 doesn't do."""
    end = next((k for k in range(i + 2, len(statement)) if _closes(statement, i + 1, k)), None)
    statement[i].text = "range"
    if end is None:
        return
    after = statement[end + 1].text if end + 1 < len(statement) else ""
    if {before, after} & {"+", "*"}:
        statement[i].text, statement[end].text = "list(range", "))"


def _closes(statement: list[Token], opening: int, k: int) -> bool:
    return statement[k].text == ")" and statement[k].depth == statement[opening].depth


def _renamed(statement: list[Token], i: int, before: str, after: str) -> str:
    name = statement[i].text
    if before == ".":
        return _renamed_attribute(statement, i, after)
    if name in _NAMES:
        return _NAMES[name]
    if statement[0].text in {"import", "from"}:
        return _renamed_import(statement, i)
    if after == "(" and before not in {"def", "class"}:
        return _CALLED.get(name, name)
    return "__next__" if (before, name) == ("def", "next") else name


def _renamed_import(statement: list[Token], i: int) -> str:
    name = statement[i].text
    if i == 1 and name == "itertools" and any(piece.text in _ITERATORS for piece in statement):
        return "builtins"
    return _MODULES.get(name, name) if i == 1 else _ITERATORS.get(name, name)


def _renamed_attribute(statement: list[Token], i: int, after: str) -> str:
    name = statement[i].text
    if name in _ITERATORS and statement[i - 2].text == "itertools":
        statement[i - 2].text, statement[i - 1].text = "", ""
        return _ITERATORS[name]
    if name == "maxint" and statement[i - 2].text == "sys":
        return "maxsize"
    called = [piece.text for piece in statement[i + 1 : i + 3]] == ["(", ")"]
    if name == "next" and called:
        return "__next__"
    return _METHODS.get(name, name) if after == "(" else name


def _top(statement: list[Token], text: str) -> list[int]:
    """Where `text` stands outside of all brackets."""
    return [i for i, piece in enumerate(statement) if piece.depth == 0 and piece.text == text]


def _is_group(pieces: list[Token]) -> bool:
    """Whether one pair of brackets is around everything."""
    closing = [i for i, piece in enumerate(pieces) if piece.depth == 0 and piece.text == ")"]
    return pieces[0].text == "(" and closing == [len(pieces) - 1]


def _print(statement: list[Token]) -> None:
    rest = statement[1:]
    if not rest:
        statement[0].text = "print()"
    elif not _is_group(rest) and rest[0].text not in {"=", ".", ",", ")", "]", ":"}:
        _print_values(statement, rest)


def _print_values(statement: list[Token], rest: list[Token]) -> None:
    commas = _top(statement, ",")
    statement[0].text = "print("
    end = ")"
    if rest[0].text == ">>":
        rest[0].text = "file="
        if commas and statement[commas[0]] is not statement[-1]:
            statement[commas[0]].text = ", *("
            end = ",))"
            if statement[-1].text == ",":
                statement[-1].text, end = "", ",), end=' ')"
    elif statement[-1].text == ",":
        statement[-1].text, end = ", end=' '", ")"
    statement[-1].text += end


def _exec(statement: list[Token]) -> None:
    if len(statement) > 1 and not _is_group(statement[1:]) and statement[1].text not in {"=", "."}:
        for i in _top(statement, "in"):
            statement[i].text = ","
        statement[0].text = "exec("
        statement[-1].text += ")"


def _except(statement: list[Token]) -> None:
    for i in _top(statement, ","):
        statement[i].text = " as"


def _raise(statement: list[Token]) -> None:
    commas = _top(statement, ",")
    if len(commas) == 1:
        statement[commas[0]].text = "("
        statement[-1].text += ")"


_STATEMENTS: dict[str, Callable[[list[Token]], None]] = {
    "print": _print,
    "exec": _exec,
    "except": _except,
    "raise": _raise,
}
