"""Example calls of the products of tensors."""

from __future__ import annotations

from collections.abc import Iterator

from drawing import Example, calls

from minigrad.op import Op
from minigrad.ops import einsum, products


def examples() -> Iterator[Example]:
    dot = products.Tensordot
    yield from calls(dot((), ()), ((2, 3), (4,)), ((), (3,)), ((0,), (3,)))
    yield from calls(dot((2,), (0,)), ((2, 3, 4), (4, 5)))
    yield from calls(dot((1, 2), (0, 1)), ((2, 3, 4), (3, 4, 5)))
    yield from calls(dot((0, 2), (2, 1)), ((2, 3, 4), (5, 4, 2)), ((2, 3, 0), (5, 0, 2)))
    yield from calls(dot((2, 0, 1), (0, 3, 1)), ((2, 3, 4), (4, 3, 5, 2)))
    yield from calls(dot((0,), (0,)), ((4,), (4,)), ((0,), (0, 3)))
    pairs = [((5, 3, 4), (3, 4)), ((4,), (4,)), ((2, 1, 4), (3, 4)), ((4,), (3, 4)), ((2, 0), (2, 0))]
    yield from calls(products.Vecdot(), *pairs, analytic=False)
    for text, *shapes in (
        ("ij,jk->ik", (2, 3), (3, 4)),
        ("ij->ji", (2, 3)),
        ("ij->i", (2, 3)),
        ("ij->", (2, 3)),
        ("i,i->i", (3,), (3,)),
        ("ij,kl->il", (2, 3), (4, 5)),
        ("ij,ij->ij", (1, 3), (2, 3)),
        ("ij,ij->", (2, 1), (1, 3)),
        ("ij,jk,kl->il", (2, 3), (3, 4), (4, 5)),
        ("ij,jk->ik", (2, 0), (0, 4)),
        ("ij->i", (0, 3)),
        (",->", (), ()),
    ):
        for optimize in (False, True):
            yield from calls(einsum.Einsum(text, optimize), tuple(shapes))
    diagonals = [("ii", (3, 3), (3,)), ("iji", (3, 2, 3), (3, 2)), ("iijj", (2, 2, 3, 3), (2, 3))]
    for text, whole, part in diagonals:
        yield from calls(einsum.TakeDiagonal(text), (whole,))
        yield from calls(einsum.PutDiagonal(text), (part, whole))


EXAMPLES: dict[type[Op], list[Example]] = {}
for _example in examples():
    EXAMPLES.setdefault(type(_example.op), []).append(_example)
