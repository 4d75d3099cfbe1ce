"""A random program: leaves, statements of NumPy, and the sum of weighted values that is its loss."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import CodeType
from typing import Any

import numpy as np

NAME = re.compile(r"\b[xv]\d+\b")


@dataclass(frozen=True)
class Step:
    """One statement; `pure` says the same without methods and writing in place, for the references."""

    name: str
    function: str
    plain: str
    pure: str

    def reads(self) -> set[str]:
        """The names whose values it needs."""
        names = set(NAME.findall(self.plain)) | set(NAME.findall(self.pure))
        return names - {self.name}


@dataclass(frozen=True)
class Program:
    """What is run: on arrays, on tensors, and by a reference."""

    leaves: Mapping[str, Any]
    steps: tuple[Step, ...]
    sinks: tuple[str, ...]

    def lines(self, *, pure: bool = False) -> Iterator[str]:
        """The statements; in the pure form each result goes through the hook `seen`."""
        if pure:
            yield from (f"{name} = seen({name})" for name in self.leaves)
        for step in self.steps:
            yield step.pure if pure else step.plain
            if pure:
                yield f"{step.name} = seen({step.name})"
        yield "loss = " + " + ".join(f"weighted({name})" for name in self.sinks)

    def run(self, leaves: Mapping[str, Any], names: Mapping[str, Any], *, pure: bool = False) -> Any:
        """The loss for `leaves`, where `names` says what np, mg, F, weighted and seen are."""
        scope = {**names, **leaves}
        exec(_compiled("\n".join(self.lines(pure=pure))), scope)  # noqa: S102  # the program was written by our own generator
        return scope["loss"]

    def needed(self) -> Program:
        """The program without the steps and leaves that the loss does not depend on."""
        wanted = set(self.sinks)
        kept = []
        for step in reversed(self.steps):
            if step.name in wanted:
                kept.append(step)
                wanted |= step.reads()
        leaves = {name: value for name, value in self.leaves.items() if name in wanted}
        return Program(leaves, tuple(reversed(kept)), self.sinks)

    def text(self, dtype: str) -> str:
        """The program as NumPy code that runs by itself and ends with the gradients."""
        leaves = [
            f"{name} = mg.Tensor(np.array({value.tolist()!r}, F).reshape({value.shape}))"
            for name, value in self.leaves.items()
        ]
        return "\n".join(
            [
                "import numpy as np",
                "import minigrad as mg",
                f"F = np.{dtype}",
                "def weighted(v):",
                "    return np.sum(np.cos(np.arange(np.size(v), dtype=F)).reshape(np.shape(v)) * v)",
                *leaves,
                *self.lines(),
                f"grads = mg.backprop(loss, [{', '.join(self.leaves)}])",
                *(f"print('{name}', grads[{name}])" for name in self.leaves),
            ]
        )


@functools.lru_cache(maxsize=16)
def _compiled(text: str) -> CodeType:
    return compile(text, "<program>", "exec")


@functools.cache
def weights(shape: tuple[int, ...], dtype: Any = float) -> Any:
    """What each entry of a sink counts in the loss: no two the same, so that none stands for another."""
    return np.cos(np.arange(int(np.prod(shape)), dtype=dtype)).reshape(shape)
