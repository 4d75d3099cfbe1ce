"""Arrays cut into parts along an axis."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.lib.array_utils import normalize_axis_index

from minigrad.op import Array, differentiates
from minigrad.ops.indexing import along


@differentiates(np.array_split)
def _array_split(ary: Array, indices_or_sections: Any, axis: int = 0) -> list[Array]:
    axis = normalize_axis_index(axis, np.ndim(ary))
    # The cuts are where NumPy makes them in the numbers 0, 1, 2, ….
    parts = np.array_split(np.arange(np.shape(ary)[axis]), indices_or_sections)
    return [ary[along(axis, slice(int(p[0]), int(p[-1]) + 1) if p.size else slice(0, 0))] for p in parts]


@differentiates(np.split)
def _split(ary: Array, indices_or_sections: Any, axis: int = 0) -> list[Array]:
    n = np.shape(ary)[axis]
    if np.ndim(indices_or_sections) == 0 and n % indices_or_sections:
        msg = (
            f"numpy.split of a tensor of shape {np.shape(ary)} into {indices_or_sections} parts along axis "
            f"{axis} is not an equal division: use np.array_split"
        )
        raise ValueError(msg)
    return np.array_split(ary, indices_or_sections, axis)


@differentiates(np.vsplit)
def _vsplit(ary: Array, indices_or_sections: Any) -> list[Array]:
    return np.split(_with_axes(ary, 2, "vsplit"), indices_or_sections, 0)


@differentiates(np.hsplit)
def _hsplit(ary: Array, indices_or_sections: Any) -> list[Array]:
    return np.split(_with_axes(ary, 1, "hsplit"), indices_or_sections, 1 if np.ndim(ary) > 1 else 0)


@differentiates(np.dsplit)
def _dsplit(ary: Array, indices_or_sections: Any) -> list[Array]:
    return np.split(_with_axes(ary, 3, "dsplit"), indices_or_sections, 2)


def _with_axes(ary: Array, least: int, name: str) -> Array:
    if np.ndim(ary) < least:
        msg = f"numpy.{name} wants at least {least} axes; given: a tensor of shape {np.shape(ary)}"
        raise ValueError(msg)
    return ary


def _unstack(x: Array, /, *, axis: int = 0) -> tuple[Array, ...]:
    axis = normalize_axis_index(axis, np.ndim(x))
    return tuple([x[along(axis, i)] for i in range(np.shape(x)[axis])])


# This came with NumPy 2.1.
if hasattr(np, "unstack"):
    differentiates(np.unstack)(_unstack)
