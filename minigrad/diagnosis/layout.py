"""How somebody's code wants its data: which axis is time, which the batch, vectors or tokens."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

import numpy as np

from minigrad.diagnosis.observed import Array
from minigrad.diagnosis.problem import Problem
from minigrad.diagnosis.shapes import ShapeError

_FLAT = dict.fromkeys(("TD", "H", "TO", "O"), "flat")
_COLUMNS = dict.fromkeys(("TD1", "TDB", "H1", "HB", "TO1", "TOB", "O1", "OB"), "columns")
_ROWS = dict.fromkeys(("T1D", "TBD", "BTD", "1H", "BH", "T1O", "TBO", "BTO", "1O", "BO"), "rows")
_STYLES = _FLAT | _COLUMNS | _ROWS


@dataclass(frozen=True)
class Layout:
    """The form of each argument, a letter for each axis and 1 for an axis of length one.

    Attributes:
        xs: vectors "TBD", "TD1" and so on, or tokens "TB", "T".
        h0: "BH", "H1" and so on.
        targets: distributions "TBO", classes "TB", or without T those of the last step alone.
        listed: whether xs and targets are lists over the first axis.
        pair: whether h0 is the pair (h0, c0).
    """

    xs: str
    h0: str
    targets: str
    listed: bool = False
    pair: bool = False

    @property
    def batched(self) -> bool:
        """Whether it has an axis for the batch."""
        return "B" in self.xs

    @property
    def columns(self) -> bool:
        """Whether states are columns."""
        return self.h0 in {"H1", "HB"}

    def arrange(self, problem: Problem) -> tuple[Any, Any, Any]:
        """The arguments xs, h0 and targets of a problem, new at each call."""
        xs = (
            arranged(problem.xs, "TBD", self.xs)
            if "D" in self.xs
            else arranged(problem.tokens, "TB", self.xs)
        )
        h0: Any = arranged(problem.h0, "BH", self.h0)
        if self.pair:
            h0 = (h0, arranged(problem.c0, "BH", self.h0))
        return self._items(xs, "T" in self.xs), h0, self._targets(problem)

    def _targets(self, problem: Problem) -> Any:
        if "O" in self.targets:
            given = problem.distribution if "T" in self.targets else problem.distribution[-1:]
            found = arranged(given, "TBO", self.targets)
        else:
            classes = problem.targets if "T" in self.targets else problem.targets[-1:]
            found = arranged(classes, "TB", self.targets)
        return self._items(found, "T" in self.targets) if found.ndim else int(found)

    def _items(self, array: Array, timed: bool) -> Any:  # noqa: FBT001  # of one caller
        if not (self.listed and timed):
            return array
        items: list[Any] = list(array)
        return [int(item) for item in items] if array.ndim == 1 and array.dtype.kind in "iu" else items

    def __str__(self) -> str:
        listed = "list of " if self.listed else ""
        tokens = " tokens" if "D" not in self.xs else ""
        state = f"({_form(self.h0)}, {_form(self.h0)})" if self.pair else _form(self.h0)
        kind = "one-hot" if "O" in self.targets else "classes"
        target = f"{listed}{_form(self.targets)} {kind}" if self.targets else "a class"
        return f"xs {listed}{_form(self.xs)}{tokens}, h0 {state}, targets {target}"


def arranged(array: Array, letters: str, form: str) -> Array:
    """An array whose axes are `letters` in another form; an axis that is left out has length one.

    Example:
        >>> arranged(np.zeros((4, 1, 5)), "TBD", "TD1").shape
        (4, 5, 1)
    """
    kept = [letter for letter in letters if letter in form]
    index = tuple(slice(None) if letter in form else 0 for letter in letters)
    moved = np.transpose(array[index], [kept.index(letter) for letter in form if letter != "1"])
    places = tuple(slice(None) if letter != "1" else None for letter in form)
    return np.array(moved[places])


def layouts(*, batched: bool, given: Mapping[str, str] | None = None) -> Iterator[Layout]:
    """The layouts to try, the commonest first: vectors before tokens, arrays before lists.

    Float targets come before classes: code that wants classes can't use them as an index, while code
    that wants distributions would take a class for a number.

    Args:
        batched: those with an axis for the batch, or those without.
        given: the forms of "xs", "h0" and "targets" that are known.
    """
    known = given or {}
    xs = ("TBD", "BTD", "TDB", "TB", "BT") if batched else ("TD", "TD1", "T1D", "T")
    h0 = ("BH", "HB") if batched else ("H", "H1", "1H")
    if batched:
        targets = ("TBO", "BTO", "TOB", "TB", "BT", "BO", "OB", "B")
    else:
        targets = ("TO", "TO1", "T1O", "T", "O", "O1", "1O", "")
    wanted = [
        (known[k],) if k in known else forms
        for k, forms in zip(known_names(), (xs, h0, targets), strict=True)
    ]
    plain = [
        Layout(x, h, y) for x, h, y in product(*wanted) if ("B" in x) == batched and _consistent(x, h, y)
    ]
    plain.sort(key=lambda layout: (_odd(layout), "T" not in layout.targets))
    for pair in (False, True):
        for listed in (False, True):
            yield from (replace(layout, pair=pair, listed=listed) for layout in plain)


def known_names() -> tuple[str, str, str]:
    """The arguments that have a form."""
    return ("xs", "h0", "targets")


def check_form(name: str, form: Any) -> str:
    """A form that the user gave in `shapes=`, as "TBD".

    Raises:
        ShapeError: if it has other letters.
    """
    letters = {"xs": "TBD1", "h0": "BH1", "targets": "TBO1"}[name]
    text = "".join(map(str, form)) if isinstance(form, (tuple, list)) else form
    wrong = (
        not isinstance(text, str)
        or set(text) - set(letters)
        or len(set(text) - {"1"}) < len(text.replace("1", ""))
    )
    if wrong or (name == "xs" and "T" not in text):
        msg = f"shapes[{name!r}] is {form!r}; wanted: each axis a letter of {', '.join(letters)}, as in 'TBD'"
        raise ShapeError(msg)
    return str(text)


def _consistent(xs: str, h0: str, targets: str) -> bool:
    """Whether time and batch stand in the same order in both."""
    order = [letter for letter in xs if letter in "TB"]
    other = [letter for letter in targets if letter in "TB"]
    return [letter for letter in order if letter in other] == other and ("B" in xs) == ("B" in h0)


def _odd(layout: Layout) -> int:
    """How many of the arguments are of another style than xs: columns beside rows."""
    style = _STYLES.get(layout.xs)
    found = [_STYLES.get(layout.h0), _STYLES.get(layout.targets)]
    return 0 if style is None else sum(s not in {None, style} for s in found)


def _form(form: str) -> str:
    return f"({', '.join(form)}{',' if len(form) == 1 else ''})"
