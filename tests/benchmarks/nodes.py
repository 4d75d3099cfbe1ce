"""What one node costs, forward and backward, in a long chain of elementwise operations."""

from collections.abc import Callable, Sequence
from functools import partial
from time import perf_counter
from typing import Any, NamedTuple

import numpy as np
from contestant import Engine
from problem import Array
from table import Table

LENGTH = 10_000
SHAPES = (), (16,)


class Chain(NamedTuple):
    """A step z ← step(z, x, tanh) repeated from z = x, and the derivative of the whole."""

    label: str
    step: Callable[[Any, Any, Callable[[Any], Any]], Any]
    derivative: Callable[[Array], Array]

    def run(self, x: Any, tanh: Callable[[Any], Any]) -> Any:
        z = x
        for _ in range(LENGTH):
            z = self.step(z, x, tanh)
        return z


def tanh_derivative(x: Array) -> Array:
    derivative, z = np.ones_like(x), x
    for _ in range(LENGTH):
        z = np.tanh(z)
        derivative = derivative * (1 - z * z)
    return derivative


SCALE = 1 + 1 / LENGTH
CHAINS = (
    Chain("tanh(z)", lambda z, _, tanh: tanh(z), tanh_derivative),
    Chain("1.0001 z", lambda z, _, __: SCALE * z, lambda x: np.full_like(x, SCALE**LENGTH)),
    Chain("z + x", lambda z, x, _: z + x, lambda x: np.full_like(x, LENGTH + 1)),
)


def measure(engines: Sequence[Engine], rounds: int, tick: Callable[[], None]) -> Table:
    """A row per chain and shape; NumPy is the same chain on arrays, which records nothing."""
    titles = [f"{each.key} {way}" for each in engines for way in ("f", "b")]
    table = Table(
        f"µs per node in a chain of {LENGTH:,}: f forward, b backward with freeing",
        ["chain", "shape", "NumPy", *titles],
    )
    for chain in CHAINS:
        for shape in SHAPES:
            x = np.full(shape, 0.5)
            check(chain, x, engines)
            costs = np.median([one_round(chain, x, engines) for _ in range(rounds)], axis=0)
            cells = [f"{1e6 * cost / LENGTH:.2f}" for cost in costs]
            table.rows.append([chain.label, str(shape), *cells])
            tick()
    return table


def check(chain: Chain, x: Array, engines: Sequence[Engine]) -> None:
    """Before timing, and as a warm-up."""
    for engine in engines:
        gradient = engine.gradient(engine.record(partial(chain.run, tanh=engine.tanh), x))
        np.testing.assert_allclose(gradient, chain.derivative(x), rtol=1e-9, err_msg=engine.key)


def one_round(chain: Chain, x: Array, engines: Sequence[Engine]) -> list[float]:
    """Seconds of NumPy, then of forward and backward of every engine."""
    start = perf_counter()
    chain.run(x, np.tanh)
    seconds = [perf_counter() - start]
    for engine in engines:
        start = perf_counter()
        recorded = engine.record(partial(chain.run, tanh=engine.tanh), x)
        middle = perf_counter()
        engine.gradient(recorded)
        del recorded
        seconds += [middle - start, perf_counter() - middle]
    return seconds
