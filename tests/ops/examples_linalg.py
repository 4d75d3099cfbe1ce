"""Example calls of the ops of linear algebra."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from drawing import Example, away_from_zero, calls, draw

from minigrad.op import Op
from minigrad.ops import norms, orthogonal, powers, solving, spectral, triangle


def regular(*shape: int) -> Any:
    """Matrices whose singular values are far from 0 and from each other."""
    diagonal = np.zeros(shape[-2:])
    np.fill_diagonal(diagonal, [40.0, 24.0, 12.0, 5.0])
    return diagonal + draw(*shape)


def symmetric(*shape: int) -> Any:
    a = regular(*shape)
    return (a + a.mT) / 2


SQUARE = [(3, 3), (2, 3, 3), (1, 1), (0, 0), (0, 2, 2)]
TALL = [(4, 3), (3, 3), (2, 4, 2), (0, 3, 2)]
WIDE = [(2, 4), (2, 2, 3)]


def each(op: Op, sample: Any, shapes: Any, domain: str, **about: Any) -> Iterator[Example]:
    for shape in shapes:
        yield Example(op, (sample(*shape),), domain, **about)


def solving_examples() -> Iterator[Example]:
    regularly = "regular matrices"
    yield from each(solving.Inverse(), regular, SQUARE, regularly)
    yield from each(solving.Determinant(), regular, SQUARE, regularly)
    yield from each(solving.Cofactors(), regular, SQUARE, regularly, analytic=False)
    yield from each(solving.LogDeterminant(), regular, SQUARE, regularly, analytic=False)
    for a, b in (((3, 3), (3, 2)), ((2, 3, 3), (3, 2)), ((3, 3), (2, 3, 4)), ((2, 1, 3, 3), (4, 3, 1))):
        yield Example(solving.Solve(), (regular(*a), draw(*b)), regularly)
    yield Example(solving.Solve(), (regular(0, 0), draw(0, 2)), regularly)
    for upper in (False, True):
        op = solving.Cholesky(upper)
        yield from each(op, symmetric, SQUARE, "positive definite", analytic=False)
    yield from calls(triangle.LowerHalf(), *((shape,) for shape in SQUARE))


def spectral_examples() -> Iterator[Example]:
    for UPLO in "LU":
        for op in (spectral.Eigenvalues(UPLO), spectral.Eigenvectors(UPLO)):
            yield from each(op, symmetric, SQUARE, "symmetric, distinct eigenvalues", analytic=False)
    for op in (spectral.LeftVectors(), spectral.SingularValues(), spectral.RightVectors()):
        yield from each(op, regular, TALL + WIDE, "distinct singular values", analytic=False)


def orthogonal_examples() -> Iterator[Example]:
    for op in (orthogonal.QFactor(), orthogonal.RFactor()):
        yield from each(op, regular, TALL, "full rank", analytic=False)
    for shape in TALL + WIDE:
        yield Example(orthogonal.PseudoInverse(), (regular(*shape), 1e-15), "full rank", analytic=False)


def norm_examples() -> Iterator[Example]:
    for keepdims in (False, True):
        for axis in (None, 0, -1, (0, 2), ()):
            op: Op = norms.EuclideanNorm(axis, keepdims)
            yield Example(op, (4 * away_from_zero(2, 3, 4),), "x ≠ 0")
            for p in (3.0, 4.0, 1.5, 0.5, -2.0):
                op = norms.PNorm(axis, keepdims, p)
                yield Example(op, (4 * away_from_zero(2, 3, 4),), "x ≠ 0", analytic=False)
    yield from calls(norms.EuclideanNorm(), ((),), ((0, 3),))
    yield from calls(norms.EuclideanNorm(1), ((0, 3),))


def power_examples() -> Iterator[Example]:
    chains = [((2, 3), (3, 4)), ((2, 3), (3, 5), (5, 4)), ((2, 0), (0, 3), (3, 1))]
    yield from calls(powers.MultiDot(), *chains)


EXAMPLES: dict[type[Op], list[Example]] = {}
for _examples in (
    solving_examples, spectral_examples, orthogonal_examples, norm_examples, power_examples,
):  # fmt: skip
    for _example in _examples():
        EXAMPLES.setdefault(type(_example.op), []).append(_example)
