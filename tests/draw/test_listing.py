"""The scene as text."""

import time

import numpy as np
from draw.networks import HOSTILE, named, vanilla

import minigrad as mg
from minigrad.draw import draw


def test_by_step():
    text = draw(vanilla(2), params="copies").text()
    lines = text.splitlines()
    assert [line for line in lines if not line.startswith(" ")] == [
        "outside of time",
        "t = 0",
        "t = 1",
        "t = 2",
    ]
    assert "  a⁽²⁾ = b + W h⁽¹⁾ + U x⁽²⁾ = (5) of norm" in text
    assert sum(line.startswith("  W ") for line in lines) == 1


def test_gradients():
    loss = vanilla(2)
    text = draw(loss, grads=mg.backprop(loss, wrt=[mg.graph.nodes(loss)[1]])).text()
    assert "[no gradient]" in text
    assert "[‖∇‖ = " in text


def test_what_is_left_out_is_said():
    text = draw(vanilla(20)).text()
    assert "⋯ (15 steps)" in text
    assert text.splitlines()[-1].startswith("Steps t = 4 … 18")


def test_hostile_names_stay_on_their_line():
    for name in HOSTILE:
        lines = draw(named(name)).text().splitlines()
        assert len(lines) == 3
        assert all(len(line) < 300 for line in lines)


def test_a_deep_graph_in_every_text_form():
    x = mg.Tensor(1.0, "x")
    for _ in range(10_000):
        x = np.tanh(x + x)
    start = time.process_time()
    figure = draw(x)
    assert len(figure.text().splitlines()) == 3
    y = mg.Tensor(1e-300, "x")
    for _ in range(1_900):
        y = y + y
    deep = draw(y, detail="ops")
    assert len(deep.text().splitlines()) == 1_902
    assert deep.source.count("->") == deep.json().count('"forward"') == 3_800
    assert time.process_time() - start < 50.0
