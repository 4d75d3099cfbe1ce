"""Every colour of both palettes is in the style sheet, and letters can be read on the ramp."""

import re

import pytest

from minigrad.draw.page.theme import theme
from minigrad.draw.palette import DARK, LIGHT


def luminance(colour):
    channels = (int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(a, b):
    low, high = sorted((luminance(a), luminance(b)))
    return (high + 0.05) / (low + 0.05)


def rules():
    return {(s, n): pair for s, inner in re.findall(r"(\S+) \{ (.*) \}", theme())
            for n, *pair in re.findall(r"--(\S+): light-dark\((\S+), (\S+)\);", inner)}  # fmt: skip


def test_roles_lines_and_ramp_have_their_colours():
    found = rules()
    for role, (fill, edge) in LIGHT.nodes.items():
        assert found[f".{role}", "fill"] == [fill, DARK.nodes[role][0]]
        assert found[f".{role}", "edge"] == [edge, DARK.nodes[role][1]]
    for kind, colour in LIGHT.lines.items():
        assert found[":root", kind] == [colour, DARK.lines[kind]]
    assert found[".f0", "ramp"] == [LIGHT.ramp[0], DARK.ramp[0]]


@pytest.mark.parametrize("side", [0, 1])
def test_letters_on_the_ramp_and_the_paper_can_be_read(side):
    found = rules()
    for k in range(9):
        assert contrast(found[f".f{k}", "ramp"][side], found[f".f{k}", "on"][side]) >= 4.5
    for name in ("ink", "notes", "backward"):
        assert contrast(found[":root", name][side], found[":root", "paper"][side]) >= 4.5


def test_the_ramp_is_reversed_in_the_dark():
    found = rules()
    assert found[".f0", "ramp"][0] == found[".f8", "ramp"][1]
