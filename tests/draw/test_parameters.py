"""Shared parameters as copies and as labels."""

import numpy as np
import pytest
from draw.networks import ALL, plain, vanilla

import minigrad as mg
from minigrad.draw import draw


def names(figure):
    return {mark.key: (mark.name, mark.step) for mark in figure.scene.nodes}


def test_rails_have_one_master_and_an_edge_for_each_use():
    figure = draw(vanilla())
    ends = names(figure)
    uses = [k for k in figure.scene.lines if k.kind == "parameter" and ends[k.source] == ("W", None)]
    assert [ends[k.target] for k in uses] == [("a", t) for t in range(1, 6)]


def test_copies_are_tied_to_their_master():
    figure = draw(vanilla(), params="copies")
    ends = names(figure)
    copies = [mark for mark in figure.scene.nodes if mark.copies]
    assert len(copies) == 25
    assert {ends[mark.copies] for mark in copies} == {(name, None) for name in "UWVbc"}
    ties = [k for k in figure.scene.lines if k.kind == "tie"]
    assert {(k.source, k.target) for k in ties} == {(mark.copies, mark.key) for mark in copies}
    assert all(mark.value is not None for mark in copies)


def test_labels_stand_on_the_edge_that_is_multiplied():
    figure = draw(vanilla(), params="labels")
    ends = names(figure)
    found = {(ends[k.source][0], ends[k.target][0]): k.label for k in figure.scene.lines if k.label}
    assert found == {("x", "a"): "U", ("h", "a"): "W", ("h", "o"): "V"}
    assert sorted(m.name for m in figure.scene.nodes if m.role == "note") == ["b"] * 5 + ["c"] * 5
    assert not [m for m in figure.scene.nodes if m.role == "parameter"]


@pytest.mark.parametrize("network", ["plain", "gru", "own_lstm", "tree"])
def test_every_parameter_is_seen(network):
    figure = draw(ALL[network](), params="labels")
    seen = {name for k in figure.scene.lines for name in k.label.split(", ") if name}
    seen |= {m.name for m in figure.scene.nodes}
    all_of_them = {m.name for m in draw(ALL[network]()).scene.nodes if m.role == "parameter"}
    assert all_of_them <= seen


def test_products_through_unnamed_nodes():
    figure = draw(plain(), params="labels")
    ends = names(figure)
    found = {(ends[k.source][0], ends[k.target][0]): k.label for k in figure.scene.lines if k.label}
    assert found == {("x", "h"): "U", ("h", "h"): "W", ("h", "o"): "V"}


def test_two_parameters_on_one_edge():
    x, W, V = mg.Tensor(np.ones(2), "x"), mg.Tensor(np.eye(2), "W"), mg.Tensor(np.eye(2), "V")
    figure = draw((W @ x + V @ x).named("y"), params="labels")
    assert [k.label for k in figure.scene.lines if k.label] in (["V, W"], ["W, V"])
