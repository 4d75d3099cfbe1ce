"""The derivatives of a program by other means: PyTorch in float64, or complex step."""

from __future__ import annotations

import importlib.util
from abc import ABC, abstractmethod
from typing import Any, TypeAlias

import numpy as np

from fuzz.analytic import NAMES
from fuzz.program import Program, weights

Arrays: TypeAlias = dict[str, Any]
Directions: TypeAlias = "Arrays | None"
Sizes: TypeAlias = dict[str, tuple[Any, float]]

STEP = 1e-30

SIXTH = ((1, 45 / 60), (2, -9 / 60), (3, 1 / 60))
"""The central difference of sixth order: ± place and weight."""

WIDTH = 1e-4


def noise(seed: int, size: float) -> Any:
    """A hook that changes each value by a relative error, as a stand-in for rounding."""
    rng = np.random.default_rng(seed)
    return lambda x: x * (1 + size * rng.uniform(-1, 1)) if size else x


class Reference(ABC):
    """What gradients are compared with."""

    @abstractmethod
    def derivative(self, program: Program, directions: Directions, size: float) -> Arrays:
        """By leaf, what `project` makes of the true gradient, with values disturbed by `size`."""

    def uncertainty(self, program: Program, directions: Directions, wanted: Arrays) -> Any:
        """By leaf, how far the reference may be off by itself."""
        return dict.fromkeys(wanted, 0.0)

    @abstractmethod
    def project(self, program: Program, gradients: Arrays, *, second: bool) -> Sizes:
        """By leaf, the numbers that are compared, and the size that their error is measured by."""


class ComplexStep(Reference):
    """Derivatives along random directions: two for order 1, one and a central difference for order 2."""

    name = "complex step"

    def derivative(self, program: Program, directions: Directions, size: float) -> Arrays:
        if directions is None:
            return {group: self._slope(program, {}, v, size) for group, v in halves(program).items()}
        return {"all": self._curvature(program, directions, size, WIDTH)}

    def uncertainty(self, program: Program, directions: Directions, wanted: Arrays) -> Any:
        """What another width of the difference changes."""
        if directions is None:
            return dict.fromkeys(wanted, 0.0)
        return {"all": abs(self._curvature(program, directions, 0.0, 0.6 * WIDTH) - wanted["all"])}

    def _curvature(self, program: Program, directions: Arrays, size: float, width: float) -> float:
        """The derivative, along one direction for all leaves, of that along another; nan across a jump."""
        v = along(program)
        total = 0.0
        for place, weight in SIXTH:
            for side in (1, -1):
                moved = {name: side * place * width * v[name] for name in v}
                try:
                    total += side * weight * self._slope(program, moved, directions, size)
                except (ValueError, IndexError):
                    # What np.extract finds here has another shape.
                    return float("nan")
        return float(total / width)

    def _slope(self, program: Program, moved: Arrays, directions: Arrays, size: float) -> Any:
        leaves = {}
        for name, value in program.leaves.items():
            here = value + moved.get(name, 0.0)
            leaves[name] = here + 1j * STEP * directions[name] if name in directions else here
        hooks = {"seen": noise(1, size), "weighted": lambda v: np.sum(weights(np.shape(v)) * v)}
        with np.errstate(all="ignore"):
            return np.imag(program.run(leaves, {**NAMES, **hooks}, pure=True)) / STEP

    def project(self, program: Program, gradients: Arrays, *, second: bool) -> Sizes:
        found = {}
        for group, directions in ({"all": along(program)} if second else halves(program)).items():
            terms = [gradients[name].astype(float) * v for name, v in directions.items()]
            found[group] = sum(np.sum(x) for x in terms), float(sum(np.sum(np.abs(x)) for x in terms))
        return found


class Torch(Reference):
    """Every entry of every gradient, by PyTorch."""

    name = "PyTorch"

    def derivative(self, program: Program, directions: Directions, size: float) -> Arrays:
        import torch  # noqa: PLC0415  # not everybody has it

        from fuzz.torchlike import NAMES as TORCH_NAMES  # noqa: PLC0415  # as above

        leaves = {name: torch.tensor(x, requires_grad=True) for name, x in program.leaves.items()}
        hooks = {
            "seen": noise(1, size),
            "weighted": lambda v: (torch.as_tensor(weights(tuple(v.shape))) * v).sum(),
        }
        loss = program.run(leaves, {**TORCH_NAMES, **hooks}, pure=True)
        parts = list(leaves.values())
        second = directions is not None
        found = torch.autograd.grad(loss, parts, create_graph=second, materialize_grads=True)
        if directions is not None:
            pairs = zip(directions.values(), found, strict=True)
            turned = sum((torch.as_tensor(v) * g).sum() for v, g in pairs)
            if turned.requires_grad:
                found = torch.autograd.grad(turned, parts, materialize_grads=True)
            else:
                found = [torch.zeros_like(x) for x in parts]
        return {name: g.numpy(force=True) for name, g in zip(leaves, found, strict=True)}

    def project(self, program: Program, gradients: Arrays, *, second: bool) -> Sizes:
        sizes = {name: float(np.max(np.abs(g), initial=0)) for name, g in gradients.items()}
        return {name: (g.astype(float), sizes[name]) for name, g in gradients.items()}


def along(program: Program) -> Arrays:
    """A direction for each leaf, the same ones whenever they are asked for."""
    return {
        name: np.random.default_rng(int(name[1:])).uniform(0.5, 1.5, value.shape)
        * np.random.default_rng(int(name[1:]) + 99).choice([-1, 1], value.shape)
        for name, value in program.leaves.items()
    }


def halves(program: Program) -> dict[str, Arrays]:
    """The directions in two parts, by the names of the leaves."""
    v = along(program)
    names = list(v)
    return {", ".join(part): {name: v[name] for name in part} for part in (names[::2], names[1::2]) if part}


def best() -> Reference:
    """PyTorch where it is installed, else complex step."""
    return Torch() if importlib.util.find_spec("torch") else ComplexStep()
