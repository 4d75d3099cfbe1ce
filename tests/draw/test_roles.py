"""Roles come from names and steps."""

import numpy as np
import pytest
from draw.networks import ALL, own_lstm

import minigrad as mg
from minigrad.draw.choose import choose
from minigrad.draw.roles import assign_roles, base


def roles(*outputs, **options):
    part = choose(list(outputs), **options)
    assign_roles(part)
    return {(i.name, i.step): i.role for i in part.items}, part


@pytest.mark.parametrize("network", ["vanilla", "plain"])
def test_a_recurrent_network(network):
    found, part = roles(ALL[network]())
    wanted = {"x": "input", "h": "hidden", "o": "output", "L": "loss", "y": "target"}
    assert {name: found[name, 2] for name in wanted} == wanted
    assert found["W", None] == "parameter"
    assert found["L", None] == "loss"
    kinds = {
        (k.source.name, k.source.step != k.target.step): k.kind for k in part.links if k.target.step == 2
    }
    assert kinds["h", True] == "recurrent"
    assert kinds["h", False] == "forward"
    assert kinds["W", True] == "parameter"


def test_an_lstm_by_hand():
    found, _ = roles(own_lstm())
    assert {found[n, 2] for n in "hc"} == {"hidden"}
    assert {found[n, 2] for n in "fiog"} == {"output"}
    assert found["h0", None] == found["c0", None] == "hidden"
    assert found["L", 4] == "loss"


def test_an_output_that_is_a_state_is_no_loss():
    found, part = roles(ALL["lag_two"]())
    assert set(found.values()) == {"hidden", "parameter"}
    assert {k.kind for k in part.links if k.source.step is None and k.source.name == "h"} == {"recurrent"}


def test_an_input_called_y_of_a_decoder_is_no_target():
    part = choose([ALL["encoder_decoder"]()])
    assign_roles(part)
    assert {i.role for i in part.items if i.name == "y" and i.tensor is not None} == {"input"}
    assert {i.role for i in part.items if i.name == "y" and i.tensor is None} == {"target"}


def test_a_target_that_is_a_tensor():
    o, y = mg.Tensor([1.0, 2.0], "W"), mg.Tensor([0.0, 1.0], "y")
    assert roles(mg.mean_squared_error(o, y).named("L"))[0]["y", None] == "target"
    assert roles(np.sum((o - y) ** 2).named("L"))[0]["y", None] == "target"


def test_outputs_without_a_name():
    w = mg.Tensor([1.0, 2.0], "w")
    assert roles(np.sum(w * w))[0]["Σ", None] == "loss"
    assert roles(w * w)[0]["×", None] == "op"


def test_copies_of_parameters():
    rnn = mg.nn.RNN(4, 5, 3)
    _, part = roles(rnn.unroll(np.eye(4)[:2], [1, 2], copies=True).loss)
    assert {i.role for i in part.items if i.name == "W"} == {"parameter"}
    assert {k.kind for k in part.links if k.source.name == "W" and k.source.step is None} == {"tie"}


def test_bases():
    assert [base(name) for name in ("h0", "h_0", "h", "3", "W12")] == ["h", "h", "h", "3", "W"]
