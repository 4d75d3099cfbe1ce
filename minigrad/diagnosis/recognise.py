"""One recurrent layer recognised in a graph of any code, by its numbers and not by its names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from minigrad import graph
from minigrad.backprop import build_grad
from minigrad.diagnosis.observed import Array, Observed
from minigrad.diagnosis.structure.activations import activations
from minigrad.diagnosis.structure.affine import Parts
from minigrad.diagnosis.structure.cells import Cell, recognise_cell
from minigrad.diagnosis.structure.output import Output, activated, output, targets
from minigrad.diagnosis.structure.replay import role, role_gradients
from minigrad.diagnosis.structure.sequences import Sequences
from minigrad.diagnosis.structure.values import Values
from minigrad.diagnosis.structure.wiring import UnrecognisedError, Wiring
from minigrad.tensor import Tensor


def recognise(
    loss: Tensor,
    leaves: Mapping[str, Tensor],
    manual: Mapping[str, Any],
    taps: Mapping[str, Any] | None = None,
) -> Observed | None:
    """The recurrent layer, and the linear output layer if there is one, that a loss was computed with.

    Nothing is known of the code but its graph. Activations are found by value, the entries of the
    parameters that feed each unit, and what multiplies them, by local gradients. The equations of the
    cell must then hold to 1e-9 at every step, and the gradients of the cell so read must be those of
    the graph.

    Args:
        loss: a scalar.
        leaves: the parameters, and other leaves such as h(0) or x, by the user's names.
        manual: gradients by the same names, each of the shape of its leaf; others are left out.
        taps: by "dy", "dh" or "da" an array (T, …) or a dict of arrays by step.

    Returns:
        What was observed, or None if the graph is not one vanilla, LSTM or GRU layer over at least two
        steps with at most one linear layer behind it. The target of a step without a loss is its y.

    Example:
        >>> import minigrad as mg
        >>> rnn = mg.nn.RNN(4, 5, 3)
        >>> run = rnn.unroll([0, 3, 1], [2, 2, 0], np.ones(5))
        >>> found = recognise(run.loss, rnn.parameters(), {})
        >>> found.cell, found.x.shape, found.names["Wh"], found.names["by"]
        ('tanh', (3, 1, 4), 'W', 'c')
    """
    try:
        with np.errstate(all="ignore"):
            return _recognised(loss, leaves, manual, taps or {})
    except (UnrecognisedError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
        # Whatever an odd graph trips over, it is not one of the networks that are looked for.
        return None


def _recognised(
    loss: Tensor, leaves: Mapping[str, Tensor], manual: Mapping[str, Any], taps: Mapping[str, Any]
) -> Observed:
    wiring = Wiring(loss, leaves)
    values = Values(wiring.nodes.values())
    cell = recognise_cell(wiring, activations(wiring), values)
    gradients = build_grad(graph.nodes(loss), np.ones_like(loss.value), None)
    nodes, upstream, rest = _upstream(wiring, cell, values)
    recurrent = {leaf for a in cell.affine.values() for parts in a.parts.values() for leaf, _ in parts}
    behind = [leaf for leaf in sorted(rest) if leaf not in recurrent and leaf not in nodes]
    after = {order: gradients[order] for order in wiring.descendants(nodes) - nodes if order in gradients}
    last = output(wiring, cell.h, upstream, behind, after, values) if behind else None
    order = Sequences.of(cell.follows)
    seen = _Seen(wiring, cell, last, order, gradients, manual)
    return seen.observed(order.by_time(upstream), taps)


def _upstream(wiring: Wiring, cell: Cell, values: Values) -> tuple[set[int], Array, set[int]]:
    """The nodes of the states, ∂L/∂h(t) along the edges that don't lead to h(t+1), and the leaves behind."""
    found: list[tuple[int, Array]] = []
    place = np.arange(cell.h[0].size).reshape(cell.h[0].shape)
    for k, h in enumerate(cell.h.astype(wiring.loss.dtype)):
        after = max(gate.orders[k] for gate in cell.gates.values()) - 1
        turned = np.empty(h.shape, int)
        turned.reshape(-1)[:] = np.argsort(place.T.reshape(-1))
        options = [
            (n.order, p)
            for p, v in ((place, h), (turned, h.T))
            for n in values.equal(v.reshape(-1), after=after)
        ]
        if not options:
            msg = f"no node holds the state after step {k + 1}"
            raise UnrecognisedError(msg)
        found.append(min(options, key=lambda option: option[0]))
    stops = {order for order, _ in found}
    pulled = wiring.pull(wiring.loss.order, np.ones(wiring.loss.shape), stops)
    zero = np.zeros(place.size)
    upstream = np.stack([pulled.get(order, zero).reshape(-1)[places] for order, places in found])
    return stops, upstream, pulled.keys() - stops


class _Seen:
    """The parts of an observation, brought into one convention."""

    def __init__(
        self,
        wiring: Wiring,
        cell: Cell,
        last: Output | None,
        order: Sequences,
        gradients: Mapping[int, Array],
        manual: Mapping[str, Any],
    ) -> None:
        self.wiring, self.cell, self.last, self.order = wiring, cell, last, order
        self.names: dict[str, str] = {}
        self.params: dict[str, Array] = {}
        self.auto: dict[str, Array] = {}
        self.manual: dict[str, Array] = {}
        self._gradients = gradients
        self._given = {
            leaf: np.asarray(getattr(manual[name], "value", manual[name]))
            for leaf, name in wiring.leaves.items()
            if manual.get(name) is not None
        }
        for letter, affine in cell.affine.items():
            for kind, parts in affine.parts.items():
                self._enter(role(kind, letter), parts, vector=kind == "b")
        for name, (leaf, entries) in (last.entries if last else {}).items():
            self._enter(name, [(leaf, entries)], vector=False)

    def _enter(self, name: str, parts: Parts, *, vector: bool) -> None:
        """The arrays of one role; of two biases that are added the parameter is their sum."""
        node = self.wiring.nodes

        def gathered(arrays: list[Array]) -> Array:
            columns = [a.reshape(-1)[e] for a, (_, e) in zip(arrays, parts, strict=True)]
            return columns[0] if len(columns) == 1 else np.concatenate(columns, axis=1)

        leaves = [leaf for leaf, _ in parts]
        value = gathered([node[leaf].value for leaf in leaves])
        auto = gathered([self._gradients[leaf] for leaf in leaves])
        self.params[name] = value.sum(axis=1) if vector else value
        self.auto[name] = auto[:, 0] if vector else auto
        self.names[name] = "+".join(dict.fromkeys(self.wiring.leaves[leaf] for leaf in leaves))
        if all(leaf in self._given and self._given[leaf].shape == node[leaf].shape for leaf in leaves):
            given = gathered([self._given[leaf] for leaf in leaves])
            self.manual[name] = given[:, 0] if vector else given

    def observed(self, upstream: Array, taps: Mapping[str, Any]) -> Observed:
        """The observation, after its gradients were found to be those of the graph."""
        cell, order = self.cell, self.order
        x, h = order.by_time(next(iter(cell.affine.values())).x), order.states(cell.before, cell.h)
        c = None if cell.c is None or cell.c_before is None else order.states(cell.c_before, cell.c)
        states = (h[0],) if c is None else (h[0], c[0])
        inner = {name: p for name, p in self.params.items() if name not in {"Wy", "by"}}
        replayed = role_gradients(cell.kind, cell.variant, inner, x, states, upstream)
        rough = 1e-3 if self.wiring.loss.dtype == np.float32 else 1e-7
        for name in inner:
            if not _agree(self.auto[name], replayed[name], rough):
                msg = f"the gradient of {self.names[name]} is not that of the cell alone"
                raise UnrecognisedError(msg)
        self._enter_leaves({"h0": h[0], "x": x} | ({} if c is None else {"c0": c[0]}), replayed, rough)
        outputs: dict[str, Any] = {}
        if self.last is not None:
            o, dy = order.by_time(self.last.o), order.by_time(self.last.dy)
            y = activated(self.wiring, self.last.o, self.last.dy)
            goal = targets(self.wiring, y, self.last.dy, probabilities=y is not self.last.o)
            outputs = {"o": o, "dy": dy, "y": order.by_time(y)}
            outputs["targets"] = None if goal is None else order.by_time(goal)
        return Observed(
            cell.kind, x, h, self.params, self.auto, self.manual, upstream,
            c=c, variant=cell.variant, names=self.names,
            gates={k: order.by_time(g.after) for k, g in cell.gates.items() if k},
            taps=order.taps(taps, upstream.shape), **outputs,
        )  # fmt: skip

    def _enter_leaves(self, wanted: dict[str, Array], replayed: dict[str, Array], rough: float) -> None:
        """The leaves that are h(0), c(0) or the inputs, by their values and gradients."""
        used = {leaf for a in self.cell.affine.values() for parts in a.parts.values() for leaf, _ in parts}
        used |= {leaf for leaf, _ in self.last.entries.values()} if self.last else set()
        for name, value in wanted.items():
            for leaf in self.wiring.leaves.keys() - used:
                places = self.order.places(value, self.wiring.nodes[leaf].value)
                if places is None:
                    continue
                auto = self._gradients[leaf].reshape(-1)[places]
                if _agree(auto, replayed[name], rough):
                    self.params[name], self.auto[name] = value, auto
                    self.names[name] = self.wiring.leaves[leaf]
                    if leaf in self._given and self._given[leaf].shape == self.wiring.nodes[leaf].shape:
                        self.manual[name] = self._given[leaf].reshape(-1)[places]


def _agree(a: Array, b: Array, rough: float) -> bool:
    """Whether two gradients are equal to `rough` of their largest entry."""
    return a.shape == b.shape and bool(
        np.all(np.abs(a - b) <= rough * max(1e-12, np.abs(b).max(initial=0.0)))
    )
