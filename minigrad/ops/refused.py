"""NumPy's functions that a tensor is refused by, each with what to use in its place."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
from numpy._core import umath
from numpy.lib import scimath

from minigrad.op import REFUSED


def refuse(advice: str, functions: Iterable[Callable[..., Any]]) -> None:
    """Enter functions with what to use in their place."""
    REFUSED.update(dict.fromkeys(functions, advice))


REAL_KINDS = set("efdg")
"""NumPy's type codes of the real floating-point numbers."""

refuse(
    "it is for integers, truth values, dates or text, and not for floats; give it arrays",
    (
        *(
            ufunc
            for ufunc in vars(umath).values()
            if isinstance(ufunc, np.ufunc) and REAL_KINDS.isdisjoint("".join(ufunc.types))
        ),
        np.packbits, np.unpackbits, np.ravel_multi_index, np.unravel_index, np.ix_,
        np.busday_count, np.busday_offset, np.is_busday, np.datetime_as_string,
    ),
)  # fmt: skip

refuse(
    "to make a tensor use mg.Tensor(value), and leave like= out for a plain array",
    (
        np.array, np.asarray, np.asanyarray, np.ascontiguousarray, np.asfortranarray, np.require,
        np.empty, np.zeros, np.ones, np.full, np.eye, np.identity, np.tri, np.arange,
        np.frombuffer, np.fromfile, np.fromfunction, np.fromiter, np.fromstring,
        np.loadtxt, np.genfromtxt,
    ),
)  # fmt: skip

refuse(
    "a value never changes in place; x[index] = v makes a new version of the tensor, np.where a new node",
    (np.copyto, np.put, np.putmask, np.place, np.put_along_axis, np.fill_diagonal),
)

refuse(
    "it writes to a file; give it the array x.value",
    (np.save, np.savez, np.savez_compressed, np.savetxt),
)

refuse(
    "it gives complex numbers outside the real domain; use the function of the same name in numpy itself",
    (
        scimath.sqrt, scimath.log, scimath.log2, scimath.log10, scimath.logn, scimath.power,
        scimath.arccos, scimath.arcsin, scimath.arctanh,
    ),
)  # fmt: skip

refuse(
    "the data decide how many values come out; find their places with x.value, then take x[places]",
    (
        np.unique, np.unique_all, np.unique_counts, np.unique_inverse, np.unique_values,
        np.union1d, np.intersect1d, np.setdiff1d, np.setxor1d, np.trim_zeros,
    ),
)  # fmt: skip

refuse("counts do not change continuously; give it x.value", (
    np.bincount, np.histogram, np.histogram2d, np.histogramdd, np.histogram_bin_edges,
))  # fmt: skip

refuse(
    "write it as a sum of powers, y = y * x + c for each coefficient c",
    (np.poly, np.polyadd, np.polyder, np.polydiv, np.polyint, np.polymul, np.polysub, np.polyval),
)

refuse(
    "it takes Python functions; call them yourself and join the results with np.stack or np.where",
    (np.apply_along_axis, np.apply_over_axes, np.piecewise),
)

REFUSED |= {
    np.roots: "it gives complex numbers; solve for the roots that you want by an iteration of your own",
    np.polyfit: "use np.linalg.solve on the normal equations",
    np.linalg.eig: "its results are complex; for a symmetric matrix use np.linalg.eigh",
    np.linalg.eigvals: "its results are complex; for a symmetric matrix use np.linalg.eigvalsh",
    np.sort_complex: "its result is complex; use np.sort",
    np.i0: "NumPy has no function for its slope; define an Op with I₁ from another library",
}
