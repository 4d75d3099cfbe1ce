import ast
import textwrap

import pytest

from minigrad.foreign.companions import (
    caller_of,
    forward_of,
    is_loss,
    loss_of,
    makers,
    parts_of,
    sets_globals,
    takes_many,
)
from minigrad.foreign.signatures import signatures


def functions(text, name):
    known = signatures(ast.parse(textwrap.dedent(text)))
    return [s for s in known.values() if s.name != name], known[name]


@pytest.mark.parametrize(
    ("others", "gradient", "wanted"),
    [
        ("def LSTM(x, w): pass", "def LSTM_back(d, w, cache): pass", "LSTM"),
        ("def layers_of(x):\n  return states, pre", "def bptt(x, states, pre): pass", "layers_of"),
        ("def helper(x):\n  return states", "def bptt(x, states, pre): pass", None),
        ("def forward(x): pass", "def bptt(x):\n  forward(x)", None),
    ],
)
def test_the_forward_pass_is_known_by_its_name_or_by_what_it_returns(others, gradient, wanted):
    name = gradient.removeprefix("def ").partition("(")[0]
    near, mine = functions(f"{others}\n{gradient}", name)
    found = forward_of(near, mine)
    assert (found and found.short) == wanted


def test_the_loss_and_whether_it_takes_many_sequences():
    near, mine = functions("def total_loss(X, Y, W): pass\ndef bptt(x, y, W): pass", "bptt")
    loss = loss_of(near, mine)
    assert loss.short == "total_loss"
    assert takes_many(loss, mine)
    near, mine = functions("def loss(x, y): pass\ndef bptt(x, y): pass", "bptt")
    assert not takes_many(loss_of(near, mine), mine)
    assert [is_loss(name) for name in ("loss", "cost", "loss_grad", "smooth_loss", "h")] == [
        True, True, False, False, False,
    ]  # fmt: skip


def test_what_makes_the_parameters():
    text = """
    def init_weights(n_in, n_hidden): return W, U
    def initialise(hidden_size):
        global W
        W = 1
    def init_state(hidden_size): return h
    def init_from(path): return W
    def create_model(n_in): return model
    def bptt(x, y): pass
    """
    near, mine = functions(text, "bptt")
    assert [s.short for s in makers(near, mine, None)] == ["init_weights", "create_model"]
    near, mine = functions("def setup(n_in):\n  global W\n  W = 1\ndef bptt(x): pass", "bptt")
    assert [s.short for s in makers(near, mine, None)] == ["setup"]
    assert sets_globals(near[0])
    assert not sets_globals(mine)


def test_a_method_that_the_constructor_calls_makes_nothing_more():
    text = """
    class Net:
        def __init__(self, n): self.init_weights()
        def init_weights(self): pass
        def bptt(self, x): pass
    """
    near, mine = functions(text, "Net.bptt")
    constructor = next(s for s in near if s.short == "__init__")
    near.remove(constructor)
    assert makers(near, mine, constructor) == []
    assert [s.short for s in makers(near, mine, None)] == ["init_weights"]


def test_the_function_that_trains():
    near, mine = functions(
        "def fit(X, y):\n  bptt(X[0], y[0])\ndef run():\n  bptt(1, 2)\ndef bptt(x, y): pass", "bptt"
    )
    assert caller_of(near, mine).short == "fit"
    assert caller_of(near[1:], mine) is None


def test_the_parts_of_what_is_returned_as_one():
    near, _ = functions(
        "def f(x):\n  cache = (x, h)\n  return cache\ndef g(x):\n  return h, cache\ndef b(): pass", "b"
    )
    assert [parts_of(s) for s in near] == [("x", "h"), ()]
