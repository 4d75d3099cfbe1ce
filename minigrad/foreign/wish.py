"""What the user has named: the parameters to be checked, and the loss."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from minigrad.foreign.errors import ForeignError
from minigrad.foreign.names import normal, parts
from minigrad.foreign.reach import Found

_SHOWN = 8


@dataclass(frozen=True)
class Wish:
    """What the user has named.

    Attributes:
        params: the names of the parameters; empty to find them.
        forward: the name of the loss, or of the function that returns it; None to find it.
    """

    params: tuple[str, ...] = ()
    forward: str | None = None

    def chosen(self, parameters: Sequence[Found]) -> list[tuple[str, Found]]:
        """The parameters that are named, in that order, each with the user's name for it.

        Raises:
            ForeignError: if the loss does not depend on one of them.
        """
        found = []
        for name in self.params:
            one = next((p for p in parameters if is_called(p, name)), None)
            if one is None:
                known = listed(parameters)
                msg = f"--params names {name}, but the loss does not depend on it; it comes from {known}"
                raise ForeignError(msg)
            found.append((name, one))
        return found


def is_called(found: Found, name: str) -> bool:
    """Whether a value goes by a name: its whole path, or the last name in it.

    Example:
        >>> W = Found('self.params["Whh"]', ('self.params["Whh"]',), 0.0)
        >>> is_called(W, "Whh"), is_called(W, "W_hh"), is_called(W, "Wxh")
        (True, True, False)
    """
    return any(path == name or _last(path) == normal(name) for path in found.names)


def _last(path: str) -> str:
    words = [part for part in parts(path) if isinstance(part, str)]
    return normal(words[-1]) if words and isinstance(parts(path)[-1], str) else ""


def listed(found: Iterable[Found]) -> str:
    """The names of some values, not too many."""
    names = [f.path for f in found]
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return ", ".join(names[:_SHOWN]) + more if names else "none that is known"
