"""What speaks for it that an array is a parameter's gradient: names, containers, shapes, updates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from minigrad.foreign.names import (
    DATA_WORDS,
    PASSING_WORDS,
    Label,
    Part,
    alike,
    gradient_label,
    is_container_of_gradients,
    parameter_label,
    parts,
)
from minigrad.foreign.reach import Found

Array: TypeAlias = NDArray[Any]

SHAPE_FACTORS = {"same": 1.0, "squeezed": 0.97, "transposed": 0.8, "wrong": 0.55}
_BY_CONTAINER = 0.9
_PROPORTIONAL = 1e-9


@dataclass(frozen=True)
class Claim:
    """That a candidate is the gradient of a parameter, by one of its names."""

    parameter: Found
    candidate: Found
    rule: str
    sure: float
    path: str

    @property
    def rank(self) -> tuple[float, ...]:
        """What comes first: the surer, then what is returned, then the shorter path."""
        returned = any(name.startswith("returned") for name in self.candidate.names)
        return (-round(self.sure, 6), -returned, len(parts(self.path)))


def named(parameters: Sequence[Found], candidates: Sequence[Found]) -> Iterator[Claim]:
    """The claims by name, and by the place in containers that correspond."""
    by_stem: dict[str, list[tuple[Found, str, Label]]] = {}
    for candidate in candidates:
        for path in candidate.names:
            label = gradient_label(path)
            for stem in label.stems if label.gradient else ():
                by_stem.setdefault(stem, []).append((candidate, path, label))
    for parameter in parameters:
        for name in parameter.names:
            yield from _by_name(by_stem, parameter, parameter_label(name))
            yield from _by_position(candidates, parameter, name)


def _by_name(
    by_stem: Mapping[str, Sequence[tuple[Found, str, Label]]], parameter: Found, mine: Label
) -> Iterator[Claim]:
    """The claims of candidates that are called as the parameter is."""
    for stem in mine.stems:
        for candidate, path, label in by_stem.get(stem, ()):
            if mine.stems[0] in DATA_WORDS and label.gradient < _BY_CONTAINER:
                continue  # the h that a second pass has made beside the h of the first
            sure = _agreement(mine, label, stem) * label.gradient
            rule = "name" if label.gradient == 1 else "container"
            yield from _claim(parameter, candidate, rule, sure, path)


def _by_position(candidates: Sequence[Found], parameter: Found, name: str) -> Iterator[Claim]:
    """The claims of the same position in a list of gradients: `params[1]` and `grads[1]`."""
    steps = parts(name)
    index = [step for step in steps if isinstance(step, int)]
    if not index or not isinstance(steps[-1], int):
        return
    for candidate in candidates:
        for path in candidate.names:
            other = parts(path)
            if other[-1] == steps[-1] and index == [s for s in other if isinstance(s, int)]:
                sure = _list_of_gradients(other, steps)
                if fit(parameter, candidate) in {"same", "squeezed"}:
                    yield from _claim(parameter, candidate, "container", sure, path)


def _list_of_gradients(steps: tuple[Part, ...], of: tuple[Part, ...]) -> float:
    """How sure it is that a list holds the gradients of another list, by both lists' names."""
    names = [step for step in steps if isinstance(step, str)]
    mine = [step for step in of if isinstance(step, str)]
    if names[-1] in {"returned", mine[-1]} or not is_container_of_gradients(names[-1]):
        return 0.0
    return 0.85


def _agreement(mine: Label, other: Label, stem: str) -> float:
    """How well the places of two values of one name agree."""
    joined = stem not in {mine.stems[0], other.stems[0]}
    if not joined and mine.index != other.index:
        # A list over time beside a matrix, or a matrix beside one of a list: other things.
        return 0.0 if mine.stems[0] == stem == other.stems[0] else 0.9
    here, there = mine.numbers, other.numbers
    if here and there and here[-1] != there[-1] and not joined:
        return 0.0
    if mine.place == other.place or (other.place[:1] == ("returned",) and not mine.own):
        return 1.0
    if mine.own and other.own and not set(mine.own) & set(other.own) and not joined:
        return 0.6
    return 0.98 if joined or (here == there and mine.own == other.own) else 0.9


def _claim(parameter: Found, candidate: Found, rule: str, sure: float, path: str) -> Iterator[Claim]:
    """The claim with what the shapes say of it, unless they rule it out."""
    shape = fit(parameter, candidate)
    if shape == "wrong" and parameter_label(parameter.path).stems[0] in DATA_WORDS:
        return  # the last step's dx beside the inputs of all steps
    yield Claim(parameter, candidate, rule, sure * SHAPE_FACTORS[shape], path)


def fit(parameter: Found, candidate: Found) -> str:
    """How the shape of a candidate fits that of a parameter."""
    wanted, given = parameter.array.shape, candidate.array.shape
    if wanted == given:
        return "same"
    if tuple(n for n in wanted if n != 1) == tuple(n for n in given if n != 1):
        return "squeezed"
    return "transposed" if wanted == given[::-1] else "wrong"


def similar(parameters: Sequence[Found], candidates: Sequence[Found]) -> Iterator[Claim]:
    """The claims of names that are nearly the same, and of the same shape."""
    for parameter in parameters:
        mine = parameter_label(parameter.path)
        for candidate in candidates:
            if fit(parameter, candidate) == "wrong":
                continue
            for path in candidate.names:
                label = gradient_label(path)
                ratio = max((alike(mine.stems[0], stem) for stem in label.stems), default=0.0)
                if label.gradient >= _BY_CONTAINER and mine.index == label.index:
                    yield from _claim(parameter, candidate, "similar name", 0.8 * ratio, path)


def applied(
    parameters: Sequence[Found], candidates: Sequence[Found], changes: Mapping[str, Array]
) -> Iterator[Claim]:
    """The claims of arrays in proportion to which the call changed the weights."""
    for parameter in parameters:
        change = changes.get(parameter.path)
        if change is None or not np.any(change):
            continue
        for candidate in candidates:
            if fit(parameter, candidate) == "same" and _is_multiple(change, candidate.array):
                yield Claim(parameter, candidate, "applied", 0.9, candidate.path)


def _is_multiple(one: Array, other: Array) -> bool:
    """Whether two arrays differ by one factor only."""
    size = float(np.sum(other * other))
    if size == 0 or one.size == 1:
        return False
    rest = np.max(np.abs(one - np.sum(one * other) / size * other))
    return bool(rest <= _PROPORTIONAL * np.max(np.abs(one)))


def shaped(parameters: Sequence[Found], candidates: Sequence[Found]) -> Iterator[Claim]:
    """The claims of the only gradient of a shape that only one parameter has."""
    unused = [c for c in candidates if _may_be_a_sum(c)]
    for parameter in parameters:
        alone = [
            p for p in parameters if p.array.size == parameter.array.size and fit(p, parameter) != "wrong"
        ]
        fitting = [c for c in unused if fit(parameter, c) in {"same", "squeezed"}]
        data = parameter_label(parameter.path).stems[0] in DATA_WORDS
        if len(alone) == 1 and len(fitting) == 1 and parameter.array.size > 1 and not data:
            yield from _claim(parameter, fitting[0], "shape", 0.5, fitting[0].path)


def _may_be_a_sum(candidate: Found) -> bool:
    """Whether a candidate is called a gradient, and not that of a state or an output of one step."""
    labels = [gradient_label(path) for path in candidate.names]
    passing = any(set(label.stems) & PASSING_WORDS for label in labels)
    return any(label.gradient >= _BY_CONTAINER for label in labels) and not passing


def updated(parameters: Sequence[Found], changes: Mapping[str, Array]) -> Iterator[Claim]:
    """The changes of the weights themselves, the gradient but for the learning rate."""
    for parameter in parameters:
        change = changes.get(parameter.path)
        if change is not None and np.any(change):
            path = f"{parameter.path} before − after"
            yield Claim(parameter, Found(path, (path,), change), "update", 0.6, path)
