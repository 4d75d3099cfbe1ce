"""Slips that sources print, put into a derivation by hand, and what the check says of each."""

import numpy as np

import minigrad as mg


def derivation(carry):
    """Back-propagation through time by hand, with `carry` for the edge from h(t+1) to h(t)."""

    def manual(params, xs, h0, targets):
        U, W, V, b, c = (params[name] for name in "UWVbc")
        hs, ys = [h0], []
        for x in xs:
            hs.append(np.tanh(b + W @ hs[-1] + U @ x))
            o = c + V @ hs[-1]
            ys.append(np.exp(o - o.max()) / np.exp(o - o.max()).sum())
        grads = {name: np.zeros_like(value) for name, value in params.items()}
        dh_next, f_next = np.zeros_like(h0), np.zeros_like(h0)
        for t in range(len(xs), 0, -1):
            dy = ys[t - 1] - targets[t - 1]
            dh = V.T @ dy + carry(W, f_next, dh_next)
            f = 1 - hs[t] ** 2
            grads["V"] += np.outer(dy, hs[t])
            grads["c"] += dy
            grads["U"] += np.outer(f * dh, xs[t - 1])
            grads["W"] += np.outer(f * dh, hs[t - 1])
            grads["b"] += f * dh
            dh_next, f_next = dh, f
        return grads

    return manual


DERIVATIONS = {
    "as it should be": lambda W, f, dh: W.T @ (f * dh),
    "Goodfellow 10.21, factors out of order": lambda W, f, dh: f * (W.T @ dh),
    "Huang 14–18, without tanh′ in the product": lambda W, _f, dh: W.T @ dh,
    "a transpose forgotten": lambda W, f, dh: W @ (f * dh),
}

SHAPES = {"U": "HD", "W": "HH", "V": "OH", "b": "H", "c": "O", "xs": "TD", "h0": "H", "targets": "TO"}
for source, rule in DERIVATIONS.items():
    report = mg.check_manual(derivation(rule), mg.nn.RNN, shapes=SHAPES)
    print(f"{source}: {'right' if report.ok else 'wrong'}")
    for finding in report.findings:
        print(f"  {finding.kind}, {finding.quantity}: {finding.sentence}")
