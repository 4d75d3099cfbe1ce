"""How the mutants add up the gradients of the parameters, with switches."""

import numpy as np


def of(m, name, default=None):
    """The argument of a switch "name:argument", the default if it is off."""
    for switch in m:
        head, _, rest = switch.partition(":")
        if head == name:
            return rest
    return default


class Sums:
    """The gradients of the parameters, added up; switches read "family change:gate"."""

    def __init__(self, q, m):
        self.q, self.m = q, m
        self.terms = {}

    def on(self, family, change, g):
        return of(self.m, f"{family} {change}") in {g, "all"} or of(self.m, f"W {change}") in {g, "all"}

    def left(self, family, g, da, d, dh):
        a = d[g] if self.on(family, "pre", g) else dh if self.on(family, "dh", g) else da[g]
        if (other := of(self.m, f"{family} delta")) and other[0] == g:
            a = da[other[1]]
        return a

    def recurrent(self, g):
        return sum(self.terms[f"Wh.{g}"].values())

    def state(self, g, t):
        h, T = self.q.v["h"], len(self.q.x)
        for change, value in (
            ("now", h[t + 1]), ("end", h[T]), ("older", h[max(t - 1, 0)]), ("start", h[0]),
        ):  # fmt: skip
            if self.on("Wh", change, g):
                return value
        if t == 0 and self.on("Wh", "wrapped", g):
            return h[T]
        return 0 * h[0] if t == 0 and self.on("Wh", "no h0", g) else h[t]

    def add(self, t, da, d, dh):
        q = self.q
        x, T = q.x, len(q.x)
        for g in da:
            u = x[min(t + 1, T - 1)] if self.on("Wx", "next", g) else x[t]
            self.terms.setdefault(f"Wx.{g}", {})[t] = self.left("Wx", g, da, d, dh).T @ u
            a, u = self.left("Wh", g, da, d, dh), self.state(g, t)
            if q.cell == "gru" and g == "n" and "Wh without r" not in self.m:
                a, u = (q.v["r"][t] * a, u) if q.variant.startswith("after") else (a, q.v["r"][t] * u)
            term = a.T @ u
            if self.on("Wh", "inner", g):
                term = 0 * term + np.sum(a * u)
            if self.on("Wh", "elementwise", g):
                term = 0 * term + np.sum(a * u, 0)
            self.terms.setdefault(f"Wh.{g}", {})[t] = term
            self.terms.setdefault(f"b.{g}", {})[t] = self.left("b", g, da, d, dh).sum(0)

    def result(self, dy):
        h = self.q.v["h"]
        T = len(self.q.x)
        out = {"Wy": {}, "by": {}}
        for t in range(T):
            u = h[t] if "Wy old" in self.m else h[T] if "Wy end" in self.m else h[t + 1]
            out["Wy"][t], out["by"][t] = dy[t].T @ u, dy[t].sum(0)
        found = {}
        for role, terms in {**self.terms, **out}.items():
            family, _, g = role.partition(".")
            found[role] = self.finished(family, g or family, terms, T)
        if c := of(self.m, "scale"):
            factor = {"2": 2.0, "1/T": 1 / T, "1/B": 1 / self.q.x.shape[1], "-1": -1.0}[c]
            found = {role: factor * a for role, a in found.items()}
        if bound := of(self.m, "clip all"):
            found = {role: np.clip(a, -float(bound), float(bound)) for role, a in found.items()}
        return found

    def finished(self, family, g, terms, T):
        if self.on(family, "overwritten", g):
            return terms[min(terms)].copy()
        if self.on(family, "first written", g):
            return terms[max(terms)].copy()
        gone = {
            t
            for name, t in (("first", 0), ("last", T - 1), ("second", 1))
            if self.on(family, f"skip {name}", g)
        }
        a = sum(term for t, term in terms.items() if t not in gone)
        B = self.q.x.shape[1]
        for name, c in (
            ("zero", 0.0),
            ("sign", -1.0),
            ("mean", 1 / T),
            ("double", 2.0),
            ("batch mean", 1 / B),
        ):
            a = c * a if self.on(family, name, g) else a
        return a.T if self.on(family, "transposed", g) else a
