"""What a user can choose about a picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from minigrad.draw.parameters import STYLES
from minigrad.gradtable import GradTable

DETAILS = ("named", "ops")
SHOWN = ("value", "shape", "grad", "bars")
THEMES = ("auto", "light", "dark")


@dataclass(frozen=True, eq=False)
class Options:
    """What `draw` takes.

    Attributes:
        params: "rails", "labels" or "copies".
        detail: "named" or "ops".
        show: of "value", "shape", "grad", what is written into the nodes; "bars" for bars of each
            parameter's gradient by step.
        grads: the gradients to draw.
        collapse: whether steps are left out; None: where there are more than 12.
        max_nodes: how many nodes there may be.

    Raises:
        ValueError: for an unknown choice.
        TypeError: if `grads` is no table of gradients.
    """

    params: str = "rails"
    detail: str = "named"
    show: Sequence[str] = ()
    grads: GradTable | None = None
    collapse: bool | None = None
    max_nodes: int = 20_000

    def __post_init__(self) -> None:
        check("params", self.params, STYLES)
        check("detail", self.detail, DETAILS)
        if isinstance(self.show, str):
            object.__setattr__(self, "show", (self.show,))
        for shown in self.show:
            check("show", shown, SHOWN)
        given: object = self.grads
        if given is not None and not isinstance(given, GradTable):
            msg = f"grads= wants what backprop(loss) returns, not {type(given).__name__}"
            raise TypeError(msg)
        if self.grads is None and {"grad", "bars"} & set(self.show):
            msg = "show= asks for gradients: pass grads=backprop(loss)"
            raise ValueError(msg)


def check(option: str, given: object, known: Sequence[object]) -> None:
    """Refuse a choice that is not known.

    Raises:
        ValueError: names the choices.
    """
    if given not in known:
        msg = f"{option}={given!r} is unknown; wanted: one of {', '.join(map(repr, known))}"
        raise ValueError(msg)
