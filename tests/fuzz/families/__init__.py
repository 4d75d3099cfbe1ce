"""Makers of calls by family of mathematics; importing them fills the table."""

from fuzz.families import (
    choosing,
    elementwise,
    equations,
    fourier,
    grids,
    indexing,
    joining,
    moving,
    nonumpy,
    ordering,
    products,
    reductions,
    viewing,
)

__all__ = [
    "choosing",
    "elementwise",
    "equations",
    "fourier",
    "grids",
    "indexing",
    "joining",
    "moving",
    "nonumpy",
    "ordering",
    "products",
    "reductions",
    "viewing",
]
