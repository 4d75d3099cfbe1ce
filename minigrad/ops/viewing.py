"""Views: what NumPy writes to them it writes to the array that they show."""

from __future__ import annotations

from typing import Any

import numpy as np

from minigrad.op import Array, Op


class View(Op):
    """y = the entries of x, or some of them, in another arrangement, which NumPy does not copy."""

    def __call__(self, *inputs: Any) -> Any:
        y = super().__call__(*inputs)
        if hasattr(y, "__record__"):
            inputs[0].shows(y)
        return y

    @property
    def write_back(self) -> Op | None:
        return WriteBack(self)


class WriteBack(Op):
    """y = x with v written to what `shown` shows of it."""

    shown: Op

    def f(self, x: Array, v: Array) -> Array:
        y = np.array(x, order="C")
        self.shown.f(y)[...] = v
        return y

    def bprop_x(self, G: Array, y: Array, x: Array, v: Array) -> Array:
        return WriteBack(self.shown)(G, np.zeros_like(v))

    def bprop_v(self, G: Array, y: Array, x: Array, v: Array) -> Array:
        return self.shown(G)
