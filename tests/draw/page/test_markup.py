"""Elements escape what they are given."""

import xml.etree.ElementTree as ET

import pytest

from minigrad.draw.page.markup import coordinate, element


def test_an_element_has_its_attributes_and_content():
    made = element("g", element("path", d="M0 0"), "", id="a", stroke_width=1.5, class_="b", x=None)
    assert made == '<g id="a" stroke-width="1.5" class="b"><path d="M0 0"/></g>'


def test_attributes_cannot_be_left():
    name = "\"><script>alert('1')</script>&\0"
    read = ET.fromstring(element("g", id=name))  # noqa: S314  # our own element
    assert read.get("id") == name.replace("\0", "�")


@pytest.mark.parametrize(
    ("x", "text"),
    [(0.0, "0"), (-0.001, "0"), (1.0, "1"), (15_000_000.25, "15000000.25"), (-3.14159, "-3.14")],
)
def test_coordinates_keep_hundredths(x, text):
    assert coordinate(x) == text
