"""Pointing minigrad at a file: every way to run it, until one says what its gradient is worth."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from minigrad.foreign import made_up
from minigrad.foreign.analysis import Analysis
from minigrad.foreign.attempt import Attempt, attempt
from minigrad.foreign.calls import CallGraph
from minigrad.foreign.case import case_path, from_case
from minigrad.foreign.drivers import Driver, caller, callers, script
from minigrad.foreign.errors import ForeignError
from minigrad.foreign.functions import flat_script, gradient_functions
from minigrad.foreign.source import Source, read_source
from minigrad.foreign.steps import hides
from minigrad.foreign.wish import Wish

_SHOWN = 3
_PATIENCE = 3


@dataclass(frozen=True)
class Options:
    """What the user has told beside the file.

    Attributes:
        function: the gradient function; None to find it.
        params: the names of the parameters; empty to find them.
        forward: the name of the loss, or of the function that returns it; None to find it.
        case: the case file; None for the one beside the file, if there is one.
        seconds: how long one run may take.
    """

    function: str | None = None
    params: tuple[str, ...] = ()
    forward: str | None = None
    case: Path | None = None
    seconds: float = 10.0


@dataclass(frozen=True)
class Examination:
    """What was found out.

    Attributes:
        path: the file.
        source: its text.
        functions: its gradient functions, the best first.
        chosen: the run that is believed.
        tried: every run.
    """

    path: Path
    source: Source
    functions: tuple[str, ...]
    chosen: Attempt | None
    tried: tuple[Attempt, ...]

    def refusal(self) -> ForeignError:
        """Why nothing could be said, and what to do."""
        failed = any(t.error is not None for t in self.tried)
        if not failed and not any(self.functions) and flat_script(self.source.tree) is None:
            msg = (
                "nothing in it looks like a gradient by hand; name it as FILE::function, or write a case file"
            )
            return ForeignError(msg, self.path)
        # A run in which the gradient function returned has come furthest.
        told = sorted((t for t in self.tried if t.error is not None), key=lambda t: not t.watch.captures)
        first = told[0].error if told else None
        names = ", ".join(name or "its top level" for name in self.functions[:_SHOWN])
        advice = f"`minigrad check --draft {self.path.name}` writes a case file that calls {names}"
        if first is None:
            return ForeignError(
                f"nothing in the file calls {names}, and no arguments could be made up; {advice}", self.path
            )
        return ForeignError(f"{first.message}; {advice}", first.path or self.path, first.line)


def examine(path: Path, options: Options = Options()) -> Examination:  # it is frozen
    """Find out what the gradient of a file is.

    Raises:
        ForeignError: if the file can't be read.
    """
    source = read_source(path)
    functions = wanted(source, options)
    tried: list[Attempt] = []
    end = time.monotonic() + _PATIENCE * options.seconds
    for driver in _drivers(path, source, functions, options):
        found = attempt(driver, functions, options.seconds, Wish(options.params, options.forward))
        tried.append(found)
        if _is_enough(found) or time.monotonic() > end:
            break
    usable = [
        (_missing(a.analysis), hides(a.analysis), i) for i, a in enumerate(tried) if a.analysis is not None
    ]
    chosen = tried[min(usable)[-1]] if usable else None
    return Examination(path, source, functions, chosen, tuple(tried))


def _is_enough(found: Attempt) -> bool:
    """Whether every matrix has got a gradient that can show a mistake."""
    return found.analysis is not None and not _missing(found.analysis) and not hides(found.analysis)


def _missing(analysis: Analysis) -> int:
    """How many weights should have a gradient and have none; if no weight has one, that is worst."""
    has_any = any(analysis.is_weight(p.parameter) for p in analysis.pairing.pairs)
    return len(analysis.missing) if has_any else _NONE


_NONE = 1_000


def wanted(source: Source, options: Options) -> tuple[str, ...]:
    """The gradient functions that come into question, the best first; "" is the top level of a script."""
    ranked = [r.name for r in gradient_functions(source.tree)]
    ranked.insert(0 if flat_script(source.tree) else len(ranked), "")
    if options.function is None:
        return tuple(ranked)
    wish = options.function
    defined = [*ranked, *CallGraph(source.tree).functions]
    chosen = [name for name in defined if name == wish or name.endswith(f".{wish}")]
    if not chosen:
        known = ", ".join(name for name in defined if name) or "none"
        msg = f"there is no function {wish} in it; those that may compute a gradient, and others: {known}"
        raise ForeignError(msg, source.path)
    return tuple(dict.fromkeys(chosen))


def _drivers(path: Path, source: Source, functions: Sequence[str], options: Options) -> Iterator[Driver]:
    """The ways to run it, the likeliest first."""
    case = options.case or case_path(path)
    if options.case is not None or case.is_file():
        yield from_case(path, case)
        return
    yield script(path)
    for other in callers(path):
        yield caller(other)
    yield from made_up.drivers(path, source, functions)
