"""NumPy's functions that are piecewise constant, or that ask about shape and type: an array comes out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import numpy as np
from numpy._core import umath

from minigrad.op import CONSTANT

Functions: TypeAlias = set[Callable[..., Any]]

COMPARISONS: Functions = {
    np.equal, np.not_equal, np.less, np.less_equal, np.greater, np.greater_equal,
    np.logical_and, np.logical_or, np.logical_xor, np.logical_not, np.all, np.any,
    np.isfinite, np.isinf, np.isnan, np.isneginf, np.isposinf, np.signbit,
    np.allclose, np.isclose, np.array_equal, np.array_equiv,
    np.isin, getattr(np, "in1d", np.isin),  # in1d went with NumPy 2.4
}  # fmt: skip
"""Truth values."""

STEPS: Functions = {
    np.sign, np.floor, np.ceil, np.trunc, np.rint, np.round, np.around, np.fix, np.floor_divide,
    np.spacing, np.angle, np.imag, np.linalg.matrix_rank,
}  # fmt: skip
"""Numbers that stay the same while the argument changes a little; angle and imag of real numbers."""

POSITIONS: Functions = {
    np.argmax, np.argmin, np.nanargmax, np.nanargmin, np.argsort, np.argpartition, np.lexsort,
    np.nonzero, np.flatnonzero, np.argwhere, np.count_nonzero, np.searchsorted, np.digitize,
    np.diag_indices_from, np.tril_indices_from, np.triu_indices_from,
}  # fmt: skip
"""Indices and counts."""

QUESTIONS: Functions = {
    np.shape, np.ndim, np.size, np.zeros_like, np.ones_like, np.empty_like,
    vars(umath)["_ones_like"],  # which NumPy lists with the ufuncs
    np.result_type, np.common_type, np.min_scalar_type, np.can_cast,
    np.iscomplex, np.iscomplexobj, np.isreal, np.isrealobj, np.shares_memory, np.may_share_memory,
    np.einsum_path, np.array2string, np.array_repr, np.array_str,
}  # fmt: skip
"""Shape, type, memory and text."""

CONSTANT |= COMPARISONS | STEPS | POSITIONS | QUESTIONS
