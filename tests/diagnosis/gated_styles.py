"""Forward passes of LSTMs and GRUs as people write them, entered beside the vanilla ones."""

import numpy as np
from forward_styles import H, column, sigmoid, style

import minigrad as mg

LSTM = ("i", "f", "o", "g")


def separate(w, made=lambda v: v):
    return {f"{k}{g}": made(w[f"{k}.{g}"]) for g in LSTM for k in ("Wx", "Wh", "b")} | {
        "Wy": made(w["Wy"]),
        "by": w["by"],
    }


SEPARATE = {f"{k}.{g}": f"{k}{g}" for g in LSTM for k in ("Wx", "Wh", "b")} | {"Wy": "Wy", "by": "by"}


@style(layout=separate, names=SEPARATE, cell="lstm", gates=LSTM, c0=True)
def lstm_with_separate_gates(p, xs, ys, h0, c0):
    h, c, loss = h0[0], c0[0], 0

    def affine(g, x, h):
        return p[f"Wx{g}"] @ x + p[f"Wh{g}"] @ h + p[f"b{g}"]

    for x, y in zip(xs[:, 0], ys[:, 0], strict=True):
        f, i, o = (sigmoid(affine(g, x, h)) for g in "fio")
        c = f * c + i * np.tanh(affine("g", x, h))
        h = o * np.tanh(c)
        loss += mg.cross_entropy(p["Wy"] @ h + p["by"], y)
    return loss


def stack(w, order, *, bias_row=False):
    W = np.hstack([np.vstack([w[f"Wx.{g}"].T, w[f"Wh.{g}"].T]) for g in order])
    b = np.concatenate([w[f"b.{g}"] for g in order])
    last = {"Wy": w["Wy"].T, "by": w["by"]}
    return {"W": np.vstack([b, W])} | last if bias_row else {"W": W, "b": b} | last


STACKED = {f"{k}.{g}": "b" if k == "b" else "W" for g in LSTM for k in ("Wx", "Wh", "b")} | {
    "Wy": "Wy",
    "by": "by",
}


@style(layout=lambda w: stack(w, "ifog"), names=STACKED, cell="lstm", gates=LSTM, B=2)
def lstm_stacked_ifog(p, xs, ys, h0, c0):
    h, c, loss = h0, np.zeros_like(h0), 0
    for x, y in zip(xs, ys, strict=True):
        a = np.concatenate([x, h], axis=1) @ p["W"] + p["b"]
        ifo = sigmoid(a[:, : 3 * H])
        g = np.tanh(a[:, 3 * H :])
        c = ifo[:, H : 2 * H] * c + ifo[:, :H] * g
        h = ifo[:, 2 * H :] * np.tanh(c)
        loss += mg.cross_entropy(h @ p["Wy"] + p["by"], y)
    return loss


@style(layout=lambda w: stack(w, "gfio", bias_row=True), names=STACKED | {f"b.{g}": "W" for g in LSTM},
       cell="lstm", gates=LSTM, B=7, c0=True, y="o")  # fmt: skip
def lstm_stacked_gfio_with_a_row_of_biases(p, xs, ys, h0, c0):
    h, c, loss = h0, c0, 0
    for x, y in zip(xs, ys, strict=True):
        a = np.dot(np.hstack([np.ones((7, 1)), x, h]), p["W"])
        g, f, i, o = np.split(a, 4, axis=1)
        c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
        h = sigmoid(o) * np.tanh(c)
        loss += np.sum((h @ p["Wy"] + p["by"] - y) ** 2)
    return loss


def stacked_columns(w):
    made = stack(w, "figo")
    return {"W": made["W"].T, "b": column(made["b"]), "Wy": w["Wy"], "by": column(w["by"])}


@style(layout=stacked_columns, names=STACKED, cell="lstm", gates=LSTM, h0=False)
def lstm_columns_from_zero_states(p, xs, ys, h0, c0):
    h, c, loss = np.zeros((H, 1)), np.zeros((H, 1)), 0
    for x, y in zip(xs, ys, strict=True):
        z = np.vstack([x.T, h])
        f, i, g, o = (np.dot(p["W"][k * H : (k + 1) * H], z) + p["b"][k * H : (k + 1) * H] for k in range(4))
        c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
        h = sigmoid(o) * np.tanh(c)
        v = np.exp(p["Wy"] @ h + p["by"])
        loss -= np.sum(y.T * np.log(v / v.sum()))
    return loss


GRU = ("z", "r", "n")
GRU_NAMES = {f"{k}.{g}": f"{k}{g}" for g in GRU for k in ("Wx", "Wh", "b")} | {"Wy": "Wy", "by": "by"}


def gru(w):
    return {user: w[r] for r, user in GRU_NAMES.items()}


def gru_step(p, x, h, reset):
    z, r = (sigmoid(x @ p[f"Wx{g}"].T + h @ p[f"Wh{g}"].T + p[f"b{g}"]) for g in "zr")
    inner = (r * h) @ p["Whn"].T if reset == "before" else r * (h @ p["Whn"].T)
    return z, np.tanh(x @ p["Wxn"].T + inner + p["bn"])


@style(layout=gru, names=GRU_NAMES, cell="gru", gates=GRU, variant="before,z-old", B=2)
def gru_reset_before(p, xs, ys, h0, c0):
    h, loss = h0, 0
    for x, y in zip(xs, ys, strict=True):
        z, n = gru_step(p, x, h, "before")
        h = z * h + (1 - z) * n
        loss += mg.cross_entropy(h @ p["Wy"].T + p["by"], y)
    return loss


@style(layout=gru, names=GRU_NAMES, cell="gru", gates=GRU, variant="after,z-old", B=7)
def gru_reset_after(p, xs, ys, h0, c0):
    h, loss = h0, 0
    for x, y in zip(xs, ys, strict=True):
        z, n = gru_step(p, x, h, "after")
        h = n + z * (h - n)
        loss += mg.cross_entropy(h @ p["Wy"].T + p["by"], y)
    return loss


@style(layout=gru, names=GRU_NAMES, cell="gru", gates=GRU, variant="before,z-new", h0=False)
def gru_with_the_update_on_the_new(p, xs, ys, h0, c0):
    h, loss = h0, 0
    for x, y in zip(xs, ys, strict=True):
        z, n = gru_step(p, x, h, "before")
        h = (1 - z) * h + z * n
        loss += mg.cross_entropy(h @ p["Wy"].T + p["by"], y)
    return loss
