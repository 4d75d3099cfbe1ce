"""Example calls of the halves of the Fourier transform."""

from __future__ import annotations

from drawing import Example, calls

from minigrad.op import Op
from minigrad.ops import fourier

EXAMPLES: dict[type[Op], list[Example]] = {}
for _op in (fourier.CosineTransform, fourier.SineTransform):
    EXAMPLES[_op] = [
        *calls(_op(), ((5,),), ((2, 6),), ((1,),), ((0, 3),), analytic=False),
        *calls(_op(0, "ortho"), ((5, 2),), analytic=False),
        *calls(_op(1, "forward"), ((2, 4, 3),), analytic=False),
    ]
