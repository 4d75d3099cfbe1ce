"""The planted mistakes of a vanilla cell, what each is called, and whether a diagnosis has named it."""

import re

import numpy as np
from vanilla_mutants import BATCH, SMALL, backward, observe, output_gradients, problem

SUMS = ("Wx", "Wh", "bh", "Wy", "by")

# name: (kinds that name it, words of a documented alternative)
OUTPUT = {
    "loss squared": ("wrong-loss", ""),
    "loss difference": ("wrong-loss", ""),
    "loss softmax": ("wrong-loss", ""),
    "loss elementwise": ("wrong-loss", ""),
    "loss no jacobian": ("wrong-loss", ""),
    "loss no target": ("wrong-loss wrong-array", ""),
    "dy repeated": ("output-step", ""),
    "dy shifted": ("output-step", ""),
}
SLOPES = {
    "slope activated": ("derivative-of-activated", ""),
    "slope none": ("wrong-derivative", "f′"),
    "slope twice": ("wrong-derivative", "f′"),
    "slope 1-h": ("wrong-derivative", "f′"),
    "slope h(1-h)": ("wrong-derivative", "f′"),
    "slope 1-h2": ("wrong-derivative", "f′"),
    "slope 1-a2": ("wrong-derivative", "f′"),
    "slope double": ("wrong-derivative", "f′"),
    "slope half": ("wrong-derivative", "f′"),
    "slope at T": ("derivative-step", "f′"),
    "slope at t-1": ("derivative-step", "f′"),
    "slope at t+1": ("derivative-step", "f′"),
}
EDGES = {
    "edge repeated": ("output-step", "that of the last step"),
    "edge shifted": ("output-step", ""),
    "edge missing": ("missing-edge", "from y.t. is missing"),
    "edge last": ("output-step missing-edge", "last step only"),
}
CARRIES = {
    "carry zero": ("carry-missing", "missing or zero"),
    "carry Wh": ("carry-not-transposed", "not transposed"),
    "carry stale": ("carry-missing", "never updated"),
    "carry without slope": ("derivative-one-edge", "without f′"),
    "carry printed": ("derivative-one-edge", "as printed|wrong side"),
    "carry buffer": ("wrong-array", "gradient so far"),
    "carry one step": ("truncated", "one step|1 step"),
    "carry double": ("scale", "2 {Wh}|2 Whh"),
    "carry sign": ("sign", "subtracted|−Whh"),
    "truncated": ("truncated", "1 step|one step"),
    "join constant": ("carry-accumulated", ""),
    "join accumulated": ("carry-accumulated", "only adds up"),
    "join clip": ("clipped", ""),
    "join slope on o": ("derivative-one-edge", "f′ multiplies only"),
    "join slope on c": ("derivative-one-edge", "f′ multiplies only"),
    "join wrong side": ("derivative-one-edge", "wrong side"),
    "visit skip first": ("initial-state", "before step 1"),
    "visit skip last": ("skipped-step", "begins at"),
}
ACCUMULATIONS = {
    "Wh h(t)": ("wrong-state", ""),
    "Wh h(T-1)": ("wrong-state", ""),
    "Wh h(T)": ("wrong-state", ""),
    "Wh h(t-2)": ("wrong-state", ""),
    "Wh wrap": ("initial-state", ""),
    "Wh h0 ignored": ("initial-state", ""),
    "Wh h0 overwritten": ("initial-state", ""),
    "Wh transposed": ("transposed", ""),
    "Wh inner": ("outer-product", ""),
    "Wx of sums": ("outer-product", ""),
    "Wx x(t-1)": ("wrong-state", ""),
    "Wx x(T)": ("wrong-state", ""),
    "Wy h(t-1)": ("wrong-state", ""),
    "Wy h(T)": ("wrong-state", ""),
    "Wh is buffer": ("wrong-array", ""),
    "sums without slope": ("wrong-derivative", "without f′"),
    "bh without slope": ("bias", ""),
    **{f"{k} zero": ("zero", "") for k in SUMS},
    **{f"{k} sign": ("sign", "") for k in SUMS},
    **{f"{k} overwritten": ("overwritten", "= stands for") for k in SUMS},
    **{f"{k} skip first": ("initial-state" if k[0] == "W" else "bias", "lacks the term") for k in SUMS},
    **{f"{k} skip last": ("skipped-step" if k[0] == "W" else "bias", "lacks the term") for k in SUMS},
    **{
        f"{k} mean {over}": ("scale" if k[0] == "W" else "bias", "")
        for k in SUMS
        for over in ("batch", "time")
    },
}
WHOLE = {
    **{f"all {c}": ("scale", "") for c in ("2", "1/2", "1/T", "1/B", "1/(T·B)", "T", "1/O")},
    "all sign": ("sign", ""),
    "all clip": ("clipped", ""),
    "all norm": ("clipped", ""),
}
OUTSIDE = ("outside dy", "outside slope", "outside edge", "outside carry", "outside Wh")
RECURSION = {**OUTPUT, **SLOPES, **EDGES, **CARRIES}
ALL = {**RECURSION, **ACCUMULATIONS, **WHOLE}


class Case:
    """A code with mistakes, on both problems."""

    def __init__(self, seed, names, cell="tanh", loss="ce", roles=SUMS, *, last=False, sizes=None):
        self.names, self.set = tuple(names), frozenset(names)
        self.problems = [problem(seed, cell, loss, n, last=last) for n in sizes or (SMALL, BATCH)]
        self.gradients = [backward(p, self.set) for p in self.problems]
        self.roles = roles

    def observed(self):
        return [observe(p, g, self.roles) for p, (g, _) in zip(self.problems, self.gradients, strict=True)]

    def visible(self, name):
        """Whether a mistake changes any number, given the others."""
        return self.differs(self.set - {name})

    def differs(self, others):
        """Whether the gradients are other ones than those with other mistakes."""
        for p, (mine, _) in zip(self.problems, self.gradients, strict=True):
            other, _ = backward(p, frozenset(others))
            if any(np.abs(mine[k] - other[k]).max() > 1e-9 * np.abs(other[k]).max() for k in self.roles):
                return True
        return False

    def steps(self, name):
        """The step at which a mistake first shows going backwards, in dy or da; None if in neither."""
        if name in ACCUMULATIONS:
            T = self.problems[0].n["T"]
            first = {"Wh wrap", "Wh h0 ignored", "Wh h0 overwritten"}
            return 1 if name in first or "skip first" in name else T if "skip last" in name else None
        p, (_, mine) = self.problems[0], self.gradients[0]
        right = backward(p)[1]
        if name in OUTPUT:
            mine, right = output_gradients(p, self.set), output_gradients(p, ())
        differ = [t + 1 for t in range(len(mine)) if np.abs(mine[t] - right[t]).max() > 1e-9]
        return max(differ, default=None) if name in RECURSION else None


def names(name, findings):
    """Whether findings name a mistake: by the kind, or in words among the alternatives."""
    kinds, words = ALL[name]
    if any(f.kind in kinds.split() for f in findings):
        return True
    return bool(words) and any(
        re.search(words, text) for f in findings for text in (f.sentence, *f.alternatives)
    )
