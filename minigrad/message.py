"""How a message speaks of nodes: by name, time step, op and shape."""

from __future__ import annotations

from typing import Any

import numpy as np

from minigrad.op import Op

_SUPERSCRIPT = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")


def describe(x: Any) -> str:
    """The name by which a message speaks of a node: `h⁽³⁾`, or its op where it has no name."""
    name = x.name or (f"an unnamed {x.op!r}" if x.op else "an unnamed leaf")
    step = f"⁽{str(x.step).translate(_SUPERSCRIPT)}⁾" if x.step is not None else ""
    return name + step


def call_text(op: Op, inputs: tuple[Any, ...], step: int | None) -> str:
    """An op with the names and shapes of what it was applied to, and the time step."""
    shapes = []
    for i, x in enumerate(inputs):
        given = describe(x) if hasattr(x, "__record__") else "a constant"
        shapes.append(f"{op.argument(i)} = {given} of shape {np.shape(getattr(x, 'array', x))}")
    return f"{op!r} of {', '.join(shapes)}" + (f", at step {step}" if step is not None else "")


def locate(error: BaseException, where: str) -> None:
    """Say in the message of `error` where it arose; its type and traceback stay."""
    if len(error.args) == 1 and isinstance(error.args[0], str):
        error.args = (f"{error.args[0]} [in {where}]",)
    else:
        error.add_note(f"in {where}")
