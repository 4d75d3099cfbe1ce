"""The backward passes of the mutants: plain loops, written without the explainer."""

import numpy as np
from gated_sums import Sums, of


def outputs(q, m):
    """dy of each step."""
    v, y, t = q.v, q.v["y"], q.targets
    dy = v["dy"].copy()
    if "dy repeated" in m:
        dy[:] = dy[-1]
    if "dy next" in m:
        dy = np.concatenate([dy[1:], dy[-1:]])
    if "dy summed" in m:
        dy = np.cumsum(dy[::-1], 0)[::-1].copy()
    if "loss squared" in m:
        e = y - t
        dy = y * (e - (y * e).sum(-1, keepdims=True))
    if "loss ratio" in m:
        dy = -t / y
    if "loss sigmoid" in m:
        dy = dy * y * (1 - y)
    if "loss target missing" in m:
        dy = y.copy()
    return dy


SLOPES = {
    "slope none": lambda y, s, tanh: np.ones_like(y),
    "slope activated": lambda y, s, tanh: 1 - np.tanh(y) ** 2 if tanh else logistic(y) * (1 - logistic(y)),
    "slope other": lambda y, s, tanh: y * (1 - y) if tanh else 1 - y**2,
    "slope twice": lambda y, s, tanh: s**2,
    "slope half": lambda y, s, tanh: s / 2,
    "slope complement": lambda y, s, tanh: 1 - y,
    "slope sign": lambda y, s, tanh: -s,
}


def logistic(a):
    return 1 / (1 + np.exp(-a))


def slope(q, m, g, t):
    """The slope of a gate, of the cell state under "c"."""
    tanh = g in "cgn"
    named = {g, "all", "tanhs" if tanh else "sigmoids"}
    t = -1 if of(m, "slope last") in named else t - 1 if of(m, "slope before") in named else t
    if of(m, "slope argument") == g:
        return 1 - q.v["c"][1:][t] ** 2
    y = np.tanh(q.v["c"][1:][t]) if g == "c" else q.v[g][t]
    s = 1 - y**2 if tanh else y * (1 - y)
    for name, form in SLOPES.items():
        if of(m, name) in named:
            return form(y, s, tanh)
    return s


def lstm_backward(q, m):
    v, T = q.v, len(q.x)
    dy = outputs(q, m)
    up = dy @ q.p["Wy"]
    if "edge repeated" in m:
        up = up * 0 + up[-1]
    dh_next = dc_next = np.zeros_like(v["h"][0])
    sums = Sums(q, m)
    for t in reversed(range(T)):
        if skipped(m, t, T):
            continue
        dh = clipped(m, "clip dh", dh_next if "edge last only" in m and t < T - 1 else up[t] + dh_next)
        o = np.ones_like(dh) if "dc without o" in m else v["i" if "dc with i" in m else "o"][t]
        local = (up[t] if "dc upstream only" in m else dh) * o * slope(q, m, "c", t)
        dc = local + dc_next
        d, da = lstm_gates(q, m, t, dh, dc, local)
        if pair := of(m, "swap"):
            da[pair[0]], da[pair[1]] = da[pair[1]], da[pair[0]]
        sums.add(t, da, d, dh)
        dc_next = state_back(m, t, dc, local, v["f"], dc_next)
        dh_next = hidden_back(q, m, t, sums, (da, d, dh), dh_next)
        if cut(m, T - t):
            dh_next = dc_next = 0 * dh
    return windowed(q, m) if of(m, "window") else sums.result(dy)


def lstm_gates(q, m, t, dh, dc, local):
    v, c = q.v, q.v["c"]
    tanh_c = c[t + 1] if "do plain c" in m else np.tanh(c[t]) if "do old c" in m else np.tanh(c[t + 1])
    old = c[t + 1] if "df new c" in m else c[t]
    if t == 0 and "df no c0" in m:
        old = 0 * old
    if t == 0 and "df wrapped" in m:
        old = c[-1]
    base = {g: local if of(m, "gate before carry") == g else dc for g in "ifg"}
    if of(m, "gate from dh"):
        base[of(m, "gate from dh")] = dh
    d = {
        "o": dh * tanh_c,
        "f": base["f"] * old,
        "i": base["i"] * (v["f"][t] if "di with f" in m else 1.0 if "di without g" in m else v["g"][t]),
        "g": base["g"] * (v["g"][t] if "dg with g" in m else v["f"][t] if "dg with f" in m else v["i"][t]),
    }
    return d, {g: clipped(m, "clip da", d[g] * slope(q, m, g, t)) for g in d}


def state_back(m, t, dc, local, f, before):
    if "dc missing" in m:
        return 0 * dc
    if "dc without f" in m:
        return dc
    if "dc f own step" in m:
        return dc * f[t - 1 if t else 0]
    if "dc local only" in m:
        return local * f[t]
    if "dc added" in m:
        return before + dc * f[t]
    return dc * f[t]


def hidden_back(q, m, t, sums, now, before):
    """What goes back to dh(t−1) through the gates."""
    da, d, dh = now
    total = sum(path(q, m, t, sums, g, d[g] if of(m, "path pre") in {g, "all"} else da[g]) for g in da)
    if "carry constant" in m and t < len(q.x) - 1:
        return before
    if "carry added" in m:
        return before + total
    return dh if "carry dh" in m else total


def path(q, m, t, sums, g, a):
    """What goes back through one gate."""
    W = sums.recurrent(g) if of(m, "path buffer") in {g, "all"} else q.p[f"Wh.{g}"]
    W = W.T if of(m, "path plain") in {g, "all"} else W
    part = reset_path(q, m, t, a, W) if q.cell == "gru" and g == "n" else a @ W
    if of(m, "path missing") in {g, "all"} or of(m, "path only", g) != g:
        return 0 * part
    return -part if of(m, "path sign") in {g, "all"} else part


def reset_path(q, m, t, a, W):
    r = q.v["r"][t]
    if "path no reset" in m:
        return a @ W
    return (r * a) @ W if q.variant.startswith("after") else r * (a @ W)


def gru_backward(q, m):
    T, z = len(q.x), q.v["z"]
    dy = outputs(q, m)
    up = dy @ q.p["Wy"]
    if "edge repeated" in m:
        up = up * 0 + up[-1]
    k = 1 - z if "new" in q.variant else z
    sums = Sums(q, m)
    through = along = np.zeros_like(q.v["h"][0])
    for t in reversed(range(T)):
        if skipped(m, t, T):
            continue
        dh = through + along if "edge last only" in m and t < T - 1 else up[t] + through + along
        dh = clipped(m, "clip dh", dh)
        d, da = gru_gates(q, m, t, dh, k[t])
        sums.add(t, da, d, dh)
        through = hidden_back(q, m, t, sums, (da, d, dh), through)
        along = kept_back(m, t, dh, k, along)
        if cut(m, T - t):
            through = along = 0 * dh
    return windowed(q, m) if of(m, "window") else sums.result(dy)


def gru_gates(q, m, t, dh, k):
    h, n, W = q.v["h"], q.v["n"][t], q.p["Wh.n"]
    dn = dh * (k if "dn share" in m else 1.0 if "dn without z" in m else 1 - k)
    dan = dn * slope(q, m, "n", t)
    gaps = {"dz only h": h[t], "dz only n": -n, "dz plus": h[t] + n, "dz sign": n - h[t]}
    gap = next((a for name, a in gaps.items() if name in m), h[t] - n)
    seen = h[t + 1] if "dr new h" in m else h[t]
    source = dn if "dr pre" in m else dan
    if q.variant.startswith("after"):
        dr = source * (seen @ W.T)
    else:
        dr = (source if "dr without W" in m else source @ (W.T if "dr plain" in m else W)) * seen
    d = {"z": dh * gap * (-1 if "new" in q.variant else 1), "r": dr, "n": dn}
    da = {"z": d["z"] * slope(q, m, "z", t), "r": dr * slope(q, m, "r", t), "n": dan}
    return d, {g: clipped(m, "clip da", a) for g, a in da.items()}


def skipped(m, t, T):
    return ("loop first" in m and t == 0) or ("loop last" in m and t == T - 1)


def clipped(m, name, a):
    bound = float(of(m, name, "inf"))
    return np.clip(a, -bound, bound)


def cut(m, done):
    """Whether nothing goes on after a number of steps."""
    every = of(m, "cut")
    return every is not None and done % int(every) == 0


def kept_back(m, t, dh, k, before):
    if "keep missing" in m:
        return 0 * dh
    if "keep bare" in m:
        return dh
    if "keep complement" in m:
        return dh * (1 - k[t])
    if "keep own step" in m:
        return dh * k[t - 1 if t else 0]
    if "keep added" in m:
        return before + dh * k[t]
    return dh * k[t]


def windowed(q, m):
    """The sum over the steps' losses, each through k steps only."""
    k = int(of(m, "window"))
    rest = frozenset(s for s in m if not s.startswith("window"))
    found = None
    for s in range(len(q.x)):
        lo = max(0, s - k)
        dy = q.v["dy"] * 0
        dy[s] = q.v["dy"][s]
        part = type(q)(
            q.cell, q.variant, q.loss, q.p, q.x[lo : s + 1], q.targets[lo : s + 1],
            {name: a[lo : s + 1 + (name in {"h", "c"})] for name, a in {**q.v, "dy": dy}.items()},
        )  # fmt: skip
        one = (lstm_backward if q.cell == "lstm" else gru_backward)(part, rest)
        found = one if found is None else {name: found[name] + one[name] for name in one}
    return found
