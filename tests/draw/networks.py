"""Networks to draw, written as users write them."""

import numpy as np

import minigrad as mg


def maker(seed=0):
    rng = np.random.default_rng(seed)
    return rng, lambda name, *shape: mg.Tensor(rng.normal(size=shape) * 0.4, name)


def vanilla(T=5):
    rnn = mg.nn.RNN(4, 5, 3, seed=1)
    return rnn.unroll(np.eye(4)[np.arange(T) % 4], np.arange(T) % 3, 0.3 * np.ones(5)).loss


def plain(T=5):
    """h and o alone have names."""
    rng, p = maker(1)
    W, U, V = p("W", 5, 5), p("U", 5, 4), p("V", 3, 5)

    def cell(x, h, y):
        h = np.tanh(W @ h + U @ x).named("h")
        o = (V @ h).named("o")
        return {"h": h, "o": o, "L": mg.cross_entropy(o, y)}

    return mg.unroll(cell, rng.normal(size=(T, 4)), np.zeros(5), np.arange(T) % 3).loss


def two_layers(T=4):
    rng, p = maker(2)
    W1, U1, b1, W2, U2, V = (
        p("W1", 5, 5),
        p("U1", 5, 4),
        p("b1", 5),
        p("W2", 6, 6),
        p("U2", 6, 5),
        p("V", 3, 6),
    )

    def cell(x, h, y):
        h1 = np.tanh(W1 @ h["h1"] + U1 @ x + b1).named("h1")
        h2 = np.tanh(W2 @ h["h2"] + U2 @ h1).named("h2")
        o = (V @ h2).named("o")
        return {"h1": h1, "h2": h2, "o": o, "L": mg.cross_entropy(o, y)}

    start = {"h1": np.zeros(5), "h2": np.zeros(6)}
    return mg.unroll(cell, rng.normal(size=(T, 4)), start, np.arange(T) % 3).loss


def bidirectional(T=4):
    rng, p = maker(3)
    W, U, R, S, V, Q = p("W", 5, 5), p("U", 5, 4), p("R", 5, 5), p("S", 5, 4), p("V", 3, 5), p("Q", 3, 5)
    xs, hs, gs, losses = {}, {}, {}, []
    with mg.time_step(0):
        h = mg.Tensor(np.zeros(5), "h")
    for t in range(1, T + 1):
        with mg.time_step(t):
            xs[t] = mg.Tensor(rng.normal(size=4), "x")
            h = hs[t] = np.tanh(W @ h + U @ xs[t]).named("h")
    with mg.time_step(T + 1):
        g = mg.Tensor(np.zeros(5), "g")
    for t in range(T, 0, -1):
        with mg.time_step(t):
            g = gs[t] = np.tanh(R @ g + S @ xs[t]).named("g")
    for t in range(1, T + 1):
        with mg.time_step(t):
            o = (V @ hs[t] + Q @ gs[t]).named("o")
            losses.append(mg.cross_entropy(o, t % 3).named("L"))
    return mg.add_n(losses).named("L")


def encoder_decoder(T=3, S=3):
    rng, p = maker(4)
    W, U, A, B, C, V = p("W", 5, 5), p("U", 5, 4), p("A", 6, 6), p("B", 6, 3), p("C", 6, 5), p("V", 3, 6)
    run = mg.unroll(lambda x, h: np.tanh(W @ h + U @ x), rng.normal(size=(T, 4)), np.zeros(5))
    context = np.tanh(run["h", T]).named("c")
    state, losses = mg.Tensor(np.zeros(6), "s"), []
    for s in range(1, S + 1):
        with mg.time_step(s, "s"):
            y = mg.Tensor(rng.normal(size=3), "y")
            state = np.tanh(A @ state + B @ y + C @ context).named("s")
            losses.append(mg.cross_entropy((V @ state).named("o"), s % 3).named("L"))
    return mg.add_n(losses).named("L")


def tree():
    """A recursive net, which has no time steps."""
    rng, p = maker(5)
    W, b, v = p("W", 4, 8), p("b", 4), p("v", 4)

    def node(left, right):
        return np.tanh(W @ np.concatenate([left, right]) + b).named("p")

    x = [mg.Tensor(rng.normal(size=4), f"x{k}") for k in range(6)]
    top = node(node(x[2], node(x[0], x[1])), node(x[3], node(x[4], x[5])))
    return np.sum((v @ top - 1.0) ** 2).named("L")


def own_lstm(T=4):
    """With one product for all gates, states outside of time, and a loss that is added up."""
    rng, p = maker(6)
    W, b, V = p("W", 20, 9), p("b", 20), p("V", 3, 5)
    h, c, loss = mg.Tensor(np.zeros(5), "h0"), mg.Tensor(np.zeros(5), "c0"), 0.0
    for t in range(1, T + 1):
        with mg.time_step(t):
            x = mg.Tensor(rng.normal(size=4), "x")
            z = W @ np.concatenate([x, h]) + b
            f, i, o = (mg.sigmoid(z[k : k + 5]).named(n) for n, k in (("f", 0), ("i", 5), ("o", 10)))
            g = np.tanh(z[15:]).named("g")
            c = (f * c + i * g).named("c")
            h = (o * np.tanh(c)).named("h")
            loss = loss + mg.cross_entropy((V @ h).named("q"), t % 3)
    return loss.named("L")


def lstm(T=3):
    return mg.nn.LSTM(4, 5, 3).unroll(np.eye(4)[np.arange(T) % 4], np.arange(T) % 3).loss


def gru(T=4):
    return mg.nn.GRU(4, 5, 3).unroll(np.eye(4)[np.arange(T) % 4], np.arange(T) % 3).loss


def lag_two(T=5):
    W, V = mg.Tensor(0.5, "W"), mg.Tensor(0.3, "V")
    h = [mg.Tensor(1.0, "h"), mg.Tensor(1.0, "h")]
    for t in range(1, T + 1):
        with mg.time_step(t):
            h.append(np.tanh(W * h[-1] + V * h[-2]).named("h"))
    return h[-1]


ALL = {
    f.__name__: f
    for f in (vanilla, plain, two_layers, bidirectional, encoder_decoder, tree, own_lstm, lstm, gru, lag_two)
}
HOSTILE = [
    "<script>alert(1)</script>",
    "a:b",
    '"]; evil [label="',
    "\\",
    "\\N\\G\\l",
    "&amp; &#65;",
    "nul\0nul",
    "x" * 10_000,
    "h\N{GRINNING FACE}",
    "right\u202eleft",
    "two\nlines",
    "<b>bold</b>",
    "]]><!--",
    "\ud800",
    " ",
]


def named(name):
    """A graph of two nodes of that name."""
    x = mg.Tensor(3.0, name)
    return np.tanh(x).named(name)
