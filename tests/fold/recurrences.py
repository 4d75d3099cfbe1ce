"""Recurrences written as a user would, of all the kinds that fold and that do not."""

import numpy as np

import minigrad as mg

K, H, N_OUT = 4, 5, 3


def tensor(seed, *shape, name=None):
    return mg.Tensor(np.random.default_rng(seed).normal(size=shape), name)


def weights(**shapes):
    return {name: tensor(k, *shape, name=name) for k, (name, shape) in enumerate(shapes.items())}


def inputs(T, seed=90):
    return np.random.default_rng(seed).normal(size=(T, K))


def vanilla(T, name="h"):
    """The loop of a beginner: one name, the rest unnamed, the loss added up as it goes."""
    p = weights(W=(H, H), U=(H, K), V=(N_OUT, H), b=(H,))
    with mg.time_step(0):
        h = tensor(7, H, name=name)
    loss = 0.0
    for t, row in enumerate(inputs(T), 1):
        with mg.time_step(t):
            x = mg.Tensor(row, "x")
            h = np.tanh(p["b"] + p["W"] @ h + p["U"] @ x).named(name)
            loss = loss + np.sum((p["V"] @ h) ** 2)
    return loss.named("L")


def two_layers(T, names=("h1", "h2")):
    p = weights(W1=(H, H), U1=(H, K), W2=(H, H), U2=(H, H))
    with mg.time_step(0):
        h = [tensor(7, H, name=names[0]), tensor(8, H, name=names[1])]
    terms = []
    for t, row in enumerate(inputs(T), 1):
        with mg.time_step(t):
            x = mg.Tensor(row, "x")
            h[0] = np.tanh(p["W1"] @ h[0] + p["U1"] @ x).named(names[0])
            h[1] = np.tanh(p["W2"] @ h[1] + p["U2"] @ h[0]).named(names[1])
            terms.append(np.sum(h[1] ** 2).named("L"))
    return mg.ops.arithmetic.add_n(terms)


def bidirectional(T, names=("h", "g")):
    p = weights(W=(H, H), U=(H, K), R=(H, H), S=(H, K), V=(N_OUT, H), Q=(N_OUT, H))
    xs = []
    for t, row in enumerate(inputs(T), 1):
        with mg.time_step(t):
            xs.append(mg.Tensor(row, "x"))
    with mg.time_step(0):
        h = tensor(7, H, name=names[0])
    hs = []
    for t in range(1, T + 1):
        with mg.time_step(t):
            h = np.tanh(p["W"] @ h + p["U"] @ xs[t - 1]).named(names[0])
            hs.append(h)
    with mg.time_step(T + 1):
        g = tensor(8, H, name=names[1])
    loss = 0.0
    for t in range(T, 0, -1):
        with mg.time_step(t):
            g = np.tanh(p["R"] @ g + p["S"] @ xs[t - 1]).named(names[1])
            o = (p["V"] @ hs[t - 1] + p["Q"] @ g).named("o")
            term = np.sum(o**2).named("L")
        loss = loss + term
    return loss.named("L")


def lag_two(T):
    p = weights(W1=(H, H), W2=(H, H), U=(H, K))
    h = []
    for t in (-1, 0):
        with mg.time_step(t):
            h.append(tensor(7 + t, H, name="h"))
    for t, row in enumerate(inputs(T), 1):
        with mg.time_step(t):
            x = mg.Tensor(row, "x")
            h.append(np.tanh(p["W1"] @ h[-1] + p["W2"] @ h[-2] + p["U"] @ x).named("h"))
    return np.sum(h[-1]).named("L")


def clockwork(T, period=2):
    """W acts at every step, R only at every second one."""
    p = weights(W=(H, H), R=(H, H), U=(H, K))
    with mg.time_step(0):
        h = tensor(7, H, name="h")
    for t, row in enumerate(inputs(T), 1):
        with mg.time_step(t):
            x = mg.Tensor(row, "x")
            a = p["W"] @ h + p["U"] @ x
            if t % period == 0:
                a = a + p["R"] @ h
            h = np.tanh(a).named("h")
    return np.sum(h).named("L")


def last_step_only(T):
    p = weights(W=(H, H), U=(H, K), V=(N_OUT, H))

    def cell(x, h):
        return {"h": np.tanh(p["W"] @ h + p["U"] @ x)}

    run = mg.nn.unroll(cell, inputs(T), tensor(7, H).value)
    with mg.time_step(T):
        o = (p["V"] @ run["h", T]).named("o")
        return np.sum(o**2).named("L")


def output_to_hidden(T):
    p = weights(W=(H, N_OUT), U=(H, K), V=(N_OUT, H))

    def cell(x, state):
        h = np.tanh(p["W"] @ state["o"] + p["U"] @ x)
        o = p["V"] @ h
        return {"h": h, "o": o, "L": np.sum(o**2)}

    return mg.nn.unroll(cell, inputs(T), {"o": tensor(7, N_OUT).value})


def encoder_decoder(T, S):
    p = weights(W=(H, H), U=(H, K), R=(H, H), C=(H, H), V=(N_OUT, H))
    with mg.time_step(0):
        h = tensor(7, H, name="h")
    for t, row in enumerate(inputs(T), 1):
        with mg.time_step(t):
            x = mg.Tensor(row, "x")
            h = np.tanh(p["W"] @ h + p["U"] @ x).named("h")
    with mg.time_step(0, axis="s"):
        g = np.copy(h).named("g")
    terms = []
    for s in range(1, S + 1):
        with mg.time_step(s, axis="s"):
            g = np.tanh(p["R"] @ g + p["C"] @ h).named("g")
            terms.append(np.sum((p["V"] @ g) ** 2).named("L"))
    return mg.ops.arithmetic.add_n(terms).named("L")


def unnamed_state(T):
    """Nothing in time has a name but x."""
    p = weights(W=(H, H), U=(H, K))
    h = np.zeros(H)
    total = None
    for t, row in enumerate(inputs(T), 1):
        with mg.time_step(t):
            h = np.tanh(p["W"] @ h + p["U"] @ mg.Tensor(row, "x"))
            term = np.sum(h)
            total = term if total is None else total + term
    return total


def by_data(T):
    """A cell that takes a branch by the value of its input."""
    W = tensor(1, H, H, name="W")
    with mg.time_step(0):
        h = tensor(7, H, name="h")
    rng = np.random.default_rng(3)
    for t in range(1, T + 1):
        with mg.time_step(t):
            a = W @ h
            h = (np.tanh(a) if rng.random() < 0.5 else np.exp(a)).named("h")
    return np.sum(h).named("L")


def new_weights_half_way(T, at):
    W = tensor(1, H, H, name="W")
    with mg.time_step(0):
        h = tensor(7, H, name="h")
    for t in range(1, T + 1):
        if t == at:
            W = tensor(2, H, H, name="W")
        with mg.time_step(t):
            h = np.tanh(W @ h).named("h")
    return np.sum(h).named("L")


def attention(T):
    """Each state is made of all states before it."""
    with mg.time_step(0):
        hs = [tensor(7, H, name="h")]
    for t in range(1, T + 1):
        with mg.time_step(t):
            hs.append(np.tanh(mg.ops.arithmetic.add_n(hs)).named("h"))
    return np.sum(hs[-1]).named("L")


def input_without_step(T):
    W = tensor(1, H, K, name="W")
    h = np.zeros(H)
    for t, row in enumerate(inputs(T), 1):
        x = mg.Tensor(row, "x")
        with mg.time_step(t):
            h = np.tanh(W @ x + h).named("h")
    return np.sum(h).named("L")


def all_sequence_as_tensor(T):
    X = mg.Tensor(inputs(T), "X")
    W = tensor(1, H, K, name="W")
    return mg.nn.unroll(lambda x, h: np.tanh(W @ x + h), X, np.zeros(H))
