"""What somebody's function returned, as arrays by the names of the parameters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from minigrad.check.arrays import as_array
from minigrad.diagnosis.calls import ManualError
from minigrad.diagnosis.observed import Array

INPUTS = {"xs": ("xs", "x", "inputs"), "h0": ("h0", "h", "hprev", "hinit"), "c0": ("c0", "c", "cprev")}
"""The names under which the gradients of other arguments may be returned."""
_FRONT = ("d", "dl", "dld", "grad", "gradient", "delta", "nabla", "∇")
_BACK = ("grad", "gradient", "d")


class Gradients(NamedTuple):
    """The gradients that were returned.

    Attributes:
        arrays: by the name of the parameter, or "xs", "h0", "c0".
        notes: what was returned besides.
    """

    arrays: dict[str, Array]
    notes: tuple[str, ...]


def gradients_of(returned: Any, names: Sequence[str]) -> Gradients:
    """The gradients by the names of the parameters; "dWh", "grad_Wh" and their like mean Wh.

    Args:
        returned: a dict, or a tuple in which there is one.
        names: of the parameters.

    Raises:
        ManualError: if there is no dict, if none of its keys is a parameter, or a value is no array.

    Example:
        >>> gradients_of((0.5, {"dW": [1.0, 2.0]}), ["W"]).arrays
        {'W': array([1., 2.])}
    """
    found = _dict(returned)
    arrays: dict[str, Array] = {}
    unknown, empty = [], []
    for key, value in found.items():
        name = _name(key, names, found)
        if name is None:
            unknown.append(repr(key))
        elif value is None:
            empty.append(name)
        else:
            arrays[name] = _array(key, value)
    if not any(name in arrays for name in names) and not empty:
        keys = ", ".join(map(repr, found)) or "none"
        msg = (
            f"manual returned the keys {keys}, of which none is a parameter; wanted: "
            f"{', '.join(map(repr, names))}"
        )
        raise ManualError(msg)
    notes = [f"manual also returned {', '.join(unknown)}, which is no parameter"] if unknown else []
    notes += [f"manual returned None for {', '.join(empty)}"] if empty else []
    return Gradients(arrays, tuple(notes))


def _dict(returned: Any) -> Mapping[Any, Any]:
    if isinstance(returned, Mapping):
        return returned
    inner = [x for x in returned if isinstance(x, Mapping)] if isinstance(returned, (tuple, list)) else []
    if len(inner) == 1:
        return inner[0]
    if returned is None:
        given = "None (is a `return` missing?)"
    elif inner:
        given = f"a {type(returned).__name__} with {len(inner)} dicts"
    else:
        given = f"a {type(returned).__name__}" + (
            f" of {len(returned)}" if hasattr(returned, "__len__") else ""
        )
    msg = (
        f"manual returned {given}; wanted: a dict of gradients by the name of the parameter, {{'Wh': dWh, …}}"
    )
    raise ManualError(msg)


def _name(key: Any, names: Sequence[str], found: Mapping[Any, Any]) -> str | None:
    """The parameter that a key means; a name as it stands is taken before one that is trimmed."""
    if key in names or key in INPUTS:
        return str(key)
    if not isinstance(key, str):
        return None
    for known in (*((name, (name,)) for name in names), *INPUTS.items()):
        name, spellings = known
        for spelling in spellings:
            if name not in found and _plain(spelling) in _trimmed(key):
                return name
    return None


def _trimmed(key: str) -> set[str]:
    """The names of which a key may be that of the gradient."""
    plain = _plain(key)
    front = {plain[len(part) :] for part in _FRONT if plain.startswith(part)}
    return {plain, *front, *(plain[: -len(part)] for part in _BACK if plain.endswith(part))}


def _plain(text: str) -> str:
    return text.replace("_", "").casefold()


def _array(key: Any, value: Any) -> Array:
    """A value as an array of floats."""
    try:
        array = as_array(value)
    except Exception as error:
        msg = f"manual returned {type(value).__name__} for {key!r}, which is no array: {error}"
        raise ManualError(msg) from error
    if array.dtype.kind not in "fiu":
        msg = (
            f"manual returned {type(value).__name__} of {array.dtype} for {key!r}; wanted: an array "
            "of real numbers"
        )
        raise ManualError(msg)
    return array if array.dtype.kind == "f" else array.astype(np.float64)
