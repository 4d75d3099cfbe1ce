"""How the two functions of two_mistakes.py are called."""


def case(m, rng):
    U, W, b = rng.normal(size=(6, 3)), rng.normal(size=(6, 6)), rng.normal(size=6)
    x, dh = rng.normal(size=(5, 3)), rng.normal(size=(5, 6))
    h = m.rnn_forward(x, rng.normal(size=6), U, W, b)
    loss = sum((dh[t] * h[t + 1]).sum() for t in range(5))
    return {
        "loss": loss,
        "params": {"U": U, "W": W, "b": b},
        "call": lambda: m.rnn_backward(dh, x, h, U, W, b),
    }
