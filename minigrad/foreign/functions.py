"""Which functions of somebody's file compute a gradient by hand, found without running it."""

from __future__ import annotations

import ast
from dataclasses import dataclass, replace

from minigrad.foreign.calls import CallGraph, Defined, called_from_top, entry_calls
from minigrad.foreign.gradientlike import by_name, evidence, own_nodes, walks_back
from minigrad.foreign.written import keys_of, shapes_of

__all__ = ["LEAST", "Ranked", "entry_calls", "flat_script", "gradient_functions", "keys_of", "shapes_of"]

LEAST = 2.5
"""The score from which a function is called gradient-like."""

_CALLED = 1.5
_STEP = 0.5
_PASSES = 3


@dataclass(frozen=True)
class Ranked:
    """A function that may compute a gradient.

    Attributes:
        name: qualified, as `RNN.bptt` or `train.backward`; "" for the file's top level.
        owner: its class, if it is a method.
        line: its first line.
        score: how much speaks for it.
    """

    name: str
    owner: str | None
    line: int
    score: float


def gradient_functions(tree: ast.Module) -> list[Ranked]:
    r"""The functions that look as if they compute a gradient by hand, the most likely first.

    A loop back in time, products with transposes, names of derivatives and sums speak for it, and so may the
    name. One that calls another in a loop over time comes before it, one that only delegates comes after it.

    Example:
        >>> tree = ast.parse("def f(x): return x\ndef bptt(x):\n  for t in reversed(x): dW += t.T")
        >>> [ranked.name for ranked in gradient_functions(tree)]
        ['bptt']
    """
    graph = CallGraph(tree)
    used = called_from_top(tree)
    ranked = {name: _ranked(defined, used) for name, defined in graph.functions.items()}
    for _ in range(_PASSES):
        for name, defined in graph.functions.items():
            for called, looped in graph.calls(defined.node, defined.owner):
                if called.name != name and ranked[called.name].score >= LEAST:
                    other = ranked[called.name].score
                    ranked[name] = _beside(ranked[name], defined, called, other, looped=looped)
    likely = [r for r in ranked.values() if r.score >= LEAST]
    return sorted(likely, key=lambda r: -r.score)


def flat_script(tree: ast.Module) -> Ranked | None:
    r"""The top level of a file that goes forward and back there, without a function around it.

    None if a function of the file looks more like a gradient.

    Example:
        >>> flat_script(ast.parse("for t in reversed(range(3)):\n  dW += x.T\n  db += d")).score > LEAST
        True
    """
    score = evidence(tree)
    best = max((ranked.score for ranked in gradient_functions(tree)), default=LEAST)
    loops = any(isinstance(node, ast.For | ast.While) for node in own_nodes(tree))
    return Ranked("", None, 1, score) if loops and score > best else None


def _ranked(defined: Defined, used: frozenset[str]) -> Ranked:
    node = defined.node
    score = evidence(node)
    if score:
        score += by_name(node.name, defined.owner)
    if score >= LEAST and defined.name in used:
        score += _CALLED
    return Ranked(defined.name, defined.owner, node.lineno, score)


def _beside(mine: Ranked, caller: Defined, called: Defined, other: float, *, looped: bool) -> Ranked:
    """The rank of a function after that of one it calls: above a step that it repeats, else below."""
    back = walks_back(caller.node)
    if walks_back(called.node):
        below = not back or evidence(caller.node) < LEAST
        return replace(mine, score=min(mine.score, other - _STEP)) if below else mine
    name = by_name(caller.node.name, caller.owner)
    if looped and (back or (name >= LEAST and called.owner == caller.owner)) and name > -LEAST:
        return replace(mine, score=max(mine.score, other + _STEP))
    delegates = not looped and evidence(caller.node) < LEAST
    return replace(mine, score=min(mine.score, other - _STEP)) if delegates else mine
