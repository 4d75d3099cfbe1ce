"""What the networks of a run are given: inputs, targets, sizes and random initial values."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Data:
    """N sequences of T characters, each with the one that follows it.

    Attributes:
        tokens: numbers in the alphabet, shape `(T + 1, N)`.
        size: K, the size of the alphabet.
        hidden: H, the number of hidden units.
        seed: of all random values.
    """

    tokens: NDArray[np.int64]
    size: int
    hidden: int
    seed: int

    @property
    def steps(self) -> int:
        """T."""
        return len(self.tokens) - 1

    @property
    def sequences(self) -> int:
        """N."""
        return int(self.tokens.shape[1])

    def one_hot(self) -> tuple[Array, Array]:
        """Inputs and targets, each of shape `(T, N, K)`.

        Example:
            >>> x, y = Data(np.array([[0], [2], [1]]), size=3, hidden=2, seed=0).one_hot()
            >>> x[:, 0].tolist(), y[:, 0].tolist()
            ([[1.0, 0.0, 0.0], [0.0, 0.0, 1.0]], [[0.0, 0.0, 1.0], [0.0, 1.0, 0.0]])
        """
        vectors = np.eye(self.size)[self.tokens]
        return vectors[:-1], vectors[1:]

    def scalars(self) -> tuple[Array, Array]:
        """Inputs and labels of a scalar network, each of shape `(T, N)`.

        x is the place of the character in the alphabet, from −1 to 1; y is 1 where the next character
        is not below the median of those that are to be predicted, else 0.

        Example:
            >>> x, y = Data(np.array([[0], [2], [1]]), size=3, hidden=2, seed=0).scalars()
            >>> x[:, 0].tolist(), y[:, 0].tolist()
            ([-1.0, 1.0], [1.0, 0.0])
        """
        x = 2.0 * self.tokens[:-1] / (self.size - 1) - 1.0
        following = self.tokens[1:]
        return x, (following >= np.median(following)).astype(float)

    def random(self, *shape: int) -> Array:
        """Random numbers in ±1 that depend on the seed and the shape alone."""
        return np.random.default_rng([self.seed, *shape]).uniform(-1.0, 1.0, shape)
