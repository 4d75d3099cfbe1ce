"""Mistakes of a whole step or of the loop over them: exchanged gates, skipped steps, windows, clipping."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations

import numpy as np

from minigrad.diagnosis.gated.option import Option
from minigrad.diagnosis.gated.scene import Scene
from minigrad.diagnosis.observed import Array

CLIPPED = ("da", "dh", "dc", "carry")
"""What may be clipped inside the recursion."""


def swap(sources: dict[str, str]) -> Option:
    """Gates that are given another gate's da; the value is f(scene) → {gate: gate whose da it has}."""
    words = ", ".join(f"da.{g} is that of gate {source}" for g, source in sorted(sources.items()))
    name = " ".join(f"{g}{source}" for g, source in sorted(sources.items()))
    both = len(sources) > 1
    did = f"the gates {' and '.join(sorted(sources))} are exchanged: {words}" if both else words
    fix = "give each gate its own da, in the order of the weights"
    return Option("swap", name, "wrong-array", did, fix, lambda _s: sources, 1.0 if both else 1.1)


def swaps(scene: Scene) -> list[Option]:
    """Every exchange of two gates, and every gate with another's da."""
    pairs = list(combinations(scene.letters, 2))
    found = [swap({a: b, b: a}) for a, b in pairs]
    return found + [swap({a: b}) for pair in pairs for a, b in (pair, pair[::-1])]


def loop(first: int, beyond: int) -> Option:
    """The loop leaves out the first steps, or those at the end; the value is f(scene) → (T,) of bool."""
    kind = "initial-state" if first and not beyond else "skipped-step"
    parts = [f"t=1 … {first}" if first > 1 else "t=1"] if first else []
    parts += [f"the last {beyond} steps" if beyond > 1 else "t=T"] if beyond else []
    did = f"the loop over the steps leaves out {' and '.join(parts)}"

    def value(scene: Scene) -> Array:
        steps = np.arange(scene.T)
        return np.asarray((steps >= first) & (steps < scene.T - beyond))

    return Option("loop", f"{first} {beyond}", kind, did, "let the loop run over t = T … 1", value)


def _window(k: int) -> Option:
    did = f"each loss is followed back through {k} step{'s' if k > 1 else ''} only"
    return Option("window", f"{k}", "truncated", did, "go back to t=1 for every loss", lambda _s: k, 1.1)


def _cut(name: str, did: str, where: Callable[[int], Sequence[int]], weight: float = 1.2) -> Option:
    def value(scene: Scene) -> Array:
        cut = np.zeros(scene.T, bool)
        cut[[t for t in where(scene.T) if 0 <= t < scene.T]] = True
        return cut

    return Option("cut", name, "truncated", did, "let dh and dc run through to t=1", value, weight)


def _every(k: int) -> Option:
    did = f"nothing comes from t+1 at every step {k} from the end: the sum is cut into pieces"
    return _cut(f"every {k}", did, lambda T: range(T - 1 - k, -1, -k))


def _every_forward(k: int) -> Option:
    did = f"nothing comes from t+1 at every step {k} from the start: the sum is cut into pieces"
    return _cut(f"forward {k}", did, lambda T: range(k - 1, T - 1, k))


def _beyond(k: int) -> Option:
    did = f"what comes from t+1 is used {k} time{'s' if k > 1 else ''} only, from t=T on"
    return _cut(f"beyond {k}", did, lambda T: range(T - 2 - k, -1, -1), 1.1)


def _nothing() -> Option:
    did = "nothing at all comes from t+1: neither through the gates nor along the state"
    option = _cut("missing", did, range, 1.0)
    return Option(option.site, option.name, "carry-missing", did, option.fix, option.value)


def cuts(scene: Scene) -> list[Option]:
    """Loops that stop too early or are cut."""
    deepest = min(scene.T - 1, 8)
    found = [_nothing()]
    for k in range(1, deepest):
        found += [_window(k), _every(k + 1), _every_forward(k + 1), _beyond(k)]
    return found


def loops() -> list[Option]:
    """Loops that leave out the first or the last step."""
    return [loop(1, 0), loop(0, 1), loop(2, 0)]


def clip(what: str, bound: float) -> Option:
    """An array is clipped at ± a bound inside the recursion; the value is f(scene) → bound."""
    words = {"carry": "what comes into dh(t) from t+1"}.get(what, f"{what}(t)")
    did = f"{words} is clipped at ±{bound:.6g} inside the recursion"
    fix = "clip the finished gradients, if at all"
    return Option(f"clip.{what}", f"{bound:.6g}", "clipped", did, fix, lambda _s: bound, 1.1)
