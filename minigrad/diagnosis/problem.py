"""The problems that a check runs: sizes that all differ, seeded random numbers of order one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from minigrad.diagnosis.observed import Array
from minigrad.diagnosis.shapes import Shape

FIRST = {"T": 4, "B": 1, "D": 5, "H": 6, "O": 3}
"""At most as many steps as inputs and states: each gradient then tells what every step adds to it."""
BATCH = {"T": 6, "B": 3, "D": 4, "H": 7, "O": 5}
"""Another length, and a batch: means taken for sums, and sums over the wrong axis, are seen here."""
LONGER = {"T": 6, "B": 1, "D": 7, "H": 8, "O": 4}
"""For code without a batch."""
_OTHERS = (9, 10, 11, 13, 14)
_STATE, _BIAS, _GAIN = 0.9, 0.5, 1.2


@dataclass(frozen=True)
class Problem:
    """One problem: random parameters and data, time first, then the batch, then the features.

    Attributes:
        sizes: by letter.
        params: the parameters, in the shapes that the user has.
        xs: inputs, shape (T, B, D).
        tokens: the same as integers, shape (T, B).
        h0: the initial state, shape (B, H).
        c0: the initial cell state of an LSTM, shape (B, H).
        targets: classes, shape (T, B).
    """

    sizes: Mapping[str, int]
    params: Mapping[str, Array]
    xs: Array
    tokens: Array
    h0: Array
    c0: Array
    targets: Array

    @property
    def distribution(self) -> Array:
        """The targets one-hot, shape (T, B, O)."""
        return np.eye(self.sizes["O"])[self.targets]

    @property
    def about(self) -> str:
        """The sizes in a line."""
        return " ".join(f"{letter}={n}" for letter, n in self.sizes.items())

    def single(self, b: int) -> Problem:
        """The problem of one sequence of the batch alone."""
        one = slice(b, b + 1)
        return replace(
            self,
            sizes={**self.sizes, "B": 1},
            xs=self.xs[:, one],
            tokens=self.tokens[:, one],
            h0=self.h0[one],
            c0=self.c0[one],
            targets=self.targets[:, one],
        )

    def with_first_of(self, other: Problem) -> Problem:
        """The problem with the data of another in the place of its first sequence."""
        first = np.arange(self.sizes["B"]) == 0
        return replace(
            self,
            xs=np.where(first[:, None], other.xs, self.xs),
            tokens=np.where(first, other.tokens, self.tokens),
            h0=np.where(first[:, None], other.h0, self.h0),
            c0=np.where(first[:, None], other.c0, self.c0),
            targets=np.where(first, other.targets, self.targets),
        )


def sizes_for(shapes: Mapping[str, Shape], base: Mapping[str, int]) -> dict[str, int]:
    """A size for every letter: those of `base`, and for other letters what is missing there.

    A letter beside T, B, D, H and O is the size of the input if there is no D, then that of the output.

    Example:
        >>> from minigrad.diagnosis.shapes import parse_shape
        >>> sizes_for({"Wx": parse_shape("HV"), "Wy": parse_shape("VH")}, FIRST)
        {'T': 4, 'B': 1, 'D': 5, 'H': 6, 'O': 5, 'V': 5}
    """
    used = dict.fromkeys(letter for shape in shapes.values() for dim in shape for letter in dim.letters)
    free = [letter for letter in used if letter not in base]
    sizes = dict(base)
    missing = [letter for letter in "DO" if letter not in used]
    for letter, role in zip(free, missing, strict=False):
        sizes[letter] = sizes[role]
    sizes |= dict(zip(free[len(missing) :], _OTHERS, strict=False))
    if "O" in missing and len(free) < len(missing):
        # Nothing of its own: the output is as large as the input, or it is the state itself.
        of_input = free[0] if free else "D"
        twice = sum(any(of_input in dim.letters for dim in shape) for shape in shapes.values()) > 1
        sizes["O"] = sizes["D"] if twice else sizes["H"]
    return sizes


def make_problem(shapes: Mapping[str, Shape], base: Mapping[str, int], seed: int) -> Problem:
    """A problem with parameters of these shapes.

    Weights have the standard deviation 1/√n, n the number of products in a sum, so that activations
    neither vanish nor saturate; biases ½, so that none is zero.

    Args:
        shapes: of the parameters, by name.
        base: sizes by letter, as `FIRST`.
        seed: of the random numbers.
    """
    sizes = sizes_for(shapes, base)
    rng = np.random.default_rng(seed)
    params = {name: _drawn(rng, tuple(dim.size(sizes) for dim in shape)) for name, shape in shapes.items()}
    steps, batch, d, h = (sizes[letter] for letter in "TBDH")
    return Problem(
        sizes,
        params,
        rng.normal(size=(steps, batch, d)),
        _tokens(rng, steps, batch, d),
        rng.uniform(-_STATE, _STATE, (batch, h)),
        rng.uniform(-_STATE, _STATE, (batch, h)),
        rng.integers(0, sizes["O"], (steps, batch)),
    )


def _tokens(rng: np.random.Generator, steps: int, batch: int, alphabet: int) -> Array:
    """Tokens of which none comes twice in a sequence, if there are as many: each step then tells its own."""
    rows = [rng.permutation(alphabet) for _ in range(batch)]
    return np.stack([np.resize(row, steps) for row in rows], axis=1)


def _drawn(rng: np.random.Generator, shape: tuple[int, ...]) -> Array:
    """A parameter: of a matrix each row or column, whichever is summed over, gives numbers of order one."""
    wide = [n for n in shape if n > 1]
    scale = _GAIN / np.sqrt(min(wide)) if len(wide) > 1 else _BIAS
    return np.asarray(rng.normal(size=shape) * scale)
