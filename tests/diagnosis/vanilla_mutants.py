"""Hand-written back-propagation through time of a vanilla cell, with a switch for a mistake at every line."""

from dataclasses import dataclass, field

import numpy as np

from minigrad.diagnosis.observed import Observed

F = {"tanh": np.tanh, "sigmoid": lambda a: 1 / (1 + np.exp(-a)), "relu": lambda a: np.where(a > 0, a, 0.0)}
SLOPE = {"tanh": lambda h: 1 - h**2, "sigmoid": lambda h: h * (1 - h), "relu": lambda h: (h > 0) * 1.0}
SMALL, BATCH = {"T": 4, "B": 1, "D": 5, "H": 6, "O": 3}, {"T": 6, "B": 3, "D": 5, "H": 6, "O": 3}


@dataclass
class Problem:
    """A network with its data and its forward pass; h[0] is the initial state."""

    cell: str
    loss: str
    last: bool
    n: dict
    w: dict
    x: np.ndarray
    targets: np.ndarray
    h: list = field(default_factory=list)
    a: list = field(default_factory=list)
    o: list = field(default_factory=list)
    y: list = field(default_factory=list)


def softmax(o):
    e = np.exp(o - o.max(-1, keepdims=True))
    return e / e.sum(-1, keepdims=True)


def problem(seed, cell="tanh", loss="ce", sizes=None, *, last=False):
    """A random problem and its states; losses are "ce", "mse" of o, and "brier", the mse of the softmax."""
    n, rng = sizes or SMALL, np.random.default_rng([seed, 7])
    T, B, D, H, O = (n[k] for k in "TBDHO")  # noqa: E741
    shapes = {"Wx": (H, D), "Wh": (H, H), "bh": (H,), "Wy": (O, H), "by": (O,), "h0": (B, H)}
    w = {k: rng.normal(size=s) / (s[-1] ** 0.5 if k[0] == "W" else 2) for k, s in shapes.items()}
    if cell == "relu":
        w["bh"] = w["bh"] + 0.5
    x = rng.normal(size=(T, B, D))
    targets = rng.normal(size=(T, B, O)) if loss == "mse" else np.eye(O)[rng.integers(O, size=(T, B))]
    p = Problem(cell, loss, last, n, w, x, targets)
    forward(p)
    return p


def forward(p):
    """The states, outputs and the loss."""
    w, total = p.w, 0.0
    p.h, p.a, p.o, p.y = [w["h0"]], [], [], []
    for t in range(p.n["T"]):
        p.a.append(p.x[t] @ w["Wx"].T + p.h[-1] @ w["Wh"].T + w["bh"])
        p.h.append(F[p.cell](p.a[-1]))
        p.o.append(p.h[-1] @ w["Wy"].T + w["by"])
        p.y.append(p.o[-1] if p.loss == "mse" else softmax(p.o[-1]))
        if not p.last or t == p.n["T"] - 1:
            error = p.y[t] - p.targets[t]
            total += -np.sum(p.targets[t] * np.log(p.y[t])) if p.loss == "ce" else 0.5 * np.sum(error**2)
    return total


def output_gradients(p, m):
    """dy of every step, with the mistakes of the set m."""
    T, e = p.n["T"], [y - t for y, t in zip(p.y, p.targets, strict=True)]
    jac = [y * (v - (y * v).sum(-1, keepdims=True)) for y, v in zip(p.y, e, strict=True)]
    dy = {"ce": e, "mse": e, "brier": jac}[p.loss]
    dy = jac if "loss squared" in m else e if "loss difference" in m else dy
    dy = [softmax(o) - t for o, t in zip(p.o, p.targets, strict=True)] if "loss softmax" in m else dy
    dy = [v * y * (1 - y) for v, y in zip(e, p.y, strict=True)] if "loss elementwise" in m else dy
    dy = [-t / y for t, y in zip(p.targets, p.y, strict=True)] if "loss no jacobian" in m else dy
    dy = list(p.y) if "loss no target" in m else dy
    if p.last:
        dy = [v * (t == T - 1) for t, v in enumerate(dy)]
    dy = [dy[-1]] * T if "dy repeated" in m else dy
    dy = [*dy[1:], dy[-1] * 0] if "dy shifted" in m else dy
    if "outside dy" in m:
        dy = [np.tanh(3 * v) for v in dy]
    return dy


def slope(p, t, m):
    """f′ at step index t."""
    h, T = p.h[t + 1], p.n["T"]
    s = SLOPE[p.cell]
    table = {
        "slope activated": lambda: s(F[p.cell](h)),
        "slope none": lambda: 1.0,
        "slope twice": lambda: s(h) ** 2,
        "slope 1-h": lambda: 1 - h,
        "slope h(1-h)": lambda: h * (1 - h),
        "slope 1-h2": lambda: 1 - h**2,
        "slope 1-a2": lambda: 1 - p.a[t] ** 2,
        "slope double": lambda: 2 * s(h),
        "slope half": lambda: s(h) / 2,
        "slope at T": lambda: s(p.h[T]),
        "slope at t-1": lambda: s(p.h[t]),
        "slope at t+1": lambda: s(p.h[min(t + 2, T)]),
        "outside slope": lambda: np.cos(h),
    }
    return next((f() for k, f in table.items() if k in m), s(h))


def edge(p, t, dy, m):
    """What enters dh(t) from the output."""
    T, Wy = p.n["T"], p.w["Wy"]
    shifted = dy[t + 1] if t + 1 < T else 0 * dy[t]
    if "edge repeated" in m:
        return dy[T - 1] @ Wy
    if "edge shifted" in m:
        return shifted @ Wy
    if "edge missing" in m:
        return 0 * dy[t] @ Wy
    if "edge last" in m:
        return dy[t] @ Wy * (t == T - 1)
    if "outside edge" in m:
        return (dy[t] + 0.3 * shifted) @ Wy
    return dy[t] @ Wy


def carry(p, t, past, m):
    """What enters dh(t) from step t+1; the past has lists of d, g, s, o and dWh so far."""
    d, g, s, o, buffer = past
    Wh, after = p.w["Wh"], t + 1
    table = {
        "carry zero": lambda: 0 * d[after],
        "carry Wh": lambda: d[after] @ Wh.T,
        "carry stale": lambda: d[-1] @ Wh,
        "carry without slope": lambda: g[after] @ Wh,
        "carry printed": lambda: s[after] * (g[after] @ Wh),
        "carry buffer": lambda: d[after] @ buffer,
        "carry one step": lambda: (s[after] * o[after]) @ Wh,
        "carry double": lambda: 2 * d[after] @ Wh,
        "carry sign": lambda: -d[after] @ Wh,
        "outside carry": lambda: d[after] @ (Wh + 0.1 * np.abs(Wh).T),
    }
    return next((f() for k, f in table.items() if k in m), d[after] @ Wh)


def states(p, t, m):
    """What stands for h(t−1) in the sum of dWh."""
    T, h = p.n["T"], p.h
    table = {
        "Wh h(t)": lambda: h[t + 1],
        "Wh h(T-1)": lambda: h[T - 1],
        "Wh h(T)": lambda: h[T],
        "Wh h(t-2)": lambda: h[t - 1],  # a list with h(0) first wraps round to h(T)
        "Wh wrap": lambda: h[t] if t else h[T],
        "Wh h0 ignored": lambda: h[t] * (t > 0),
        "Wh h0 overwritten": lambda: h[t] if t else h[1],
        "outside Wh": lambda: h[t] ** 3,
    }
    return next((f() for k, f in table.items() if k in m), h[t])


def summed(G, term, t, name, m, last):
    """One step of an accumulation."""
    if (
        f"{name} zero" in m
        or (f"{name} skip first" in m and t == 0)
        or (f"{name} skip last" in m and t == last)
    ):
        return G
    return term if f"{name} overwritten" in m else G + term


def joined(p, t, past, c, m):
    """dh and da of step t from both edges."""
    d, g, s, o, _ = past
    T, bound = p.n["T"], 0.05
    dh = o[T - 1] if "join constant" in m else o[t] + c
    dh = o[t] + g[t + 1] if "join accumulated" in m and t < T - 1 else dh
    dh = np.clip(dh, -bound, bound) if "join clip" in m else dh
    da = s[t] * dh
    da = s[t] * o[t] + c if "join slope on o" in m else da
    da = o[t] + s[t] * c if "join slope on c" in m else da
    da = s[t] * o[t] + (s[t] * d[t + 1]) @ p.w["Wh"] if "join wrong side" in m and t < T - 1 else da
    skipped = ("visit skip first" in m and t == 0) or ("visit skip last" in m and t == T - 1)
    return (0 * dh, 0 * da) if skipped else (dh, da)


def recursion(p, m):
    """dy, da, dh and dh(0) from the last step to the first."""
    T, dy = p.n["T"], output_gradients(p, m)
    d, g, s, o = ([None] * T for _ in range(4))
    past = [d, g, s, o, 0 * p.w["Wh"]]
    for t in range(T - 1, -1, -1):
        o[t], s[t] = edge(p, t, dy, m), slope(p, t, m)
        c = carry(p, t, past, m) if t < T - 1 else 0 * o[t]
        g[t], d[t] = joined(p, t, past, c, m)
        past[-1] = past[-1] + d[t].T @ p.h[t]
    return dy, d, g, carry(p, -1, past, m)


def truncated(p, m):
    """The recursion, of which the gradient of each step's loss may go back one step only."""
    if "truncated" not in m:
        return recursion(p, m)
    T = p.n["T"]
    dy, d, g, _ = recursion(p, m - {"truncated"})
    d, g = [0 * v for v in d], [0 * v for v in g]
    for source in range(T):
        c = edge(p, source, dy, m)
        for t in range(source, max(source - 2, -1), -1):
            d[t], g[t] = d[t] + slope(p, t, m) * c, g[t] + c
            c = (slope(p, t, m) * c) @ p.w["Wh"]
    return dy, d, g, d[0] @ p.w["Wh"]


def backward(p, m=frozenset()):
    """All gradients by role, with the mistakes of the set m, and the da of every step."""
    T, B, w = p.n["T"], p.n["B"], p.w
    dy, d, g, start = truncated(p, m)
    G = {k: np.zeros_like(w[k]) for k in ("Wx", "Wh", "bh", "Wy", "by")}
    for t in range(T - 1, -1, -1):
        left = g[t] if "sums without slope" in m else d[t]
        bias = g[t] if "bh without slope" in m else d[t]
        x = p.x[t - 1] if "Wx x(t-1)" in m else p.x[T - 1] if "Wx x(T)" in m else p.x[t]
        hy = p.h[t] if "Wy h(t-1)" in m else p.h[T] if "Wy h(T)" in m else p.h[t + 1]
        terms = {"Wx": left.T @ x, "Wh": left.T @ states(p, t, m), "bh": bias.sum(0), "Wy": dy[t].T @ hy}
        terms["by"] = dy[t].sum(0)
        if "Wh inner" in m:
            terms["Wh"] = np.full_like(terms["Wh"], np.sum(d[t] * p.h[t]))
        for k, term in terms.items():
            G[k] = summed(G[k], term, t, k, m, T - 1)
    if "Wx of sums" in m:
        G["Wx"] = np.outer(sum(v.sum(0) for v in d), p.x.sum((0, 1)))
    if "Wh transposed" in m:
        G["Wh"] = G["Wh"].T
    return _scaled(p, G, m, T, B) | {"h0": start}, d


def _scaled(p, G, m, T, B):
    for k in list(G):
        G[k] = G[k] / B if f"{k} mean batch" in m else G[k] / T if f"{k} mean time" in m else G[k]
        G[k] = -G[k] if f"{k} sign" in m else G[k]
        G[k] = np.clip(G[k], -0.1, 0.1) if "all clip" in m else G[k]
    if "Wh is buffer" in m:
        G["Wh"] = p.w["Wh"]
    if "all norm" in m:
        norm = sum(np.sum(v**2) for v in G.values()) ** 0.5
        G = {k: 0.5 * v / norm for k, v in G.items()}
    c = {"2": 2, "1/2": 0.5, "1/T": 1 / T, "1/B": 1 / B, "1/(T·B)": 1 / (T * B), "T": T, "1/O": 1 / p.n["O"]}
    factor = next((v for k, v in c.items() if f"all {k}" in m), -1 if "all sign" in m else 1)
    return {k: factor * v for k, v in G.items()}


def observe(p, gradients, roles=("Wx", "Wh", "bh", "Wy", "by")):
    """The problem as the diagnosis sees it."""
    auto, _ = backward(p)
    dy = np.array(output_gradients(p, ()))
    right, given = {k: auto[k] for k in (*roles, "h0")}, {k: gradients[k] for k in roles}
    names = {"Wx": "Wxh", "Wh": "Whh", "bh": "bh", "Wy": "Why", "by": "by", "h0": "hprev", "x": "xs"}
    states, params = np.array(p.h), {**p.w, "x": p.x}
    arrays = {"y": np.array(p.y), "o": np.array(p.o), "targets": p.targets}
    return Observed(p.cell, p.x, states, params, right, given, dy @ p.w["Wy"], dy, **arrays, names=names)


def observations(seed, m, cell="tanh", loss="ce", roles=("Wx", "Wh", "bh", "Wy", "by"), *, last=False):
    """Both problems of a code with the mistakes of the set m."""
    ps = [problem(seed, cell, loss, n, last=last) for n in (SMALL, BATCH)]
    return [observe(p, backward(p, frozenset(m))[0], roles) for p in ps]
