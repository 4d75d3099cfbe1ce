"""The rules, by family of mathematics; importing this package fills the table of NumPy functions."""

from minigrad.ops import (
    arithmetic,
    broadcasting,
    constant,
    exponential,
    indexing,
    joining,
    linear,
    loss,
    probability,
    reduction,
    selection,
    shaping,
    trigonometric,
)

__all__ = [
    "arithmetic",
    "broadcasting",
    "constant",
    "exponential",
    "indexing",
    "joining",
    "linear",
    "loss",
    "probability",
    "reduction",
    "selection",
    "shaping",
    "trigonometric",
]
