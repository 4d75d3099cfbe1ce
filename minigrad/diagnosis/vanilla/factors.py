"""Constants that a gradient is multiplied by when a sum is taken for a mean."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from minigrad.diagnosis.observed import Array

Sizes = Mapping[str, int]

_PRODUCTS = ("T", "B", "O", "H", "D", "TB", "TO", "BO", "TBO", "TH", "BH", "TBH")


def _product(letters: str, scale: float = 1.0, power: int = 1) -> Callable[[Sizes], float]:
    """scale·(product of the sizes)^power, NaN for 1/0."""

    def factor(n: Sizes) -> float:
        size = float(np.prod([n[letter] for letter in letters]))
        return scale * size**power if size or power > 0 else float("nan")

    return factor


def _constant(value: float) -> Callable[[Sizes], float]:
    return lambda _: value


def _named() -> dict[str, Callable[[Sizes], float]]:
    found = {"2": _constant(2.0), "1/2": _constant(0.5)}
    for letters in _PRODUCTS:
        text = "·".join(letters)
        below = f"({text})" if len(letters) > 1 else text
        found[text] = _product(letters)
        found[f"1/{below}"], found[f"2/{below}"] = _product(letters, 1.0, -1), _product(letters, 2.0, -1)
    found |= {"4": _constant(4.0), "1/4": _constant(0.25)}
    return found | {"1/(T−1)": lambda n: 1.0 / (n["T"] - 1) if n["T"] > 1 else float("nan")}


MINUS = "−1"
"""The name of the factor of an opposite sign."""

FACTORS = _named()
"""Factors by their names, functions of the sizes T, B, D, H, O."""


def ratio(given: Array, right: Array) -> float:
    """The c of the best given ≈ c·right, NaN where right is 0.

    Example:
        >>> ratio(np.array([2.0, 4.0]), np.array([1.0, 2.0]))
        2.0
    """
    size = float(np.sum(right * right))
    return float(np.sum(given * right)) / size if size > 0.0 else float("nan")


def name_factor(values: Sequence[float], sizes: Sequence[Sizes]) -> str:
    """The name of a factor by its value on each problem, "" if it is none of `FACTORS`.

    Example:
        >>> name_factor([0.25, 0.125], [dict(T=4, B=1, D=5, H=6, O=3), dict(T=8, B=1, D=5, H=6, O=3)])
        '1/T'
    """
    if np.allclose(values, -1.0, rtol=1e-9):
        return MINUS
    for name, factor in FACTORS.items():
        for sign in (1.0, -1.0):
            wanted = [sign * factor(n) for n in sizes]
            if np.allclose(values, wanted, rtol=1e-9, atol=0.0):
                return name if sign > 0 else f"−{name}"
    return ""
