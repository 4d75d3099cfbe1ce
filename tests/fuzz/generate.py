"""A random program from a seed."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np

import fuzz.families  # noqa: F401  # fills the table
from fuzz.analytic import NAMES
from fuzz.program import Program, Step
from fuzz.source import LARGEST, RejectedError, Source
from fuzz.table import TABLE, Both, Call, Write, available

HIGHEST = 20.0
"""The size of a number in a program; beyond it a step is left out."""

LAYOUT = {"np.ravel", "np.reshape", "np.einsum"}
"""What gives a view or a copy as the layout in memory has it, which tensors do not share with arrays."""

PLAIN = {**NAMES, "np": np}
"""NumPy itself; of what is ours the definitions, so that a fault of ours is no reason to leave out a step."""

UNDEFINED = (
    RejectedError, ValueError, IndexError, TypeError, ZeroDivisionError, FloatingPointError, OverflowError,
    Warning, np.linalg.LinAlgError, np.exceptions.AxisError,
)  # fmt: skip
"""What says that NumPy has no value for a call."""


def generate(seed: int, *, empty: bool = False, functions: tuple[str, ...] | None = None) -> Program:
    """The program of a seed: 20 to 200 steps, as many small ones as large ones on a logarithmic scale.

    A step is left out if NumPy raises or warns, if the result is no array of real finite floats, is too
    large, or if its operands are too near a kink: all of it is decided by values alone, before anybody
    takes a gradient.

    Args:
        seed: any integer.
        empty: whether axes may have no entries.
        functions: the names to choose from; None: all that minigrad takes.
    """
    rng = np.random.default_rng(seed)
    leaves = _leaves(rng, empty=empty)
    length = round(20 * 10 ** rng.random())
    values = dict(leaves)
    source = Source(rng, values)
    names = functions or available()
    steps: list[Step] = []
    with warnings.catch_warnings(), np.errstate(all="raise", under="ignore"):
        warnings.simplefilter("error")
        while len(steps) < length:
            name = names[rng.integers(len(names))]
            try:
                call = TABLE[name](name, source)
                steps.append(_step(f"v{len(steps)}", name, call, source))
            except UNDEFINED:
                continue
    read = set().union(*[step.reads() for step in steps])
    sinks = tuple(name for name in values if name not in read)
    return Program(leaves, tuple(steps), sinks)


def _leaves(rng: np.random.Generator, *, empty: bool) -> dict[str, Any]:
    """Arrays of 0 to 3 axes over few lengths, so that they fit together, rounded to float32."""
    lengths = [*rng.permutation([2, 3, 4, 5])[:2].tolist(), 3, 1, *([0] * empty)]
    shapes = [tuple(rng.choice(lengths, rng.integers(0, 4)).tolist()) for _ in range(rng.integers(2, 5))]
    shapes = [shape if np.prod(shape) <= LARGEST else shape[:2] for shape in shapes]
    square = int(lengths[0])
    shapes += [(square, square), (square, int(lengths[1])), (int(rng.choice(lengths)),)]
    return {
        f"x{k}": rng.uniform(-1.5, 1.5, shape).astype(np.float32).astype(float)
        for k, shape in enumerate(shapes)
    }


def _step(name: str, function: str, call: Call, source: Source) -> Step:
    """The statement, with its value entered among the values."""
    pure = call if isinstance(call, str) else call.pure
    value = eval(pure, {**NAMES, **source.values})  # noqa: S307  # a call that our own makers wrote
    accept(value)
    if isinstance(call, Write):
        if value.shape != source[call.target].shape:
            raise RejectedError
        # The old name stands for what is written now, too.
        plain = f"{call.plain}\n{name} = {call.target}"
        forget = call.target
    else:
        plain = f"{name} = {call.plain if isinstance(call, Both) else call}"
        forget = None
    exec(plain, {**PLAIN, **source.memory}, scope := {})  # noqa: S102  # as above
    source.values[name], source.memory[name] = np.asarray(value), np.asarray(scope[name])
    for known in (source.values, source.memory):
        known.pop(forget, None)
    source.writable.discard(forget)
    step = Step(name, function, plain, f"{name} = {pure}")
    if function in LAYOUT:
        source.writable -= step.reads()
    else:
        source.writable.add(name)
    return step


def accept(value: Any) -> None:
    """Raise unless it can be a value of a program."""
    value = np.asarray(value)
    fine = value.dtype == np.float64 and value.size <= LARGEST and value.ndim < 5
    if not fine or not np.all(np.abs(value) < HIGHEST):
        raise RejectedError
