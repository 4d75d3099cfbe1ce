"""The table of what programs are made of: name of a function → who writes a call of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

from source import Source


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


def method(source: Source, name: str, x: str, arguments: str = "") -> Call:
    """np.name(x, arguments), sometimes as x.name(arguments)."""
    pure = f"np.{name}({x}{', ' * bool(arguments)}{arguments})"
    return Both(f"{x}.{name}({arguments})", pure) if source.chance(0.2) else pure


def either(source: Source, *options: Any) -> Any:
    """One of the ways to write the same thing."""
    return source.one_of(*options)
