"""NumPy's functions of single entries in PyTorch."""

from __future__ import annotations

from typing import Any

import torch

F = torch.float64


def tensor(x: Any) -> Any:
    """A number or an array as a tensor."""
    return x if isinstance(x, torch.Tensor) else torch.as_tensor(x, dtype=F)


class Entries:
    """Functions that PyTorch lacks, has under another name, or differentiates otherwise at a bound."""

    def same(self, x: Any) -> Any:
        return x

    conjugate = real = real_if_close = nan_to_num = copy = same

    def cbrt(self, x: Any) -> Any:
        return torch.sign(x) * torch.abs(x) ** (1 / 3)

    def fabs(self, x: Any) -> Any:
        return torch.abs(x)

    def degrees(self, x: Any) -> Any:
        return torch.rad2deg(x)

    def radians(self, x: Any) -> Any:
        return torch.deg2rad(x)

    def power(self, a: Any, b: Any) -> Any:
        return a**b

    def maximum(self, a: Any, b: Any) -> Any:
        a, b = tensor(a), tensor(b)
        return torch.where(a > b, a, b)

    def minimum(self, a: Any, b: Any) -> Any:
        a, b = tensor(a), tensor(b)
        return torch.where(a < b, a, b)

    fmax, fmin = maximum, minimum

    def heaviside(self, x: Any, h: Any) -> Any:
        return torch.heaviside(x.detach(), h.detach())

    def ldexp(self, x: Any, n: int) -> Any:
        return x * 2.0**n

    def copysign(self, a: Any, b: Any) -> Any:
        return torch.abs(a) * torch.sign(b.detach())

    def fmod(self, a: Any, b: Any) -> Any:
        return a - b * torch.trunc(a / b).detach()

    def remainder(self, a: Any, b: Any) -> Any:
        return a - b * torch.floor(a / b).detach()

    def clip(self, x: Any, low: Any, high: Any) -> Any:
        x = x if low is None else self.maximum(x, low)
        return self.minimum(x, high)

    def where(self, condition: Any, a: Any, b: Any) -> Any:
        return torch.where(condition, tensor(a), tensor(b))

    def full_like(self, x: Any, value: Any) -> Any:
        return value.broadcast_to(x.shape)

    def moved_by(self, function: Any, x: Any) -> Any:
        value = x.detach().numpy()
        return x + torch.as_tensor(function(value) - value)

    def select(self, conditions: Any, choices: Any, default: float) -> Any:
        y = tensor(default)
        for condition, choice in zip(conditions[::-1], choices[::-1], strict=True):
            y = torch.where(condition, choice, y)
        return y

    def extract(self, condition: Any, x: Any) -> Any:
        return x[condition]
