"""The network and the data that every contestant is given."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

type_of = {"float64": np.float64, "float32": np.float32}

Array = NDArray[Any]
Gradients = dict[str, Array]
Run = Callable[[], tuple[float, Gradients]]

PARAMETERS = ("U", "W", "V", "b", "c")


class Size(NamedTuple):
    """K inputs and outputs, H hidden units, N sequences, T steps; `rounds` of timing by default."""

    K: int
    H: int
    N: int
    T: int
    rounds: int


SIZES = {
    "teach": Size(8, 16, 1, 25, rounds=300),
    "minchar": Size(65, 100, 1, 25, rounds=200),
    "mid": Size(64, 128, 32, 50, rounds=40),
    "big": Size(128, 256, 64, 100, rounds=15),
}


@dataclass(frozen=True)
class Problem:
    """h(t) = tanh(b + W h(t-1) + U x(t)), o(t) = c + V h(t), L = Σ_t Σ_n cross-entropy.

    U (H, K), W (H, H), V (K, H), b (H,), c (K,); x (T, N, K), targets y (T, N) int, h0 (N, H).
    """

    U: Array
    W: Array
    V: Array
    b: Array
    c: Array
    x: Array
    y: Array
    h0: Array

    @classmethod
    def random(cls, size: Size, dtype: str, inputs: str = "one-hot", seed: int = 0) -> "Problem":
        """Parameters of the usual scale and a random text, or Gaussian inputs if not "one-hot"."""
        K, H, N, T, _ = size
        rng = np.random.default_rng(seed)
        kind = type_of[dtype]

        def gauss(scale: float, *shape: int) -> Array:
            return (scale * rng.standard_normal(shape)).astype(kind)

        text = rng.integers(K, size=(T + 1, N))
        x = np.eye(K, dtype=kind)[text[:-1]] if inputs == "one-hot" else gauss(1.0, T, N, K)
        U, W, V = gauss(K**-0.5, H, K), gauss(H**-0.5, H, H), gauss(H**-0.5, K, H)
        b, c, h0 = gauss(0.1, H), gauss(0.1, K), gauss(0.5, N, H)
        return cls(U, W, V, b, c, x, text[1:], h0)

    @property
    def parameters(self) -> Gradients:
        return {name: getattr(self, name) for name in PARAMETERS}

    @property
    def is_single(self) -> bool:
        """Whether there is one sequence, which most contestants handle as vectors."""
        return bool(self.x.shape[1] == 1)

    @property
    def data(self) -> tuple[Array, Array, Array]:
        """x, y, h0 without the axis N if there is one sequence: (T, K), (T,), (H,)."""
        if self.is_single:
            return self.x[:, 0], self.y[:, 0], self.h0[0]
        return self.x, self.y, self.h0

    @property
    def one_hot_targets(self) -> Array:
        """Targets as rows of the identity, shaped as the x of `data`."""
        return np.eye(len(self.c), dtype=self.x.dtype)[self.data[1]]
