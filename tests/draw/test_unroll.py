"""Unrolled graphs are drawn without a fault, whatever the network and the style."""

import warnings
from itertools import pairwise

import numpy as np
import pytest
from draw.geometry import Picture
from draw.networks import ALL, bidirectional, encoder_decoder, two_layers, vanilla

import minigrad as mg
from minigrad.draw import draw


def marks(figure):
    return {(mark.name, mark.step): mark for mark in figure.scene.nodes if not mark.copies}


@pytest.mark.parametrize("detail", ["named", "ops"])
@pytest.mark.parametrize("params", ["rails", "labels", "copies"])
@pytest.mark.parametrize("network", ALL)
def test_nothing_overlaps_and_no_edge_runs_through_a_node(network, params, detail):
    loss = ALL[network]()
    grads = mg.backprop(loss)
    for options in ({}, {"grads": grads, "show": ("value", "shape", "grad", "bars")}):
        figure = draw(loss, params=params, detail=detail, **options)
        assert list(Picture(figure.svg(), figure.scene).faults()) == []


def test_columns_are_steps_in_order_and_rows_are_names():
    at = marks(draw(vanilla()))
    columns = [{at[name, t].at[0] for name in "xahoLy"} for t in range(1, 6)]
    assert all(len(column) == 1 for column in columns)
    found = [column.pop() for column in columns]
    assert found == sorted(found)
    assert len({round(b - a, 6) for a, b in pairwise(found)}) == 1
    for name in "xahoLy":
        assert len({at[name, t].at[1] for t in range(1, 6)}) == 1
    heights = [at[name, 2].at[1] for name in "yLohax"]
    assert heights == sorted(heights)


def test_frames_say_their_steps():
    assert [box.heading for box in draw(vanilla()).scene.boxes] == [f"t = {t}" for t in range(1, 6)]


def test_a_backward_layer_has_a_row_and_arrows_to_the_left():
    figure = draw(bidirectional())
    at = marks(figure)
    assert at["h", 1].at[1] != at["g", 1].at[1]
    ends = {(line.source, line.target) for line in figure.scene.lines if line.kind == "recurrent"}
    assert (at["g", 3].key, at["g", 2].key) in ends
    assert at["g", 5].at[0] > at["g", 4].at[0]


def test_layers_are_rows():
    at = marks(draw(two_layers()))
    assert at["x", 1].at[1] > at["h1", 1].at[1] > at["h2", 1].at[1] > at["o", 1].at[1]


def test_two_axes_stand_side_by_side():
    figure = draw(encoder_decoder())
    assert [box.heading for box in figure.scene.boxes] == [f"{a} = {k}" for a in "ts" for k in (1, 2, 3)]
    at = {(mark.name, mark.axis, mark.step): mark.at[0] for mark in figure.scene.nodes}
    assert at["h", "t", 3] < at["c", "t", None] < at["s", "s", 1] < at["s", "s", 3]


def test_recurrent_edges_are_straight_where_nothing_is_between():
    figure = draw(two_layers())
    at = marks(figure)
    line = next(k for k in figure.scene.lines if (k.source, k.target) == (at["h1", 1].key, at["h1", 2].key))
    assert len({y for _, y in line.points}) == 1


@pytest.mark.parametrize(("lower", "said"), [(0.0, "overlap"), (44.0, "runs through")])
def test_a_planted_fault_is_found(lower, said):
    figure = draw(vanilla())
    key = marks(figure)["o", 3].key
    x, y = marks(figure)["h", 3].at
    planted = f'<g data-key="{key}"><circle cx="{x}" cy="{y + lower}" r="12"/></g></svg>'
    svg = figure.svg().replace(f'data-key="{key}"', 'data-key="gone"').replace("</svg>", planted)
    assert any(said in fault for fault in Picture(svg, figure.scene).faults())


def test_a_long_row_of_uses_from_one_step_needs_no_warning():
    W = mg.Tensor(np.eye(2), "W")
    run = mg.unroll(lambda x, h: np.tanh(W @ h + x), np.ones((30, 2)), np.zeros(2))
    outputs = [np.sum(h).named(f"o{k}") for k, h in enumerate(run["h"])]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        figure = draw(mg.add_n(outputs).named("L"), collapse=False)
    assert list(Picture(figure.svg(), figure.scene).faults()) == []
