"""Made-up calls are run, and those that raise, or that yield no gradients of weights, are left out."""

from __future__ import annotations

import re
import time
import traceback
import types
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from minigrad.foreign.analysis import analyses, best
from minigrad.foreign.losses import Loss
from minigrad.foreign.names import stems
from minigrad.foreign.pairing import Pair, pair
from minigrad.foreign.proposal import Proposal
from minigrad.foreign.reach import Found, reach
from minigrad.foreign.watch import Capture, TimeUp, Watch
from minigrad.foreign.world import World
from minigrad.tensor import Tensor

SECONDS = 4.0
"""How long all the proposals for one function may take."""

_ONE = 1.0
_RUNS = 150
_LOOKED_AT = 1_500
_JUDGED = 6
_WEIGHT = re.compile(r"^(W|U|V|b|w|u|v|bias|weight)[^.]*$")
_FILE = "<made up>"
_np: Any = np


@dataclass(frozen=True)
class Run:
    """A proposal that runs, and what it yields.

    Attributes:
        proposal: what was run.
        place: which of the proposals it was.
        score: how many weights have a gradient of their shape that is finite and not zero everywhere, less
            those that have a gradient of another shape.
        capture: the call of the gradient function, where it was seen.
        loss: the loss that the proposal names.
    """

    proposal: Proposal
    place: int
    score: float
    capture: Capture | None
    loss: Loss | None

    def rank(self) -> tuple[float, ...]:
        """What comes first: the gradient that is right, then the higher score, then the likelier guess."""
        right = -1
        if self.capture is not None:
            try:
                found = best(analyses(self.capture, None if self.loss is None else [self.loss]))
            except Exception:  # noqa: BLE001  # what can't be judged is no better than what is not
                found = None
            if found is not None:
                agreeing, _, n = found.agreement
                # By chance a wrong guess never agrees in every number of every weight, but for zeros.
                seen = all(np.any(gradient) for gradient in found.given.values())
                right = agreeing if agreeing == n > 1 and seen else 0
        return (-right, -self.score, self.place)


def screened(path: Path, ways: Iterable[Proposal], name: str) -> list[Proposal]:
    """The proposals for one gradient function that run, the best first.

    Each is run once in a world where the file's arrays are tensors. Once a line has raised, proposals that
    begin with the same lines are not run any more; a loss that raises or is no scalar is left out.

    Args:
        path: the file.
        ways: the proposals, the likeliest first.
        name: the gradient function.
    """
    world = World(path)
    good: list[Run] = []
    end = time.monotonic() + SECONDS
    with world.running():
        for run in islice(_runs(path, world, ways, name), _RUNS):
            if run is not None:
                good.append(run)
            if time.monotonic() > end:
                break  # what has run until now is what there is
    good = [run for run in good if run.score >= _ONE] or [
        run for run in good if run.capture is not None and run.score >= 0
    ]
    good.sort(key=lambda run: (-run.score, run.place))
    judged = sorted(good[:_JUDGED], key=Run.rank)
    return [run.proposal for run in [*judged, *good[_JUDGED:]]]


def _runs(path: Path, world: World, ways: Iterable[Proposal], name: str) -> Iterator[Run | None]:
    module = _defined(world, path, name)
    dead: set[tuple[str, ...]] = set()
    for place, way in enumerate(islice(ways, _LOOKED_AT)):
        for proposal in (way, way.without_loss()):
            lines = tuple(proposal.describe().splitlines())
            if any(lines[: i + 1] in dead for i in range(len(lines))):
                continue
            watch = Watch(world.files, [name], _ONE, stops=False)
            made, failed = _run(proposal, module, world, watch)
            if failed:
                dead.add(lines[:failed])
                yield None
                continue
            yield _judged(proposal, place, made, watch.captures.get(name))
            break


def _defined(world: World, path: Path, name: str) -> types.ModuleType:
    """The user's module, as far as it can be run."""
    watch = Watch(world.files, [name], SECONDS)
    world.watched_by(watch)
    # What it has defined before it raises is there.
    with suppress(Exception, SystemExit, TimeUp), watch.running():
        return world.definitions(path, watch)
    module: types.ModuleType = world.modules.import_(path.stem)
    return module


def _run(proposal: Proposal, module: Any, world: World, watch: Watch) -> tuple[dict[str, Any], int]:
    """The variables that were made, and the number of the line that has raised, 0 if none has."""
    world.watched_by(watch)
    try:
        with watch.running():
            return proposal.run(module, world.modules.numpy, _FILE), 0
    except (Exception, SystemExit, TimeUp) as error:  # noqa: BLE001  # a wrong guess may raise anything
        frames = traceback.extract_tb(error.__traceback__)
        lines = [frame.lineno for frame in frames if frame.filename == _FILE]
        return {}, lines[0] or 1 if lines else 1


def _judged(proposal: Proposal, place: int, made: dict[str, Any], capture: Capture | None) -> Run:
    loss = _loss(proposal, made)
    if loss is None and proposal.loss:
        proposal = proposal.without_loss()
    return Run(proposal, place, _score(made, capture), capture, loss)


def _loss(proposal: Proposal, made: dict[str, Any]) -> Loss | None:
    """The loss that the proposal names, unless it is no scalar that depends on something."""
    given = eval(proposal.loss, made) if proposal.loss else None  # noqa: S307  # a line of ours
    if isinstance(given, tuple) and len(given) == 3:  # noqa: PLR2004  # ("upstream", output, G)
        given = _np.sum(given[1] * given[2])
    if not isinstance(given, Tensor) or given.size != 1 or given.op is None:
        return None
    return Loss(_np.sum(given), "the loss of a proposal")


def _score(made: dict[str, Any], capture: Capture | None) -> float:
    roots = {name: value for name, value in made.items() if name not in {"grads", "m", "np", "types"}}
    before = [] if capture is None else capture.before
    # A backward pass may see the weights only in a cache, where they have no names.
    before = before if any(map(_is_weight, before)) else [*before, *reach(roots)]
    weights = [f for f in before if _is_weight(f)]
    old = {id(f.value) for f in before} | {f.value.order for f in before if isinstance(f.value, Tensor)}
    after = reach({"returned": made["grads"], "net": made.get("net")}) if capture is None else capture.after
    candidates = [f for f in after if np.ndim(f.array) and getattr(f.value, "order", id(f.value)) not in old]
    return sum(map(_worth, pair(weights, candidates).pairs))


def _is_weight(found: Found) -> bool:
    last = found.path.rpartition(".")[2].split("[")
    name = last[-1].strip("\"']") if len(last) > 1 and not last[-1].strip("]").isdigit() else last[0]
    return bool(np.ndim(found.array) and _WEIGHT.match(name.lstrip("_")) and not stems(name))


def _worth(found: Pair) -> float:
    """1 for a gradient that can be compared, less for one that can't."""
    if found.shape != "same":
        return -1.0
    array = found.candidate.array
    return 1.0 if np.all(np.isfinite(array)) and np.any(array) else 0.25
