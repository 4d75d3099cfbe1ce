"""Arrays with a border around them."""

from __future__ import annotations

from typing import Any

import numpy as np

from minigrad.dispatch import plain
from minigrad.op import Array, differentiates
from minigrad.ops.indexing import SetItem, Span, rearranged

COPYING = ("edge", "reflect", "symmetric", "wrap")
"""The modes that fill the border with entries of the array."""


@differentiates(np.pad)
def _pad(
    array: Array,
    pad_width: Any,
    mode: Any = "constant",
    *,
    constant_values: Any = 0,
    reflect_type: str = "even",
) -> Array:
    if mode == "constant":
        return _within(array, pad_width, constant_values)
    if mode not in COPYING or reflect_type != "even":
        modes = ", ".join(COPYING)
        msg = (
            f"numpy.pad of a tensor has the modes constant, {modes}, with reflect_type='even'; "
            f"given: {mode!r}, {reflect_type!r}: join the border to it with np.concatenate"
        )
        raise TypeError(msg)
    return rearranged(lambda x: np.pad(x, pad_width, mode), array)


def _within(array: Array, pad_width: Any, constant_values: Any) -> Array:
    """`array` written into the middle of a constant frame."""
    corner = np.pad(np.ones((1,) * np.ndim(array), bool), pad_width)
    starts = np.argwhere(corner)[0].tolist()
    frame = np.pad(plain(array), pad_width, constant_values=constant_values)
    pattern = [Span(k, k + n, None) for k, n in zip(starts, np.shape(array), strict=True)]
    return SetItem(tuple(pattern))(frame, array)
