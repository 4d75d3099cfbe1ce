"""One way to call somebody's gradient function, as lines of Python."""

from __future__ import annotations

import textwrap
import types
from dataclasses import dataclass, replace
from typing import Any

_LOSS = "loss = "
_COMMENTS = (
    ("net = ", "the network, made as small as it can be"),
    ("loss = ", "the loss whose gradient it is: change it if it is another one"),
)


@dataclass(frozen=True)
class Proposal:
    """One way to call a gradient function.

    Attributes:
        function: the qualified name of the gradient function; m is the module in `lines` and `call`.
        lines: what is done before.
        call: the expression that computes the gradients.
        loss: the loss, as a case file gives it; empty if it isn't known.
        params: the parameters, as a case file gives them.
    """

    function: str
    lines: tuple[str, ...]
    call: str
    loss: str
    params: str

    def describe(self) -> str:
        """The lines of Python that do it."""
        return "\n".join([*self.lines, f"grads = {self.call}"])

    def without_loss(self) -> Proposal:
        """The same without the file's loss, which is then read off the first delta."""
        lines = tuple(line for line in self.lines if not line.startswith(_LOSS))
        return replace(self, lines=lines, loss="")

    def case(self) -> str:
        """A case file that does it."""
        keys = ["loss=loss"] if self.loss else []
        keys += [f"params={self.params}", f"call=lambda: {self.call}"]
        losses = [f"loss = {self.loss}"] if self.loss not in {"", "loss"} else []
        body = [*_joined(self.lines), *losses, f"return dict({', '.join(keys)})"]
        imports = "import types\n\n" if any("types." in line for line in self.lines) else ""
        text = "\n".join(map(_commented, body))
        return f"{imports}import numpy as np\n\n\ndef case(m, rng):\n" + textwrap.indent(text, "    ") + "\n"

    def run(self, module: Any, np: Any, file: str = "<proposal>") -> dict[str, Any]:
        """Do it; every variable that was made, the gradients under `grads`.

        Args:
            module: the user's module.
            np: the NumPy that makes the arrays.
            file: what the lines are called in a traceback.
        """
        made: dict[str, Any] = {"m": module, "np": np, "types": types}
        exec(compile(self.describe(), file, "exec"), made)  # noqa: S102  # lines of ours, which call the user's functions
        return {name: value for name, value in made.items() if name != "__builtins__"}


def _joined(lines: tuple[str, ...]) -> list[str]:
    """The lines, those that draw alike in one."""
    drawn: dict[str, list[str]] = {}
    for line in lines:
        name, _, expression = line.partition(" = ")
        alike = expression.startswith("np.random.randn") and name.isidentifier()
        drawn.setdefault(expression if alike else line, []).append(name)
    found = []
    for expression, names in drawn.items():
        if expression.startswith("np.random.randn"):
            many = f"({expression} for _ in range({len(names)}))" if len(names) > 1 else expression
            found.append(f"{', '.join(names)} = {many}")
        else:
            found.append(expression)
    return found


def _commented(line: str) -> str:
    """The line, with what may have to be changed in it."""
    told = next((comment for start, comment in _COMMENTS if line.startswith(start)), None)
    if "np.random.randn" in line and line.partition(" ")[0] in {"x", "X", "inputs", "xs"}:
        told = "the inputs: their layout is a guess"
    return line if told is None else f"{line}  # {told}"
