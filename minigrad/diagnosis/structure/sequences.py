"""Steps that were made one behind the other, brought to time first and batch second."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import permutations
from typing import Any

import numpy as np

from minigrad.diagnosis.structure.values import close
from minigrad.diagnosis.structure.wiring import Array, UnrecognisedError


@dataclass(frozen=True)
class Sequences:
    """K = S · T steps: S sequences of T steps, made one after the other."""

    S: int
    T: int

    @classmethod
    def of(cls, follows: Array) -> Sequences:
        """The sequences that begin wherever a step does not follow the last one.

        Raises:
            UnrecognisedError: if they differ in length or have a single step.

        Example:
            >>> Sequences.of(np.array([False, True, True, False, True, True]))
            Sequences(S=2, T=3)
        """
        starts = [*np.flatnonzero(~follows).tolist(), len(follows)]
        lengths = set(np.diff(starts).tolist())
        if len(lengths) != 1 or lengths == {1}:
            msg = f"the sequences have the lengths {sorted(lengths)}"
            raise UnrecognisedError(msg)
        return cls(len(starts) - 1, lengths.pop())

    def by_time(self, steps: Array) -> Array:
        """From (K, B, n) to (T, S · B, n)."""
        K, B, n = steps.shape
        table = steps.reshape(self.S, self.T, B, n).transpose(1, 0, 2, 3)
        return table.reshape(self.T, K // self.T * B, n)

    def states(self, before: Array, after: Array) -> Array:
        """The states 0 … T, shape (T + 1, S · B, H), of the states before and after each step."""
        return np.concatenate([self.by_time(before)[:1], self.by_time(after)])

    def places(self, value: Array, leaf: Array) -> Array | None:
        """The flat places in a leaf of the entries of `value`, if it has them on axes in any order."""
        if leaf.size != value.size or not np.isfinite(leaf).all():
            return None
        for axes in permutations(range(value.ndim)):
            shape = [value.shape[axis] for axis in axes]
            places = np.arange(leaf.size).reshape(shape).transpose(np.argsort(axes))
            if close(leaf.reshape(-1)[places], value):
                return places
        return None

    def taps(self, given: Mapping[str, Any], shape: tuple[int, ...]) -> dict[str, Array]:
        """What was tapped at each step as (T, B, ·), unknown entries NaN, where its size fits a batch.

        Args:
            given: by name an array (T, …), or a dict of arrays by step, counted from 1.
            shape: (T, B, H).
        """
        found = {name: self._tap(steps, shape[1]) for name, steps in given.items()} if self.S == 1 else {}
        return {name: table for name, table in found.items() if table is not None}

    def _tap(self, steps: Any, B: int) -> Array | None:
        given = steps if isinstance(steps, Mapping) else dict(enumerate(steps, 1))
        rows = {int(t): np.asarray(getattr(v, "value", v), float) for t, v in given.items()}
        sizes = {v.size for v in rows.values()}
        if len(sizes) != 1 or min(sizes) % B or not all(1 <= t <= self.T for t in rows):
            return None
        n = min(sizes) // B
        table = np.full((self.T, B, n), np.nan)
        for t, v in rows.items():
            # Columns of a batch are turned; for a single sequence both are the same.
            turned = v.ndim > 1 and v.shape[0] == n and v.shape[-1] == B
            table[t - 1] = v.reshape(n, B).T if turned else v.reshape(B, n)
        return table
