"""JSON is strict, safe inside of a page, and exact."""

import json

import numpy as np
import pytest
from draw.networks import HOSTILE, named, vanilla

import minigrad as mg
from minigrad.draw import draw
from minigrad.draw.as_json import field_names
from minigrad.draw.scene import Line, Mark, Scene


def loads(text):
    return json.loads(text, parse_constant=pytest.fail)


def test_numbers_are_exact():
    loss = vanilla()
    grads = mg.backprop(loss)
    told = loads(draw(loss, grads=grads).json())
    assert list(told) == field_names(Scene)
    nodes = {(n["name"], n["step"]): n for n in told["nodes"]}
    assert list(nodes["h", 2]) == field_names(Mark)
    assert list(told["lines"][0]) == field_names(Line)
    assert nodes["h", 2]["gradient"]["entries"] == grads["h", 2].tolist()
    assert nodes["U", None]["value"]["norm"] == float(np.linalg.norm(mg.graph.nodes(loss)[0].array.ravel()))
    assert len(nodes["W", None]["value"]["heat"]) == 5


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_come_back_whole(name):
    text = draw(named(name)).json()
    assert not set("<>&\u2028\u2029") & set(text)
    text.encode()
    assert name in {node["name"] for node in loads(text)["nodes"]}


def test_what_is_not_finite_is_a_word():
    x = mg.Tensor([np.nan, np.inf, -np.inf], "x")
    told = loads(draw((x * 1.0).named("y")).json())
    assert told["nodes"][0]["value"]["entries"] == ["NaN", "Infinity", "-Infinity"]
