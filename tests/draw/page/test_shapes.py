"""Nodes have the shape of their role, and names fit into them."""

import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest

from minigrad.draw.page.shapes import outline, small_lines, writing
from minigrad.draw.scene import Mark

NODE = Mark("n1", "h", 3, "t", "hidden", (0.0, 0.0), (46.0, 40.0))


def parts(text):
    return list(ET.fromstring(f"<g>{text}</g>"))  # noqa: S314  # our own picture


@pytest.mark.parametrize(
    ("role", "tags"),
    [
        ("input", ["rect"]), ("parameter", ["rect"]), ("hidden", ["ellipse"]), ("output", ["ellipse"]),
        ("loss", ["ellipse", "ellipse"]), ("target", ["rect"]), ("op", ["rect"]), ("delay", ["rect"]),
        ("note", []),
    ],
)  # fmt: skip
def test_each_role_has_its_shape(role, tags):
    assert [shape.tag for shape in parts(outline(replace(NODE, role=role)))] == tags


def test_a_loss_has_a_rim_around_its_body():
    rim, body = parts(outline(replace(NODE, role="loss")))
    assert float(rim.get("rx")) - float(body.get("rx")) == 5.0
    assert float(rim.get("ry")) - float(body.get("ry")) == 5.0


def test_a_step_is_raised_and_an_index_lowered():
    (text,) = parts(writing(replace(NODE, name="a_f")))
    assert [(span.get("class"), span.text) for span in text] == [("lowered", "f"), ("raised", "(3)")]
    assert text.text == "a"


@pytest.mark.parametrize("name", ["x" * 10_000, "hidden state", "🦜" * 40])
def test_long_names_are_cut(name):
    (text,) = parts(writing(replace(NODE, name=name)))
    assert len("".join(text.itertext())) < 14
    assert float(text.get("font-size")) >= 9.0


def test_an_op_has_no_step():
    (text,) = parts(writing(replace(NODE, role="op", name="tanh")))
    assert "".join(text.itertext()) == "tanh"


def test_a_delay_is_not_named():
    assert writing(replace(NODE, role="delay")) == ""


def test_lines_stand_below_the_name():
    mark = replace(NODE, lines=("(3,)", "‖∇‖ 1 < 2"))
    (name,) = parts(writing(mark))
    lines = parts(small_lines(mark))
    assert [line.text for line in lines] == list(mark.lines)
    assert float(name.get("y")) < float(lines[0].get("y")) < float(lines[1].get("y"))
