"""Forward passes of recurrent networks as people write them, with what they compute in one convention."""

from dataclasses import dataclass, field

import numpy as np

import minigrad as mg

T, D, H, OUT = 6, 4, 5, 3
STYLES = {}


@dataclass
class Style:
    """`write(p, xs, ys, h0, c0)` returns the loss of the leaves p that `layout` makes of the weights."""

    write: object
    layout: object
    names: dict
    cell: str = "tanh"
    B: int = 1
    y: str = "softmax"
    variant: str = ""
    gates: tuple = ("",)
    bias: bool = True
    h0: bool = True
    c0: bool = False
    lost: slice = field(default_factory=lambda: slice(None))
    targets: bool = True


def style(**options):
    def enter(write):
        STYLES[write.__name__] = Style(write, **options)
        return write

    return enter


def canonical(style, rng):
    """Weights by role, inputs (T, B, D), one-hot targets (T, B, OUT), states (B, H)."""
    w = {}
    for g in style.gates:
        dot = f".{g}" if g else ""
        w[f"Wx{dot}"], w[f"Wh{dot}"] = rng.normal(size=(H, D)) / 2, rng.normal(size=(H, H)) / 2
        if style.bias:
            w[f"b{dot}" if g else "bh"] = rng.normal(size=H) / 2
    if style.y:
        w["Wy"], w["by"] = rng.normal(size=(OUT, H)), rng.normal(size=OUT)
    x = rng.normal(size=(T, style.B, D))
    ys = np.eye(OUT)[rng.integers(OUT, size=(T, style.B))]
    h0, c0 = rng.normal(size=(2, style.B, H)) / 2
    return w, x, ys, h0 * style.h0, c0 * style.c0


def sigmoid(a):
    return 1 / (1 + np.exp(-a))


def plain(w, *names):
    """The canonical weights under the user's names, as they are."""
    return lambda weights: {user: weights[r] for r, user in zip(w.split(), names, strict=True)}


def column(v):
    return v[:, None]


COLUMN = {"Wx": "Wxh", "Wh": "Whh", "bh": "bh", "Wy": "Why", "by": "by"}


def columns(w):
    return {"Wxh": w["Wx"], "Whh": w["Wh"], "bh": column(w["bh"]), "Why": w["Wy"], "by": column(w["by"])}


@style(layout=columns, names=COLUMN)
def dict_states_and_columns(p, xs, ys, h0, c0):
    hs, ps, loss = {-1: h0.T}, {}, 0
    for t in range(len(xs)):
        x = np.zeros((D, 1))
        x[:] = xs[t].T
        hs[t] = np.tanh(np.dot(p["Wxh"], x) + np.dot(p["Whh"], hs[t - 1]) + p["bh"])
        y = np.dot(p["Why"], hs[t]) + p["by"]
        ps[t] = np.exp(y) / np.sum(np.exp(y))
        loss += -np.log(ps[t][int(ys[t, 0].argmax()), 0])
    return loss


def rows(w):
    return {"Wx": w["Wx"].T, "Wh": w["Wh"].T, "b": w["bh"], "Wy": w["Wy"].T, "by": w["by"]}


ROWS = {"Wx": "Wx", "Wh": "Wh", "bh": "b", "Wy": "Wy", "by": "by"}


@style(layout=rows, names=ROWS, B=2)
def batch_rows_time_first(p, xs, ys, h0, c0):
    h, loss = h0, 0
    for x, y in zip(xs, ys, strict=True):
        h = np.tanh(x @ p["Wx"] + h @ p["Wh"] + p["b"])
        o = h @ p["Wy"] + p["by"]
        e = np.exp(o - o.max(axis=1, keepdims=True))
        loss = loss - np.sum(y * np.log(e / e.sum(axis=1, keepdims=True)))
    return loss / 2


@style(layout=rows, names=ROWS, B=7, y="o")
def batch_first_preallocated(p, xs, ys, h0, c0):
    x = xs.transpose(1, 0, 2)
    hs = mg.Tensor(np.zeros((x.shape[0], T + 1, H)))
    hs[:, 0] = h0
    for t in range(T):
        hs[:, t + 1] = np.tanh(x[:, t] @ p["Wx"] + hs[:, t] @ p["Wh"] + p["b"])
    out = hs[:, 1:] @ p["Wy"] + p["by"]
    return np.mean((out - ys.transpose(1, 0, 2)) ** 2)


@style(layout=lambda w: {"U": w["Wx"], "W": w["Wh"], "V": w["Wy"]}, bias=False, h0=False,
       names={"Wx": "U", "Wh": "W", "Wy": "V"})  # fmt: skip
def flat_vectors_by_index(p, xs, ys, h0, c0):
    s, o = mg.Tensor(np.zeros((T + 1, H))), mg.Tensor(np.zeros((T, OUT)))
    for t in range(T):
        s[t] = np.tanh(p["U"].dot(xs[t, 0]) + p["W"].dot(s[t - 1]))
        e = np.exp(p["V"].dot(s[t]))
        o[t] = e / np.sum(e)
    return -np.sum(np.log(o[np.arange(T), ys[:, 0].argmax(-1)])) / T


@style(layout=lambda w: {"U": w["Wx"], "W": w["Wh"], "V": w["Wy"]}, bias=False,
       names={"Wx": "U", "Wh": "W", "Wy": "V"}, y="softmax")  # fmt: skip
def look_up_tokens(p, xs, ys, h0, c0):
    s, loss = h0[0], 0
    for x, y in zip(xs[:, 0].argmax(-1), ys[:, 0].argmax(-1), strict=True):
        s = np.tanh(p["U"][:, x] + p["W"] @ s)
        loss += mg.cross_entropy(p["V"] @ s, int(y))
    return loss


@style(layout=lambda w: {"W": np.hstack([w["Wx"], w["Wh"]]), "b": w["bh"], "V": w["Wy"], "c": w["by"]},
       names={"Wx": "W", "Wh": "W", "bh": "b", "Wy": "V", "by": "c"}, y="sigmoid")  # fmt: skip
def stacked_input_and_state(p, xs, ys, h0, c0):
    h, loss = h0[0], 0
    for t in range(T):
        h = np.tanh(p["W"] @ np.concatenate([xs[t, 0], h]) + p["b"])
        y = sigmoid(p["V"] @ h + p["c"])
        loss += 0.5 * np.sum((y - ys[t, 0]) ** 2)
    return loss


@style(layout=lambda w: {"W": np.vstack([w["bh"], w["Wh"].T, w["Wx"].T]), "V": w["Wy"].T, "c": w["by"]},
       names={"Wx": "W", "Wh": "W", "bh": "W", "Wy": "V", "by": "c"}, cell="relu", B=3, y="o")  # fmt: skip
def relu_with_the_bias_in_the_matrix(p, xs, ys, h0, c0):
    h, loss = h0, 0
    for x, y in zip(xs, ys, strict=True):
        h = np.maximum(0, np.hstack([np.ones((3, 1)), h, x]) @ p["W"])
        loss += np.sum((h @ p["V"] + p["c"] - y) ** 2)
    return loss


@style(layout=columns, names=COLUMN, cell="relu", y="o")
def relu_by_mask(p, xs, ys, h0, c0):
    h, loss = h0.T, 0
    for x, y in zip(xs, ys, strict=True):
        a = np.dot(p["Wxh"], x.T) + np.dot(p["Whh"], h) + p["bh"]
        h = a * (a > 0)
        loss += ((np.dot(p["Why"], h) + p["by"] - y.T) ** 2).sum() / 2
    return loss


@style(layout=rows, names=ROWS, cell="sigmoid", y="sigmoid")
def sigmoid_cell_with_sigmoid_output(p, xs, ys, h0, c0):
    h, loss = h0, 0
    for x, y in zip(xs, ys, strict=True):
        h = 1 / (1 + np.exp(-(np.dot(x, p["Wx"]) + np.dot(h, p["Wh"]) + p["b"])))
        o = 1 / (1 + np.exp(-(np.dot(h, p["Wy"]) + p["by"])))
        loss = loss - np.sum(y * np.log(o) + (1 - y) * np.log(1 - o))
    return loss


@style(layout=columns, names=COLUMN, lost=slice(-1, None))
def loss_at_the_last_step(p, xs, ys, h0, c0):
    h = h0.T
    for x in xs:
        e, f = np.exp(p["Wxh"] @ x.T + p["Whh"] @ h + p["bh"]), 1
        f = 1 / e
        h = (e - f) / (e + f)
    y = p["Why"] @ h + p["by"]
    return -np.log(np.exp(y) / np.sum(np.exp(y)))[int(ys[-1, 0].argmax())].sum()


@style(
    layout=plain("Wx Wh bh", "wx", "wh", "b"),
    names={"Wx": "wx", "Wh": "wh", "bh": "b"},
    y="",
    B=2,
    targets=False,
)
def no_output_layer(p, xs, ys, h0, c0):
    h, states = h0, []
    for x in xs:
        h = np.tanh(mg.linear(x, p["wx"]) + mg.linear(h, p["wh"]) + p["b"])
        states.append(h)
    return np.sum(np.sin(np.stack(states)) ** 2)


@style(layout=rows, names=ROWS, y="softmax", B=4)
def batch_as_a_loop_over_sequences(p, xs, ys, h0, c0):
    loss = 0
    for b in range(4):
        h = h0[b]
        for t in range(T):
            h = np.tanh(xs[t, b] @ p["Wx"] + h @ p["Wh"] + p["b"])
            loss += mg.cross_entropy(h @ p["Wy"] + p["by"], ys[t, b])
    return loss


@style(layout=columns, names=COLUMN, B=2, y="o")
def elementwise_products_and_batch_columns(p, xs, ys, h0, c0):
    h, loss = h0.T, 0
    for x, y in zip(xs, ys, strict=True):
        h = np.tanh(np.einsum("hd,bd->hb", p["Wxh"], x) + (p["Whh"][:, :, None] * h).sum(axis=1) + p["bh"])
        loss += np.sum(np.square(p["Why"] @ h + p["by"] - y.T))
    return loss


@style(layout=rows, names=ROWS, y="sigmoid", h0=False)
def inputs_that_are_zero_at_some_steps(p, xs, ys, h0, c0):
    h, loss = h0, 0
    for x, y in zip(xs, ys, strict=True):
        h = np.tanh(x @ p["Wx"] + h @ p["Wh"] + p["b"])
        loss += np.sum((y - sigmoid(h @ p["Wy"] + p["by"])) ** 2) / 2
    return loss
