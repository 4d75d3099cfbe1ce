"""The page steps in a real browser in the order of back-propagation and shows the numbers of the scene."""

from dataclasses import replace

import numpy as np
import pytest
from page_browser import classes, opened, place, running, shown
from page_scenes import numbers, recurrent

from minigrad.draw.page import page as page_of


@pytest.fixture(scope="module")
def browser():
    with running() as browser:
        yield browser


@pytest.fixture(scope="module")
def scene():
    return recurrent(5)


@pytest.fixture
def file(tmp_path):
    return tmp_path / "page.html"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nodes_are_visited_in_the_order_of_the_scene(browser, file, scene, scheme):
    with opened(browser, file, page_of(scene), color_scheme=scheme) as page:
        visited = []
        for _ in scene.order:
            page.keyboard.press("ArrowRight")
            visited.append(place(page)[0])
        assert visited == [visit.node for visit in scene.order]
        assert page.locator("#next").is_disabled()
        page.keyboard.press("ArrowLeft")
        assert place(page)[0] == scene.order[-2].node


def test_edges_are_added_in_the_order_of_the_scene(browser, file, scene):
    wanted = [(v.node, line) for v in scene.order for line in v.lines or ("",)]
    with opened(browser, file, page_of(scene)) as page:
        page.click("#by-edge")
        added = []
        for _ in wanted:
            page.click("#next")
            added.append(tuple(place(page)))
        assert added == wanted


def test_every_position_looks_the_same_from_wherever_it_is_reached(browser, file, scene):
    looks = """() => [...document.querySelectorAll(".node, .line")]
        .map((element) => [element.id, [...element.classList].sort().join(" ")])"""
    with opened(browser, file, page_of(scene)) as page:
        for mode in ("node", "edge"):
            page.click(f"#by-{mode}")
            page.keyboard.press("Home")
            last = int(page.locator("#slider").get_attribute("max"))
            forward = [page.evaluate(looks)]
            for _ in range(last):
                page.keyboard.press("ArrowRight")
                forward.append(page.evaluate(looks))
            for k in (3, last, 0, last - 2, 5, 1):
                page.locator("#slider").fill(str(k))
                assert page.evaluate(looks) == forward[k], (mode, k)


def test_the_states_say_what_is_done(browser, file, scene):
    with opened(browser, file, page_of(scene)) as page:
        page.keyboard.press("End")
        page.click("#by-edge")
        page.keyboard.press("Home")
        for _ in range(6):
            page.keyboard.press("ArrowRight")
        # L5, o5, h5, L4, o4, then the first of the two contributions to h4.
        assert place(page) == ["h3", "cr3"]
        assert classes(page, "h4") >= {"done", "from"}
        assert "done" not in classes(page, "h3")
        assert {"now"} <= classes(page, "h3")
        assert {"now", "latest"} <= classes(page, "cr3", "line")
        assert "pending" in classes(page, "ch3", "line")
        assert "pending" in classes(page, "o2")


def test_modes_keep_the_place(browser, file, scene):
    with opened(browser, file, page_of(scene)) as page:
        for _ in range(6):
            page.keyboard.press("ArrowRight")
        page.click("#by-edge")
        assert place(page) == ["h3", "ch3"]
        page.click("#by-node")
        assert place(page)[0] == "h3"
        assert page.locator("#count").inner_text() == "6 / 16"


def test_numbers_are_those_of_the_scene(browser, file, scene):
    by_key = {mark.key: mark for mark in scene.nodes}
    norms = {line.key: line.norm for line in scene.lines}
    with opened(browser, file, page_of(scene)) as page:
        for visit in scene.order:
            page.keyboard.press("ArrowRight")
            mark = by_key[visit.node]
            for field, array in (("value", mark.value), ("gradient", mark.gradient)):
                assert shown(page, field) == list(array.entries or (array.norm, array.low, array.high))
            assert shown(page, "norm") == [mark.gradient.norm]
            cells = [float(text) for text in page.locator("#sum-rows .number").all_inner_texts()]
            sums = zip([norms[key] for key in visit.lines], visit.sums, strict=True)
            assert not visit.lines or cells == [x for pair in sums for x in pair]


def test_large_arrays_are_a_heat_map_and_strange_numbers_are_said(browser, file, scene):
    large, odd = numbers(np.arange(-50.0, 58.0).reshape(9, 12)), numbers([0.1, 1e-300, 5e-324, -0.0])
    odd = replace(odd, entries=(*odd.entries, float("nan"), float("inf"), -float("inf")), norm=float("nan"))
    first, second, *rest = scene.nodes
    nodes = (replace(first, value=large), replace(second, gradient=odd, state="not-finite", fill=None), *rest)
    with opened(browser, file, page_of(replace(scene, nodes=nodes))) as page:
        page.hover(f"#node-{first.key}")
        assert shown(page, "value") == [large.norm, -50.0, 57.0]
        assert page.locator('[data-field="value"] .heat rect').count() == 9 * 12
        page.hover(f"#node-{second.key}")
        assert page.locator('[data-field="gradient"] .number').all_inner_texts() == [
            "0.1", "1e-300", "5e-324", "-0", "nan", "inf", "-inf",
        ]  # fmt: skip
        assert "not finite" in page.locator('[data-field="gradient"]').inner_text()


def test_hover_focus_and_pin(browser, file, scene):
    with opened(browser, file, page_of(scene)) as page:
        name = page.locator("#node-name")
        page.hover("#node-h1")
        assert name.inner_text() == "h(2)"
        page.focus("#node-o0")
        assert name.inner_text() == "o(1)"
        page.keyboard.press("Enter")
        page.hover("#node-h1")
        assert name.inner_text() == "o(1)"
        assert page.locator("#node-o0").get_attribute("aria-pressed") == "true"
        page.keyboard.press("Escape")
        page.click("#node-h1")
        page.mouse.move(5, 300)
        assert name.inner_text() == "h(2)"
        assert page.locator("#pinned").is_visible()


def test_the_picture_can_be_walked_by_keys(browser, file, scene):
    with opened(browser, file, page_of(scene)) as page:
        page.focus("#node-h1")
        reached = []
        for key in ("ArrowUp", "Shift+ArrowRight", "ArrowDown", "ArrowDown", "Shift+ArrowLeft"):
            page.keyboard.press(key)
            reached.append(page.evaluate("document.activeElement.id"))
        assert reached == ["node-o1", "node-o2", "node-h2", "node-x2", "node-x1"]
        assert page.locator('.node[tabindex="0"]').count() == 1
