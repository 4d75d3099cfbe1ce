import numpy as np
import pytest
from oracles import assert_gradient

import minigrad as mg
from minigrad.diagnosis.structure.replay import role, role_gradients

LETTERS = {"lstm": "ifog", "gru": "zrn"}


@pytest.mark.parametrize(
    ("net", "cell", "variant"),
    [
        (mg.nn.RNN(4, 5, 3), "tanh", ""),
        (mg.nn.RNN(4, 5, 3, activation="relu"), "relu", ""),
        (mg.nn.RNN(4, 5, 3, activation="sigmoid", bias=False), "sigmoid", ""),
        (mg.nn.LSTM(4, 5, 3), "lstm", ""),
        (mg.nn.GRU(4, 5, 3), "gru", "before,z-old"),
        (mg.nn.GRU(4, 5, 3, reset="after", bias=False), "gru", "after,z-old"),
    ],
)
def test_the_gradients_are_those_of_the_network(net, cell, variant, rng):
    x, upstream = rng.normal(size=(6, 2, 4)), rng.normal(size=(6, 2, 5))
    states = tuple(rng.normal(size=(2, 2, 5)))[: 1 + (cell == "lstm")]
    run = net.unroll(x, h0=states)
    table = mg.backprop(sum(np.sum(h * G) for h, G in zip(run["h"], upstream, strict=True)))
    own = net.parameters()
    roles = {
        role({"U": "Wx", "W": "Wh", "b": "b"}[name[0]], name[1:]): p
        for name, p in own.items()
        if name not in "Vc"
    }
    values = {name: p.value for name, p in roles.items()}
    found = role_gradients(cell, variant, values, x, states, upstream)
    for name, p in roles.items():
        assert_gradient(found[name], table[p])
    assert_gradient(found["h0"], table["h", 0])
    assert_gradient(found["x"][3], table["x", 4])
    if cell == "lstm":
        assert_gradient(found["c0"], table["s", 0])


def test_the_update_on_the_new_is_that_with_the_opposite_sign(rng):
    params = {role(kind, g): rng.normal(size=s) for g in "zrn" for kind, s in [("Wh", (5, 5)), ("b", 5)]}
    other = params | {"Wh.z": -params["Wh.z"], "b.z": -params["b.z"]}
    x, h0, upstream = np.zeros((4, 2, 0)), rng.normal(size=(2, 5)), rng.normal(size=(4, 2, 5))
    one = role_gradients("gru", "before,z-old", params, x, (h0,), upstream)
    two = role_gradients("gru", "before,z-new", other, x, (h0,), upstream)
    assert_gradient(two["Wh.z"], -one["Wh.z"])
    assert_gradient(two["h0"], one["h0"])
