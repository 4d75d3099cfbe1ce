"""Hostile names arrive in a picture letter by letter."""

import html
import re

import pytest
from draw.pictured import texts

from minigrad.draw import render
from minigrad.draw.quoting import LONGEST, attributes, quoted

HOSTILE = [
    'say "h"',
    "back\\slash",
    "\\N \\G \\l \\n",
    "ends in \\",
    "<b>bold</b>",
    "&amp; &#65; & co",
    "a -> b; }",
    "]; n0 [URL=javascript:alert(1)]",
    "h'\u207d\u00b3\u207e ŷ ∇",
]


def shown(name):
    svg = render(f'digraph {{ layout="dot"; n0 {attributes(label=name)} }}').decode()
    return "\n".join(text.replace("\xa0", " ") for text, _ in texts(svg))


@pytest.mark.parametrize("name", HOSTILE)
def test_graphviz_shows_the_name_itself(name):
    assert shown(name) == name


def test_a_line_end_becomes_a_second_line():
    assert shown("two\nlines") == "two\nlines"
    assert quoted("two\nlines") == '"two\\nlines"'


@pytest.mark.parametrize("character", ["\0", "\x1b", "\x7f", "\r", "\t", "\ud800", "\uffff", "\u2028"])
def test_what_no_svg_may_hold_is_replaced(character):
    assert quoted(f"a{character}b") == '"a\ufffdb"'


def test_no_quote_is_left_open():
    for name in [*HOSTILE, '"' * 99, "\\" * 99, '\\"' * 99]:
        assert re.fullmatch(r'"(?:[^"\\]|\\.)*"', quoted(name), re.DOTALL), name


def test_a_long_name_is_cut():
    assert html.unescape(quoted("x" * 1000)) == f'"{"x" * (LONGEST - 1)}…"'
    assert quoted("x" * LONGEST) == f'"{"x" * LONGEST}"'


def test_attributes_are_quoted():
    assert attributes(a='"', b=1.5) == '[a="\\"", b="1.5"]'
