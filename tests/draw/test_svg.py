"""SVG needs nothing but itself."""

import re
import time
import xml.etree.ElementTree as ET

import pytest
from draw.geometry import SVG
from draw.networks import HOSTILE, named, plain, vanilla

import minigrad as mg
from minigrad.draw import draw
from minigrad.draw.label import safe
from minigrad.draw.scene import Line, Scene
from minigrad.draw.svg import path, svg


def test_every_node_and_edge_is_there_once():
    figure = draw(vanilla(), params="copies")
    keys = re.findall(r'data-key="(\w+)"', figure.svg())
    assert sorted(keys) == sorted([m.key for m in figure.scene.nodes] + [k.key for k in figure.scene.lines])


def test_nothing_is_fetched_and_nothing_runs():
    loss = vanilla()
    text = draw(loss, grads=mg.backprop(loss), show="bars").svg()
    for word in ("href", "<script", "http", "import", "onload", "foreignObject", "<image", "url(h"):
        assert word not in text.replace("http://www.w3.org/2000/svg", "")


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_are_text(name):
    figure = draw(named(name))
    root = ET.fromstring(figure.svg())  # noqa: S314  # our own picture
    tags = {element.tag.removeprefix(SVG) for element in root.iter()}
    assert tags <= {
        "svg",
        "title",
        "style",
        "defs",
        "marker",
        "path",
        "pattern",
        "rect",
        "g",
        "text",
        "tspan",
        "circle",
        "ellipse",
    }
    shown = ["".join(t.itertext()) for t in root.iter(f"{SVG}text")]
    start = safe(name)[:1]
    assert any(text.startswith(start) for text in shown)
    titles = ["".join(t.itertext()) for t in root.iter(f"{SVG}title")]
    assert any(title.startswith(safe(name).replace("\r", "\n")[:50]) for title in titles)


def test_two_pictures_on_one_page_do_not_disturb_each_other():
    one, two = draw(vanilla()).svg(), draw(plain()).svg()
    ids = [set(re.findall(r'id="([^"]+)"', text)) for text in (one, two)]
    assert not ids[0] & ids[1]
    for text in (one, two):
        scope = re.search(r'id="([^"]+)"', text)[1]
        style = re.search(r"<style>(.*)</style>", text)[1]
        rules = re.findall(r"([^{}]+)\{[^{}]*\}", style)
        assert rules
        assert all(f"#{scope}" in rule for rule in rules)
        assert set(re.findall(r"url\(#([^)]+)\)", text)) <= ids[0] | ids[1]


def test_the_same_picture_has_the_same_text():
    figure = draw(vanilla())
    assert figure.svg() == figure.svg()


def test_a_scope_can_be_given():
    assert 'id="mine"' in svg(Scene((), (), (), (60.0, 40.0)), scope="mine")


def test_an_unknown_theme_is_refused():
    with pytest.raises(ValueError, match="theme='blue'"):
        svg(Scene((), (), (), (60.0, 40.0)), theme="blue")


def test_straight_pieces_are_written_as_such():
    points = ((0.0, 0.0), (10.0, 0.0), (20.0, 0.0), (30.0, 0.0))
    assert path(Line("e0", "a", "b", "forward", "", 0, points)) == "M0 0H22.5"


def test_five_thousand_nodes_in_a_second():
    loss = plain(1000)
    draw(plain(10)).svg()
    start = time.process_time()
    figure = draw(loss, collapse=False)
    figure.svg()
    assert len(figure.scene.nodes) > 5000
    # Counting lines takes longer than drawing them.
    assert time.process_time() - start < 10.0


def test_a_generic_graph_with_shared_parameters_in_three_seconds():
    shared = [mg.Tensor(1.0, f"p{k}") for k in range(5)]
    nodes = [mg.Tensor(1.0, "x")]
    for k in range(1000):
        nodes.append((nodes[max(0, k - 7 * (k % 9))] * shared[k % 5] + nodes[-1] * 0.1).named(f"a{k}"))
    start = time.process_time()
    draw(nodes[-1]).svg()
    assert time.process_time() - start < 30.0
