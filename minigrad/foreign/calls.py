"""Who calls whom in somebody's file, as far as names tell."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from minigrad.foreign.gradientlike import Function, own_nodes

_LOOPS = (ast.For, ast.AsyncFor, ast.While, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)

_STATEMENTS = (ast.stmt, ast.excepthandler, ast.match_case)


@dataclass(frozen=True)
class Defined:
    """A function of a file.

    Attributes:
        name: qualified, as `RNN.bptt` or `train.backward`.
        owner: its class, if it is a method.
        node: where it is written.
    """

    name: str
    owner: str | None
    node: Function


@dataclass(frozen=True)
class Entry:
    """A statement of the top level that leads to a function.

    Attributes:
        line: its first line.
        end: its last line.
        through: the functions on the way, the one that is looked for at the end.
        guarded: whether it stands under `if __name__ == "__main__"`.
        looped: whether the call is made in a loop of the statement.
    """

    line: int
    end: int
    through: tuple[str, ...]
    guarded: bool
    looped: bool


def functions(tree: ast.AST) -> Iterator[Defined]:
    r"""Every function of a module, methods and nested ones too, in the order of the text.

    Example:
        >>> [f.name for f in functions(ast.parse("class A:\n  def f(self):\n    def g(): pass"))]
        ['A.f', 'A.f.g']
    """
    pending: list[tuple[ast.AST, str, str | None]] = [(tree, "", None)]
    while pending:
        node, prefix, owner = pending.pop()
        if isinstance(node, Function):
            yield Defined(prefix + node.name, owner, node)
            prefix, owner = f"{prefix}{node.name}.", None
        elif isinstance(node, ast.ClassDef):
            prefix, owner = f"{prefix}{node.name}.", node.name
        inner = [n for n in ast.iter_child_nodes(node) if isinstance(n, _STATEMENTS)]
        pending += [(statement, prefix, owner) for statement in reversed(inner)]


def entry_calls(tree: ast.Module, name: str) -> list[Entry]:
    r"""The statements of the top level, also those under a main guard, that lead to a function by calls.

    A call of a method on an object that isn't `self` may mean every method of that name.

    Args:
        tree: the file.
        name: the function's qualified name.

    Example:
        >>> entry_calls(ast.parse("def f(): g()\ndef g(): pass\nwhile True: f()"), "g")
        [Entry(line=3, end=3, through=('f', 'g'), guarded=False, looped=True)]
    """
    graph = CallGraph(tree)
    entries = []
    for statement, guarded in _statements(tree.body):
        ways = [(way, looped) for way, looped in graph.ways(statement, None) if way[-1] == name]
        if ways:
            way, looped = min(ways, key=lambda item: len(item[0]))
            end = statement.end_lineno or statement.lineno
            entries.append(Entry(statement.lineno, end, way, guarded, looped))
    return entries


def called_from_top(tree: ast.Module) -> frozenset[str]:
    """The functions to which the top level leads by calls."""
    graph = CallGraph(tree)
    ways = (graph.ways(statement, None) for statement, _ in _statements(tree.body))
    return frozenset(way[-1] for found in ways for way, _ in found)


class CallGraph:
    """The functions of a file and whom each of them may call.

    Args:
        tree: the file, whose nodes must live as long as the graph.
    """

    def __init__(self, tree: ast.Module) -> None:
        self.functions = {defined.name: defined for defined in functions(tree)}
        self._by_name: dict[str, list[Defined]] = {}
        self._calls: dict[int, list[tuple[Defined, bool]]] = {}
        for defined in self.functions.values():
            simple = defined.name.rpartition(".")[2]
            self._by_name.setdefault(simple, []).append(defined)
            if defined.owner and simple == "__init__":
                self._by_name.setdefault(defined.owner, []).append(defined)

    def calls(self, scope: ast.AST, owner: str | None) -> list[tuple[Defined, bool]]:
        """Whom a body may call, in the class `owner`, and whether in a loop."""
        if id(scope) not in self._calls:
            self._calls[id(scope)] = self._read_calls(scope, owner)
        return self._calls[id(scope)]

    def _read_calls(self, scope: ast.AST, owner: str | None) -> list[tuple[Defined, bool]]:
        nodes = [scope, *own_nodes(scope)]
        loops = (node for node in nodes if isinstance(node, _LOOPS))
        looped = {id(inner) for loop in loops for inner in ast.walk(loop)}
        made = [node for node in nodes if isinstance(node, ast.Call)]
        return [(target, id(call) in looped) for call in made for target in self._targets(call, owner)]

    def ways(self, scope: ast.AST, owner: str | None) -> list[tuple[tuple[str, ...], bool]]:
        """The shortest chain of calls from a body to each function that it leads to."""
        found: dict[str, tuple[tuple[str, ...], bool]] = {}
        pending = [((), looped, target) for target, looped in self.calls(scope, owner)]
        for before, looped, target in pending:
            if target.name not in found:
                way = (*before, target.name)
                found[target.name] = way, looped
                calls = self.calls(target.node, target.owner)
                pending += [(way, looped, called) for called, _ in calls]  # type: ignore[misc]  # a longer way
        return list(found.values())

    def _targets(self, call: ast.Call, owner: str | None) -> list[Defined]:
        function = call.func
        if isinstance(function, ast.Name):
            named = self._by_name.get(function.id, [])
            return [f for f in named if f.owner is None or f.owner == function.id]
        if not isinstance(function, ast.Attribute):
            return []
        methods = [f for f in self._by_name.get(function.attr, []) if f.owner]
        on_self = isinstance(function.value, ast.Name) and function.value.id == "self"
        mine = [f for f in methods if f.owner == owner]
        return mine if on_self and mine else methods


def _statements(body: list[ast.stmt]) -> Iterator[tuple[ast.stmt, bool]]:
    """The statements that are run when the file is, those of a main guard one by one."""
    for statement in body:
        if isinstance(statement, ast.If) and "__name__" in ast.unparse(statement.test):
            yield from ((inner, True) for inner, _ in _statements(statement.body))
        elif not isinstance(statement, Function | ast.ClassDef | ast.Import | ast.ImportFrom):
            yield statement, False
