"""Random numbers for somebody's file: the ones that NumPy draws, as tensors."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from minigrad.foreign.arrays import taken_out, traced, values
from minigrad.foreign.stand_in import filled
from minigrad.given import stacked

_SEED = 0
_OF_NUMBERS = frozenset({"binomial", "multinomial", "randint", "integers", "poisson", "bytes"})


def drawn(real: Callable[..., Any]) -> Callable[..., Any]:
    """NumPy's function or method `real` that draws, for tensors: places are drawn, and entries taken."""
    name = getattr(real, "__name__", "draw")
    if name in _OF_ENTRIES:
        return lambda *args, **kwargs: _OF_ENTRIES[name](real, *args, **kwargs)

    def draw(*args: Any, out: Any = None, **kwargs: Any) -> Any:
        inner = (
            values((args, kwargs)) if name in _OF_NUMBERS else taken_out((args, kwargs), f"np.random.{name}")
        )
        args, kwargs = inner
        if out is None:
            return traced(real(*args, **kwargs))
        return filled(out, real(np.shape(out), *args, **kwargs))

    return draw


def _shuffle(real: Callable[..., Any], x: Any, *args: Any, **kwargs: Any) -> None:
    if not hasattr(x, "__record__"):
        real(x, *args, **kwargs)
        return
    places = np.arange(x.size).reshape(x.shape)
    real(places, *args, **kwargs)
    x[...] = x.reshape(-1)[places]


def _permutation(real: Callable[..., Any], x: Any, *args: Any, **kwargs: Any) -> Any:
    x = stacked(x)
    if not hasattr(x, "__record__"):
        return traced(real(x, *args, **kwargs))
    return x.reshape(-1)[real(np.arange(x.size).reshape(x.shape), *args, **kwargs)]


def _choice(real: Callable[..., Any], a: Any, *args: Any, **kwargs: Any) -> Any:
    # The probabilities decide which entry it is, and nothing flows back through that.
    args, kwargs = values(args), values(kwargs)
    a = stacked(a)
    if not hasattr(a, "__record__"):
        return traced(real(a, *args, **kwargs))
    axis = kwargs.pop("axis", 0)
    return np.take(a, real(a.shape[axis], *args, **kwargs), axis=axis)


_OF_ENTRIES: dict[str, Callable[..., Any]] = {
    "shuffle": _shuffle,
    "permutation": _permutation,
    "choice": _choice,
}


class Drawing:
    """A random generator whose arrays of floats are tensors."""

    def __init__(self, real: Any) -> None:
        self._real = real

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        if name == "seed":
            return lambda value=None: self._real.seed(_SEED if value is None else value)
        found = getattr(self._real, name)
        return drawn(found) if callable(found) else found


def random_state(seed: Any = None) -> Any:
    """As np.random.RandomState, seeded if it is not."""
    return Drawing(np.random.RandomState(_SEED if seed is None else seed))


def generator(seed: Any = None) -> Any:
    """As np.random.default_rng, seeded if it is not."""
    return (
        seed if isinstance(seed, Drawing) else Drawing(np.random.default_rng(_SEED if seed is None else seed))
    )


def seeded(value: Any = None) -> None:
    """As np.random.seed, seeded if it is not."""
    np.random.seed(_SEED if value is None else value)  # noqa: NPY002  # the generator that the file uses


DRAWN: dict[str, Any] = {
    "random.": drawn,
    "random.RandomState": random_state,
    "random.default_rng": generator,
    "random.Generator": lambda bits: Drawing(np.random.Generator(bits)),
    "random.seed": seeded,
    "random.get_state": np.random.get_state,
    "random.set_state": np.random.set_state,
}
"""What stands in the place of NumPy's own; under "random." what any other function of it becomes."""
