"""What a report notes beside its verdict: what was made up, clipped, scaled, left out, or added up."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from minigrad.foreign.analysis import Analysis
from minigrad.foreign.attempt import Attempt
from minigrad.foreign.scale import factor
from minigrad.foreign.source import Source
from minigrad.foreign.steps import blind, is_one_step

_ROUNDING = 1e-9
_TWICE = 2.0


def remarks(source: Source, chosen: Attempt, analysis: Analysis) -> list[str]:
    """Everything that is worth knowing of a run."""
    return [*source.notes, *_of_world(chosen), *_of_numbers(analysis), *_of_calls(analysis, chosen)]


def _of_world(chosen: Attempt) -> Iterator[str]:
    """What the file wanted and what is not there."""
    world = chosen.world
    if world.made_up:
        yield f"not there, so that a text was made up: {', '.join(dict.fromkeys(world.made_up))}"
    if world.modules.absent:
        yield f"not installed, and replaced: {', '.join(world.modules.absent)}"


def _of_numbers(analysis: Analysis) -> Iterator[str]:
    """What is to be known of the gradients that were compared."""
    for name, n in analysis.clipped.items():
        yield f"{name}: {n} entries were clipped after the loop; compared before that"
    if abs(analysis.scale - 1) > _ROUNDING:
        yield (
            f"the gradients are {analysis.scale:.6g} times those of the loss above: its scale is a "
            "convention, as the file computes none"
        )
    if analysis.absent:
        yield f"no gradient was found for {', '.join(analysis.absent)}"
    if is_one_step(analysis):
        yield "every weight is used once only: a sequence of one step, or a network without recurrence"
    hidden = blind(analysis)
    if hidden:
        yield f"the right gradient of {', '.join(hidden)} is zero here, so that a mistake in it may not show"


def _of_calls(analysis: Analysis, chosen: Attempt) -> Iterator[str]:
    """What a second call of the gradient function gives, if not the same again."""
    again = {name: f.array for f in chosen.again for name in f.names}
    twice = []
    for name, pair in zip(analysis.names, analysis.pairing.pairs, strict=True):
        second = next((again[n] for n in pair.candidate.names if n in again), None)
        if second is not None and np.any(second) and factor(second, pair.candidate.array) == _TWICE:
            twice.append(name)
    if twice:
        yield (
            f"a second call gives twice the gradient of {', '.join(twice)}: it is added to what is there, so "
            "set it to zero before each call"
        )
