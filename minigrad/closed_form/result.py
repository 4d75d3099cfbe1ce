"""What a closed form returns: its values, gradients and Jacobians under one naming of nodes."""

from dataclasses import dataclass, field
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Array: TypeAlias = NDArray[Any]
Key: TypeAlias = str | tuple[str, int] | tuple[str, int, int]
Table: TypeAlias = dict[Key, Array]


@dataclass(frozen=True, eq=False, repr=False)
class ClosedForm:
    """Every quantity that one form of the equations defines; all arrays are read-only.

    Time is 1..T; step 0 is the initial state. Nodes have the names of the vanilla network, whatever
    the source calls them: "a" (Huang's z), "h" (Huang's s), "o" (Huang's g), "ŷ", "L".

    Attributes:
        forward: ("a", t), ("h", t) with ("h", 0), ("o", t), ("ŷ", t), ("L", t) and the sum "L".
        gradients: ∂L/∂ a parameter under its name, ∂L/∂ a node under (name, t), and under
            (parameter, t) the gradient of its dummy copy, used at step t alone.
        jacobians: ("h", t) is ∂h(t+1)/∂h(t); ("h", t, k) is ∂h(t)/∂h(k).
        loss_terms: (parameter, t) is ∂L(t)/∂parameter; empty where the form does not define it.

    Example:
        >>> ClosedForm({"L": np.array(0.5)}, {("L", 1): np.array(1.0)}, {})
        ClosedForm(1 forward, 1 gradients, 0 jacobians, 0 loss_terms)
    """

    forward: Table
    gradients: Table
    jacobians: Table
    loss_terms: Table = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Replace each table by one of read-only arrays, so that a shared buffer does no harm."""
        for name, table in self._tables().items():
            object.__setattr__(self, name, {key: _frozen(value) for key, value in table.items()})

    def __repr__(self) -> str:
        counts = (f"{len(table)} {name}" for name, table in self._tables().items())
        return f"ClosedForm({', '.join(counts)})"

    def _tables(self) -> dict[str, Table]:
        return {
            "forward": self.forward,
            "gradients": self.gradients,
            "jacobians": self.jacobians,
            "loss_terms": self.loss_terms,
        }


def over_time(table: Table, name: str, last: int) -> Array:
    """Σ_t of the entries (name, t), t = 1..last, which all have one shape.

    Example:
        >>> float(over_time({("L", 1): np.array(0.25), ("L", 2): np.array(0.5)}, "L", 2))
        0.75
    """
    total = np.array(table[name, 1])
    for t in range(2, last + 1):
        total += table[name, t]
    return total


def _frozen(value: Array) -> Array:
    array = np.asarray(value)
    array.setflags(write=False)
    return array
