"""Arrays of other libraries taken as they are: PyTorch, JAX, CuPy and whatever speaks DLPack."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from minigrad.tensor import Tensor


def as_array(value: Any) -> NDArray[Any]:
    """The numbers of `value` as a NumPy array.

    Args:
        value: a tensor of ours, an array of NumPy, PyTorch, JAX or CuPy on any device, a number, a list.

    Raises:
        TypeError: if its library will not hand it over.

    Example:
        >>> as_array([1, 2]).dtype.kind, as_array(Tensor([0.5])).tolist()
        ('i', [0.5])
    """
    if isinstance(value, Tensor):
        return np.array(value.value)
    if isinstance(value, (list, tuple)) and any(_is_foreign(x) for x in value):
        return np.stack([as_array(x) for x in value])
    if _is_foreign(value):
        return _handed_over(value)
    return np.asarray(value)


def _is_foreign(value: Any) -> bool:
    if isinstance(value, (np.ndarray, np.generic, type, Tensor)):
        return False
    return any(hasattr(value, name) for name in ("__dlpack__", "__array__", "detach"))


def _handed_over(value: Any) -> NDArray[Any]:
    """The numbers of another library's array: out of its graph, off its device."""
    for name in ("detach", "resolve_conj", "resolve_neg", "cpu"):  # PyTorch
        step = getattr(value, name, None)
        value = step() if callable(step) else value
    fetch = getattr(value, "get", None)
    if callable(fetch) and hasattr(value, "__cuda_array_interface__"):  # CuPy
        value = fetch()
    try:
        return np.asarray(value)
    except Exception:
        if callable(getattr(value, "float", None)):  # a type that NumPy lacks, such as bfloat16
            return np.asarray(value.float())
        if not hasattr(value, "__dlpack__"):
            raise
    return np.asarray(np.from_dlpack(value))
