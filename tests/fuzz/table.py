"""The table of what programs are made of: name of a function → who writes a call of it."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np

from fuzz.source import Source
from minigrad.op import CONSTANT, DIFFERENTIABLE


@dataclass(frozen=True)
class Both:
    """A call in the form that is tested, and in the pure form that the references understand."""

    plain: str
    pure: str


@dataclass(frozen=True)
class Write:
    """A statement that writes into the value `target`, and the same as an expression for its new value."""

    target: str
    plain: str
    pure: str


REQUIRED = re.compile(r"np(?:\.\w+)+")

Call: TypeAlias = "str | Both | Write"
Maker: TypeAlias = Callable[[str, Source], Call]

TABLE: dict[str, Maker] = {}
"""Function → maker; a maker may raise RejectedError."""


def makes(*names: str) -> Callable[[Maker], Maker]:
    """Enter a maker of calls under the names of functions; it is given the one that is wanted."""

    def enter(maker: Maker) -> Maker:
        for name in names:
            TABLE[name] = maker
        return maker

    return enter


def about(name: str) -> Any:
    """The NumPy function that an entry is about, None for operators and ours; the name if NumPy lacks it."""
    found = REQUIRED.match(name)
    try:
        return operator.attrgetter(found.group().removeprefix("np."))(np) if found else None
    except AttributeError:
        return name


def available() -> tuple[str, ...]:
    """The entries that minigrad takes, by its own lists."""
    taken = {*DIFFERENTIABLE, *CONSTANT, None}
    return tuple(name for name in TABLE if about(name) in taken)


def method(source: Source, name: str, x: str, arguments: str = "") -> Call:
    """np.name(x, arguments), sometimes as x.name(arguments)."""
    pure = f"np.{name}({x}{', ' * bool(arguments)}{arguments})"
    return Both(f"{x}.{name}({arguments})", pure) if source.chance(0.2) else pure
