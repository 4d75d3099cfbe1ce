"""The vanilla network's forward pass once more, in rows and with nudges, and its complex step."""

import numpy as np

STEP = 1e-30
PARAMETERS = ("U", "W", "V", "b", "c")


def network(T=6, K=4, H=5, C=7, seed=0, *, dtype=np.float64, biases=True):
    """Random arguments of `goodfellow`, by name; every size differs and h(0) is not zero."""
    rng = np.random.default_rng(seed)
    net = {
        "U": rng.normal(size=(H, K)) * 0.7,
        "W": rng.normal(size=(H, H)) * 0.9 / np.sqrt(H),
        "V": rng.normal(size=(C, H)) * 0.8,
        "b": rng.normal(size=H) * 0.3 * biases,
        "c": rng.normal(size=C) * 0.3 * biases,
        "h0": rng.normal(size=H) * 0.5,
        "x": np.eye(K)[rng.integers(K, size=T)],
        "y": np.eye(C)[rng.integers(C, size=T)],
    }
    return {name: value.astype(dtype) for name, value in net.items()}


def softmax_loss(o, y):
    """Cross-entropy in another algebraic form than the package's: Σ y (log Σ exp o − o)."""
    return np.sum(y * (np.log(np.sum(np.exp(o), axis=-1, keepdims=True)) - o), axis=-1)


def squared_loss(o, y):
    return np.sum((o - y) ** 2, axis=-1) / 2


def positive_label_loss(o, y):
    return np.sum(y * np.log(1 + np.exp(-o)), axis=-1)


def binary_loss(o, y):
    return np.sum(np.log(1 + np.exp(o)) - y * o, axis=-1)


def forward(net, loss=softmax_loss, nudges=None):
    """Every value, with a leading axis of E copies; `nudges[key]`, shape (E, ...), is added to key.

    A key is a node (name, t), a parameter, or (parameter, t): the copy used at step t alone.
    """
    nudges = nudges or {}

    def nudged(value, *keys):
        for key in keys:
            value = value + nudges.get(key, 0)
        return value

    values = {("h", 0): nudged(net["h0"][np.newaxis], ("h", 0))}
    for t, (x, y) in enumerate(zip(net["x"], net["y"], strict=True), start=1):
        U, W, V, b, c = (
            nudged(net[p] if net[p].ndim == 1 else net[p][np.newaxis], p, (p, t)) for p in PARAMETERS
        )
        before = values["h", t - 1]
        a = np.sum(U * x, axis=-1) + np.sum(W * before[:, np.newaxis, :], axis=-1) + b
        values["a", t] = nudged(a, ("a", t))
        values["h", t] = nudged(np.tanh(values["a", t]), ("h", t))
        o = np.sum(V * values["h", t][:, np.newaxis, :], axis=-1) + c
        values["o", t] = nudged(o, ("o", t))
        values["L", t] = nudged(loss(values["o", t], y), ("L", t))
    values["L"] = sum(values["L", t] for t in range(1, len(net["x"]) + 1))
    return values


def derivative(net, key, of="L", loss=softmax_loss):
    """∂ of / ∂ key without truncation or cancellation; shape: that of `of`, then that of key."""
    if key == "L" or key[0] == "L":
        shape = ()
    elif key in PARAMETERS or key[0] in PARAMETERS:
        shape = net[key[0]].shape
    else:
        shape = forward(net, loss)[key].shape[1:]
    size = int(np.prod(shape))
    nudge = 1j * STEP * np.eye(size).reshape((size, *shape))
    change = np.imag(forward(net, loss, {key: nudge})[of]) / STEP
    change = np.broadcast_to(change, (size, *change.shape[1:]))
    return np.moveaxis(change, 0, -1).reshape(change.shape[1:] + shape)


def derivatives(net, keys, loss=softmax_loss):
    return {key: derivative(net, key, loss=loss) for key in keys}


def disagreements(actual, wanted, rtol=1e-12):
    """The keys of `wanted` whose array in `actual` is missing, misshapen, NaN or too far off."""
    return [key for key in wanted if key not in actual or _differ(actual[key], wanted[key], rtol)]


def _differ(actual, wanted, rtol):
    if np.shape(actual) != np.shape(wanted):
        return True
    distance = np.max(np.abs(np.asarray(actual) - wanted))
    return not distance <= rtol * np.max(np.abs(wanted))


def relative_distance(actual, wanted):
    return np.linalg.norm(np.subtract(actual, wanted)) / np.linalg.norm(wanted)


def sampled(table, last):
    """The keys of a table at the parameters and at a few steps near both ends and the middle."""
    steps = {0, 1, 2, last // 2, last - 1, last}
    return [key for key in table if isinstance(key, str) or set(key[1:]) <= steps]


def node_keys(last, names, parameters):
    """The keys that `ClosedForm.gradients` must have."""
    steps = range(1, last + 1)
    keys = {(name, t) for name in (*names, *parameters) for t in steps}
    return keys | {("h", 0)} | set(parameters)
