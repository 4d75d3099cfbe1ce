"""Names are set with indices, and cut where there is no room."""

import pytest
from draw.networks import HOSTILE

from minigrad.draw.label import LONGEST, SMALLEST, Label, label, safe, width


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("h", ("h", "")),
        ("W1", ("W", "1")),
        ("gate_f", ("gate", "f")),
        ("a_b_c", ("a", "b_c")),
        ("_x", ("_x", "")),
        ("12", ("12", "")),
        ("x_", ("x_", "")),
        ("∇h", ("∇h", "")),
    ],
)
def test_indices(name, parts):
    made = label(name, None)
    assert (made.base, made.below) == parts


def test_steps():
    assert [label("h", step).above for step in (3, -1, "t−1", None)] == ["(3)", "(−1)", "(t−1)", ""]


@pytest.mark.parametrize("name", [*HOSTILE, "W" * 30, "long_" + "index" * 9])
@pytest.mark.parametrize("room", [20.0, 38.0, 90.0])
def test_it_fits(name, room):
    made = label(name, 3, room)
    assert made.width <= max(room, label("x…", 3, size=SMALLEST).width + 10)
    assert len(made.base) <= LONGEST


def test_small_names_keep_their_size():
    assert label("h", 3, 40.0) == Label("h", "", "(3)", 17.0)


def test_no_control_character_is_left():
    assert safe("a\0b\x1b\u202e\ud800\uffff") == "a" + "\ufffd" + "b" + "\ufffd" * 4
    assert safe("a\u0301 😀 ŷ⁽³⁾") == "a\u0301 😀 ŷ⁽³⁾"


def test_wide_letters_are_wider():
    assert width("i", 10) < width("n", 10) < width("W", 10) < width("漢", 10)
