"""Sums of products over named indices."""

from __future__ import annotations

import itertools
import re
import string
from collections.abc import Sequence
from typing import Any

import numpy as np

from minigrad.op import Array, Op, differentiates
from minigrad.ops.broadcasting import BROADCAST_LIKE, SUM_LIKE

LETTERS = string.ascii_uppercase + string.ascii_lowercase


class Einsum(Op):
    """y = Σ Πᵢ xᵢ over the indices that `subscripts` does not list after the arrow, none twice in an xᵢ.

    The contribution to xᵢ is again such a sum: of G and the other operands, over the indices that xᵢ
    lacks. An index that only xᵢ has was summed alone, so G is copied along it.
    """

    subscripts: str
    optimize: Any = False

    def f(self, *operands: Array) -> Array:
        return np.einsum(self.subscripts, *operands, optimize=self.optimize)

    def bprops(self, G: Array, y: Array, inputs: Sequence[Array], positions: Sequence[int]) -> list[Any]:
        return [self._contribution(i, G, inputs) for i in positions]

    def _contribution(self, i: int, G: Array, inputs: Sequence[Array]) -> Array:
        *terms, out = re.split(",|->", self.subscripts)
        others = [out, *terms[:i], *terms[i + 1 :]]
        alone = tuple(k for k, index in enumerate(terms[i]) if index not in "".join(others))
        shared = "".join(index for k, index in enumerate(terms[i]) if k not in alone)
        rule = Einsum(f"{','.join(others)}->{shared}", bool(self.optimize))
        g = rule(G, *inputs[:i], *inputs[i + 1 :])
        return _shaped_like(np.expand_dims(g, alone) if alone else g, inputs[i])


def _shaped_like(g: Array, x: Array) -> Array:
    """`g` summed where x has length 1, copied where only g has."""
    if any(n == 1 != m for n, m in zip(np.shape(x), g.shape, strict=True)):
        g = SUM_LIKE(g, x)
    return g if g.shape == np.shape(x) else BROADCAST_LIKE(g, x)


class TakeDiagonal(Op):
    """y = x where axes with the same index agree: `indices` "iji" is yᵢⱼ = xᵢⱼᵢ."""

    indices: str

    def f(self, x: Array) -> Array:
        return np.einsum(f"{self.indices}->{_distinct(self.indices)}", x)

    def bprop_x(self, G: Array, y: Array, x: Array) -> Array:
        return PutDiagonal(self.indices)(G, x)


class PutDiagonal(Op):
    """y = zeros like x, with g where axes with the same index agree."""

    indices: str

    def f(self, g: Array, x: Array) -> Array:
        y = np.zeros(np.shape(x), np.asarray(g).dtype)
        np.einsum(f"{self.indices}->{_distinct(self.indices)}", y)[...] = g
        return y

    def bprop_g(self, G: Array, y: Array, g: Array, x: Array) -> Array:
        return TakeDiagonal(self.indices)(G)

    def bprop_x(self, G: Array, y: Array, g: Array, x: Array) -> None:
        return None


def _distinct(indices: str) -> str:
    return "".join(dict.fromkeys(indices))


@differentiates(np.einsum)
def _einsum(*operands: Any, optimize: Any = False) -> Array:
    text, arrays = _as_text(operands)
    terms, out = _without_ellipsis(*_halves(text), [np.ndim(x) for x in arrays])
    xs = []
    for term, x in zip(terms, arrays, strict=True):
        repeats = len(term) > len(set(term))
        xs.append(TakeDiagonal(term)(x) if repeats else x)
    subscripts = f"{','.join(map(_distinct, terms))}->{out}"
    return Einsum(subscripts, tuple(optimize) if isinstance(optimize, list) else optimize)(*xs)


def _as_text(operands: tuple[Any, ...]) -> tuple[str, list[Any]]:
    """The subscripts as text and the arrays, for both of NumPy's forms of the arguments."""
    if isinstance(operands[0], str):
        return operands[0].replace(" ", ""), list(operands[1:])
    pairs = len(operands) // 2
    terms = ["".join(map(_letter, indices)) for indices in operands[1 : 2 * pairs : 2]]
    out = f"->{''.join(map(_letter, operands[-1]))}" if len(operands) % 2 else ""
    return ",".join(terms) + out, list(operands[: 2 * pairs : 2])


def _letter(index: Any) -> str:
    return "..." if index is Ellipsis else LETTERS[index]


def _halves(text: str) -> tuple[list[str], str]:
    """The indices of the operands and of the result, by NumPy's rule where they are not written."""
    left, arrow, out = text.partition("->")
    if not arrow:
        letters = left.replace(",", "").replace("...", "")
        once = sorted(index for index in set(letters) if letters.count(index) == 1)
        out = ("..." if "..." in left else "") + "".join(once)
    return left.split(","), out


def _without_ellipsis(terms: list[str], out: str, ndims: list[int]) -> tuple[list[str], str]:
    """Letters in the place of each ellipsis, the same ones for axes that broadcast with each other."""
    if len(terms) != len(ndims):
        msg = f"einsum wants an operand for each of {','.join(terms)!r}; given: {len(ndims)}"
        raise ValueError(msg)
    lengths = [n - len(term.replace("...", "")) for term, n in zip(terms, ndims, strict=True)]
    for term, length, n in zip(terms, lengths, ndims, strict=True):
        if length < 0 or (length and "..." not in term):
            msg = f"einsum was given an operand with {n} axes for the indices {term!r}"
            raise ValueError(msg)
    longest = max(lengths)
    unused = (letter for letter in reversed(LETTERS) if letter not in out + "".join(terms))
    letters = "".join(itertools.islice(unused, longest))
    terms = [t.replace("...", letters[longest - k :]) for t, k in zip(terms, lengths, strict=True)]
    if letters and "..." not in out:
        msg = f"einsum was given an ellipsis for {longest} axes, but none in the result {out!r}"
        raise ValueError(msg)
    return terms, out.replace("...", letters)
