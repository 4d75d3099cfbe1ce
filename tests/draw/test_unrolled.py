"""The unrolled picture has every node and edge, in columns of steps."""

from collections import Counter

import numpy as np
import pytest
from draw.pictured import arrows, labels, positions, texts

import minigrad as mg
from minigrad.draw import render, unrolled_dot

T = 6


@pytest.fixture
def run():
    rnn = mg.nn.RNN(4, 5, 3, seed=1)
    return rnn.unroll(np.eye(4)[[0, 1, 2, 3, 0, 1]], [2, 1, 0, 1, 2, 0], 0.3 * np.ones(5))


def test_x_times_x_has_two_edges():
    x = mg.Tensor(3.0, name="x")
    assert arrows(unrolled_dot((x * x).named("y"))) == {("x", "y"): 2}


def test_every_node_and_edge_of_the_graph_is_there(run):
    dot = unrolled_dot(run.loss)
    assert sum(arrows(dot).values()) == len(list(mg.graph.edges(run.loss)))
    drawn = Counter(name for name in labels(dot).values() if not name.startswith("t = "))
    assert len(drawn) == sum(drawn.values()) == len(mg.graph.nodes(run.loss))
    assert arrows(dot)["h⁽²⁾", "a⁽³⁾"] == 1


def test_columns_are_steps_and_rows_are_names(run):
    at = positions(unrolled_dot(run.loss))
    for t in range(1, T + 1):
        column = {at[f"{name}{power}"][0] for name in "xahoL" for power in ["⁽" + "⁰¹²³⁴⁵⁶"[t] + "⁾"]}
        assert column == {at[f"t = {t}"][0]}
    assert [at[f"t = {t}"][0] for t in range(T + 1)] == sorted(at[f"t = {t}"][0] for t in range(T + 1))
    assert len({at[f"h⁽{'⁰¹²³⁴⁵⁶'[t]}⁾"][1] for t in range(T + 1)}) == 1
    heights = [at[f"{name}⁽²⁾"][1] for name in "xahoL"]
    assert heights == sorted(set(heights))
    assert len(set(at.values())) == len(at)


def test_graphviz_keeps_the_positions(run):
    dot = unrolled_dot(run.loss)
    found = dict(texts(render(dot)))
    wanted = positions(dot)
    shift = found["h⁽¹⁾"] - wanted["h⁽¹⁾"][0]
    for name in ("W", "x⁽¹⁾", "h⁽⁵⁾", "L", "t = 4"):
        assert found[name] - wanted[name][0] == pytest.approx(shift, abs=2.0)


def test_a_long_run_shows_the_first_steps_and_says_so(run):
    dot = unrolled_dot(run.loss, steps=2)
    shown = set(labels(dot).values())
    assert {"h⁽²⁾", "⋯ 4 more steps", "L"} <= shown
    assert "h⁽³⁾" not in shown
    assert arrows(dot)["h⁽²⁾", "⋯ 4 more steps"] == arrows(dot)["⋯ 4 more steps", "L"] == 1
    assert "⋯ 1 more step" in labels(unrolled_dot(run.loss, steps=5)).values()
    assert unrolled_dot(run.loss, steps=T) == unrolled_dot(run.loss)


def test_hostile_names_are_escaped():
    name = 'a"b\\c<d>&\ne'
    x = mg.Tensor(1.0, name=name)
    dot = unrolled_dot(np.tanh(x).named("]; evil -> x;"))
    assert 'label="a\\"b\\\\c<d>&amp;\\ne"' in dot
    assert sum(arrows(dot).values()) == 1
    assert 'a"b\\c<d>&' in dict(texts(render(dot)))


def test_unnamed_nodes_show_their_op():
    x = mg.Tensor(1.0)
    assert sorted(labels(unrolled_dot(np.exp(np.tanh(x)))).values()) == ["constant", "exp", "tanh"]


def test_nothing_to_draw_is_refused():
    with pytest.raises(ValueError, match="given: 0"):
        unrolled_dot()
    with pytest.raises(ValueError, match="steps ≥ 1"):
        unrolled_dot(mg.Tensor(1.0), steps=0)


def test_a_chain_of_many_nodes_needs_no_recursion():
    x = mg.Tensor(1.0, name="x")
    for _ in range(3000):
        x = x + 1.0
    assert unrolled_dot(x).count("->") == 3000
