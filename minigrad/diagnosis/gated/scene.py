"""A problem of a gated cell as the rules of back-propagation through time see it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from minigrad.diagnosis.observed import Array, Observed

LETTERS = {"lstm": ("o", "i", "f", "g"), "gru": ("z", "n", "r")}
"""The gates of each cell, in the order in which back-propagation reaches them."""

EXACT = 1e-8
"""A sentence is said only if it gives the user's numbers to this, relative to the largest entry."""


def sigmoid(a: Array) -> Array:
    """σ(a) without overflow, shape of a."""
    return np.asarray(0.5 * (1.0 + np.tanh(0.5 * a)))


ACTIVATIONS: dict[str, Callable[[Array], Array]] = {
    "sigmoid": sigmoid,
    "tanh": lambda a: np.asarray(np.tanh(a)),
    "identity": np.asarray,
}
"""Activations by name."""


@dataclass(frozen=True, eq=False)
class Scene:
    """One `Observed` problem, with what the rules need of it worked out once.

    Arrays have a row for each step, (T, B, ·), step t at index t − 1; h and c have h(0) before, so that
    h[t − 1] is h(t − 1) and h[t] is h(t). Products with Whᵀ are `da @ Wh`, as vectors are rows.
    """

    observed: Observed

    @property
    def cell(self) -> str:
        """The cell: "lstm" or "gru"."""
        return self.observed.cell

    @cached_property
    def letters(self) -> tuple[str, ...]:
        """The gates' letters."""
        return LETTERS[self.cell]

    @cached_property
    def sizes(self) -> dict[str, int]:
        """T, B, D, H and O (0 without an output layer)."""
        T, B, D = self.observed.x.shape
        dy = self.observed.dy
        return {
            "T": T,
            "B": B,
            "D": D,
            "H": self.observed.h.shape[-1],
            "O": 0 if dy is None else dy.shape[-1],
        }

    @property
    def T(self) -> int:
        """The number of steps."""
        return self.sizes["T"]

    @cached_property
    def old(self) -> Array:
        """h(t−1), shape (T, B, H)."""
        return np.asarray(self.observed.h[:-1], dtype=float)

    @cached_property
    def new(self) -> Array:
        """h(t), shape (T, B, H)."""
        return np.asarray(self.observed.h[1:], dtype=float)

    @cached_property
    def c(self) -> Array:
        """Cell states of an LSTM, shape (T + 1, B, H)."""
        return np.asarray(self.observed.h if self.observed.c is None else self.observed.c, dtype=float)

    @cached_property
    def Wh(self) -> dict[str, Array]:
        """Recurrent matrices by gate, shape (H, H)."""
        zero = np.zeros((self.sizes["H"],) * 2)
        return {g: np.asarray(self.observed.params.get(f"Wh.{g}", zero), dtype=float) for g in self.letters}

    @property
    def act(self) -> Mapping[str, Array]:
        """Activated gates by letter, shape (T, B, H)."""
        return self.observed.gates

    @cached_property
    def net(self) -> dict[str, Array]:
        """Values a of the gates before their activation, shape (T, B, H)."""
        found = {}
        for g in self.letters:
            Wx, b = self.observed.params.get(f"Wx.{g}"), self.observed.params.get(f"b.{g}")
            a = self._recurrent(g) + (0.0 if Wx is None else self.observed.x @ Wx.T)
            found[g] = a if b is None else a + b
        return found

    def _recurrent(self, g: str) -> Array:
        if self.cell == "gru" and g == "n":
            return self.act["r"] * self.reset if self.after else self.reset @ self.Wh["n"].T
        return self.old @ self.Wh[g].T

    @property
    def after(self) -> bool:
        """Whether a GRU's reset gate multiplies Wh h, not h."""
        return self.observed.variant.startswith("after")

    @cached_property
    def reset(self) -> Array:
        """What a GRU's reset gate multiplies or makes: Wh.n h(t−1) if after, r∘h(t−1) if before."""
        return self.old @ self.Wh["n"].T if self.after else self.act["r"] * self.old

    @cached_property
    def keep(self) -> Array:
        """The share of h(t−1) that a GRU keeps: z, or 1 − z."""
        return self.act["z"] if "new" not in self.observed.variant else 1.0 - self.act["z"]

    @cached_property
    def functions(self) -> dict[str, str]:
        """The activation of each gate, and of the cell state under "c", found by value."""
        found = {}
        for g in self.letters:
            first, second = ("tanh", "sigmoid") if g in "gn" else ("sigmoid", "tanh")
            fits = np.allclose(ACTIVATIONS[second](self.net[g]), self.act[g], rtol=0, atol=1e-9)
            found[g] = second if fits else first
        if self.cell == "lstm":
            plain = np.allclose(self.act["o"] * self.c[1:], self.new, rtol=0, atol=1e-9)
            found["c"] = "identity" if plain else "tanh"
        return found

    @cached_property
    def squashed(self) -> Array:
        """What the output gate of an LSTM multiplies: tanh c(t), shape (T, B, H)."""
        return np.asarray(ACTIVATIONS[self.functions["c"]](self.c[1:]))

    @cached_property
    def parameters(self) -> tuple[str, ...]:
        """Roles whose gradient the user gave and whose right one can be worked out."""
        return tuple(role for role in self.compared if self.sizes["O"] or role not in {"Wy", "by"})

    @cached_property
    def compared(self) -> tuple[str, ...]:
        """Roles whose gradient the user gave, in the right shape."""
        manual, auto = self.observed.manual, self.observed.auto
        return tuple(role for role in manual if role in auto and manual[role].shape == auto[role].shape)

    def error(self, role: str, guess: Array) -> float:
        """The largest difference between the user's gradient and a guess, relative to the larger one."""
        given = self.observed.manual[role]
        if guess.shape != given.shape:
            return float("inf")
        return difference(given, guess)

    @cached_property
    def _scales(self) -> dict[str, tuple[float, bool]]:
        sizes = {role: float(np.max(np.abs(a), initial=0.0)) for role, a in self.observed.manual.items()}
        found = {}
        for role, a in self.observed.manual.items():
            shared = sum(abs(other - sizes[role]) <= EXACT * sizes[role] for other in sizes.values())
            several = int(np.sum(np.abs(a) >= sizes[role] * (1 - EXACT)))
            found[role] = sizes[role], shared > 1 or several > 1
        return found

    def scale(self, role: str) -> float:
        """The largest entry of the user's gradient."""
        return self._scales[role][0]

    def bounded(self, role: str) -> bool:
        """Whether several entries of the user's gradient have its largest size, as after clipping."""
        return self._scales[role][1]

    def name(self, role: str) -> str:
        """The user's name of a role."""
        return self.observed.names.get(role, role)


def difference(given: Array, guess: Array) -> float:
    """The largest difference, relative to the largest entry of either; 0 for two zeros.

    Example:
        >>> difference(np.array([1.0, 2.0]), np.array([1.0, 1.0]))
        0.5
    """
    size = max(float(np.max(np.abs(given), initial=0.0)), float(np.max(np.abs(guess), initial=0.0)))
    if size == 0.0:
        return 0.0
    off = float(np.max(np.abs(given - guess), initial=0.0)) / size
    return off if np.isfinite(off) else float("inf")
