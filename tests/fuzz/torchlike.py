"""NumPy's functions in PyTorch, as far as programs call them."""

from __future__ import annotations

import math
from types import SimpleNamespace
from typing import Any

import numpy as np
import torch

from fuzz.beyond import Beyond
from fuzz.torch_axes import Axes
from fuzz.torch_entries import Entries, F, tensor
from fuzz.torch_products import LINALG, Products

torch.set_num_threads(1)

RENAMED = {
    "arcsin": "asin", "arccos": "acos", "arctan": "atan", "arcsinh": "asinh", "arccosh": "acosh",
    "arctanh": "atanh", "rint": "round",
}  # fmt: skip

MOVING = (
    "reshape", "ravel", "transpose", "matrix_transpose", "swapaxes", "moveaxis", "rollaxis",
    "expand_dims", "squeeze", "broadcast_to", "atleast_1d", "atleast_2d", "atleast_3d", "flip",
    "flipud", "fliplr", "rot90", "roll", "repeat", "tile", "resize", "pad", "diag", "diagflat",
    "diagonal", "tril", "triu", "delete", "concatenate", "append", "stack", "vstack", "hstack",
    "dstack", "column_stack", "block", "insert", "split", "array_split", "vsplit", "hsplit", "dsplit",
    "unstack", "meshgrid", "broadcast_arrays", "take", "take_along_axis", "compress", "choose",
)  # fmt: skip
"""Functions that only move entries: NumPy moves their numbers, and PyTorch takes the entries by them."""


def detached(x: Any) -> Any:
    """The array of a tensor."""
    return x.detach().numpy() if isinstance(x, torch.Tensor) else x


def moved(function: Any, *args: Any, **kwargs: Any) -> Any:
    """function(…), which moves entries; number 0 is the entry zero, with which it fills."""
    entries = [torch.zeros(1, dtype=F)]

    def number(x: Any) -> Any:
        if isinstance(x, (list, tuple)):
            return type(x)(number(item) for item in x)
        if not isinstance(x, torch.Tensor) or x.dtype != F:
            return detached(x)
        start = sum(part.numel() for part in entries)
        entries.append(x.reshape(-1))
        return np.arange(start, start + x.numel()).reshape(x.shape)

    found = function(*[number(x) for x in args], **kwargs)
    flat = torch.cat(entries)
    if isinstance(found, (list, tuple)):
        return [flat[torch.as_tensor(part.copy())] for part in found]
    return flat[torch.as_tensor(found.copy())]


class TorchLike(Entries, Axes, Products):
    """The functions by NumPy's names and arguments."""

    pi = math.pi
    s_ = np.s_
    fft = np.fft
    unwrap = staticmethod(np.unwrap)

    def __getattr__(self, name: str) -> Any:
        """A function of one or two numbers that has the same name, or nearly."""
        if name in MOVING:
            return lambda *args, **kwargs: moved(getattr(np, name), *args, **kwargs)
        function = getattr(torch, RENAMED.get(name, name))
        return lambda *args: function(*[tensor(x) for x in args])

    def array(self, entries: Any, dtype: Any) -> Any:
        return tensor(np.array(entries, np.float64)) if dtype is F else np.array(entries, dtype)

    def eye(self, n: int, dtype: Any) -> Any:
        return torch.eye(n, dtype=dtype)

    def take_by(self, x: Any, key: Any) -> Any:
        return moved(lambda places: places[key], x)

    def put_by(self, x: Any, key: Any, v: Any) -> Any:
        return self.put_view(x, key, v)

    def look(self, x: Any, text: str) -> Any:
        """A view of x, which is e in the text."""
        return moved(lambda places: eval(text, {"np": np, "e": places}), x)  # noqa: S307  # a maker wrote it

    def put_view(self, x: Any, place: Any, v: Any) -> Any:
        """x with v at an index, or where a text says."""

        def put(places: Any, value: Any) -> Any:
            places = places.copy()
            if isinstance(place, str):
                eval(place, {"np": np, "e": places})[...] = value  # noqa: S307  # as above
            else:
                places[place] = value
            return places

        return moved(put, x, tensor(v))

    def is_of_integers(self, y: Any) -> bool:
        return isinstance(y, np.ndarray) and y.dtype.kind == "i"

    def one_hot(self, index: Any, n: int) -> Any:
        return torch.eye(n, dtype=F)[torch.as_tensor(index)]

    linalg = LINALG
    lib = SimpleNamespace(
        stride_tricks=SimpleNamespace(
            sliding_window_view=lambda x, n, axis: moved(
                np.lib.stride_tricks.sliding_window_view, x, window_shape=n, axis=axis
            )
        )
    )


TORCHLIKE = TorchLike()
NAMES = {"np": TORCHLIKE, "mg": Beyond(TORCHLIKE), "F": F}
