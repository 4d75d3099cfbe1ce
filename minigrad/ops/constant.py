"""NumPy's functions that are piecewise constant, or that ask about shape and type: an array comes out."""

from __future__ import annotations

import numpy as np

from minigrad.op import CONSTANT

CONSTANT |= {
    np.equal, np.not_equal, np.less, np.less_equal, np.greater, np.greater_equal,
    np.logical_and, np.logical_or, np.logical_xor, np.logical_not,
    np.isfinite, np.isinf, np.isnan, np.signbit, np.sign,
    np.floor, np.ceil, np.trunc, np.rint, np.round, np.fix, np.floor_divide,
    np.argmax, np.argmin, np.argsort, np.nonzero, np.flatnonzero, np.argwhere, np.searchsorted,
    np.count_nonzero, np.all, np.any, np.allclose, np.isclose, np.array_equal,
    np.shape, np.ndim, np.size, np.zeros_like, np.ones_like, np.full_like, np.empty_like,
    np.result_type, np.iscomplexobj, np.isrealobj,
    np.array2string, np.array_repr, np.array_str,
}  # fmt: skip
