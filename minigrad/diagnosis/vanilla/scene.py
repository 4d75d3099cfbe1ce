"""A problem of a vanilla cell as the rules of back-propagation through time see it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np

from minigrad.diagnosis.observed import Array, Observed

EXACT = 1e-8
"""A sentence is said only if it gives the user's numbers to this, relative to the largest entry."""

HIDDEN = ("Wx", "Wh", "bh", "h0", "x")
"""Roles whose gradients are made of da(t)."""

OUTPUT = ("Wy", "by")
"""Roles whose gradients are made of dy(t)."""


def sigmoid(a: Array) -> Array:
    """σ(a) without overflow, shape of a."""
    return np.asarray(0.5 * (1.0 + np.tanh(0.5 * a)))


def derivative(cell: str, h: Array) -> Array:
    """f′ of "tanh", "sigmoid" or "relu" by the value h = f(a), shape of h.

    Example:
        >>> derivative("tanh", np.array([0.5, 0.0]))
        array([0.75, 1.  ])
    """
    if cell == "relu":
        return np.asarray(h > 0, dtype=float)
    return np.asarray(h * (1.0 - h) if cell == "sigmoid" else 1.0 - h * h)


def activate(cell: str, a: Array) -> Array:
    """f(a) of "tanh", "sigmoid" or "relu", shape of a."""
    if cell == "relu":
        return np.maximum(a, 0.0)
    return sigmoid(a) if cell == "sigmoid" else np.asarray(np.tanh(a))


def difference(given: Array, guess: Array) -> float:
    """The largest difference, relative to the largest entry of either; 0 for two zeros.

    Example:
        >>> difference(np.array([1.0, 2.0]), np.array([1.0, 1.0]))
        0.5
    """
    if given.shape != guess.shape:
        return float("inf")
    size = max(float(np.max(np.abs(given), initial=0.0)), float(np.max(np.abs(guess), initial=0.0)))
    if size == 0.0:
        return 0.0
    off = float(np.max(np.abs(given - guess), initial=0.0)) / size
    return off if np.isfinite(off) else float("inf")


@dataclass(frozen=True, eq=False)
class Scene:
    """One `Observed` problem, with what the rules need of it worked out once.

    Arrays have a row for each step, (T, B, ·), step t at index t − 1; products with Whᵀ are `da @ Wh`, as
    vectors are rows.

    Attributes:
        observed: the problem.
        manual: the user's gradients by role, divided by whatever scales all of them.
        bound: every entry of the user's gradients is clipped to ± this.
        memory: what others have worked out for this scene.
    """

    observed: Observed
    manual: Mapping[str, Array]
    bound: float = np.inf
    memory: dict[str, Any] = field(default_factory=dict, init=False)

    @classmethod
    def of(cls, observed: Observed) -> Scene:
        """The scene of a problem, whose gradients are those that are finite and have the right shape."""
        given = {
            role: np.asarray(m, dtype=float) for role, m in observed.manual.items() if role in observed.auto
        }
        kept = {
            role: m
            for role, m in given.items()
            if m.shape == np.shape(observed.auto[role]) and np.isfinite(m).all()
        }
        return cls(observed, kept)

    def divided(self, factor: float) -> Scene:
        """The same with every gradient of the user divided by a factor."""
        return replace(self, manual={role: m / factor for role, m in self.manual.items()})

    def clipped(self, bound: float) -> Scene:
        """The same with gradients that are clipped to ± bound."""
        return replace(self, bound=bound)

    @property
    def cell(self) -> str:
        """The activation: "tanh", "sigmoid" or "relu"."""
        return self.observed.cell

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
    def x(self) -> Array:
        """Inputs, shape (T, B, D)."""
        return np.asarray(self.observed.x, dtype=float)

    @cached_property
    def h(self) -> Array:
        """All states, the initial one first, shape (T + 1, B, H)."""
        return np.asarray(self.observed.h, dtype=float)

    @property
    def old(self) -> Array:
        """The states before each step, shape (T, B, H)."""
        return self.h[:-1]

    @property
    def new(self) -> Array:
        """The states after each step, shape (T, B, H)."""
        return self.h[1:]

    @cached_property
    def a(self) -> Array:
        """What f is applied to, shape (T, B, H)."""
        params = self.observed.params
        a = np.zeros_like(self.new)
        for role, left in (("Wx", self.x), ("Wh", self.old)):
            if role in params:
                a = a + left @ np.asarray(params[role], dtype=float).T
        return np.asarray(a + params.get("bh", 0.0), dtype=float)

    @cached_property
    def Wh(self) -> Array:
        """The recurrent matrix, shape (H, H); zero if there is none."""
        return np.asarray(self.observed.params.get("Wh", np.zeros((self.sizes["H"],) * 2)), dtype=float)

    @cached_property
    def Wx(self) -> Array:
        """The matrix of the inputs, shape (H, D); zero if there is none."""
        none = np.zeros((self.sizes["H"], self.sizes["D"]))
        return np.asarray(self.observed.params.get("Wx", none), dtype=float)

    @cached_property
    def Wy(self) -> Array:
        """The matrix of the outputs, shape (O, H); of no rows without an output layer."""
        none = np.zeros((self.sizes["O"], self.sizes["H"]))
        return np.asarray(self.observed.params.get("Wy", none), dtype=float) if self.sizes["O"] else none

    @cached_property
    def slope(self) -> Array:
        """The derivative of f at a, shape (T, B, H)."""
        return derivative(self.cell, self.new)

    @cached_property
    def dy(self) -> Array:
        """∂L/∂o(t), shape (T, B, O)."""
        given = self.observed.dy
        return np.zeros((*self.x.shape[:2], 0)) if given is None else np.asarray(given, dtype=float)

    @cached_property
    def rest(self) -> Array:
        """What enters h(t) from elsewhere than o(t) and a(t+1), shape (T, B, H)."""
        rest = np.asarray(self.observed.upstream, dtype=float) - self.dy @ self.Wy
        size = np.max(np.abs(self.observed.upstream), initial=0.0)
        return np.where(np.abs(rest) <= 1e-12 * size, 0.0, rest)

    def roles(self, among: tuple[str, ...]) -> tuple[str, ...]:
        """Those of the roles for which the user gave a gradient."""
        return tuple(role for role in among if role in self.manual)

    @cached_property
    def probes(self) -> dict[str, tuple[Array, Array]]:
        """Places of the two largest entries of each of the user's gradients, and the entries."""
        found = {}
        for role, m in self.manual.items():
            places = np.argsort(-np.abs(m.ravel()), kind="stable")[:2]
            found[role] = (places, m.ravel()[places])
        return found

    def plausible(self, role: str, guess: Array, *, multiple: bool = False) -> bool:
        """Whether a guess, or a multiple of it, could be the user's gradient by its two largest entries."""
        places, given = self.probes[role]
        if guess.shape != self.manual[role].shape:
            return False
        tried = guess.reshape(-1)[places]
        if multiple:
            pairs = given * tried[::-1]
            return bool(abs(pairs[0] - pairs[-1]) <= 1e-6 * abs(pairs).max(initial=0.0))
        room = 1e-6 * abs(given).max(initial=0.0)
        return bool((abs(tried.clip(-self.bound, self.bound) - given) <= room).all())

    def error(self, role: str, guess: Array) -> float:
        """The largest difference between the user's gradient and a guess, relative to the larger one."""
        bounded = guess if np.isinf(self.bound) else np.clip(guess, -self.bound, self.bound)
        return difference(self.manual[role], bounded)

    def name(self, role: str) -> str:
        """The user's name of a role."""
        return self.observed.names.get(role, role)
