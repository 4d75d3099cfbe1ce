"""A cell of `mg.nn` as the forward pass, with parameters under the user's names and in the user's shapes."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from minigrad.diagnosis.calls import Called, ManualError, run
from minigrad.diagnosis.case import Case
from minigrad.diagnosis.forward import Recorded
from minigrad.diagnosis.shapes import Shape, parse_shape, shape_text
from minigrad.nn.network import Network
from minigrad.tensor import Tensor


class _Place(NamedTuple):
    """Which of the user's parameters is one of the cell's, and whether it is its transpose."""

    name: str
    transposed: bool


class KnownForward:
    """A vanilla RNN, LSTM or GRU that stands for the forward pass.

    Args:
        cell: a class of `mg.nn`, or an instance, whose sizes and options are kept.
        shapes: of the user's parameters by name; None for the cell's own names and shapes.

    Attributes:
        shapes: of the parameters, by the names under which they are handed to the user's code.
        sizes: D, H and O of an instance.

    Raises:
        ManualError: if the user's parameters are not those of the cell.
    """

    def __init__(self, cell: Any, shapes: Mapping[str, Shape] | None) -> None:
        self._network: Network = cell(5, 6, 3) if isinstance(cell, type) else cell
        own = _letters(self._network)
        self.sizes = {} if isinstance(cell, type) else _sizes(self._network)
        self.shapes = dict(own) if shapes is None else dict(shapes)
        self._places = _matched(own, self.shapes, type(self._network).__name__)

    @property
    def regression(self) -> bool:
        """Whether the targets are numbers."""
        return self._network.task == "regression"

    @property
    def states(self) -> int:
        """How many states go from step to step."""
        return len(self._network.states)

    def plain(self, case: Case) -> Called:
        """The loss, a float."""
        return Called(self.recorded(case).loss.item(), {})

    def recorded(self, case: Case, wanted: tuple[str, ...] = ()) -> Recorded:
        """The loss as a node, and the parameters, inputs and states as leaves.

        Args:
            case: the arguments.
            wanted: whether "xs" is a leaf, too.
        """
        leaves = {name: Tensor(array, name) for name, array in case.params.items()}
        network = copy.copy(self._network)
        for name in _letters_of_all(network):
            setattr(network, name, self._own(name, leaves))
        xs, h0, targets = case.ours
        if self.regression and np.asarray(targets).dtype.kind in "iu":
            targets = np.eye(case.sizes["O"])[np.asarray(targets)]
        if "xs" in wanted and np.shape(case.xs) == np.shape(xs) and np.asarray(xs).dtype.kind == "f":
            xs = leaves["xs"] = Tensor(xs, "xs")
        states = tuple(
            _state(leaves, *each) for each in zip(("h0", "c0"), _each(case.h0), _each(h0), strict=False)
        )
        unrolled = run(network.unroll, type(network).__name__, (xs, targets, states or None))
        return Recorded(unrolled.loss, leaves)

    def _own(self, name: str, leaves: Mapping[str, Tensor]) -> Any:
        """One of the cell's parameters, made from the user's."""
        place = self._places.get(name)
        if place is None:
            return None
        found: Any = leaves[place.name]
        wide = (
            tuple(n for n in found.shape if n > 1)
            if found.ndim > len(_letters_of_all(self._network)[name])
            else ()
        )
        if wide:
            found = np.reshape(found, wide)
        return found.T if place.transposed else found


def _each(h0: Any) -> tuple[Any, ...]:
    return h0 if isinstance(h0, tuple) else () if h0 is None else (h0,)


def _state(leaves: dict[str, Tensor], name: str, given: Any, ours: Any) -> Any:
    """The initial state as a leaf in the user's form, brought to ours."""
    leaf: Any = Tensor(np.asarray(given, float), name)
    leaves[name] = leaf
    turned = np.shape(given) != np.shape(ours) and np.shape(given)[::-1] == np.shape(ours)
    return leaf.T if turned else np.reshape(leaf, np.shape(ours)) if leaf.shape != np.shape(ours) else leaf


def as_known(forward: Any, shapes: Mapping[str, Shape] | None) -> KnownForward | None:
    """The cell that `forward` is, None if it is a function."""
    known = isinstance(forward, Network) or (isinstance(forward, type) and issubclass(forward, Network))
    return KnownForward(forward, shapes) if known else None


def _letters_of_all(network: Network) -> dict[str, str]:
    """The shape of each parameter that the cell may have, in letters."""
    pairs = [{of_x: "HD", of_h: "HH"} for of_x, of_h in network.weights]
    weights = {name: letters for pair in pairs for name, letters in pair.items()}
    return weights | {"V": "OH"} | dict.fromkeys(network.biases, "H") | {"c": "O"}


def _letters(network: Network) -> dict[str, Shape]:
    """The shapes of the parameters that the cell has."""
    has = network.parameters()
    return {name: parse_shape(text) for name, text in _letters_of_all(network).items() if name in has}


def _sizes(network: Network) -> dict[str, int]:
    found = network.parameters()
    of_x = network.weights[0][0]
    return {"D": found[of_x].shape[1], "H": network.n_hidden, "O": found["V"].shape[0]}


def _matched(own: Mapping[str, Shape], shapes: Mapping[str, Shape], kind: str) -> dict[str, _Place]:
    """The user's parameter for each of the cell's: by name, else by its letters."""
    places: dict[str, _Place] = {}
    rows = False
    for name, shape in own.items():
        text = _text(shape)
        fits = [n for n in ([name] if name in shapes else shapes) if _text(shapes[n]) in {text, text[::-1]}]
        fits = [n for n in fits if n not in {place.name for place in places.values()}]
        if len(fits) > 1 or (not fits and len(text) > 1):
            raise _unmatched(name, shape, own, shapes, kind)
        if fits:
            flipped = _text(shapes[fits[0]]) != text
            # A square matrix is multiplied from the side from which that of the input is.
            rows = flipped if text == "HD" else rows
            places[name] = _Place(fits[0], rows if text == "HH" else flipped)
    spare = [name for name in shapes if name not in {place.name for place in places.values()}]
    if spare:
        raise _unmatched(spare[0], shapes[spare[0]], own, shapes, kind)
    return places


def _text(shape: Shape) -> str:
    """The letters of the axes that are longer than one."""
    return "".join(str(dim) for dim in shape if str(dim) != "1")


def _unmatched(
    name: str, shape: Shape, own: Mapping[str, Shape], shapes: Mapping[str, Shape], kind: str
) -> ManualError:
    wanted = ", ".join(f"{n} {shape_text(s)}" for n, s in own.items())
    given = ", ".join(f"{n} {shape_text(s)}" for n, s in shapes.items())
    return ManualError(
        f"the parameters do not fit mg.nn.{kind} at {name} {shape_text(shape)}; given: {given}; "
        f"wanted: {wanted}, or "
        "other names with the same letters, one of each"
    )
