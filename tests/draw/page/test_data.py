"""The scene's data can be read back, digit by digit, and cannot end the element that holds them."""

import json
import math
from dataclasses import replace

from page_scenes import recurrent

from minigrad.draw.page.data import data


def test_numbers_are_read_back_as_they_were():
    scene = recurrent(4)
    read = json.loads(data(scene))
    for mark, said in zip(scene.nodes, read["nodes"], strict=True):
        assert said["value"]["entries"] == list(mark.value.entries)
        assert said["value"]["norm"] == mark.value.norm
    for visit, said in zip(scene.order, read["order"], strict=True):
        assert (said["node"], said["formula"]) == (visit.node, visit.formula)
        assert (said["lines"], said["sums"]) == (list(visit.lines), list(visit.sums))


def test_what_is_not_finite_is_a_string():
    scene = recurrent(2)
    odd = replace(scene.nodes[0].value, entries=(math.nan, math.inf, -math.inf, -0.0), norm=math.nan)
    read = json.loads(data(replace(scene, nodes=(replace(scene.nodes[0], value=odd),))), parse_constant=int)
    assert read["nodes"][0]["value"]["entries"] == ["nan", "inf", "-inf", -0.0]
    assert math.copysign(1, read["nodes"][0]["value"]["entries"][3]) == -1


def test_no_name_can_leave_the_data():
    scene = recurrent(2)
    name = "</script><!-- & \u2028 \x00 \ud800"
    text = data(replace(scene, nodes=(replace(scene.nodes[0], name=name),)))
    assert text.isascii()
    assert not set("<>&") & set(text)
    assert json.loads(text)["nodes"][0]["name"] == "</script><!-- & � � �"


def test_nodes_have_their_labels():
    labels = [node["label"] for node in json.loads(data(recurrent(2)))["nodes"]]
    assert labels[3] == "h⁽¹⁾"
    assert labels[-1] == "W"
