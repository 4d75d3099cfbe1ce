from xml.etree import ElementTree as ET

import pytest

from minigrad.diagnosis.departure import Departure, Pair
from minigrad.diagnosis.strip import strip

EDGES = (Pair("from y(3)", 0.5, 0.5), Pair("from h(4)", 0.1, 0.7))


def drawn(step, last, pairs=EDGES):
    return ET.fromstring(strip(Departure("da", step, last, 0.5, pairs, "tapped")))  # noqa: S314  # our own text


@pytest.mark.parametrize(("step", "last", "states"), [(3, 4, 4), (1, 1, 1), (90, 100, 12), (1, 100, 12)])
def test_the_states_around_the_departure_are_drawn(step, last, states):
    svg = drawn(step, last)
    texts = [text.text for text in svg.iter("text")]
    assert len(list(svg.iter("circle"))) == states
    assert f"h({step})" in texts
    assert [c.get("stroke") for c in svg.iter("circle")].count("var(--bad)") == 1


def test_the_guilty_edge_alone_is_red():
    red = [path for path in drawn(3, 4).iter("path") if path.get("stroke") == "var(--bad)"]
    assert len(red) == 2  # the line and its head
    assert all("H" in path.get("d") or "l-6 4" in path.get("d") for path in red)


def test_names_can_not_break_the_picture():
    svg = ET.fromstring(strip(Departure("<&\"'>", 2, 3, 0.5, (), "")))  # noqa: S314  # our own text
    assert svg.get("aria-label").startswith("<&\"'> at t=2")
