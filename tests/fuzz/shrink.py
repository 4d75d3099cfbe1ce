"""The smallest part of a program that still shows a fault."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from fuzz.analytic import NAMES
from fuzz.program import Program, Step


def shrink(program: Program, fails: Callable[[Program], bool]) -> Program:
    """Take away what the fault does not need: sinks, then the steps before it, which become leaves.

    Args:
        program: one for which `fails` holds.
        fails: whether a program shows the fault.
    """
    program = program.needed()
    smaller = True
    while smaller:
        smaller = False
        for candidate in _candidates(program):
            if fails(candidate):
                program, smaller = candidate, True
                break
    return program


def _candidates(program: Program) -> Iterator[Program]:
    """Smaller programs, the smallest first."""
    if len(program.steps) > 1 or len(program.sinks) > 1:
        for step in program.steps:
            candidate = Program(program.leaves, program.steps, (step.name,)).needed()
            if len(candidate.steps) < len(program.steps) or len(program.sinks) > 1:
                yield candidate
    written = {name for step in program.steps if "\n" in step.plain for name in step.reads()}
    for step in program.steps[:-1][::-1]:
        # Writing into a leaf would make another variable of it.
        if step.name in written:
            continue
        candidate = _with_leaf(program, step)
        if len(candidate.steps) < len(program.steps):
            yield candidate


def _with_leaf(program: Program, cut: Step) -> Program:
    """The program with the value of a step given."""
    value = _value(program, cut.name)
    steps = tuple(step for step in program.steps if step is not cut)
    return Program({**program.leaves, cut.name: value}, steps, program.sinks).needed()


def _value(program: Program, name: str) -> np.ndarray:
    part = Program(program.leaves, program.steps, (name,)).needed()
    hooks = {"seen": lambda x: x, "weighted": lambda v: v}
    return np.array(part.run(part.leaves, {**NAMES, **hooks}, pure=True), float)
