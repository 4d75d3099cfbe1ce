"""One run of somebody's file, and the second one with other numbers."""

from __future__ import annotations

import traceback
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from minigrad.foreign.analysis import Analysis, analyses, best
from minigrad.foreign.case import case_analyses
from minigrad.foreign.drivers import Driver
from minigrad.foreign.errors import ForeignError
from minigrad.foreign.reach import Found
from minigrad.foreign.refill import moment, refill, replaced
from minigrad.foreign.steps import hides
from minigrad.foreign.told import Told
from minigrad.foreign.watch import TimeUp, Watch
from minigrad.foreign.wish import Wish
from minigrad.foreign.world import World

_SCALES = (1.0, 0.3)
_SKIPPED = (1, 3, 12)


@dataclass(frozen=True)
class Attempt:
    """What came of one run.

    Attributes:
        driver: how the file was run.
        world: where it ran.
        watch: what was seen.
        analysis: what the call of the gradient function says, if there was one.
        error: why there was none.
        refilled: whether the parameters have numbers of ours.
        again: what could be seen after a second call of a case.
    """

    driver: Driver
    world: World
    watch: Watch
    analysis: Analysis | None = None
    error: ForeignError | None = None
    refilled: bool = False
    again: Sequence[Found] = ()


def attempt(driver: Driver, wanted: Sequence[str], seconds: float = 10.0, wish: Wish = Wish()) -> Attempt:  # noqa: B008  # it is frozen
    """Run the file, and once more with parameters of order one if that can be done.

    Args:
        driver: how it is run.
        wanted: the gradient functions, the best first.
        seconds: how long one run may take.
        wish: what the user has named.
    """
    setup = Setup(driver, tuple(wanted), seconds, wish)
    first = _run(setup)
    if first.analysis is not None and driver.stops and hides(first.analysis):
        first = _later(setup, first)
    if first.analysis is None:
        return first
    for scale in _SCALES if replaced(first.analysis) else ():
        second = _again(setup, first, scale)
        if second is not None:
            return second
    return first


@dataclass(frozen=True)
class Setup:
    """What all runs of one attempt have in common.

    Attributes:
        driver: how the file is run.
        wanted: the gradient functions, the best first.
        seconds: how long one run may take.
        wish: what the user has named.
        names: how what the loss comes from was called at the first call; None for that one.
    """

    driver: Driver
    wanted: tuple[str, ...]
    seconds: float
    wish: Wish
    names: frozenset[str] | None = None


def _later(setup: Setup, first: Attempt) -> Attempt:
    """The run that looks at a later call, where that shows more."""
    if first.analysis is None:
        return first
    names = frozenset(name for found in first.analysis.parameters for name in found.names)
    for skip in _SKIPPED:
        later = _run(replace(setup, names=names), skip)
        if later.analysis is not None and not hides(later.analysis):
            return later
    return first


def _run(setup: Setup, skip: int = 0) -> Attempt:
    world = World(setup.driver.file)
    watch = _watch(setup, world, skip)
    error, result = _execute(setup.driver, world, watch)
    if error is not None and not setup.driver.stops:
        return Attempt(setup.driver, world, watch, None, error)
    try:
        return Attempt(
            setup.driver, world, watch, best(_analyses(setup, watch, result)), error, again=_second(result)
        )
    except ForeignError as refusal:
        return Attempt(setup.driver, world, watch, None, refusal)


def _watch(setup: Setup, world: World, skip: int) -> Watch:
    return Watch(
        world.files,
        setup.wanted,
        setup.seconds,
        setup.driver.stops,
        skip,
        forward=setup.wish.forward or "",
    )


def _second(result: Any) -> Sequence[Found]:
    """What could be seen after the second call of a case."""
    return result.again if isinstance(result, Told) else ()


def _analyses(setup: Setup, watch: Watch, result: Any) -> list[Analysis]:
    """What the run was about, by the case file or by the best gradient function that was called."""
    if isinstance(result, Told):
        return case_analyses(result, watch, setup.wish)
    refusal = None
    for name in (name for name in watch.wanted if name in watch.captures):
        try:
            found = analyses(watch.captures[name], None, setup.wish, setup.names if watch.skip else None)
        except ForeignError as error:
            refusal = refusal or error
            continue
        if found:
            return found
    if refusal is not None:
        raise refusal
    return []


def _execute(driver: Driver, world: World, watch: Watch) -> tuple[ForeignError | None, Any]:
    """Run it; what stops it is told and not raised."""
    result = None
    world.watched_by(watch)
    try:
        with world.running(), watch.running():
            result = driver.drive(world, watch)
    except TimeUp:
        return ForeignError(
            f"stopped after {watch.seconds:g} s before a gradient was computed", driver.file
        ), None
    except ForeignError as error:
        return error, None
    except SystemExit as error:
        return ForeignError(f"the file ends the program by exit({error.code!r})", driver.file), None
    except Exception as error:  # noqa: BLE001  # somebody's code may raise anything
        return told(error, world, driver), None
    return None, result


def told(error: BaseException, world: World, driver: Driver) -> ForeignError:
    """An exception of the user's code, at the last line that is his."""
    frames = [f for f in traceback.extract_tb(error.__traceback__) if f.filename in world.files]
    place = frames[-1] if frames else None
    text = f"{type(error).__name__}: {error}".strip().removesuffix(":")
    return ForeignError(text, place.filename if place else driver.file, place.lineno if place else None)


def _again(setup: Setup, first: Attempt, scale: float) -> Attempt | None:
    """The same run with other parameters, if it takes the same way and all numbers are finite."""
    analysis = first.analysis
    if analysis is None:
        return None
    targets = replaced(analysis)
    world = World(setup.driver.file)
    watch = _watch(setup, world, first.watch.skip)
    watch.at = moment(analysis, first.watch, targets)
    watch.then = lambda: refill(targets, first.watch, watch, scale)
    error, result = _execute(setup.driver, world, watch)
    if error is not None and not watch.captures:
        return None
    names = frozenset(name for found in analysis.parameters for name in found.names)
    try:
        found = [
            a
            for a in _analyses(replace(setup, names=names), watch, result)
            if a.loss.how == analysis.loss.how
        ]
    except ForeignError:
        return None
    chosen = best(found)
    if chosen is None or not np.isfinite(chosen.loss.node.item()) or chosen.names != analysis.names:
        return None
    if not all(np.all(np.isfinite(m)) for m in chosen.manual.values()):
        return None
    return Attempt(setup.driver, world, watch, chosen, error, refilled=True, again=_second(result))
