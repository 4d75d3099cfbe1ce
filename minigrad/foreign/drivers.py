"""Ways to make somebody's file call its gradient function."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from minigrad.foreign.watch import Watch
from minigrad.foreign.world import World


@dataclass(frozen=True)
class Driver:
    """One way.

    Attributes:
        told: what it does, for the report.
        file: the file that the run starts with.
        drive: does it, in a world that is running.
        source: the lines of a case file that do the same, where there are some.
        stops: whether nothing more is wanted after the gradient function has returned.
    """

    told: str
    file: Path
    drive: Callable[[World, Watch], Any]
    source: str = ""
    stops: bool = True


def script(path: Path) -> Driver:
    """Run the file as a program."""
    return Driver("the file run as a program", path, lambda world, _: world.load(path, "__main__"))


def caller(other: Path) -> Driver:
    """Run a file beside it that imports it."""
    return Driver(f"{other.name}, which imports it", other, lambda world, _: world.load(other, "__main__"))


def callers(path: Path) -> list[Path]:
    """The files beside `path` whose text imports it, those that look like programs first."""
    word = path.stem
    found = []
    for other in sorted(path.parent.glob("*.py")):
        if other != path and not other.name.endswith("_case.py") and other.stat().st_size < _LARGE:
            text = other.read_text(encoding="utf-8", errors="replace")
            if f"import {word}" in text or f"from {word} " in text or f"from .{word} " in text:
                found.append(("__main__" not in text and "for " not in text, other))
    return [other for _, other in sorted(found)]


_LARGE = 1_000_000


def generator(world: World) -> Any:
    """A seeded random generator whose arrays are tensors."""
    return world.modules.numpy.random.default_rng(np.random.SeedSequence(0))
