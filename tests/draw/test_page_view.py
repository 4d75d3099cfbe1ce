"""The picture of the page can be zoomed, dragged, collapsed, recoloured and played."""

import pytest
from page_browser import classes, opened, place, running
from page_scenes import recurrent

from minigrad.draw.page import page as page_of


@pytest.fixture(scope="module")
def browser():
    with running() as browser:
        yield browser


@pytest.fixture(scope="module")
def scene():
    return recurrent(9)


@pytest.fixture
def opened_page(browser, scene, tmp_path):
    with opened(browser, tmp_path / "page.html", page_of(scene)) as page:
        yield page


def spot(page, key):
    """The middle of a node on the screen, and its width."""
    box = page.locator(f"#node-{key} .body").bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, box["width"]


def test_the_wheel_zooms_at_the_pointer(opened_page):
    x, y, width = spot(opened_page, "h2")
    opened_page.mouse.move(x, y)
    opened_page.mouse.wheel(0, -300)
    opened_page.wait_for_function(
        "w => document.querySelector('#node-h2 .body').getBoundingClientRect().width > 1.5 * w", arg=width
    )
    assert spot(opened_page, "h2")[:2] == pytest.approx((x, y), abs=1.0)
    opened_page.click("#fit")
    assert spot(opened_page, "h2") == pytest.approx((x, y, width), abs=1.0)


def test_dragging_moves_the_picture_and_pins_nothing(opened_page):
    x, y, width = spot(opened_page, "h2")
    opened_page.mouse.move(x, y)
    opened_page.mouse.down()
    opened_page.mouse.move(x + 60, y + 30, steps=4)
    opened_page.mouse.up()
    assert spot(opened_page, "h2") == pytest.approx((x + 60, y + 30, width), abs=4.5)
    assert not opened_page.locator("#pinned").is_visible()


def test_a_visited_node_comes_into_view(opened_page):
    for _ in range(12):
        opened_page.click("#closer")
    opened_page.keyboard.press("End")
    x, y, _ = spot(opened_page, "W")
    canvas = opened_page.locator(".canvas").bounding_box()
    assert canvas["x"] < x < canvas["x"] + canvas["width"]
    assert canvas["y"] < y < canvas["y"] + canvas["height"]


def test_the_middle_steps_collapse_and_come_back(opened_page, scene):
    before = spot(opened_page, "h8")
    opened_page.click("#collapse")
    hidden = [mark.key for mark in scene.nodes if not opened_page.locator(f"#node-{mark.key}").is_visible()]
    assert hidden == [m.key for m in scene.nodes if m.step in {4, 5, 6, 7}]
    assert not opened_page.locator("#line-r4").is_visible()
    assert classes(opened_page, "r3", "line") == {"line", "recurrent", "done", "stub"}
    assert not opened_page.locator("#line-p4").is_visible()
    assert opened_page.locator(".gap").get_attribute("aria-label") == "4 steps folded: show"
    left, right = spot(opened_page, "h2"), spot(opened_page, "h7")
    gap = opened_page.locator(".gap").bounding_box()
    assert left[0] < gap["x"]
    assert gap["x"] + gap["width"] < right[0]
    assert spot(opened_page, "h8")[2] > before[2]
    opened_page.focus(".gap")
    opened_page.keyboard.press("Enter")
    assert spot(opened_page, "h8") == pytest.approx(before, abs=0.1)
    assert all(opened_page.locator(f"#node-{key}").is_visible() for key in hidden)


def test_arrows_still_meet_their_nodes_beside_a_gap(opened_page):
    opened_page.click("#collapse")
    d = opened_page.locator("#line-r8 path").get_attribute("d")
    start = float(d.split("C")[0][1:].split()[0])
    end = float(d.split()[-2])
    middles = [
        opened_page.locator(f"#node-{key}").evaluate("e => e.transform.baseVal[0].matrix.e")
        for key in ("h7", "h8")
    ]
    assert start - middles[0] == pytest.approx(23.0, abs=0.1)
    assert 23.0 < middles[1] - end < 34.0


def test_one_step_collapses_by_its_heading_or_by_key(opened_page):
    opened_page.click("#boxes .box >> nth=3 >> text")
    assert not opened_page.locator("#node-h3").is_visible()
    opened_page.focus("#node-h5")
    opened_page.keyboard.press("c")
    assert not opened_page.locator("#node-h5").is_visible()
    assert opened_page.locator(".gap").count() == 2


def test_a_gap_shows_that_one_of_its_nodes_is_visited(opened_page, scene):
    opened_page.click("#collapse")
    for _ in range(1 + [visit.node for visit in scene.order].index("h5")):
        opened_page.keyboard.press("ArrowRight")
    assert "now" in opened_page.locator(".gap").get_attribute("class").split()


def test_colours_by_norm_can_be_switched_off(opened_page):
    fill = "e => getComputedStyle(e).fill"
    body = opened_page.locator("#node-h8 .body")
    opened_page.keyboard.press("End")
    coloured = body.evaluate(fill)
    opened_page.click("#colour")
    assert body.evaluate(fill) == "rgb(226, 242, 230)"
    assert body.evaluate(fill) != coloured


def test_the_theme_button_reverses_the_ramp(opened_page, scene):
    opened_page.keyboard.press("End")
    swatch = opened_page.locator("#legend .f0")
    assert swatch.evaluate("e => getComputedStyle(e).fill") == "rgb(255, 247, 236)"
    opened_page.click("#theme")
    assert swatch.evaluate("e => getComputedStyle(e).fill") == "rgb(127, 0, 0)"
    assert opened_page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(20, 23, 28)"
    opened_page.click("#theme")
    assert opened_page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def test_playing_goes_to_the_end_and_stops(opened_page, scene):
    opened_page.select_option("#pace", "20")
    opened_page.keyboard.press("Escape")
    opened_page.click("#play")
    assert opened_page.locator("#play-word").inner_text() == "Pause"
    opened_page.wait_for_function("() => document.getElementById('next').disabled")
    assert place(opened_page)[0] == scene.order[-1].node
    assert opened_page.locator("#play-word").inner_text() == "Play"


def test_a_step_by_hand_pauses(opened_page):
    opened_page.click("#play")
    opened_page.keyboard.press("ArrowRight")
    assert opened_page.locator("#play-word").inner_text() == "Play"
    assert "now" in classes(opened_page, "L8")


def test_nothing_moves_for_those_who_ask_for_it(opened_page):
    opened_page.keyboard.press("End")
    running_now = "document.getAnimations().filter(a => a.playState === 'running').length"
    assert opened_page.evaluate(running_now) == 0
    opened_page.emulate_media(reduced_motion="no-preference")
    opened_page.keyboard.press("Home")
    opened_page.keyboard.press("End")
    assert opened_page.evaluate(running_now) > 0
