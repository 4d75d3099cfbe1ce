"""All contestants called in turn, round after round."""

from collections.abc import Callable, Mapping
from time import perf_counter
from typing import Any

import numpy as np
from problem import Array


def time_rounds(
    runs: Mapping[str, Callable[[], Any]],
    rounds: int,
    tick: Callable[[], None] = lambda: None,
) -> dict[str, Array]:
    """Seconds of every call, shape (rounds,), after some rounds of warming up.

    The order is drawn anew in every round, so that nobody always follows whoever leaves the
    caches in the worst state; the garbage collector stays on, as it is for a user.
    """
    rng = np.random.default_rng(0)
    warm_up = max(2, rounds // 10)
    seconds = {key: np.empty(warm_up + rounds) for key in runs}
    keys = list(runs)
    for i in range(warm_up + rounds):
        for key in rng.permutation(keys):
            start = perf_counter()
            runs[key]()
            seconds[key][i] = perf_counter() - start
        tick()
    return {key: values[warm_up:] for key, values in seconds.items()}


def ratio(seconds: Array, other: Array) -> float:
    """The median of the rounds' ratios: what slows a whole round down drops out."""
    return float(np.median(seconds / other))
