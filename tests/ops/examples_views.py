"""Example calls of the ops behind views."""

from __future__ import annotations

from drawing import Example, calls

from minigrad.op import Op
from minigrad.ops.indexing import GetItem, Span
from minigrad.ops.shaping import Reshape, Transpose
from minigrad.ops.viewing import WriteBack

EXAMPLES: dict[type[Op], list[Example]] = {
    WriteBack: [
        *calls(WriteBack(GetItem((1,))), ((3, 4), (4,))),
        *calls(WriteBack(GetItem((Span(None, None, -2),))), ((5, 2), (3, 2)), ((0, 2), (0, 2))),
        *calls(WriteBack(Transpose()), ((3, 4), (4, 3)), ((), ())),
        *calls(WriteBack(Reshape(-1)), ((3, 4), (12,))),
    ]
}
