"""The folded picture has one node for each name and a loop for each delay."""

import re

import numpy as np
import pytest
from draw.pictured import arrows, labels

import minigrad as mg
from minigrad.draw import folded_dot, render


def rnn_loss(T):
    rnn = mg.nn.RNN(4, 5, 3, seed=1)
    return rnn.unroll(np.eye(4)[np.arange(T) % 4], np.arange(T) % 3, 0.3 * np.ones(5)).loss


def test_the_vanilla_network_folds_into_its_names():
    dot = folded_dot(rnn_loss(6))
    stepped = ["x⁽ᵗ⁾", "a⁽ᵗ⁾", "h⁽ᵗ⁾", "o⁽ᵗ⁾", "L⁽ᵗ⁾"]
    assert sorted(labels(dot).values()) == sorted(["U", "W", "V", "b", "c", "L", *stepped])
    expected = {("h⁽ᵗ⁾", "a⁽ᵗ⁾"), ("x⁽ᵗ⁾", "a⁽ᵗ⁾"), ("a⁽ᵗ⁾", "h⁽ᵗ⁾"), ("h⁽ᵗ⁾", "o⁽ᵗ⁾"), ("o⁽ᵗ⁾", "L⁽ᵗ⁾")}
    expected |= {("L⁽ᵗ⁾", "L"), ("U", "a⁽ᵗ⁾"), ("W", "a⁽ᵗ⁾"), ("b", "a⁽ᵗ⁾"), ("V", "o⁽ᵗ⁾"), ("c", "o⁽ᵗ⁾")}
    assert arrows(dot) == dict.fromkeys(expected, 1)
    assert re.findall("delay -?[0-9]+", dot) == ["delay 1"]


def test_folding_does_not_depend_on_the_length():
    assert folded_dot(rnn_loss(3)) == folded_dot(rnn_loss(9))


def test_a_loop_carries_its_delay():
    h = [mg.Tensor(1.0, name="h"), mg.Tensor(1.0, name="h")]
    for t in range(1, 6):
        with mg.time_step(t):
            h.append((h[-1] + h[-2]).named("h"))
    assert set(re.findall(r"delay \d", folded_dot(h[-1]))) == {"delay 1", "delay 2"}


def test_unnamed_nodes_are_passed_through():
    x, w = mg.Tensor(3.0, name="x"), mg.Tensor(2.0, name="w")
    dot = folded_dot((np.exp(np.tanh(x) * 2.0) + w).named("y"))
    assert arrows(dot) == {("x", "y"): 1, ("w", "y"): 1}


def test_x_times_x_has_two_edges():
    x = mg.Tensor(3.0, name="x")
    assert arrows(folded_dot((x * x).named("y"))) == {("x", "y"): 2}


def test_an_unnamed_output_is_drawn():
    x = mg.Tensor(3.0, name="x")
    assert arrows(folded_dot(np.tanh(x))) == {("x", "tanh"): 1}


def test_hostile_names_are_escaped():
    x = mg.Tensor(3.0, name='a"b\\<&\n')
    dot = folded_dot(np.tanh(x).named("y"))
    assert 'label="a\\"b\\\\<&amp;\\n"' in dot
    assert b"<svg" in render(dot)


def test_nothing_to_draw_is_refused():
    with pytest.raises(ValueError, match="at least one tensor"):
        folded_dot()


def test_a_long_chain_needs_no_recursion():
    y = mg.Tensor(1.0, name="x")
    for _ in range(5000):
        y = y + 1.0
    assert arrows(folded_dot(y.named("y"))) == {("x", "y"): 1}
