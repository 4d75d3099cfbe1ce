"""What is compared: the name and the time step under which a value is looked up."""

from __future__ import annotations

from typing import Any, NamedTuple

from minigrad.tensor import Tensor

Step = int | tuple[int, ...] | None

ABSENT = "missing"
_SUPERSCRIPT = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")


class Quantity(NamedTuple):
    """What is compared: a name, and the time step of a node inside of time."""

    name: str
    step: Step = None

    @property
    def label(self) -> str:
        """The quantity as a table writes it: `h⁽³⁾`."""
        name = "".join(c if c.isprintable() else repr(c)[1:-1] for c in self.name)
        if self.step is None:
            return name
        if isinstance(self.step, tuple):
            return name + str(self.step)
        return f"{name}⁽{str(self.step).translate(_SUPERSCRIPT)}⁾"


class Absent(NamedTuple):
    """Why one side has no value for a quantity; an empty note where there is nothing to explain."""

    note: str
    verdict: str = ABSENT


def quantity_of(node: Tensor) -> Quantity:
    """The name and step of a node; one without a name goes by its creation number."""
    name = f"unnamed #{node.order}" if node.name is None else node.name
    return Quantity(name, node.step)


def parse(key: Any) -> Quantity | None:
    """The quantity that a key of a mapping means, None if it means none."""
    if isinstance(key, Tensor):
        return quantity_of(key)
    if isinstance(key, str):
        return Quantity(key)
    if not isinstance(key, tuple) or not key or not isinstance(key[0], str):
        return None
    name, *steps = key
    if any(not hasattr(step, "__index__") or isinstance(step, bool) for step in steps):
        return None
    numbers = tuple(step.__index__() for step in steps)
    return Quantity(name, numbers if len(numbers) > 1 else next(iter(numbers), None))
