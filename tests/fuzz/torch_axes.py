"""NumPy's functions along axes in PyTorch."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import torch

F = torch.float64


def dims(x: Any, axis: Any) -> tuple[int, ...]:
    if axis is None:
        return tuple(range(x.ndim))
    return axis if isinstance(axis, tuple) else (axis,)


def rows_of(x: Any, axis: Any) -> Any:
    """The reduced axes as one, at the end."""
    axes = [a % x.ndim for a in dims(x, axis)]
    others = [a for a in range(x.ndim) if a not in axes]
    length = math.prod(x.shape[a] for a in axes)
    return x.permute(others + axes).reshape(*[x.shape[a] for a in others], length)


def with_axes(y: Any, x: Any, axis: Any, keepdims: bool) -> Any:  # noqa: FBT001  # NumPy's
    """y with the reduced axes back."""
    axes = [a % x.ndim for a in dims(x, axis)]
    return y.reshape([1 if a in axes else n for a, n in enumerate(x.shape)]) if keepdims else y


def linear(function: Callable[[Any], Any], x: Any, axis: Any) -> Any:
    """A linear function along an axis, by the matrix that it makes of the unit vectors."""
    x = x.reshape(-1) if axis is None else torch.movedim(x, axis, 0)
    matrix = torch.as_tensor(function(np.eye(x.shape[0])).copy())
    y = torch.tensordot(matrix, x, dims=1)
    return y if axis is None or matrix.ndim == 1 else torch.movedim(y, 0, axis)


class Axes:
    """Reductions, order statistics, and linear functions along an axis."""

    def sum(self, x: Any, axis: Any = None, *, keepdims: bool = False) -> Any:
        return with_axes(rows_of(x, axis).sum(-1), x, axis, keepdims)

    def mean(self, x: Any, axis: Any = None, *, keepdims: bool = False) -> Any:
        return with_axes(rows_of(x, axis).mean(-1), x, axis, keepdims)

    def prod(self, x: Any, axis: Any = None, *, keepdims: bool = False) -> Any:
        return with_axes(rows_of(x, axis).prod(-1), x, axis, keepdims)

    nansum, nanmean, nanprod = sum, mean, prod  # noqa: A003  # the methods

    def var(self, x: Any, axis: Any = None, *, ddof: int = 0, keepdims: bool = False) -> Any:
        rows = rows_of(x, axis)
        d = rows - rows.mean(-1, keepdim=True)
        return with_axes((d * d).sum(-1) / (rows.shape[-1] - ddof), x, axis, keepdims)

    def std(self, x: Any, axis: Any = None, *, ddof: int = 0, keepdims: bool = False) -> Any:
        return torch.sqrt(self.var(x, axis, ddof=ddof, keepdims=keepdims))

    nanvar, nanstd = var, std

    def quantile(self, x: Any, q: float, axis: Any = None, *, keepdims: bool = False) -> Any:
        rows = rows_of(x, axis)
        places = torch.argsort(rows.detach(), -1)
        rows = torch.gather(rows, -1, places)
        place = q * (rows.shape[-1] - 1)
        low = min(int(place), rows.shape[-1] - 1)
        high = min(low + 1, rows.shape[-1] - 1)
        y = rows[..., low] * (1 - (place - low)) + (place - low) * rows[..., high]
        return with_axes(y, x, axis, keepdims)

    def percentile(self, x: Any, q: float, axis: Any = None, *, keepdims: bool = False) -> Any:
        return self.quantile(x, q / 100, axis, keepdims=keepdims)

    def median(self, x: Any, axis: Any = None, *, keepdims: bool = False) -> Any:
        return self.quantile(x, 0.5, axis, keepdims=keepdims)

    def max(self, x: Any, axis: Any = None, *, keepdims: bool = False) -> Any:
        return self.quantile(x, 1.0, axis, keepdims=keepdims)

    def min(self, x: Any, axis: Any = None, *, keepdims: bool = False) -> Any:
        return self.quantile(x, 0.0, axis, keepdims=keepdims)

    def ptp(self, x: Any, axis: Any = None, *, keepdims: bool = False) -> Any:
        return self.max(x, axis, keepdims=keepdims) - self.min(x, axis, keepdims=keepdims)

    amax = nanmax = max  # noqa: A003  # the method
    amin = nanmin = min  # noqa: A003  # the method
    nanmedian, nanquantile, nanpercentile = median, quantile, percentile

    def cumsum(self, x: Any, axis: Any = None) -> Any:
        return linear(lambda e: np.cumsum(e, 0), x, axis)

    def cumprod(self, x: Any, axis: Any = None) -> Any:
        return torch.cumprod(x.reshape(-1), 0) if axis is None else torch.cumprod(x, axis)

    nancumsum, nancumprod = cumsum, cumprod

    def cumulative_sum(self, x: Any, *, axis: int, include_initial: bool) -> Any:
        return linear(lambda e: np.cumulative_sum(e, axis=0, include_initial=include_initial), x, axis)

    def cumulative_prod(self, x: Any, *, axis: int, include_initial: bool) -> Any:
        y = torch.cumprod(x, axis)
        first = [1 if k == axis % x.ndim else n for k, n in enumerate(x.shape)]
        return torch.cat([torch.ones(first, dtype=F), y], axis) if include_initial else y

    def diff(self, x: Any, n: int, axis: int) -> Any:
        return linear(lambda e: np.diff(e, n, 0), x, axis)

    def ediff1d(self, x: Any) -> Any:
        return linear(lambda e: np.diff(e, axis=0), x, None)

    def trapezoid(self, x: Any, dx: float, axis: int) -> Any:
        return linear(lambda e: np.trapezoid(e, dx=dx, axis=0), x, axis)

    def gradient(self, x: Any, h: float, axis: int, edge_order: int) -> Any:
        return linear(lambda e: np.gradient(e, h, axis=0, edge_order=edge_order), x, axis)

    def average(self, x: Any, axis: int, weights: Any = None) -> Any:
        weights = None if weights is None else weights.numpy()
        return linear(lambda e: np.average(e, axis=0, weights=weights), x, axis)

    def cov(self, x: Any, *, bias: bool) -> Any:
        d = x - x.mean(1, keepdim=True)
        return torch.squeeze(d @ d.T / (x.shape[1] - (not bias)))

    def corrcoef(self, x: Any) -> Any:
        d = x - x.mean(1, keepdim=True)
        d = d / torch.sqrt((d * d).sum(1, keepdim=True))
        return torch.squeeze(d @ d.T)

    def linear_in(self, function: Callable[[Any], Any], x: Any) -> Any:
        units = function(np.eye(x.numel()).reshape(-1, *x.shape))
        return torch.tensordot(x.reshape(-1), torch.as_tensor(units.copy()), dims=1)

    def sort(self, x: Any, axis: Any = -1) -> Any:
        x, axis = (x.reshape(-1), 0) if axis is None else (x, axis)
        return torch.gather(x, axis, torch.argsort(x.detach(), axis))

    def partition(self, x: Any, at: int, axis: Any = -1) -> Any:
        return self.sort(x, axis)

    def argsort(self, x: Any, axis: int) -> Any:
        return torch.argsort(x.detach(), axis).numpy()
