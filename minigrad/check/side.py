"""What stands on one side of a comparison, looked up by name and time step."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from minigrad.backprop import backprop
from minigrad.check.quantity import Absent, Quantity, parse, quantity_of
from minigrad.gradtable import GradTable
from minigrad.nn import Run
from minigrad.tensor import Tensor


class MappingSide:
    """A mapping of names, (name, step) or tensors to arrays; all of it is to be compared."""

    def __init__(self, mapping: Mapping[Any, Any]) -> None:
        self._values: dict[Quantity, list[Any]] = {}
        for key, value in mapping.items():
            quantity = parse(key)
            if quantity is None:
                quantity = Quantity(repr(key))
                note = f"key {key!r}; wanted: a name, (name, step) or a tensor"
                value = Absent(note, "key")  # noqa: PLW2901  # the value of a bad key is not looked at
            self._values.setdefault(quantity, []).append(value)

    def quantities(self) -> list[Quantity]:
        """Everything in it."""
        return list(self._values)

    def default(self) -> list[Quantity]:
        """What must be on the other side too: everything."""
        return list(self._values)

    def resolve(self, quantity: Quantity) -> Quantity:
        """The name under which `find` has it."""
        return quantity

    def find(self, quantity: Quantity) -> Any:
        """The value, or why there is none."""
        values = self._values.get(quantity, [])
        if len(values) > 1:
            return Absent(f"{len(values)} keys mean {quantity.label}", "ambiguous")
        return values[0] if values else Absent("")


class TableSide:
    """A table of gradients: of nodes, and of the dummy copies that a parameter has at each step.

    The quantity ("W", t), where W is a node outside of time, is what the uses of W at step t
    contribute to its gradient.
    """

    def __init__(self, table: GradTable) -> None:
        self._table = table
        self._nodes: dict[Quantity, list[Tensor]] = {}
        self._steps: dict[str, list[Quantity]] = {}
        self._per_step: dict[int, dict[int | None, Any]] = {}
        for node in table:
            quantity = quantity_of(node)
            self._nodes.setdefault(quantity, []).append(node)
            if node.step is not None:
                self._steps.setdefault(quantity.name, []).append(quantity)

    def quantities(self) -> list[Quantity]:
        """Every named node."""
        return [q for q, nodes in self._nodes.items() if nodes[0].name is not None]

    def default(self) -> list[Quantity]:
        """What must be on the other side too.

        Of a table that was made with `wrt=`, everything; of one of every node, the parameters: the
        named leaves outside of time.
        """
        if self._table.loss not in self._table:
            return list(self._nodes)
        return [
            q for q in self.quantities() if q.step is None and any(node.op is None for node in self._nodes[q])
        ]

    def resolve(self, quantity: Quantity) -> Quantity:
        """The node that is meant: a bare name also means the only node of that name in time."""
        steps = self._steps.get(quantity.name, [])
        if quantity not in self._nodes and quantity.step is None and len(steps) == 1:
            return steps[0]
        return quantity

    def find(self, quantity: Quantity) -> Any:
        """The gradient, or why there is none."""
        nodes = self._nodes.get(self.resolve(quantity), [])
        if len(nodes) == 1:
            return self._table[nodes[0]]
        if nodes:
            return Absent(f"{len(nodes)} nodes are named {quantity.label}", "ambiguous")
        if quantity.step is None:
            return self._unknown(quantity)
        return self._contribution(quantity)

    def _contribution(self, quantity: Quantity) -> Any:
        """What the uses at one step add to the gradient of a node outside of time."""
        name, step = quantity
        owners = self._nodes.get(Quantity(name), [])
        if len(owners) > 1:
            return Absent(f"{len(owners)} nodes are named {name}", "ambiguous")
        if not owners:
            return self._unknown(quantity)
        (owner,) = owners
        if owner.order not in self._per_step:
            self._per_step[owner.order] = self._table.per_step(owner)
        found = self._per_step[owner.order]
        if not isinstance(step, int) or step not in found:
            return Absent(f"{name} is not used at step {step}")
        return found[step]

    def _unknown(self, quantity: Quantity) -> Absent:
        steps = self._steps.get(quantity.name, [])
        if not steps:
            return Absent("no node of that name")
        where = f"{quantity.name} has {len(steps)} steps, {steps[0].step} … {steps[-1].step}"
        if quantity.step is None:
            return Absent(f"{where}: add the step, as in ({quantity.name!r}, t)", "ambiguous")
        return Absent(where)


Side = MappingSide | TableSide


def side(what: str, given: Any) -> Side:
    """One side of a comparison.

    Args:
        what: which one, for the message.
        given: a mapping, a `GradTable`, a `Run` (its loss is differentiated), or an object whose
            `gradients` is a mapping, as of a closed form, or whose `named()` gives one.

    Raises:
        TypeError: if it is none of these.

    Example:
        >>> side("manual", {("h", 3): 1.0}).quantities()
        [Quantity(name='h', step=3)]
    """
    if isinstance(given, Run):
        given = backprop(given.loss)
    if isinstance(given, GradTable):
        return TableSide(given)
    candidates = [given, getattr(given, "gradients", None), _named(given)]
    for candidate in candidates:
        if isinstance(candidate, Mapping):
            return MappingSide(candidate)
    advice = "; pass backprop(loss)" if isinstance(given, Tensor) else ""
    msg = (
        f"the {what} side is {type(given).__name__}; wanted: a mapping of names to arrays, "
        f"a GradTable or a Run{advice}"
    )
    raise TypeError(msg)


def requirements(auto: Side, require: str | Iterable[Any] | None) -> list[Quantity]:
    """What must be on the manual side.

    Raises:
        ValueError: if `require` is a string other than "all", or has a key that means nothing.
    """
    if require is None:
        return auto.default()
    if isinstance(require, str):
        if require == "all":
            return auto.quantities()
        msg = f'require={require!r}; wanted: "all", or a list of keys such as [{require!r}]'
        raise ValueError(msg)
    keys = list(require)
    parsed = [parse(key) for key in keys]
    if None in parsed:
        msg = f"require= has {keys[parsed.index(None)]!r}; wanted: names, (name, step) or tensors"
        raise ValueError(msg)
    return [quantity for quantity in parsed if quantity is not None]


def _named(given: Any) -> Any:
    """What the method `named()` gives; that of a tensor gives a name instead."""
    named = getattr(given, "named", None)
    return named() if callable(named) and not isinstance(given, (Tensor, type)) else None
