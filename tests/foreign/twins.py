"""A program run twice: on NumPy, and on tensors as somebody's file is."""

import pathlib
import random
import warnings

import numpy as np

from minigrad.backprop import backprop
from minigrad.foreign.world import SEED, World
from minigrad.tensor import Tensor

_LINE = "# ---\n"


def on_numpy(text, change=None):
    """What a program defines; `change` is applied to that of its part above the line."""
    random.seed(SEED)
    state = np.random.get_state()  # noqa: NPY002  # the generator that files use
    np.random.seed(SEED)  # noqa: NPY002  # as above
    scope = {"np": np, "__name__": "snippet"}
    first, _, second = text.partition(_LINE)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            exec(first, scope)  # noqa: S102  # a program of the tests
            if change is not None:
                change(scope)
            exec(second, scope)  # noqa: S102  # as above
    finally:
        np.random.set_state(state)  # noqa: NPY002  # as above
    return scope


def on_tensors(text, folder="."):
    """What a program defines on tensors, and its world."""
    world = World(pathlib.Path(folder) / "snippet.py")
    with world.running():
        return world.run(text, "snippet"), world


def same(plain, traced):  # noqa: PLR0911  # one for each kind of value
    """Whether two values are the same to the last bit, arrays of floats as tensors."""
    if isinstance(traced, Tensor):
        return np.shape(plain) == traced.shape and np.array_equal(plain, traced.array, equal_nan=True)
    if isinstance(plain, np.ndarray):
        if plain.dtype.kind == "O":
            return all(same(*pair) for pair in zip(plain.ravel(), traced.ravel(), strict=True))
        return plain.dtype == traced.dtype and plain.dtype.kind != "f" and np.array_equal(plain, traced)
    if isinstance(plain, dict):
        return list(plain) == list(traced) and all(same(plain[key], traced[key]) for key in plain)
    if isinstance(plain, (list, tuple)):
        return len(plain) == len(traced) and all(same(*pair) for pair in zip(plain, traced, strict=True))
    if isinstance(plain, (bool, int, float, complex, str, bytes, type(None), np.generic)):
        return plain == traced or plain != plain  # noqa: PLR0124  # not a number
    return not hasattr(plain, "__dict__") or type(plain).__name__ == type(traced).__name__


def differences(text, folder="."):
    """The names that differ in the two runs."""
    plain, (traced, _) = on_numpy(text), on_tensors(text, folder)
    names = [name for name in plain if name not in {"np", "__builtins__", "__name__"}]
    assert names
    return [name for name in names if name not in traced or not same(plain[name], traced[name])]


def slope(text, leaf, index, step=1e-6):
    """The central difference of the program's loss with an entry of `leaf`, which it makes above the line."""

    def loss(change):
        def moved(scope):
            scope[leaf][index] += change

        return float(np.sum(on_numpy(text, moved)["loss"]))

    return (loss(step) - loss(-step)) / (2 * step)


def gradient_errors(text, *leaves):
    """How far the gradients of the traced loss are from central differences, at each entry of the leaves."""
    scope, _ = on_tensors(text)
    made = [scope[name] for name in leaves]
    table = backprop(np.sum(scope["loss"]), wrt=made)
    pairs = zip(leaves, made, strict=True)
    return [abs(table[x][i] - slope(text, name, i)) for name, x in pairs for i in np.ndindex(x.shape)]
