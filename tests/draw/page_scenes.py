"""Scenes made by hand for the tests of the page: a recurrent network with its gradients in closed form."""

import numpy as np

from minigrad.draw.ramp import Ramp
from minigrad.draw.scene import Box, Legend, Line, Mark, Numbers, Scene, Visit

COLUMN, ROW, LEFT = 132.0, 95.0, 150.0
ROWS = {"y": 0, "L": 1, "o": 2, "h": 3, "x": 4}
ROLES = {"y": "target", "L": "loss", "o": "output", "h": "hidden", "x": "input"}
HEIGHTS = {"y": 44.0, "L": 52.0, "o": 46.0, "h": 46.0, "x": 44.0}


def numbers(array):
    """What a scene says of an array."""
    x = np.asarray(array, float)
    entries = tuple(x.ravel().tolist()) if x.size <= 8 else ()
    heat = () if x.size <= 8 else tuple(tuple(row) for row in (x / np.max(np.abs(x))).tolist())
    return Numbers(x.shape, entries, float(np.linalg.norm(x)), float(x.min()), float(x.max()), heat)


class Network:
    """h = tanh(W h + U x), o = V h, L = Σ ‖o − y‖², with the gradient of every node; H ≠ K ≠ N."""

    def __init__(self, steps, scale=0.6, seed=0):
        rng = np.random.default_rng(seed)
        self.steps = steps
        self.W, self.U, self.V = (rng.normal(size=s) * scale for s in ((3, 3), (3, 4), (2, 3)))
        x, y, h = rng.normal(size=(steps, 4)), rng.normal(size=(steps, 2)), np.zeros((steps + 1, 3))
        for t in range(steps):
            h[t + 1] = np.tanh(self.W @ h[t] + self.U @ x[t])
        o = h[1:] @ self.V.T
        self.values = {"x": x, "y": y, "h": h[1:], "o": o, "L": np.sum((o - y) ** 2, axis=1)}
        do = 2 * (o - y)
        self.from_o, self.from_h = do @ self.V, np.zeros((steps, 3))
        dh, self.per_step = np.zeros((steps, 3)), np.zeros((steps, 3, 3))
        for t in reversed(range(steps)):
            if t + 1 < steps:
                self.from_h[t] = self.W.T @ ((1 - h[t + 2] ** 2) * dh[t + 1])
            dh[t] = self.from_o[t] + self.from_h[t]
            self.per_step[t] = np.outer((1 - h[t + 1] ** 2) * dh[t], h[t])
        self.gradients = {"o": do, "h": dh, "L": np.ones(steps), "W": self.per_step.sum(axis=0)}


def place(name, t):
    """Where a node of a step stands."""
    return LEFT + COLUMN * t, 60.0 + ROW * ROWS[name]


def between(a, b, shift=(0.0, 0.0)):
    """A straight spline from the border of one node to that of another."""
    (p, r), (q, s) = ((place(*node), HEIGHTS[node[0]] / 2) for node in (a, b))
    p, q = np.add(p, shift), np.add(q, shift)
    along = (q - p) / np.linalg.norm(q - p)
    start, end = p + r * along, q - s * along
    return tuple(tuple(map(float, start + part * (end - start))) for part in (0, 1 / 3, 2 / 3, 1))


def recurrent(steps=5, scale=0.6, title="Recurrent network"):
    """The unrolled network with its gradients."""
    net = Network(steps, scale)
    norms = [np.linalg.norm(G[t]) for name, G in net.gradients.items() if name != "W" for t in range(steps)]
    ramp = Ramp.of([*map(float, norms), float(np.linalg.norm(net.gradients["W"]))])
    nodes = [_node(net, ramp, name, t) for t in range(steps) for name in ROWS]
    W = net.gradients["W"]
    nodes.append(
        Mark(
            "W", "W", None, "t", "parameter", (40.0, 60.0 + 2.5 * ROW), (40.0, 32.0), value=numbers(net.W),
            gradient=numbers(W), state="computed", fill=ramp.fill(float(np.linalg.norm(W))),
        )
    )  # fmt: skip
    lines, order = [*_forward(steps), *_backward(net, ramp)], []
    for t in reversed(range(steps)):
        order += _visits(net, t)
    order.append(
        _visit("W", [(f"cW{t}", net.per_step[t]) for t in reversed(range(1, steps))], "∇W = Σ ∇W⁽ᵗ⁾")
    )
    boxes = [Box(f"t = {t + 1}", (LEFT + COLUMN * t - 46, 20.0), (92.0, 480.0), t + 1) for t in range(steps)]
    legend = Legend("‖∂L/∂·‖₂", ramp.ticks(), (LEFT - 46, 526.0))
    return Scene(
        tuple(nodes), tuple(lines), tuple(boxes), (LEFT + COLUMN * steps, 570.0), tuple(order), legend,
        notes=("h⁽⁰⁾ = 0 is not drawn.",), title=title,
    )  # fmt: skip


def _node(net, ramp, name, t):
    value, gradient = net.values[name][t], net.gradients.get(name)
    norm = 0.0 if gradient is None else float(np.linalg.norm(gradient[t]))
    return Mark(
        f"{name}{t}", name, t + 1, "t", ROLES[name], place(name, t), (HEIGHTS[name], HEIGHTS[name]),
        op="Tanh()" if name == "h" else "", formula="tanh(W h + U x)" if name == "h" else "",
        value=numbers(value),
        gradient=None if gradient is None else numbers(gradient[t]),
        state="not-computed" if gradient is None else "computed",
        fill=None if gradient is None else ramp.fill(norm),
    )  # fmt: skip


def _forward(steps):
    for t in range(steps):
        for a, b in ("xh", "ho", "oL", "yL"):
            side = (5.0, 0.0) if b in "oL" and a != "y" else (0.0, 0.0)
            points = between((a, t), (b, t), side)
            yield Line(f"f{a}{t}", f"{a}{t}", f"{b}{t}", "forward", "a", 0, points)
        if t:
            points = between(("h", t - 1), ("h", t), (0.0, -5.0))
            yield Line(f"r{t}", f"h{t - 1}", f"h{t}", "recurrent", "h", 1, points, width=2.0)
            x, y = LEFT + COLUMN * (t - 0.5), 60.0 + 2.5 * ROW
            rail = ((60.0, y), (60.0, y), (x, y), (x, y), (x, y), (x, y + 41), (x, y + 41))
            yield Line(f"p{t}", "W", f"h{t}", "parameter", "W", 0, rail, width=0.9)


def _backward(net, ramp):
    for t in range(net.steps):
        yield _contribution(f"co{t}", ("L", t), ("o", t), net.gradients["o"][t], ramp)
        yield _contribution(f"ch{t}", ("o", t), ("h", t), net.from_o[t], ramp)
        if t + 1 < net.steps:
            yield _contribution(f"cr{t}", ("h", t + 1), ("h", t), net.from_h[t], ramp)
        if t:
            x, y = LEFT + COLUMN * (t - 0.5), 68.0 + 2.5 * ROW
            rail = ((x + 6, y + 30), (x + 6, y), (x + 6, y), (x, y), (x, y), (62.0, y), (62.0, y))
            norm = float(np.linalg.norm(net.per_step[t]))
            yield Line(f"cW{t}", f"h{t}", "W", "backward", "W", 0, rail, norm=norm, width=ramp.width(norm))


def _contribution(key, source, target, G, ramp):
    norm = float(np.linalg.norm(G))
    flat = source[0] == target[0]
    points = between(source, target, (0.0, 7.0) if flat else (-6.0, 0.0))
    at = tuple(np.mean([points[0], points[-1]], axis=0) + ((0.0, 12.0) if flat else (-22.0, 0.0)))
    keys = [f"{name}{t}" for name, t in (source, target)]
    return Line(key, *keys, "backward", "a", 0, points, f"{norm:.2g}", at, norm, ramp.width(norm))


def _visits(net, t):
    into_h = [(f"ch{t}", net.from_o[t])]
    formula = f"∇h⁽{t + 1}⁾ = Vᵀ ∇o⁽{t + 1}⁾"
    if t + 1 < net.steps:
        into_h.insert(0, (f"cr{t}", net.from_h[t]))
        formula += f" + Wᵀ (1 − (h⁽{t + 2}⁾)²) ∘ ∇h⁽{t + 2}⁾"
    return [
        _visit(f"L{t}", [], ""),
        _visit(f"o{t}", [(f"co{t}", net.gradients["o"][t])], f"∇o⁽{t + 1}⁾ = 2 (o − y)"),
        _visit(f"h{t}", into_h, formula),
    ]


def _visit(node, contributions, formula):
    sums = np.cumsum([G for _, G in contributions], axis=0) if contributions else ()
    return Visit(
        node, tuple(key for key, _ in contributions), tuple(float(np.linalg.norm(s)) for s in sums), formula
    )


def chain(count):
    """`count` nodes in rows of a wide grid, each visited with one contribution from the one before it."""
    side = 40
    spots = [(40.0 + 60.0 * (i % side), 40.0 + 60.0 * (i // side)) for i in range(count)]
    value = numbers(np.arange(3.0))
    nodes = tuple(
        Mark(f"n{i}", "h", i, "t", "hidden", spots[i], (36.0, 36.0), value=value, gradient=value,
             state="computed", fill=i % 9)
        for i in range(count)
    )  # fmt: skip
    lines = tuple(
        Line(
            f"e{i}",
            f"n{i - 1}",
            f"n{i}",
            "backward",
            "a",
            0,
            (spots[i - 1], spots[i]),
            "1",
            spots[i],
            norm=1.0,
        )
        for i in range(1, count)
    )
    order = tuple(Visit(f"n{i}", (f"e{i}",) if i else (), (1.0,) if i else (), "∇h") for i in range(count))
    return Scene(nodes, lines, (), (60.0 * side + 40, 60.0 * (count // side + 1)), order, title="Chain")
