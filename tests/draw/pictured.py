"""What a picture shows, read back from DOT or SVG."""

import re
import xml.etree.ElementTree as ET
from collections import Counter


def labels(dot):
    """The label of each node by its id."""
    return dict(re.findall(r'^  (\w+) \[.*?label="((?:[^"\\]|\\.)*)"', dot, re.MULTILINE))


def positions(dot):
    """(x, y) of each node by its label."""
    places = re.findall(r'^  (\w+) \[.*pos="([-\d.]+),([-\d.]+)!"', dot, re.MULTILINE)
    named = labels(dot)
    return {named[i]: (float(x), float(y)) for i, x, y in places}


def arrows(dot):
    """How often an edge leads from one label to another."""
    named = labels(dot)
    return Counter((named[a], named[b]) for a, b in re.findall(r"^  (\w+) -> (\w+)", dot, re.MULTILINE))


def elements(svg, tag):
    """The elements of a picture that have a tag."""
    root = ET.fromstring(svg)  # noqa: S314  # our own picture
    return root.iter(f"{{http://www.w3.org/2000/svg}}{tag}")


def texts(svg):
    """(text, x) of each line of text in a picture."""
    return [("".join(t.itertext()), float(t.get("x"))) for t in elements(svg, "text")]
