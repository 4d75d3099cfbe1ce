"""Light, dark, print."""

import re

import pytest

from minigrad.draw.palette import DARK, LIGHT
from minigrad.draw.svg_style import style


@pytest.mark.parametrize(
    ("theme", "first", "dark", "print_"),
    [("light", LIGHT, False, False), ("dark", DARK, False, True), ("auto", LIGHT, True, True)],
)
def test_themes(theme, first, dark, print_):
    text = style("mg1", theme)
    assert f"#mg1 .paper{{fill:{first.paper}}}" in text.partition("@media")[0]
    assert ("@media (prefers-color-scheme:dark)" in text) is dark
    assert ("@media print" in text) is print_


def test_every_rule_stays_inside_of_the_picture():
    rules = re.findall(r"([^{}]+)\{[^{}]*\}", style("mg1", "auto"))
    assert all("#mg1" in part for rule in rules for part in rule.split(","))


def test_roles_differ_without_colour():
    text = style("mg1", "light")
    for dashed in (".frame", ".edge.backward", ".edge.tie", ".zero .shape"):
        assert re.search(rf"{re.escape(dashed)}{{[^}}]*stroke-dasharray", text)
    assert ".bad .fill{fill:url(#mg1-hatch)" in text
