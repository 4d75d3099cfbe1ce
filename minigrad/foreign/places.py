"""NumPy's functions that write into an array or walk through its entries, for tensors."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Self

import numpy as np

from minigrad.foreign.arrays import taken_out
from minigrad.given import stacked

_np: Any = np


def at(ufunc: np.ufunc, a: Any, indices: Any, *b: Any) -> None:
    """As ufunc.at: what is named several times is changed several times, in that order."""
    if not hasattr(a, "__record__"):
        ufunc.at(a, indices, *taken_out(b, f"np.{ufunc.__name__}.at on a plain array"))
        return
    places = np.arange(a.size).reshape(a.shape)[indices]
    operands = [_np.broadcast_to(stacked(x), places.shape).reshape(-1) for x in b]
    rounds = _rounds(places.reshape(-1))
    for chosen in rounds:
        where = np.unravel_index(places.reshape(-1)[chosen], a.shape)
        a[where] = ufunc(a[where], *[x[chosen] for x in operands])


def _rounds(places: Any) -> list[Any]:
    """The positions in `places`, in rounds in each of which no place occurs twice."""
    seen: dict[int, int] = {}
    rounds: list[list[int]] = []
    for position, place in enumerate(places.tolist()):
        turn = seen[place] = seen.get(place, -1) + 1
        if turn == len(rounds):
            rounds.append([])
        rounds[turn].append(position)
    return [np.array(positions) for positions in rounds]


def put(a: Any, ind: Any, v: Any, mode: Any = "raise") -> None:
    """As np.put."""
    if not hasattr(a, "__record__"):
        np.put(a, ind, taken_out(v, "np.put into a plain array"), mode=mode)
        return
    places = np.arange(a.size).take(np.ravel(ind), mode=mode)
    a[np.unravel_index(places, a.shape)] = _np.resize(stacked(v), places.shape)


def copyto(dst: Any, src: Any, casting: Any = "same_kind", where: Any = None) -> None:
    """As np.copyto."""
    if not hasattr(dst, "__record__"):
        np.copyto(
            dst,
            taken_out(src, "np.copyto into a plain array"),
            casting=casting,
            where=True if where is None else where,
        )
    elif where is None or where is True:
        dst[...] = src
    else:
        dst[...] = _np.where(where, src, dst)


def fill_diagonal(a: Any, val: Any, wrap: Any = None) -> None:
    """As np.fill_diagonal."""
    mask = np.zeros(np.shape(a), bool)
    np.fill_diagonal(mask, val=True, wrap=bool(wrap))
    place(a, mask, val)


def place(arr: Any, mask: Any, vals: Any) -> None:
    """As np.place, and as np.putmask with a single value."""
    mask = np.asarray(mask, bool)
    arr[mask] = _np.resize(stacked(vals), int(mask.sum()))


def putmask(a: Any, mask: Any, vals: Any) -> None:
    """As np.putmask."""
    mask = np.asarray(mask, bool)
    a[mask] = _np.resize(stacked(vals), np.shape(a))[mask]


def put_along_axis(arr: Any, indices: Any, vals: Any, axis: Any) -> None:
    """As np.put_along_axis."""
    places = np.arange(arr.size).reshape(arr.shape)
    if axis is None:
        places, axis = places.reshape(-1), 0
    chosen = np.take_along_axis(places, indices, axis)
    arr[np.unravel_index(chosen, arr.shape)] = vals


class Entries:
    """As np.nditer of a single tensor, in the order of its rows.

    Args:
        op: the tensor.
        op_flags: as np.nditer has them; what is written to an entry is written to the tensor.
    """

    def __init__(self, op: Any, flags: Any = (), op_flags: Any = (), **_: Any) -> None:
        self._op = op[0] if isinstance(op, (list, tuple)) else op
        self._writes = "write" in repr(op_flags)
        self._tracks = {"multi_index", "c_index", "f_index"} & set(flags)
        self.iterindex = 0
        self.itersize = self._op.size
        self.operands = (self._op,)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None: ...

    @property
    def finished(self) -> bool:
        """Whether all entries have been visited."""
        return bool(self.iterindex >= self.itersize)

    @property
    def multi_index(self) -> tuple[int, ...]:
        """Where the iterator stands."""
        return tuple(int(i) for i in np.unravel_index(self.iterindex, self._op.shape))

    @property
    def index(self) -> int:
        """Where the iterator stands, counted through all entries."""
        return self.iterindex

    @property
    def value(self) -> Any:
        """The entry at which it stands."""
        return self._op[(*self.multi_index, ...)]

    def iternext(self) -> bool:
        """Go on to the next entry; whether there is one."""
        self.iterindex += 1
        return not self.finished

    def reset(self) -> None:
        """Go back to the first entry."""
        self.iterindex = 0

    def __getitem__(self, _: Any) -> Any:
        return self.value

    def __setitem__(self, _: Any, new: Any) -> None:
        self._op[self.multi_index] = new

    def __iter__(self) -> Iterator[Any]:
        while not self.finished:
            entry = self.value
            order = entry.order
            yield entry
            if self._writes and entry.order != order:
                self._op[self.multi_index] = entry
            self.iterindex += 1


def nditer(op: Any, *args: Any, **kwargs: Any) -> Any:
    """As np.nditer."""
    single = op[0] if isinstance(op, (list, tuple)) and len(op) == 1 else op
    if hasattr(single, "__record__"):
        return Entries(single, *args, **kwargs)
    return np.nditer(taken_out(op, "np.nditer"), *args, **kwargs)


def ndenumerate(arr: Any) -> Any:
    """As np.ndenumerate."""
    return ((index, arr[index]) for index in np.ndindex(np.shape(arr)))


class Flat:
    """As the attribute `flat` of an array: its entries in a row, to read and to write."""

    def __init__(self, of: Any) -> None:
        self._of = of

    def _where(self, key: Any) -> Any:
        return np.unravel_index(np.arange(self._of.size)[key], self._of.shape)

    def __getitem__(self, key: Any) -> Any:
        found = self._of[self._where(key)]
        return found.reshape(()) if isinstance(key, int) else found

    def __setitem__(self, key: Any, new: Any) -> None:
        where = self._where(key)
        self._of[where] = _np.resize(stacked(new), np.shape(where[0]))

    def __iter__(self) -> Iterator[Any]:
        return (self[i] for i in range(len(self)))

    def __len__(self) -> int:
        return int(self._of.size)

    def copy(self) -> Any:
        """The entries as a vector of their own."""
        return self._of.flatten()


PLACES: dict[str, Any] = {
    "at": at, "put": put, "copyto": copyto, "fill_diagonal": fill_diagonal, "place": place,
    "putmask": putmask, "put_along_axis": put_along_axis, "nditer": nditer, "ndenumerate": ndenumerate,
}  # fmt: skip
"""What stands in the place of NumPy's own; under "at" the method of any ufunc."""
