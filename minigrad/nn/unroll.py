"""Unrolling a recurrence: one step, applied once for each time step, every node kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import Any

import numpy as np

from minigrad import graph
from minigrad.given import floats
from minigrad.ops.arithmetic import add_n
from minigrad.scope import SCOPE, Scope, time_step
from minigrad.tensor import Tensor, leaf

Step = Callable[..., Any]


class Run:
    """An unrolled network: its nodes by name and time step, and its loss.

    `run["h", 3]` is the node h⁽³⁾, `run["h"]` the list of h⁽¹⁾ … h⁽ᵀ⁾, `run["W"]` a node outside of
    time. The initial state is `run["h", 0]`.

    Attributes:
        outputs: for each step t = 1 … T what the cell returned, by name.
        initial: the initial states, by name.
    """

    def __init__(
        self,
        outputs: list[dict[str, Tensor]],
        initial: dict[str, Tensor],
        derived: Mapping[str, tuple[str, Callable[[Tensor], Tensor]]] | None = None,
    ) -> None:
        self.outputs = outputs
        self.initial = initial
        self._derived = dict(derived or {})

    def __len__(self) -> int:
        return len(self.outputs)

    @cached_property
    def loss(self) -> Tensor:
        """L = Σ L⁽ᵗ⁾, the sum of the nodes that the cell returned as "L".

        Raises:
            ValueError: if the cell returned no "L".
        """
        terms = [out["L"] for out in self.outputs if "L" in out]
        if not terms:
            msg = 'the cell returns no "L": let it return {"h": h, "L": its loss}, or make a loss of run["h"]'
            raise ValueError(msg)
        token = SCOPE.set(Scope())
        try:
            loss: Tensor = add_n(terms).named("L")
        finally:
            SCOPE.reset(token)
        return loss

    @cached_property
    def nodes(self) -> dict[tuple[str, int | None], Tensor]:
        """Every named node by (name, step); the step is None outside of time."""
        ends = [x for out in self.outputs for x in out.values()]
        found = {
            (n.name, n.step): n for n in graph.nodes(*ends, *self.initial.values()) if n.name is not None
        }
        found |= {(name, t): x for t, out in enumerate(self.outputs, 1) for name, x in out.items()}
        return found | {(name, 0): x for name, x in self.initial.items()}

    def __getitem__(self, key: str | tuple[str, int]) -> Any:
        name, step = key if isinstance(key, tuple) else (key, None)
        if name in self._derived:
            return self._derive(name, step)
        if step is None and (name, None) not in self.nodes:
            found = [self.nodes[name, t] for t in range(1, len(self) + 1) if (name, t) in self.nodes]
            if found:
                return found
        if (name, step) in self.nodes:
            return self.nodes[name, step]
        names = ", ".join(sorted({name for name, _ in self.nodes} | set(self._derived)))
        where = "" if step is None else f" at step {step} of 1 … {len(self)}"
        msg = f"no node {name!r}{where}; the names are {names}"
        raise KeyError(msg)

    def _derive(self, name: str, step: int | None) -> Any:
        """A node that the loss does not need, made when it is asked for."""
        if step is None:
            return [self._derive(name, t) for t in range(1, len(self) + 1)]
        if (name, step) not in self.nodes:
            source, function = self._derived[name]
            x = self[source, step]
            with time_step(step, x.axis):
                self.nodes[name, step] = function(x).named(name)
        return self.nodes[name, step]

    def names(self) -> list[str]:
        """The names of the nodes, in the order in which they were made."""
        return list(dict.fromkeys([name for name, _ in self.nodes] + list(self._derived)))

    def __iter__(self) -> Iterator[dict[str, Tensor]]:
        return iter(self.outputs)

    def __repr__(self) -> str:
        return f"Run(T={len(self)}: {', '.join(self.names())})"


def unroll(step: Step, xs: Any, h0: Any, ys: Any = None, *, axis: str = "t") -> Run:
    """Apply `step` once for each time step t = 1 … T and keep every node.

    `step(x, h)`, or `step(x, h, y)` with targets, returns the new state, or a dict of nodes by name
    that holds at least the states; the loss of the step has the name "L". With several states, h and
    h0 are dicts.

    Args:
        step: one step of the recurrence, in NumPy; what it returns gets names and the step t.
        xs: inputs, an array or tensor of shape (T, …) or a list of T; integers reach the cell as they are.
        h0: the initial state, which becomes the node h⁽⁰⁾; or a dict of several states.
        ys: targets, shape (T, …) or a list of T.
        axis: the name of the time axis.

    Raises:
        ValueError: if xs is empty or ys has another length.
        TypeError: if `step` returns no tensors, or leaves out a state.

    Example:
        >>> W = Tensor([[0.5]], name="W")
        >>> run = unroll(lambda x, h: np.tanh(W @ h + x), np.ones((3, 1)), np.zeros(1))
        >>> run["h", 2].step, len(run["h"])
        (2, 3)
    """
    T = len(xs)
    if T == 0 or (ys is not None and len(ys) != T):
        wrong = "" if ys is None else f" and {len(ys)} targets"
        msg = f"unroll wants T ≥ 1 inputs and as many targets; given: {T} inputs{wrong}"
        raise ValueError(msg)
    inputs = _by_step(xs)
    targets = None if ys is None else _by_step(ys)
    with time_step(0, axis):
        initial = {name: _initial(name, h) for name, h in _states(h0).items()}
    made = {name: h.frozen() for name, h in initial.items()}
    only = "" if isinstance(h0, Mapping) else next(iter(initial))
    state: Any = initial[only] if only else initial
    outputs: list[dict[str, Tensor]] = []
    for t in range(1, T + 1):
        with time_step(t, axis):
            x = _input(inputs[t - 1])
            returned = step(x, state) if targets is None else step(x, state, targets[t - 1])
            out = returned if isinstance(returned, Mapping) else {only: returned}
            outputs.append(_kept(out, initial, t))
        state = out[only] if only else {name: out[name] for name in initial}
    return Run(
        outputs, {name: h if h.order == made[name].order else made[name] for name, h in initial.items()}
    )


def _states(h0: Any) -> Mapping[str, Any]:
    """The initial states by name; a single one is called h if it has no name."""
    return h0 if isinstance(h0, Mapping) else {getattr(h0, "name", None) or "h": h0}


def _initial(name: str, h: Any) -> Tensor:
    """The node h⁽⁰⁾."""
    return np.copy(h).named(name) if isinstance(h, Tensor) else Tensor(h, name)  # type: ignore[attr-defined]  # a tensor's copy is one


def _by_step(sequence: Any) -> Any:
    """A sequence whose items don't change: views of a copy; single classes as Python integers."""
    if not isinstance(sequence, np.ndarray):
        return sequence
    if sequence.dtype.kind == "f":
        return list(floats(sequence))
    return sequence.tolist() if sequence.ndim == 1 else list(sequence.copy())


def _input(x: Any) -> Any:
    """The node x⁽ᵗ⁾; integers are left alone."""
    if isinstance(x, np.ndarray) and x.dtype.kind == "f" and not x.flags.writeable:
        return leaf(x, "x")
    if isinstance(x, Tensor):
        return x if x.name else x.named("x")
    integers = isinstance(x, (int, np.integer)) or getattr(x, "dtype", np.dtype(float)).kind in "iu"
    return x if integers else Tensor(x, "x")


def _kept(out: Mapping[Any, Any], initial: Mapping[str, Tensor], t: int) -> dict[str, Tensor]:
    """What the cell returned, with names; a state that it writes to as the version of this step."""
    nodes = {}
    for name, node in out.items():
        if not isinstance(node, Tensor):
            msg = (
                f"the cell returned {type(node).__name__} as {name!r} at step {t}; wanted: a tensor, "
                "or a dict of tensors by name"
            )
            raise TypeError(msg)
        if node.name is None:
            node.name = name
        nodes[name] = node.frozen() if node.past else node
    for name in initial:
        if name not in nodes:
            msg = f"the cell returned {sorted(out)} at step {t} and left out its state {name!r}"
            raise TypeError(msg)
    return nodes
