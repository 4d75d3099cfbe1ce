import io

import numpy as np
from rich.console import Console

from minigrad.check import compare

HOSTILE = "<b>&\"'[bold red]x[/]\n\x1b[31m"


def found(**manual):
    return compare(manual, dict.fromkeys(manual, np.ones((3, 4))))


def test_the_text_fits_100_columns_and_says_both_numbers():
    manual = np.ones((3, 4))
    manual[2, 1] = 1.5
    table = compare(
        {"W": manual, "b": np.ones((4, 3)), ("h", 3): np.ones((3, 4)), "n": np.ones((3, 4)) * np.nan},
        dict.fromkeys(["W", "b", ("h", 3), "n"], np.ones((3, 4))),
        equations=lambda key: f"G 10.20–10.21 (right order) of {key}",
    )
    text = str(table)
    assert max(map(len, text.splitlines())) <= 100
    for part in ["different", "4×3 ≠ 3×4", "h⁽³⁾", "5.0e-01", "[2, 1]", "1.5 (manual) ≠ 1.0", "equal"]:
        assert part in text
    assert "\x1b" not in text


def test_there_is_a_source_column_only_where_there_are_sources():
    assert "source" not in str(found(W=np.ones((3, 4))))


def test_hostile_names_reach_neither_markup_nor_terminal():
    hostile = found(**{HOSTILE: HOSTILE})
    html = hostile._repr_html_()
    assert "<b>" not in html
    assert "&lt;b&gt;&amp;" in html
    assert "[bold red]x[/]" in str(hostile)
    assert "\x1b" not in str(hostile)


def test_html_marks_what_is_wrong():
    right, wrong = found(W=np.ones((3, 4))), found(W=np.zeros((3, 4)))
    assert "color" not in right._repr_html_()
    assert "color" in wrong._repr_html_()
    assert "0.0 (manual) ≠ 1.0 (automatic) at [0, 0]" in wrong._repr_html_()


def test_rich_prints_it_in_colour_on_a_terminal():
    file = io.StringIO()
    Console(file=file, force_terminal=True, color_system="standard", width=100).print(
        found(W=np.zeros((3, 4)))
    )
    assert "\x1b[31mdifferent" in file.getvalue()


def test_notes_are_limited_and_say_so():
    many = found(**{f"q{i}": np.zeros((3, 4)) for i in range(14)})
    assert "… and 4 more" in str(many)
    assert str(many).count("(manual) ≠") == 10
