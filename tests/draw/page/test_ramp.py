"""The legend names the norms at the borders of its colours; bars stand in rows with a name each."""

import xml.etree.ElementTree as ET

from minigrad.draw.page.ramp import bars, legend
from minigrad.draw.ramp import Ramp
from minigrad.draw.scene import Bar, Legend


def parts(*texts):
    return ET.fromstring(f"<g>{''.join(texts)}</g>")  # noqa: S314  # our own picture


def test_the_legend_has_all_colours_and_both_ends():
    (group,) = parts(legend(Legend("norms & co", Ramp(-4.0, 5.0).ticks(), (10.0, 20.0))))
    classes = [rect.get("class") for rect in group.iter("rect")]
    assert classes == [f"body f{k}" for k in range(9)]
    ticks = [float(text.text) for text in group.iter("text") if text.get("class") == "tick"]
    assert ticks == [1e-4, 1e-1, 1e2, 1e5]
    assert group.find("text").text == "norms & co"


def test_ticks_stand_at_the_borders_of_the_colours():
    (group,) = parts(legend(Legend("", Ramp(-4.0, 5.0).ticks(), (0.0, 0.0))))
    rects = [float(rect.get("x")) for rect in group.iter("rect")]
    at = [float(text.get("x")) for text in group.iter("text") if text.get("class") == "tick"]
    assert at == [rects[0], rects[3], rects[6], rects[8] + 34.0]


def test_each_row_of_bars_has_its_name_once():
    drawn = tuple(
        Bar(p, t, 0.1 * t, (60.0 * t, 10.0), (20.0, 5.0 * t), t) for p in ("W", "<U>") for t in (1, 2)
    )
    group = parts(*bars(drawn))
    assert {text.text for text in group.findall("text")} == {"‖∇<U>⁽ᵗ⁾‖", "‖∇W⁽ᵗ⁾‖"}
    assert [bar.find("title").text for bar in group.findall("g")][:2] == ["W, step 1: 0.1", "W, step 2: 0.2"]
    assert [bar.get("data-bar") for bar in group.findall("g")] == ["0", "1", "2", "3"]


def test_a_bar_of_nothing_can_still_be_seen():
    (group,) = parts(*bars((Bar("W", 1, 0.0, (0.0, 0.0), (20.0, 0.0), 0),)))[:1]
    assert float(group.find("rect").get("height")) > 0
