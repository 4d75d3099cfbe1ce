"""Shapes in letters: "HD", "4HD", "H1", ("4H", "D+H"), and how they follow from example arrays."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np

_TERM = re.compile(r"(\d*)\s*[*·]?\s*([A-Za-z]?)")
_PIECE = re.compile(r"\s*(?:(\d*)\(([^()]*)\)|(\d*)([A-Za-z])|(\d+))\s*[x×*]?")


class ShapeError(ValueError):
    """A shape that can't be understood."""


@dataclass(frozen=True)
class Dim:
    """One axis: a sum of sizes by letter, and numbers: 4H, D+H, 1.

    Attributes:
        terms: pairs of a number and a letter, the letter empty for a number alone.
    """

    terms: tuple[tuple[int, str], ...]

    def size(self, sizes: Mapping[str, int]) -> int:
        """How long the axis is."""
        return sum(count * (sizes[letter] if letter else 1) for count, letter in self.terms)

    @property
    def letters(self) -> list[str]:
        """The letters in it."""
        return [letter for _, letter in self.terms if letter]

    def __str__(self) -> str:
        return "+".join(f"{count if count > 1 or not letter else ''}{letter}" for count, letter in self.terms)


_ONE = Dim(((1, ""),))
_GATES = (4, 3)
Shape: TypeAlias = tuple[Dim, ...]


def parse_shape(given: Any, name: str = "") -> Shape:
    """A shape from letters, or from a tuple of small sums.

    Args:
        given: "HD", "H1", "4HD", "(D+H)(4H)", ("4H", "D+H"), ("H", 1), or "" for a number.
        name: of the parameter, for the message.

    Raises:
        ShapeError: if it can't be understood.

    Example:
        >>> [str(dim) for dim in parse_shape("4HD")], [str(dim) for dim in parse_shape(("4H", "D+H"))]
        (['4H', 'D'], ['4H', 'D+H'])
    """
    if isinstance(given, str) and "," not in given:
        return _letters(given.strip(), name)
    if isinstance(given, str):
        given = given.strip(" ()").split(",")
    if not isinstance(given, (tuple, list)):
        raise _refused(given, name)
    return tuple(_dim(str(item), given, name) for item in given if str(item).strip())


def shape_text(shape: Shape) -> str:
    """A shape as a message writes it.

    Example:
        >>> shape_text(parse_shape(("4H", "D+H")))
        '(4H, D+H)'
    """
    return f"({', '.join(map(str, shape))}{',' if len(shape) == 1 else ''})"


def _letters(text: str, name: str) -> Shape:
    dims, place = [], 0
    while place < len(text):
        found = _PIECE.match(text, place)
        if found is None:
            raise _refused(text, name)
        times, group, count, letter, number = found.groups()
        if group is not None:
            inner = _dim(group, text, name)
            dims.append(Dim(tuple((int(times or 1) * c, x) for c, x in inner.terms)))
        elif letter:
            # "1H" is a row: an axis of length one and then H.
            dims += [_ONE] if count == "1" else []
            dims.append(Dim(((int(count or 1), letter),)))
        else:
            dims.append(Dim(((int(number), ""),)))
        place = found.end()
    return tuple(dims)


def _dim(text: str, given: Any, name: str) -> Dim:
    terms = []
    for part in text.split("+"):
        found = _TERM.fullmatch(part.strip())
        if found is None or not part.strip():
            raise _refused(given, name)
        terms.append((int(found[1] or 1), found[2]))
    return Dim(tuple(terms))


def _refused(given: Any, name: str) -> ShapeError:
    what = f"shapes[{name!r}]" if name else "a shape"
    return ShapeError(
        f"{what} is {given!r}; wanted: one letter for each axis, as in 'HD', 'H1' or '4HD', or a "
        "tuple of sums, "
        "as in ('4H', 'D+H'); H is the size of the state, D of the input, O of the output"
    )


def infer_shapes(arrays: Mapping[str, Any]) -> dict[str, Shape]:
    """Shapes in letters from example arrays: H is the size of the state, D of the input, O of the output.

    H is that of a square matrix, else the commonest; multiples such as 4H and sums such as D+H are seen.

    Raises:
        ShapeError: if no size stands out as that of the state.

    Example:
        >>> found = infer_shapes({"Wx": np.ones((7, 4)), "Wh": np.ones((7, 7)), "b": np.ones((7, 1))})
        >>> {name: shape_text(shape) for name, shape in found.items()}
        {'Wx': '(H, D)', 'Wh': '(H, H)', 'b': '(H, 1)'}
    """
    shapes = {name: np.shape(array) for name, array in arrays.items()}
    known = _named_sizes(list(shapes.values()))
    return {name: tuple(known[n] for n in shape) for name, shape in shapes.items()}


def sizes_of(arrays: Mapping[str, Any], shapes: Mapping[str, Shape]) -> dict[str, int]:
    """The size that each letter has in the example arrays.

    Example:
        >>> arrays = {"W": np.ones((28, 11)), "b": np.ones(28)}
        >>> sizes_of(arrays, {"W": parse_shape("(4H)(D+H)"), "b": parse_shape(("4H",))})
        {'H': 7, 'D': 4}
    """
    found: dict[str, int] = {}
    axes = [pair for name in arrays for pair in zip(shapes[name], np.shape(arrays[name]), strict=True)]
    for dim, n in sorted(axes, key=lambda pair: len(pair[0].letters)):
        known = sum(count * (found.get(letter, 0) if letter else 1) for count, letter in dim.terms)
        for count, letter in dim.terms:
            if letter and letter not in found:
                found[letter] = (n - known) // count
    return found


def _named_sizes(shapes: Sequence[tuple[int, ...]]) -> dict[int, Dim]:
    """What each size that occurs is called."""
    counts = Counter(n for shape in shapes for n in shape if n > 1)
    if not counts:
        msg = "the example arrays in params= are all of one entry; pass shapes=, as in {'Wh': 'HH'}"
        raise ShapeError(msg)
    state = _state_size(shapes, counts)
    known = {1: _ONE, state: Dim(((1, "H"),))}
    free = iter("DOEFGIJKLMN")
    recurrent = any(_is_recurrent(shape, state) for shape in shapes)
    for n in counts:
        if n in known:
            continue
        times = next((k for k in _GATES if n == k * state and _multiplies(shapes, n, state)), 0)
        if times:
            known[n] = Dim(((times, "H"),))
        elif not recurrent and n > state and not any("D" in dim.letters for dim in known.values()):
            # Without a matrix for the state alone it is stacked with the input.
            known[n] = Dim(((1, next(free)), (1, "H")))
        else:
            known[n] = Dim(((1, next(free)),))
    return known


def _is_recurrent(shape: tuple[int, ...], state: int) -> bool:
    """Whether a matrix takes the state to itself, or to several gates."""
    small, large = (min(shape, default=0), max(shape, default=0))
    return len(shape) > 1 and small == state and large in {k * state for k in (1, *_GATES)}


def _multiplies(shapes: Sequence[tuple[int, ...]], n: int, state: int) -> bool:
    """Whether n stands for several gates of the state: in a bias of its own, or beside the state."""
    return any(n in shape and (set(shape) <= {1, n} or set(shape) == {n, state}) for shape in shapes)


def _state_size(shapes: Sequence[tuple[int, ...]], counts: Counter[int]) -> int:
    square = [s[0] for s in shapes if len(s) > 1 and s[0] == s[1] and s[0] > 1]
    if square:
        return Counter(square).most_common(1)[0][0]
    # (4H, H), or (4H, D+H) beside the output's (O, H): the smallest of which another is a multiple.
    gated = [n for n in counts if any(k * n in counts and _multiplies(shapes, k * n, n) for k in _GATES)]
    return min(gated) if gated else counts.most_common(1)[0][0]
