"""Made-up calls for a file that only defines things: object, inputs, forward, loss, gradient."""

from __future__ import annotations

import ast
import itertools
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from minigrad.foreign.case import from_text
from minigrad.foreign.drivers import Driver
from minigrad.foreign.plan import Plan
from minigrad.foreign.proposal import Proposal
from minigrad.foreign.screening import screened
from minigrad.foreign.signatures import signatures
from minigrad.foreign.source import Source

MOST = 1_500
_HELPER = re.compile(r"(^|[._])(init|zero|clear|reset|check|test|load|sample|predict)(_|$)|grad\w*_?check")
_SHOWN = 3


def proposals(
    tree: ast.Module, ranked: Sequence[str], folder: Path | None = None, most: int = MOST
) -> Iterator[Proposal]:
    r"""Ways to call the gradient functions of a file, the likeliest first.

    Args:
        tree: the file.
        ranked: the qualified names of its gradient functions, the best first.
        folder: where the file lies; None where nothing lies beside it.
        most: of each function, how many ways at most.

    Example:
        >>> tree = ast.parse("def forward(x, W): return x @ W\ndef backward(dout, x, W): return x.T @ dout")
        >>> print(next(proposals(tree, ["backward"])).describe().splitlines()[-1])
        grads = m.backward(dout, x, W)
    """
    known = signatures(tree)
    for name in ranked:
        if name in known:
            yield from itertools.islice(_distinct(Plan(tree, known, known[name], folder), tree), most)


def _distinct(plan: Plan, tree: ast.Module) -> Iterator[Proposal]:
    seen = set()
    for style in plan.styles(ast.dump(tree)):
        proposal = plan.write(style)
        if proposal.describe() not in seen:
            seen.add(proposal.describe())
            yield proposal


def drivers(path: Path, source: Source, functions: Sequence[str]) -> Iterator[Driver]:
    """The made-up calls that run, as ways to run a file, those that yield most gradients first.

    Args:
        path: the file.
        source: its text.
        functions: the qualified names of its gradient functions, the best first.
    """
    known = signatures(source.tree)
    inner: set[str] = set()
    for name in [name for name in functions if not _HELPER.search(name)][:_SHOWN]:
        if name.rpartition(".")[2] in inner:
            continue  # a step of the sequence that can't be called says too little
        inner |= known[name].called if name in known else set()
        ways = proposals(source.tree, [name], path.parent)
        for proposal in screened(path, ways, name)[:_SHOWN]:
            told = f"arguments made up for {name}: {'; '.join(proposal.lines)}"
            yield from_text(path, proposal.case(), told)
